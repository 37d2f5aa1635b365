"""Reads of the second step at sign-in: who has one, who must have one, and until when it may wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator

from anju.register.access import Actor
from anju.register.models import Account, Company
from anju.register.rules.rights import SECOND_STEP


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one person stands with the second step."""

    set_up: bool
    demanded: bool
    by: datetime | None

    def overdue(self, at: datetime) -> bool:
        """Say whether nothing else may be done before it is set up."""
        return self.demanded and not self.set_up and self.by is not None and self.by <= at


@dataclass(frozen=True, slots=True)
class Passkey:
    """One passkey as its owner knows it."""

    id: int
    name: str
    added: datetime
    used: datetime | None


def has_second_step(account_id: int) -> bool:
    """Say whether an account proves at sign-in twice who it is."""
    return bool(Authenticator.objects.filter(user_id=account_id).exists())


def has_codes(account_id: int) -> bool:
    """Say whether an account has codes of an app."""
    codes = Authenticator.objects.filter(user_id=account_id, type=Authenticator.Type.TOTP)
    return bool(codes.exists())


def another_step(account_id: int, *, but: int) -> bool:
    """Say whether an account has codes or a passkey besides one of them; spare codes do not count."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    rows = Authenticator.objects.filter(user_id=account_id, type__in=kinds)
    return bool(rows.exclude(pk=but).exists())


def passkeys_of(account_id: int) -> tuple[Passkey, ...]:
    """Return the passkeys of an account, the oldest first."""
    rows = Authenticator.objects.filter(user_id=account_id, type=Authenticator.Type.WEBAUTHN)
    return tuple(
        Passkey(row.pk, str(row.data["name"]), row.created_at, row.last_used_at)
        for row in rows.order_by("pk")
    )


def standing(actor: Actor) -> Standing:
    """Return where the actor stands."""
    by = Account.objects.filter(id=actor.account_id).values_list("second_step_by", flat=True)
    demanded = actor.role in SECOND_STEP
    return Standing(has_second_step(actor.account_id), demanded, by.first())


def held_up(actor: Actor, *, by: datetime | None, at: datetime) -> bool:
    """Say whether a signed-in person must set up the second step before anything else.

    `by` is the date that stands at the account. The database is asked only where it has passed,
    so that a page costs no query more.
    """
    if actor.role not in SECOND_STEP or by is None or by > at:
        return False
    return not has_second_step(actor.account_id)


def grace_days(company_id: int) -> int:
    """Return for how many days somebody may put the second step off."""
    days = Company.objects.filter(id=company_id).values_list("second_step_days", flat=True)
    return int(days.first() or 0)
