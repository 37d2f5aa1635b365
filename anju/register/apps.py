"""The register as a Django application."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Registers the register."""

    name = "anju.register"
    label = "register"
    verbose_name = "Register"
