"""The fieldwork room as a Django application."""

from django.apps import AppConfig
from typing_extensions import override


class FieldworkConfig(AppConfig):
    """Registers the room."""

    name = "anju.fieldwork"
    label = "fieldwork"
    verbose_name = "Fieldwork"

    @override
    def ready(self) -> None:
        from anju.fieldwork import letters, owner_file

        assert letters.PURPOSE  # a worker sends what a page wrote, so both know the words
        owner_file.tell()
