"""The voice room as a Django application."""

from django.apps import AppConfig
from typing_extensions import override


class VoiceConfig(AppConfig):
    """Registers the room and says what it holds about people."""

    name = "anju.voice"
    label = "voice"
    verbose_name = "Voice"

    @override
    def ready(self) -> None:
        """Declare the holdings and add the blocks of the owner file."""
        from anju.voice import holdings, letters

        assert letters.RECEIVED.code  # a worker sends what a page wrote, so both know the words
        holdings.declare_all()
