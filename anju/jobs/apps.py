"""The runner as a Django application; ready() makes every room's job handlers known."""

from importlib import import_module

from django.apps import AppConfig
from typing_extensions import override


class JobsConfig(AppConfig):
    """Registers the runner."""

    name = "anju.jobs"
    label = "jobs"
    verbose_name = "Jobs"

    @override
    def ready(self) -> None:
        import_module("anju.jobs.handlers")
