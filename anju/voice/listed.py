"""The first page of a work list, read by statements that are written once; further pages: `lists`."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from anju.kernel.at_once import Part, count_of
from anju.kernel.paging import COUNTED, Page
from anju.kernel.planned import Planned
from anju.register.access import Actor
from anju.voice import lists
from anju.voice.lines import CaseLine, lines_of, read
from anju.voice.lists import COLUMNS, SIZE, Filter, Order
from anju.voice.models import Case


def page(
    actor: Actor, wanted: Filter, *, at: datetime, cursor: str = "", known: int | None = None
) -> Page[CaseLine]:
    """Return a page of a work list; raises E-PAGE for a cursor that is not this list's.

    `known` is how many there are, counted to 1,000 and one more, where somebody counted them.
    """
    if (
        cursor or wanted.ids is not None or wanted.warranty
    ):  # each asks for what stands nowhere else
        rows = lists.chosen(actor, wanted, at=at)
        return lists.page_of(rows, wanted.order, cursor=cursor, known=known)
    given = (at, lists.midnight(at))
    found = lines_of(_DATED.rows(actor, wanted, given=given))
    if len(found) <= SIZE and wanted.order is Order.DUE:
        found += lines_of(_BARE.rows(actor, wanted, SIZE + 1 - len(found), given=given))
    counted = _COUNTED.count(actor, wanted, given=given) if known is None else known
    return lists.paged(found, wanted.order, size=SIZE, counted=counted)


def _dated(
    actor: Actor, wanted: Filter, at: datetime, night: datetime
) -> QuerySet[Case, tuple[object, ...]]:
    column, rising = COLUMNS[wanted.order]
    rows = lists.chosen(actor, wanted, at=at, night=night)
    if wanted.order is Order.DUE:
        rows = rows.filter(next_due_at__isnull=False)
    way = "" if rising else "-"
    return read(rows.order_by(f"{way}{column}", f"{way}id"))[: SIZE + 1]


def _bare(
    actor: Actor, wanted: Filter, many: int, at: datetime, night: datetime
) -> QuerySet[Case, tuple[object, ...]]:
    rows = lists.chosen(actor, wanted, at=at, night=night).filter(next_due_at__isnull=True)
    return read(rows.order_by("id"))[:many]


def _counted(
    actor: Actor, wanted: Filter, at: datetime, night: datetime
) -> QuerySet[Case, tuple[int]]:
    rows = lists.chosen(actor, wanted, at=at, night=night).order_by()
    return rows.values_list("id")[: COUNTED + 1]


_DATED, _BARE, _COUNTED = Planned(_dated), Planned(_bare), Planned(_counted)


def count(actor: Actor, wanted: Filter, *, at: datetime) -> Part[int]:
    """Return the count of the cases that a list holds, to 1,000 and one more; not of a search."""
    return count_of(_COUNTED, actor, wanted, given=(at, lists.midnight(at)))
