"""Reads answers: as arrays for the figures, as rows for an export. Live batches only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
from django.conf import settings
from django.db.models import F
from numpy.typing import NDArray

from anju.answers.rules.answers import (
    MISSING,
    NA_CODE,
    AnswerSet,
    ItemDef,
    TickOption,
    Ticks,
    with_not_applicable,
)
from anju.survey.forms import item_def, item_plan, ordered_items, rateable, scale_plans
from anju.survey.models import OpenAnswer, Response, Wave
from anju.survey.rules.answering import TICKED
from anju.survey.rules.questionnaire import ItemPlan

COLUMNS = (
    "row",
    "household",
    "building_label",
    "stratum",
    "use_type",
    "mode",
    "answered_at",
    "count",
    "weight",
    "answers",
    "groups",
)
GROUPS = {"building": 2, "stratum": 3, "use_type": 4, "mode": 5}


@dataclass(frozen=True, slots=True)
class OpenText:
    """What somebody wrote, with the heading it stood under; no household and no building."""

    item: str
    heading: str
    text: str


def answer_set(wave_id: int) -> AnswerSet:
    """Return the live answers of a wave as arrays; without a questionnaire there are none.

    Shapes: as AnswerSet; rows in the order of import.
    """
    version_id = Wave.objects.values_list("version_id", flat=True).get(id=wave_id)
    plans = _plans(version_id)
    defs = tuple((place, item_def(p)) for place, p in enumerate(plans) if rateable(p))
    rows = list(Response.objects.filter(wave_id=wave_id).order_by("id").values_list(*COLUMNS))
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(COLUMNS)
    answered = list(zip(*columns[9], strict=True)) if rows else []
    items, levels = _levels(defs, answered, height=len(rows))
    return AnswerSet(
        items=items,
        levels=levels,
        count=np.array(columns[7], dtype=np.int64),
        weight=np.array(columns[8], dtype=np.float64),
        groups=_groups(columns),
        households=tuple(h or None for h in columns[1]),
        rows=tuple(columns[0]),
        answered=_local(columns[6]),
        lists=tuple(
            _ticks(plan, answered[place] if answered else ())
            for place, plan in enumerate(plans)
            if plan.scale is not None and plan.scale.choose_any
        ),
    )


def _plans(version_id: int | None) -> list[ItemPlan]:
    """Return a version's items in the order of a stored row."""
    rows = ordered_items(version_id) if version_id is not None else []
    scales = scale_plans({row.scale_id for row in rows if row.scale_id})
    return [item_plan(row, scales) for row in rows]


def lists_asked(version_id: int) -> tuple[Ticks, ...]:
    """Return a version's lists to tick without answers."""
    some = [plan for plan in _plans(version_id) if plan.scale and plan.scale.choose_any]
    return tuple(_ticks(plan, ()) for plan in some)


def _ticks(plan: ItemPlan, given: Sequence[str | None]) -> Ticks:
    """Read one column of stored answers: codes joined by `TICKED`, None where nothing was."""
    assert plan.scale is not None
    options = tuple(TickOption(o.code, o.words.zh, o.words.en) for o in plan.scale.options)
    known = {text: set((text or "").split(TICKED)) for text in dict.fromkeys(given)}
    rows = {text: [option.code in codes for option in options] for text, codes in known.items()}
    chosen = np.zeros((len(given), len(options)), dtype=np.bool_)
    for at, text in enumerate(given):
        chosen[at] = rows[text]
    return Ticks(plan.code, plan.words.zh, plan.words.en, options, chosen)


def _levels(
    defs: Sequence[tuple[int, ItemDef]], answered: Sequence[Sequence[str | None]], *, height: int
) -> tuple[tuple[ItemDef, ...], NDArray[np.int16]]:
    items: list[ItemDef] = []
    levels = np.full((height, len(defs)), MISSING, dtype=np.int16)
    for column, (place, item) in enumerate(defs):
        codes = answered[place] if answered else ()
        used = with_not_applicable(item) if NA_CODE in codes else item
        places: dict[str | None, int] = {None: MISSING}
        places |= {level.code: index for index, level in enumerate(used.scale.levels)}
        levels[:, column] = [places[code] for code in codes]
        items.append(used)
    return tuple(items), levels


def _groups(columns: Sequence[Sequence[str]]) -> dict[str, tuple[str | None, ...]]:
    found: dict[str, tuple[str | None, ...]] = {
        kind: tuple(label or None for label in columns[place])
        for kind, place in GROUPS.items()
        if any(columns[place])
    }
    extra: Sequence[Mapping[str, str]] = columns[10]  # type: ignore[assignment]
    kinds = dict.fromkeys(kind for said in extra for kind in said)
    return found | {kind: tuple(said.get(kind) for said in extra) for kind in kinds}


def _local(moments: Iterable[datetime | None]) -> tuple[datetime | None, ...]:
    zone = ZoneInfo(settings.TIME_ZONE)
    return tuple(m.astimezone(zone).replace(tzinfo=None) if m else None for m in moments)


def open_texts(wave_id: int) -> tuple[OpenText, ...]:
    """Return what owners wrote, in the order of import; kept apart from who and where."""
    live = Response.objects.filter(wave_id=wave_id).values("id")
    rows = OpenAnswer.objects.filter(response_id__in=live).annotate(code=F("item__code"))
    return tuple(OpenText(o.code or "", o.heading, o.text) for o in rows.order_by("id"))
