"""How the columns of this room are written: an enumeration that the database itself holds to."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.db import models

Text = models.CharField[str, str]


def member(kind: type[StrEnum], *, most: int = 14, empty: bool = False, **more: Any) -> Any:
    """Return a column for a value of an enumeration; `empty` lets it hold nothing yet."""
    choices = [(one.value, one.value) for one in kind]
    return models.CharField(max_length=most, choices=choices, blank=empty, **more)


def one_of(
    column: str, kind: type[StrEnum], *, name: str, empty: bool = False
) -> models.CheckConstraint:
    """Return a constraint by which the database accepts the enumeration's values alone."""
    known = [one.value for one in kind] + ([""] if empty else [])
    return models.CheckConstraint(condition=models.Q(**{f"{column}__in": known}), name=name)
