"""Respondent-level rows and their codebook, for whoever analyses the answers elsewhere.

Not a report: nothing is suppressed here, so only the quality department may ask for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings

from anju.answers.rules.answers import NA_CODE
from anju.survey.forms import item_plan, ordered_items, scale_plans
from anju.survey.models import OpenAnswer, Response, Wave
from anju.survey.rules.questionnaire import ItemPlan

Value = str | int | float | None
LEADING = (
    "row",
    "import",
    "household",
    "building",
    "stratum",
    "use_type",
    "mode",
    "answered_at",
    "count",
    "weight",
)
CODEBOOK = ("column", "kind", "question", "code", "value", "answer", "top", "purpose", "dimension")


@dataclass(frozen=True, slots=True)
class Export:
    """A data table and its codebook; column names are codes, so that they survive any program."""

    headers: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    codebook: tuple[tuple[Value, ...], ...]


def export_of(wave_id: int, *, language: str) -> Export:
    """Return the live answers of a wave row by row, and what every column and code means."""
    version_id = Wave.objects.values_list("version_id", flat=True).get(id=wave_id)
    items = _items(version_id)
    answers = list(Response.objects.filter(wave_id=wave_id).select_related("batch").order_by("id"))
    texts, headings = _texts(wave_id)
    extra = tuple(dict.fromkeys(kind for row in answers for kind in row.groups))
    rated = [place for place, item in enumerate(items) if item.scale is not None]
    headers = (*LEADING, *extra, *(items[place].code for place in rated), *headings)
    rows = tuple(
        (
            *_leading(row),
            *(row.groups.get(kind) for kind in extra),
            *(row.answers[place] for place in rated),
            *(texts.get((row.pk, heading)) for heading in headings),
        )
        for row in answers
    )
    return Export(headers, rows, tuple(_codebook(items, extra, headings, language)))


def _items(version_id: int | None) -> list[ItemPlan]:
    if version_id is None:
        return []
    rows = ordered_items(version_id)
    scales = scale_plans({row.scale_id for row in rows if row.scale_id})
    return [item_plan(row, scales) for row in rows]


def _texts(wave_id: int) -> tuple[Mapping[tuple[int, str], str], tuple[str, ...]]:
    live = Response.objects.filter(wave_id=wave_id).values("id")
    rows = OpenAnswer.objects.filter(response_id__in=live).order_by("id")
    found = {(o.response_id, o.heading): o.text for o in rows}
    return found, tuple(dict.fromkeys(heading for _, heading in found))


def _leading(row: Response) -> tuple[Value, ...]:
    moment = row.answered_at
    local = moment.astimezone(ZoneInfo(settings.TIME_ZONE)) if moment else None
    return (
        row.row,
        row.batch.number,
        row.household or None,
        row.building_label or None,
        row.stratum or None,
        row.use_type or None,
        row.mode or None,
        f"{local:%Y-%m-%d %H:%M}" if local else None,
        row.count,
        row.weight,
    )


def _codebook(
    items: Sequence[ItemPlan], extra: Sequence[str], headings: Sequence[str], language: str
) -> Iterator[tuple[Value, ...]]:
    nothing = (None,) * (len(CODEBOOK) - 2)
    yield from ((name, "frame", *nothing) for name in LEADING)
    yield from ((name, "group", *nothing) for name in extra)
    for item in items:
        yield from _codes(item, language)
    yield from ((name, "text", name, *nothing[1:]) for name in headings)


def _codes(item: ItemPlan, language: str) -> Iterator[tuple[Value, ...]]:
    if item.scale is None:
        return
    kind = "ticked" if item.scale.choose_any else "item"  # several codes joined by TICKED
    question = item.words.text(language)
    about = (item.purpose.value, item.dimension.value if item.dimension else None)
    for o in item.scale.options:
        top = "yes" if o.top else "no"
        yield item.code, kind, question, o.code, o.value, o.words.text(language), top, *about
    if not item.scale.choose_any and not any(o.value is None for o in item.scale.options):
        no_answer = "不适用" if language.startswith("zh") else "not applicable"
        yield item.code, "item", question, NA_CODE, None, no_answer, "no", *about
