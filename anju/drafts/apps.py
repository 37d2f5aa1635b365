"""The drafts as a Django application."""

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    """Registers the room."""

    name = "anju.drafts"
    label = "drafts"
    verbose_name = "Drafts"
