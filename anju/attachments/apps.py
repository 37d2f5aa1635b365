"""The attachments as a Django application."""

from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    """Registers the room."""

    name = "anju.attachments"
    label = "attachments"
    verbose_name = "Attachments"
