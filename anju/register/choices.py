"""Names of coded values in the reader's language, for pages that may not read models."""

from __future__ import annotations

from django.utils.translation import gettext as _

from anju.register.models import UseType
from anju.register.rules.rights import Role


def use_types() -> tuple[tuple[str, str], ...]:
    """Return (code, name) of every use type, in the reader's language."""
    return tuple((code, str(name)) for code, name in UseType.choices)


def role_names() -> dict[Role, str]:
    """Return role → name in the reader's language."""
    return {
        Role.ADMINISTRATOR: _("Administrator"),
        Role.QUALITY: _("Quality department"),
        Role.MANAGER: _("Project manager"),
        Role.DESK: _("Front desk"),
    }
