"""The work list: which cases somebody sees under which filters, in which order, page by page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import signing
from django.db.models import Q, QuerySet

from anju.casework.kinds import CaseKind
from anju.casework.states import State
from anju.kernel.paging import COUNTED, MOST, Page
from anju.kernel.pure.months import months_later
from anju.kernel.pure.problems import Problem
from anju.register.access import Actor
from anju.voice.access import visible_cases
from anju.voice.lines import CaseLine, lines_of, read
from anju.voice.models import Case, Category

SIZE = 40
SALT = "anju.voice.lists"


class Show(StrEnum):
    """Which part of the cases a list holds."""

    OPEN = "open"
    VISIT = "visit"  # closed, their owners still to be asked
    SETTLED = "settled"
    ALL = "all"


class Order(StrEnum):
    """In which order; a list knows these and no others."""

    DUE = "due"  # the most overdue first, those whose clock stands at the end
    NEWEST = "newest"
    OLDEST = "oldest"
    NUMBER = "number"


COLUMNS = {
    Order.DUE: ("next_due_at", True),
    Order.NEWEST: ("received_at", False),
    Order.OLDEST: ("received_at", True),
    Order.NUMBER: ("number", True),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """What somebody wants to see: `person_id` answers for it, `ids` are what a search found."""

    show: Show = Show.OPEN
    kind: CaseKind | None = None
    project_id: int | None = None
    person_id: int | None = None
    nobody: bool = False
    overdue: bool = False
    today: bool = False
    repeated: bool = False
    warranty: bool = False
    restricted: bool = False
    ids: tuple[int, ...] | None = None
    order: Order = Order.DUE


def chosen(
    actor: Actor, wanted: Filter, *, at: datetime, night: datetime | None = None
) -> QuerySet[Case]:
    """Return the cases that a list holds, in no order. Units: `at` is now, `night` when its day ends."""
    rows = _shown(visible_cases(actor), wanted.show)
    if wanted.ids is not None:
        rows = rows.filter(id__in=wanted.ids)
    given = {
        "kind": wanted.kind.value if wanted.kind else None,
        "project_id": wanted.project_id,
        "assignee_id": wanted.person_id,
        "restricted": True if wanted.restricted else None,
    }
    rows = rows.filter(**{name: value for name, value in given.items() if value is not None})
    if wanted.nobody:
        rows = rows.filter(assignee_id=None)
    if wanted.overdue:
        rows = rows.filter(next_due_at__lt=at)
    if wanted.today:
        rows = rows.filter(next_due_at__gte=at, next_due_at__lt=night or midnight(at))
    if wanted.repeated:
        rows = rows.filter(Q(reopened__gt=0) | Q(follows__isnull=False))
    if wanted.warranty:
        rows = rows.filter(_in_warranty(at))
    return rows


def _shown(rows: QuerySet[Case], show: Show) -> QuerySet[Case]:
    """Return one part of the cases; what is not settled lies together in an index of its own."""
    if show is Show.OPEN:
        return rows.filter(settled_at=None).exclude(state=State.CLOSED.value)
    if show is Show.VISIT:
        return rows.filter(settled_at=None, state=State.CLOSED.value)
    if show is Show.SETTLED:
        return rows.filter(state=State.SETTLED.value)
    return rows


def midnight(at: datetime) -> datetime:
    """Return when the day of an instant ends where the company is."""
    zone = ZoneInfo(settings.TIME_ZONE)
    tomorrow = at.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), tzinfo=zone)


def _in_warranty(at: datetime) -> Q:
    """Return what finds cases of homes that are still under the warranty of their category."""
    today = at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    months = Category.objects.exclude(warranty_months=None).values_list(
        "warranty_months", flat=True
    )
    found = Q(pk__in=())
    for many in sorted(set(months)):
        since = months_later(today, -many)
        found |= Q(category__warranty_months=many, unit__handover__gt=since)
    return found


def counted(actor: Actor, views: Iterable[tuple[str, Filter]], *, at: datetime) -> dict[str, int]:
    """Return how many cases each list holds, counted to 1,000 and one more."""
    return {name: chosen(actor, one, at=at)[: COUNTED + 1].count() for name, one in views}


def page_of(
    rows: QuerySet[Case],
    order: Order,
    *,
    cursor: str = "",
    size: int = SIZE,
    known: int | None = None,
) -> Page[CaseLine]:
    """Return a page of cases in an order; raises E-PAGE for a cursor that is not this list's.

    Where the order is that of what is due, cases whose clock stands come after all others. `known`
    is how many there are, counted to 1,000 and one more, where somebody counted them already.
    """
    size = max(1, min(size, MOST))
    back, key = _read(cursor, order)
    found = _walk(rows, order, key, back=back, many=size + 1)
    counted_ = rows.order_by()[: COUNTED + 1].count() if known is None else known
    return paged(found, order, size=size, counted=counted_, key=bool(key), back=back)


def paged(
    found: list[CaseLine],
    order: Order,
    *,
    size: int,
    counted: int,
    key: bool = False,
    back: bool = False,
) -> Page[CaseLine]:
    """Return lines, one more than a page holds where there are more, as a page with its ways on."""
    more, found = len(found) > size, found[:size]
    more_on, more_back = more, key
    if back:
        found, more_on, more_back = found[::-1], True, more
    return Page(
        rows=tuple(found),
        earlier=_cursor(order, found[-1], back=False) if more_on and found else "",
        later=_cursor(order, found[0], back=True) if more_back and found else "",
        total=min(counted, COUNTED),
        capped=counted > COUNTED,
    )


Key = tuple[str | int | None, int]


def _cursor(order: Order, line: CaseLine, *, back: bool) -> str:
    values = {"next_due_at": line.due_at, "received_at": line.received_at, "number": line.number}
    value = values[COLUMNS[order][0]]
    said = value.isoformat() if isinstance(value, datetime) else value
    return signing.dumps([order.value, int(back), said, line.id], salt=SALT)


def _read(cursor: str, order: Order) -> tuple[bool, Key | None]:
    if not cursor:
        return False, None
    try:
        whose, back, value, key = signing.loads(cursor, salt=SALT)
        if whose != order.value:
            raise ValueError(whose)
        return bool(back), (value, int(key))
    except (signing.BadSignature, ValueError, TypeError) as broken:
        raise Problem(
            "E-PAGE", "page",
            "This page link is broken. Go back to the first page.",
            "翻页链接无效。请回到第一页。",
        ) from broken  # fmt: skip


def _walk(
    rows: QuerySet[Case], order: Order, key: Key | None, *, back: bool, many: int
) -> list[CaseLine]:
    """Return the rows beyond a key: first those that have the value, then those without, or back."""
    column, rising = COLUMNS[order]
    up = rising is not back
    parts = (False, True) if order is Order.DUE else (False,)
    found: list[CaseLine] = []
    for bare in reversed(parts) if back else parts:
        if len(found) >= many or _passed(key, bare=bare, back=back):
            continue
        part = rows.filter(**{f"{column}__isnull": True}) if bare else rows
        part = (
            part.filter(**{f"{column}__isnull": False}) if order is Order.DUE and not bare else part
        )
        if key is not None and (key[0] is None) is bare:
            part = part.filter(_beyond(column, key, up=(not back) if bare else up))
        ways = ("",) if bare else (column,)
        marks = [("" if up else "-") + way for way in ways if way]
        last = ("" if (not back if bare else up) else "-") + "id"
        found += lines_of(read(part.order_by(*marks, last))[: many - len(found)])
    return found


def _passed(key: Key | None, *, bare: bool, back: bool) -> bool:
    """Say whether a part lies behind the key already."""
    return key is not None and (key[0] is None) is not bare and bare is back


def _beyond(column: str, key: Key, *, up: bool) -> Q:
    value, last = key
    way = "gt" if up else "lt"
    if value is None:
        return Q(**{f"id__{way}": last})
    there = datetime.fromisoformat(value) if isinstance(value, str) else value
    same = Q(**{column: there, f"id__{way}": last})
    return Q(**{f"{column}__{way}e": there}) & (Q(**{f"{column}__{way}": there}) | same)
