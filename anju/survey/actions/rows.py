"""Turns an answer set into rows of a staged batch, and clears such rows away; shows nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Field

from anju.answers.rules.answers import AnswerSet
from anju.answers.rules.vocabulary import folded
from anju.kernel.tasks import Run
from anju.kernel.turns import let_others_write
from anju.survey.forms import ordered_items
from anju.survey.homes import Frame
from anju.survey.models import ImportBatch, Item, OpenAnswer, Response

CHUNK = 2_000
FIXED = ("building", "stratum", "use_type", "mode")
COLUMNS = (
    "company", "wave", "batch", "row", "unit", "building", "household", "building_label",
    "stratum", "use_type", "mode", "answered_at", "count", "weight", "answers", "groups",
)  # fmt: skip
PREPARED = frozenset({"answered_at", "answers", "groups"})  # the rest is taken as it is


@dataclass(frozen=True, slots=True)
class Store:
    """What is needed to write rows: the batch, the form's items, the project's homes."""

    batch: ImportBatch
    items: tuple[Item, ...]
    frame: Frame


def store_for(batch: ImportBatch, version_id: int, frame: Frame) -> Store:
    """Return what is needed to write the rows of a batch."""
    return Store(batch, tuple(ordered_items(version_id)), frame)


def answer_lists(answers: AnswerSet, items: Sequence[Item]) -> list[list[str | None]]:
    """Return a list for each row: the option's code or None for every item in printed order."""
    height = len(answers.levels)
    places = {item.code: place for place, item in enumerate(items)}
    columns: list[Sequence[str | None]] = [[None] * height for _ in items]
    for place, item in enumerate(answers.items):
        codes = [level.code for level in item.scale.levels]
        told: list[str | None] = [*codes, None]  # -1 reads the last: no answer
        columns[places[item.code]] = [told[level] for level in answers.levels[:, place].tolist()]
    return [list(row) for row in zip(*columns, strict=True)]


def _instant(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return moment.replace(tzinfo=zone) if moment is not None else None


def _extra(answers: AnswerSet) -> Mapping[str, tuple[str | None, ...]]:
    return {kind: labels for kind, labels in answers.groups.items() if kind not in FIXED}


def rows_of(answers: AnswerSet, store: Store) -> Iterator[tuple[object, ...]]:
    """Yield the values of COLUMNS for each row of the file, not yet stored."""
    none = (None,) * len(answers.levels)
    building, stratum, use_type, mode = (answers.groups.get(kind, none) for kind in FIXED)
    extra, zone = _extra(answers), ZoneInfo(settings.TIME_ZONE)
    whose = (store.batch.company_id, store.batch.wave_id, store.batch.pk)
    for place, codes in enumerate(answer_lists(answers, store.items)):
        household = answers.households[place] or ""
        label = building[place]
        yield (
            *whose,
            answers.rows[place],
            store.frame.units.get(household),
            store.frame.building_id(label),
            household,
            label or "",
            stratum[place] or "",
            use_type[place] or "",
            mode[place] or "",
            _instant(answers.answered[place], zone),
            int(answers.count[place]),
            float(answers.weight[place]),
            codes,
            {kind: labels[place] for kind, labels in extra.items() if labels[place]},
        )


def write_rows(run: Run, answers: AnswerSet, store: Store) -> None:
    """Write the rows in short transactions, so that others wait at most for one of them."""
    total, done, rows = len(answers.levels), 0, rows_of(answers, store)
    into = _Insert()
    while chunk := [into.prepared(row) for row in islice(rows, CHUNK)]:
        _write(into, chunk, answers, store, first=done)
        done += len(chunk)
        run.report(done=done, total=total, step="storing")
        let_others_write()


class _Insert:
    """The statement that stores one row of answers, and values as the database takes them.

    Django writes a statement anew for every few rows, with the database held meanwhile; a hundred
    thousand rows are four times as quick, and others wait less, where it is written once.
    """

    def __init__(self) -> None:
        quote, fields = connection.ops.quote_name, [_field(name) for name in COLUMNS]
        columns = ", ".join(quote(str(field.column)) for field in fields)
        marks = ", ".join(["%s"] * len(fields))
        # Names of our own table and columns alone; every value is a parameter.
        self.sql = f"INSERT INTO {quote(Response._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608
        self.own = [(n, f) for n, f in enumerate(fields) if COLUMNS[n] in PREPARED]

    def prepared(self, row: Sequence[object]) -> list[Any]:
        values: list[Any] = list(row)
        for place, field in self.own:
            values[place] = field.get_db_prep_save(values[place], connection)
        return values


def _field(name: str) -> Field[Any, Any]:
    field = Response._meta.get_field(name)
    assert isinstance(field, Field)
    return field


def _write(
    into: _Insert,
    chunk: Sequence[Sequence[Any]],
    answers: AnswerSet,
    store: Store,
    *,
    first: int,
) -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.executemany(into.sql, chunk)
        if answers.comments:
            OpenAnswer.objects.bulk_create(_texts(answers, store, first, first + len(chunk)))


def _texts(answers: AnswerSet, store: Store, first: int, after: int) -> list[OpenAnswer]:
    """Return what was written in own words in some rows of the file, for the rows just stored."""
    items = {heading: _open_item(store.items, heading) for heading in answers.comments}
    places = [
        (heading, place)
        for heading, said in answers.comments.items()
        for place in range(first, min(after, len(said)))
        if said[place]
    ]
    rows = [answers.rows[place] for _heading, place in places]
    stored = Response.objects.whole().filter(batch=store.batch, row__in=set(rows))
    ids = dict(stored.values_list("row", "id"))
    return [
        OpenAnswer(
            company_id=store.batch.company_id,
            response_id=ids[row],
            item=items[heading],
            heading=heading[:200],
            text=answers.comments[heading][place] or "",
        )
        for (heading, place), row in zip(places, rows, strict=True)
    ]


def _open_item(items: Sequence[Item], heading: str) -> Item | None:
    """Return the open item that a column's head names, or the only one there is."""
    asked = [item for item in items if item.scale_id is None]
    named = [i for i in asked if folded(heading) in {folded(t) for t in (i.code, i.zh, i.en)}]
    found = named or (asked if len(asked) == 1 else [])
    return found[0] if found else None


def clear_rows(batch: ImportBatch) -> None:
    """Remove the rows of a batch that nobody sees, in short transactions."""
    rows = Response.objects.whole().filter(batch=batch)
    while ids := list(rows.order_by("id").values_list("id", flat=True)[:CHUNK]):
        with transaction.atomic():
            OpenAnswer.objects.filter(response_id__in=ids).delete()
            Response.objects.whole().filter(id__in=ids).delete()
        let_others_write()
