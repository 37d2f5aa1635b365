"""The kernel as a Django application; it has tables but no domain word."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Registers the kernel."""

    name = "anju.kernel"
    label = "kernel"
    verbose_name = "Kernel"
