"""Turns our enumerations into what a column and its check constraint accept; no labels."""

from __future__ import annotations

from enum import StrEnum

from django.db import models


def choices(kind: type[StrEnum]) -> list[tuple[str, str]]:
    """Return the stored values of an enumeration; pages take their words from labels.py."""
    return [(member.value, member.value) for member in kind]


def one_of(column: str, kind: type[StrEnum], *, name: str) -> models.CheckConstraint:
    """Return a constraint by which the database itself accepts the enumeration's values alone."""
    known = [member.value for member in kind]
    return models.CheckConstraint(condition=models.Q(**{f"{column}__in": known}), name=name)
