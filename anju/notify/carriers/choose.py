"""Which carrier stands for a way out, and which ways this installation has."""

from __future__ import annotations

from django.conf import settings
from django.utils.module_loading import import_string

from anju.notify.carriers.mail import Mail
from anju.notify.carriers.official import Official, read_account
from anju.notify.carriers.port import Carrier
from anju.notify.carriers.robots import Robot
from anju.notify.rules.ways import Way


def has_mail() -> bool:
    """Say whether this installation sends mail."""
    return bool(settings.EMAIL_CONFIGURED)


def has_sms() -> bool:
    """Say whether this installation has a provider of text messages."""
    return bool(settings.SMS_CARRIER)


def has_official() -> bool:
    """Say whether this installation writes through an official account."""
    return bool(settings.OFFICIAL_ACCOUNT)


def carrier_of(way: Way) -> Carrier:
    """Return what carries a way; raises LookupError for a way that stays in the house."""
    if way is Way.MAIL:
        return Mail()
    if way is Way.ROBOT:
        return Robot()
    if way is Way.SMS and has_sms():
        made: Carrier = import_string(settings.SMS_CARRIER)()
        return made
    if way is Way.OFFICIAL and has_official():
        return Official(read_account(settings.OFFICIAL_ACCOUNT))
    raise LookupError(way.value)
