"""The web edge as a Django application; ready() registers the start-up check."""

from django.apps import AppConfig
from django.core.checks import register
from typing_extensions import override


class WebConfig(AppConfig):
    """Registers the edge."""

    name = "anju.web"
    label = "web"
    verbose_name = "Web"

    @override
    def ready(self) -> None:
        from anju.web.checks import every_url_declares_access

        register(every_url_declares_access)
