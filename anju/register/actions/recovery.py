"""Writes that only whoever runs the machine may order: a lost second step, a lost password.

No page leads here: the right is to sit at the server. Each ends the sessions of the account and
stands in the history of every company that the account belongs to, without a person's name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction

from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.register.actions.people import valid_password
from anju.register.models import Account, Membership
from anju.register.queries import company_ids

CHUNK = 500
# Where allauth keeps a sign-in whose password was right and whose second step is still open.
WAITING = "account_login"


@dataclass(frozen=True, slots=True)
class Found:
    """An account as the command shows it before anything is done; `companies` by their ids."""

    account_id: int
    name: str
    email: str
    language: str
    companies: tuple[int, ...]


def find_account(email: str) -> Found:
    """Return the account of an address, in whatever case it is written. Error: E-ACCOUNT."""
    account = Account.objects.filter(email__iexact=email.strip()).first()
    if account is None:
        raise Problem(
            "E-ACCOUNT",
            "address",
            "No account has this address. Write the one that signs in.",
            "没有使用该邮箱的账号。请填写登录时使用的邮箱。",
        )
    mine = tuple(key for key in company_ids() if _belongs(account.pk, key))
    return Found(account.pk, account.name, account.email, account.language, mine)


def _belongs(account_id: int, company_id: int) -> bool:
    with company_scope(company_id):
        return bool(Membership.objects.filter(account_id=account_id).exists())


@transaction.atomic
def take_second_step_off(found: Found, *, at: datetime) -> int:
    """Take an account's second step away and end its sessions; return how many ended.

    There are no days of grace: whoever signs in next sets it up anew before anything else.
    """
    Authenticator.objects.filter(user_id=found.account_id).delete()
    Account.objects.filter(id=found.account_id).update(second_step_by=at)
    _tell(found, "second_step_off", at)
    return _end_sessions(found.account_id, at)


@transaction.atomic
def set_password_anew(found: Found, *, password: str, at: datetime) -> int:
    """Give an account another password and end its sessions; return how many ended.

    Error: E-PASSWORD.
    """
    account = Account.objects.get(id=found.account_id)
    account.set_password(valid_password(password))
    account.save(update_fields=["password"])
    _tell(found, "password_set", at)
    return _end_sessions(found.account_id, at)


def _tell(found: Found, verb: str, at: datetime) -> None:
    for company_id in found.companies:
        with company_scope(company_id):
            subject = history.Subject(company_id, "account", found.account_id)
            history.write(subject, verb, actor_id=None, at=at, payload={})


def _end_sessions(account_id: int, at: datetime) -> int:
    """Remove every session of an account, one that waits for the second step among them."""
    ended, mine = 0, user_pk_to_url_str(Account(pk=account_id))
    rows = Session.objects.filter(expire_date__gt=at).order_by("session_key")
    for session in rows.iterator(chunk_size=CHUNK):
        told = session.get_decoded()
        waiting = told.get(WAITING) or {}
        if told.get(SESSION_KEY) == str(account_id) or waiting.get("user_pk") == mine:
            session.delete()
            ended += 1
    return ended
