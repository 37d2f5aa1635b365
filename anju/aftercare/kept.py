"""Which promises were kept and how cases of a period ended, counted with their bases; reads alone.

The cohort is who came in the period: every figure of it adds up to `received`. `closed` alone
counts by the day of closing. No share is made here: a count stands beside its base.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Aggregate, Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from anju.casework.promises import Promised
from anju.casework.states import OPEN, Outcome
from anju.voice.models import Case

Key = int | str | date | None
# Nobody waits for what was merged, withdrawn, referred or refused: from its end on nothing breaks.
LET_GO = tuple(
    one.value
    for one in (Outcome.DUPLICATE, Outcome.WITHDRAWN, Outcome.REFERRED, Outcome.NOT_POSSIBLE)
)
SOLVED = tuple(one.value for one in (Outcome.CONFIRMED, Outcome.UNCONFIRMED, Outcome.PARTLY))
OPEN_STATES = tuple(one.value for one in OPEN)


class By(StrEnum):
    """What the counts are parted by; the key of a row is an id, a code, a month's first day."""

    COMPANY = "company"
    PROJECT = "project"
    BUILDING = "building"
    KIND = "kind"
    CATEGORY = "category"
    CHANNEL = "channel"
    PARTY = "party"
    PERSON = "person"  # who answers for it
    PARTNER = "partner"
    MONTH = "month"  # in which it came


COLUMNS: Mapping[By, str] = {
    By.PROJECT: "project_id",
    By.BUILDING: "building_id",
    By.KIND: "kind",
    By.CATEGORY: "category_id",
    By.CHANNEL: "channel",
    By.PARTY: "party",
    By.PERSON: "assignee_id",
    By.PARTNER: "partner_id",
}


@dataclass(frozen=True, slots=True)
class Span:
    """A period: from an instant up to another, which lies outside it."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise: `made` of the cases, `decided` of those, `kept` of the decided; the rest still runs.

    What ended otherwise before its time, as a case that was withdrawn, is not decided either.
    """

    made: int = 0
    decided: int = 0
    kept: int = 0

    @property
    def broken(self) -> int:
        """How many of the decided were not kept."""
        return self.decided - self.kept


@dataclass(frozen=True, slots=True)
class Counts:
    """The cases of a period that share a key.

    `received` = `closed_of` + `open_of`. `ended_solved` were closed as solved at least once, and
    `fixed_first` of them never came back. `came_back` cases were opened again `times` in all.
    `closed` counts cases of any period whose (last) closing lies in this one.
    """

    key: Key
    received: int = 0
    open_of: int = 0
    closed_of: int = 0
    came_back: int = 0
    times: int = 0
    passed_on: int = 0
    ended_solved: int = 0
    fixed_first: int = 0
    closed: int = 0
    first: Mapping[Promised, Kept] = field(default_factory=dict)
    now: Mapping[Promised, Kept] = field(default_factory=dict)


def counts(
    span: Span, *, at: datetime, by: By = By.COMPANY, rows: QuerySet[Case] | None = None
) -> tuple[Counts, ...]:
    """Return the counts of a period, one row a key in no declared order, as they stand at `at`.

    `rows` are the cases that count, all of the company where nothing is said; a call for the whole
    company returns one row even where nothing came.
    """
    held = Case.objects.all() if rows is None else rows
    came = held.filter(received_at__gte=span.since, received_at__lt=span.until)
    shut = held.filter(closed_at__gte=span.since, closed_at__lt=span.until)
    found = _grouped(came, by, _asked(at))
    ended = _grouped(shut, By.COMPANY if by is By.MONTH else by, {"closed": Count("id")})
    if by is By.MONTH:
        ended = _grouped(shut, by, {"closed": Count("id")}, column="closed_at")
    keys = dict.fromkeys([*found, *ended])
    return tuple(_row(key, found.get(key, {}), ended.get(key, {})) for key in keys)


def _grouped(
    rows: QuerySet[Case],
    by: By,
    asked: Mapping[str, Aggregate],
    *,
    column: str = "received_at",
) -> dict[Key, Mapping[str, int]]:
    if by is By.COMPANY:
        return {None: rows.aggregate(**asked)}
    if by is By.MONTH:
        zone = ZoneInfo(settings.TIME_ZONE)
        keyed = rows.annotate(key=TruncMonth(column, tzinfo=zone))
    else:
        keyed = rows.annotate(key=F(COLUMNS[by]))
    said: Iterable[Mapping[str, Any]] = keyed.order_by().values("key").annotate(**asked)
    return {_key(one["key"]): one for one in said}


def _key(value: object) -> Key:
    if isinstance(value, datetime):
        return value.date()
    assert value is None or isinstance(value, int | str | date)
    return value


def _asked(at: datetime) -> dict[str, Aggregate]:
    """Return what one query counts of the cohort."""
    ended = Q(outcome__in=SOLVED) & (Q(closed_at__isnull=False) | Q(reopened__gt=0))
    asked: dict[str, Aggregate] = {
        "received": Count("id"),
        "open_of": Count("id", filter=Q(state__in=OPEN_STATES)),
        "came_back": Count("id", filter=Q(reopened__gt=0)),
        "times": Sum("reopened", default=0),
        "passed_on": Count("id", filter=Q(transfers__gt=0)),
        "ended_solved": Count("id", filter=ended),
        "fixed_first": Count("id", filter=ended & Q(reopened=0)),
    }
    for one in Promised:
        for which in ("first", "due"):
            column, met = f"{one.value}_{which}", f"{one.value}_met"
            made = Q(**{f"{column}__isnull": False})
            kept = Q(**{f"{met}__lte": F(column)})
            asked[f"{column}_made"] = Count("id", filter=made)
            asked[f"{column}_kept"] = Count("id", filter=kept)
            asked[f"{column}_broken"] = Count("id", filter=_broken(column, met, at))
    return asked


def _broken(column: str, met: str, at: datetime) -> Q:
    """Return which promises were met late, or passed while somebody still waited for them."""
    over = Q(outcome__in=LET_GO, closed_at__isnull=False)
    ended, waited = Q(**{f"{column}__lt": F("closed_at")}), Q(**{f"{column}__lt": at})
    unmet = Q(**{f"{met}__isnull": True}) & ((over & ended) | (~over & waited))
    return Q(**{f"{met}__gt": F(column)}) | unmet


def _row(key: Key, came: Mapping[str, int], shut: Mapping[str, int]) -> Counts:
    received, open_of = came.get("received", 0), came.get("open_of", 0)
    plain = ("came_back", "times", "passed_on", "ended_solved", "fixed_first")
    return Counts(
        key=key,
        received=received,
        open_of=open_of,
        closed_of=received - open_of,
        closed=shut.get("closed", 0),
        first=_promises(came, "first"),
        now=_promises(came, "due"),
        **{name: came.get(name, 0) for name in plain},
    )


def _promises(came: Mapping[str, int], which: str) -> dict[Promised, Kept]:
    found = {}
    for one in Promised:
        name = f"{one.value}_{which}"
        kept, broken = came.get(f"{name}_kept", 0), came.get(f"{name}_broken", 0)
        found[one] = Kept(came.get(f"{name}_made", 0), kept + broken, kept)
    return found
