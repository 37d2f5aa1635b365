"""Finds cases by number, by phone, home or name of who told them, and by words; no ranking."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q, QuerySet

from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_search
from anju.register.access import Actor, Verb, within
from anju.register.models import Person, Unit
from anju.register.rules.phones import phone_of, tail_of
from anju.register.rules.units import KEY_MOST, normalise
from anju.voice.access import visible_cases
from anju.voice.lines import NAMED, CaseLine, lines
from anju.voice.models import Case

MOST = 20
# Words are looked for in what is not settled, and in the newest of all others.
NEWEST = 20_000
PEOPLE = 50
_NUMBER = re.compile(r"(?:#|no\.?|第|单号|编号)?\s*(\d{1,9})\s*(?:号|号单)?", re.IGNORECASE)
_TAIL = re.compile(r"\d{4}")


def cases_like(actor: Actor, written: str) -> tuple[CaseLine, ...]:
    """Return the cases that a text speaks of: its number first, then the newest.

    Every sign is literal. Errors: E-SEARCH.
    """
    if not actor.may(Verb.SEE_CASES):
        return ()
    ids = found(actor, written, most=MOST)
    rows = {row.pk: row for row in visible_cases(actor).filter(id__in=ids).select_related(*NAMED)}
    return lines(rows[one] for one in ids if one in rows)


def found(actor: Actor, written: str, *, most: int) -> tuple[int, ...]:
    """Return the ids of at most so many cases that a text speaks of; errors as `cases_like`."""
    text = clean_search(written)
    if not text:
        return ()
    ids: dict[int, None] = {}
    for rows in _ways(actor, visible_cases(actor), text):
        newest = rows.order_by("-received_at", "-id").values_list("id", flat=True)
        ids.update(dict.fromkeys(newest[: most - len(ids)]))
        if len(ids) >= most:
            break
    return tuple(ids)


def _ways(actor: Actor, rows: QuerySet[Case], text: str) -> Iterator[QuerySet[Case]]:
    """Yield what a text may mean, each by an index of its own."""
    number = _NUMBER.fullmatch(text)
    if number is not None:
        yield rows.filter(number=int(number[1]))
    if actor.may(Verb.SEE_OWNERS):
        phone = _phone(text)
        if phone:
            yield rows.filter(phone=phone)
        if people := _people(actor, text, phone):
            yield rows.filter(reporter_id__in=people)
    if homes := _homes(actor, text):
        yield rows.filter(unit_id__in=homes)
    said = Q(words__icontains=text) | Q(caller__icontains=text)
    yield rows.filter(said, settled_at=None)
    edge = _edge()
    yield rows.filter(said) if edge is None else rows.filter(said, received_at__gt=edge)


def _edge() -> datetime | None:
    """Return the instant after which the newest cases came; None where there are few."""
    rows = Case.objects.across_parts().order_by("-received_at")
    beyond = list(rows.values_list("received_at", flat=True)[NEWEST : NEWEST + 1])
    return beyond[0] if beyond else None


def _phone(text: str) -> str:
    try:
        return phone_of(text, "q")
    except Problem:
        return ""


def _people(actor: Actor, text: str, phone: str) -> list[int]:
    alike = Q(name__icontains=text)
    if _TAIL.fullmatch(text):
        alike |= Q(phone_tail=text)
    if phone:
        alike |= Q(phone_tail=tail_of(phone), phone=phone)
    rows = within(actor, Person.objects.filter(alike), "project_id")
    return list(rows.order_by("id").values_list("id", flat=True)[:PEOPLE])


def _homes(actor: Actor, text: str) -> list[int]:
    key = normalise(text)[:KEY_MOST]
    if not key:
        return []
    rows = within(actor, Unit.objects.all(), "building__project_id")
    near = rows.filter(Q(key=key) | Q(key__endswith=f"-{key}"))
    return list(near.order_by("id").values_list("id", flat=True)[:PEOPLE])
