"""What was done with the cells of a wave's files, from its imports in use; no home is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.db.models import Count
from django.db.models.functions import Length, Trim

from anju.answers.rules.answers import NA_CODE, ItemDef
from anju.answers.rules.mapping import Answer, ColumnMap, Role, from_json
from anju.answers.rules.remarks import LONGEST, says_nothing
from anju.answers.rules.vocabulary import folded
from anju.insight.measured.cells import MOST_ROWS, Cells, Reading, Remarks
from anju.kernel.pure.problems import Problem
from anju.kernel.tasks import jobs_of
from anju.register.queries import names_of
from anju.stats.results import Words
from anju.stats.suppress import K
from anju.survey.forms import item_defs
from anju.survey.models import ImportBatch, OpenAnswer, Response, Wave
from anju.survey.rules.wave import BatchState

REMARKS_AT = Words(
    "在本调查的“导出答卷”里，给有权导出的人看；这里不印出：文字可能认出是谁写的",
    "in the export of this survey's answers, for those who may export; not printed here, since "
    "words may tell who wrote them",
)
_NOT_APPLICABLE = Words("不适用", "not applicable")


def cells_of(wave_id: int) -> Cells:
    """Return what was done with the cells of a wave's live imports."""
    wave = Wave.objects.get(id=wave_id)
    batches = list(
        ImportBatch.objects.filter(wave_id=wave_id, state=BatchState.LIVE).order_by("id")
    )
    items = {i.code: i for i in item_defs(wave.version_id)} if wave.version_id else {}
    who = _who(wave.company_id, batches)
    read = [one for batch in batches for one in _readings(batch, items, who.get(batch.pk, ""))]
    twice, homes = _twice(wave_id, several=len(batches) > 1)
    return Cells(
        not_applicable=_once(one for one, valued in read if not valued),
        reworded=_once(one for one, valued in read if valued),
        twice=twice,
        homes_twice=homes,
        remarks=_remarks(wave_id),
        remarks_at=REMARKS_AT,
    )


def _who(company_id: int, batches: list[ImportBatch]) -> Mapping[int, str]:
    """Return by import the name of whoever confirmed what its columns mean."""
    keys = {batch.job_id: batch.pk for batch in batches}
    rows = jobs_of(company_id).filter(id__in=keys).values_list("id", "actor_id")
    actors = {keys[job]: actor for job, actor in rows if actor is not None}
    names = names_of(set(actors.values()))
    return {batch: names.get(actor, "") for batch, actor in actors.items()}


def _readings(
    batch: ImportBatch, items: Mapping[str, ItemDef], who: str
) -> list[tuple[Reading, bool]]:
    """Return the texts that were read as something else, and whether that is a valued answer."""
    try:
        mapping = from_json(str(batch.mapping.get("kept", "")))
    except Problem:  # kept by an older release: nothing can be said about it
        return []
    times = {(head, text): n for head, text, n in batch.mapping.get("times", ())}
    found = []
    for column in mapping.of_role(Role.ITEM):
        item = items.get(column.item)
        for answer in column.answers if item is not None else ():
            one = _reading(answer, column, item, who)
            if one is not None:
                count = times.get((column.header, answer.text))
                found.append((replace(one[0], count=count), one[1]))
    return found


def _reading(
    answer: Answer, column: ColumnMap, item: ItemDef | None, who: str
) -> tuple[Reading, bool] | None:
    if answer.level is None:
        return Reading(answer.text, None, columns=(column.header,), who=who), True
    level = next((x for x in item.scale.levels if x.code == answer.level), None) if item else None
    if answer.level == NA_CODE or (level is not None and level.value is None):
        return Reading(answer.text, _NOT_APPLICABLE, columns=(column.header,)), False
    if level is None or folded(answer.text) in {
        folded(x) for x in (level.code, level.zh, level.en)
    }:
        return None
    meant = Words(level.zh or level.en, level.en or level.zh)
    return Reading(answer.text, meant, columns=(column.header,), who=who), True


def _once(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Return each text once, with all the columns in which it was read so."""
    found: dict[tuple[str, Words | None, str], Reading] = {}
    for one in readings:
        key = (one.text, one.level, one.who)
        had = found.get(key)
        found[key] = _joined(had, one) if had else one
    # A small number beside an answer would say what a hidden figure keeps to itself.
    return tuple(
        one if (one.count or 0) >= K else replace(one, count=None) for one in found.values()
    )


def _joined(one: Reading, other: Reading) -> Reading:
    known = one.count is not None and other.count is not None
    count = (one.count or 0) + (other.count or 0) if known else None
    columns = tuple(dict.fromkeys((*one.columns, *other.columns)))
    return replace(one, count=count, columns=columns)


def _twice(wave_id: int, *, several: bool) -> tuple[tuple[tuple[str, ...], ...], int]:
    """Return the rows of the first homes that came more than once, and how many such homes are."""
    live = Response.objects.filter(wave_id=wave_id).exclude(household="")
    homes = live.order_by().values_list("household").annotate(n=Count("id")).filter(n__gt=1)
    every = [home for home, _ in homes]
    runs: dict[str, list[str]] = {}
    first = sorted(every)[:MOST_ROWS]
    rows = live.filter(household__in=first).order_by("batch_id", "row")
    for home, row, number in rows.values_list("household", "row", "batch__number"):
        runs.setdefault(home, []).append(f"{row} (#{number})" if several else str(row))
    return tuple(tuple(run) for run in runs.values()), len(every)


def _remarks(wave_id: int) -> tuple[Remarks, ...]:
    """Return by column how many wrote an opinion and how many none, of those it was put to."""
    live = Response.objects.filter(wave_id=wave_id)
    texts = OpenAnswer.objects.filter(response_id__in=live.values("id")).order_by()
    written = dict(texts.values_list("heading").annotate(n=Count("id")))
    short = texts.annotate(letters=Length(Trim("text"))).filter(letters__lte=LONGEST)
    empty = Counter[str]()
    for heading, text, n in short.values_list("heading", "text").annotate(n=Count("id")):
        empty[heading] += n if says_nothing(text) else 0
    forms = dict(live.order_by().values_list("batch_id").annotate(n=Count("id")))
    asked = Counter[str]()
    for heading, batch in texts.values_list("heading", "response__batch_id").distinct():
        asked[heading] += forms.get(batch, 0)
    return tuple(
        Remarks(heading, n - empty[heading], asked[heading] - n + empty[heading])
        for heading, n in sorted(written.items())
    )
