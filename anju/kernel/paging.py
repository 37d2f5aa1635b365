"""Keyset pages: the next page begins after the last key seen, so depth costs nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.core import signing
from django.db import models

from anju.kernel.pure.problems import Problem

Row = TypeVar("Row", bound=models.Model)
Shown = TypeVar("Shown")
MOST = 200
COUNTED = 1_000


@dataclass(frozen=True, slots=True)
class Page(Generic[Shown]):
    """One page of rows, with signed cursors to its neighbours: onward to earlier rows, and back."""

    rows: tuple[Shown, ...]
    earlier: str
    later: str
    total: int
    capped: bool


def _read(cursor: str, salt: str) -> tuple[str, int]:
    try:
        way, key = signing.loads(cursor, salt=salt)
        return str(way), int(key)
    except (signing.BadSignature, ValueError, TypeError) as broken:
        raise Problem(
            "E-PAGE",
            "page",
            "This page link is broken. Go back to the first page.",
            "翻页链接无效。请回到第一页。",
        ) from broken


def page_of(
    rows: models.QuerySet[Row], *, cursor: str, size: int, salt: str, rising: bool = False
) -> Page[Row]:
    """Return a page of rows ordered by falling id; raises E-PAGE for a cursor that is not ours.

    With `rising` the order is that of rising ids, and `earlier` still leads on, `later` back.
    """
    size = max(1, min(size, MOST))
    onward, back = (">", "<") if rising else ("<", ">")
    way, key = _read(cursor, salt) if cursor else (onward, 0)
    beyond = rows.filter(**{"pk__gt" if way == ">" else "pk__lt": key}) if key else rows
    found = list(beyond.order_by("pk" if way == ">" else "-pk")[: size + 1])
    more, found = len(found) > size, found[:size]
    more_on, more_back = more, bool(key)
    if way == back:
        found, more_on, more_back = found[::-1], True, more
    counted = rows.order_by()[: COUNTED + 1].count()
    return Page(
        rows=tuple(found),
        earlier=signing.dumps((onward, found[-1].pk), salt=salt) if more_on and found else "",
        later=signing.dumps((back, found[0].pk), salt=salt) if more_back and found else "",
        total=min(counted, COUNTED),
        capped=counted > COUNTED,
    )
