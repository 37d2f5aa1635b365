"""The privacy room as a Django application; it says what the register holds about people."""

from django.apps import AppConfig
from typing_extensions import override


class PrivacyConfig(AppConfig):
    """Registers the room, and what the rooms below it hold about people."""

    name = "anju.privacy"
    label = "privacy"
    verbose_name = "Privacy"

    @override
    def ready(self) -> None:
        from anju.privacy import register_file

        register_file.tell()
