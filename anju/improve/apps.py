"""The improvement room as a Django application."""

from django.apps import AppConfig


class ImproveConfig(AppConfig):
    """Registers the room."""

    name = "anju.improve"
    label = "improve"
    verbose_name = "Improve"
