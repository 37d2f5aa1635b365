"""The analytics room as a Django application."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Registers the room."""

    name = "anju.insight"
    label = "insight"
    verbose_name = "Insight"
