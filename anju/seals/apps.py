"""The seals as a Django application."""

from django.apps import AppConfig


class SealsConfig(AppConfig):
    """Registers the room."""

    name = "anju.seals"
    label = "seals"
    verbose_name = "Seals"
