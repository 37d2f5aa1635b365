"""Turns an answer set into rows of a staged batch, and clears such rows away; shows nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from anju.answers.rules.answers import AnswerSet
from anju.answers.rules.vocabulary import folded
from anju.kernel.tasks import Run
from anju.survey.forms import ordered_items
from anju.survey.homes import Frame
from anju.survey.models import ImportBatch, Item, OpenAnswer, Response

CHUNK = 2_000
FIXED = ("building", "stratum", "use_type", "mode")


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


def rows_of(answers: AnswerSet, store: Store) -> Iterator[Response]:
    """Yield a row for each row of the file, not yet saved."""
    none = (None,) * len(answers.levels)
    building, stratum, use_type, mode = (answers.groups.get(kind, none) for kind in FIXED)
    extra, zone = _extra(answers), ZoneInfo(settings.TIME_ZONE)
    for place, codes in enumerate(answer_lists(answers, store.items)):
        household = answers.households[place]
        label = building[place]
        yield Response(
            company_id=store.batch.company_id,
            wave_id=store.batch.wave_id,
            batch_id=store.batch.pk,
            row=answers.rows[place],
            unit_id=store.frame.units.get(household or ""),
            building_id=store.frame.building_id(label),
            household=household or "",
            building_label=label or "",
            stratum=stratum[place] or "",
            use_type=use_type[place] or "",
            mode=mode[place] or "",
            answered_at=_instant(answers.answered[place], zone),
            count=int(answers.count[place]),
            weight=float(answers.weight[place]),
            answers=codes,
            groups={kind: labels[place] for kind, labels in extra.items() if labels[place]},
        )


def write_rows(run: Run, answers: AnswerSet, store: Store) -> None:
    """Write the rows in short transactions, so that others wait at most for one of them."""
    total = len(answers.levels)
    chunk: list[Response] = []
    for done, row in enumerate(rows_of(answers, store)):
        chunk.append(row)
        if len(chunk) == CHUNK:
            _write(chunk, answers, store, first=done + 1 - len(chunk))
            run.report(done=done + 1, total=total, step="storing")
            chunk = []
    if chunk:
        _write(chunk, answers, store, first=total - len(chunk))
        run.report(done=total, total=total, step="storing")


def _write(chunk: Sequence[Response], answers: AnswerSet, store: Store, *, first: int) -> None:
    with transaction.atomic():
        saved = Response.objects.bulk_create(chunk)
        texts = [
            OpenAnswer(
                company_id=store.batch.company_id,
                response=row,
                item=_open_item(store.items, heading),
                heading=heading[:200],
                text=text,
            )
            for heading, said in answers.comments.items()
            for row, text in zip(saved, said[first:], strict=False)
            if text
        ]
        OpenAnswer.objects.bulk_create(texts)


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
