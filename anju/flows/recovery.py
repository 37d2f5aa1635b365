"""An account that lost its second step or its password: the act at the server, and its owner told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anju.notify.actions.guarding import PASSWORD_SET, SECOND_STEP_OFF, tell_of_account
from anju.notify.rules.words import Template
from anju.register.actions import recovery
from anju.register.actions.recovery import Found


@transaction.atomic
def take_second_step_off(found: Found, *, at: datetime) -> int:
    """Take a second step away and tell whose it was; return how many sessions ended."""
    ended = recovery.take_second_step_off(found, at=at)
    _tell(SECOND_STEP_OFF, found, at)
    return ended


@transaction.atomic
def set_password_anew(found: Found, *, password: str, at: datetime) -> int:
    """Set a password and tell whose it is; return how many sessions ended. Error: E-PASSWORD."""
    ended = recovery.set_password_anew(found, password=password, at=at)
    _tell(PASSWORD_SET, found, at)
    return ended


def _tell(template: Template, found: Found, at: datetime) -> None:
    tell_of_account(template, account_id=found.account_id, companies=found.companies, at=at)
