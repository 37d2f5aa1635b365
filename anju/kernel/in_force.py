"""Whose rows are asked for, as the database connection reads it; set by the scope alone.

It stands below the models, because a connection is made before any of them.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass

company: ContextVar[int | None] = ContextVar("anju_company", default=None)
account: ContextVar[int | None] = ContextVar("anju_account", default=None)


@dataclass(frozen=True, slots=True)
class InForce:
    """What the database is told of whoever asks; empty words for nobody."""

    company: str = ""
    account: str = ""


def in_force() -> InForce:
    """Return the company and the account in force, as the database is told them."""
    mine, known = company.get(), account.get()
    return InForce("" if mine is None else str(mine), "" if known is None else str(known))
