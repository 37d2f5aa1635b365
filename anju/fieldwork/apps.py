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
        from anju.fieldwork import asking, letters, needed, owner_file
        from anju.notify.rules.needed import ask_before_sending

        assert letters.PURPOSE  # a worker sends what a page wrote, so both know the words
        ask_before_sending(asking.SUBJECT, needed.not_needed)
        owner_file.tell()
