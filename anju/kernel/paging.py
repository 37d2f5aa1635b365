"""Keyset pages: the next page begins after the last key seen, so depth costs nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.core import signing
from django.db import models

from anju.kernel.pure.problems import Problem

Row = TypeVar("Row", bound=models.Model)
MOST = 200
COUNTED = 1_000


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of rows, newest first, with signed cursors to its neighbours."""

    rows: tuple[Row, ...]
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


def page_of(rows: models.QuerySet[Row], *, cursor: str, size: int, salt: str) -> Page[Row]:
    """Return a page of rows ordered by falling id; raises E-PAGE for a cursor that is not ours."""
    size = max(1, min(size, MOST))
    way, key = _read(cursor, salt) if cursor else ("<", 0)
    if way == ">":
        found = list(rows.filter(pk__gt=key).order_by("pk")[: size + 1])
        more_later, more_earlier = len(found) > size, True
        found = found[:size][::-1]
    else:
        older = rows.filter(pk__lt=key) if key else rows
        found = list(older.order_by("-pk")[: size + 1])
        more_earlier, more_later = len(found) > size, bool(key)
        found = found[:size]
    counted = rows.order_by()[: COUNTED + 1].count()
    return Page(
        rows=tuple(found),
        earlier=signing.dumps(("<", found[-1].pk), salt=salt) if more_earlier and found else "",
        later=signing.dumps((">", found[0].pk), salt=salt) if more_later and found else "",
        total=min(counted, COUNTED),
        capped=counted > COUNTED,
    )
