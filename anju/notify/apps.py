"""The notify room as a Django application."""

from django.apps import AppConfig
from typing_extensions import override


class NotifyConfig(AppConfig):
    """Registers the room."""

    name = "anju.notify"
    label = "notify"
    verbose_name = "Notify"

    @override
    def ready(self) -> None:
        from anju.notify import owner_file
        from anju.notify.actions import guarding

        assert guarding.PASSWORD_SET.guards  # templates are known to every process
        owner_file.tell()
