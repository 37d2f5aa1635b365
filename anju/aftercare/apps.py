"""The aftercare room as a Django application; its tables are those of voice."""

from django.apps import AppConfig
from typing_extensions import override


class AftercareConfig(AppConfig):
    """Registers the room and adds its blocks to the owner file."""

    name = "anju.aftercare"
    label = "aftercare"
    verbose_name = "Aftercare"

    @override
    def ready(self) -> None:
        """Add the blocks."""
        from anju.aftercare import owner_file

        owner_file.tell()
