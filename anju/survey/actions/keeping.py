"""Keeps one home's form as a row of answers: by link or from paper. Files come in by imports.py.

Part of other actions, which looked the wave up, checked the answers and write the history.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F, Sum

from anju.answers.rules.units import normalise
from anju.kernel.scope import current_company
from anju.register.models import Building, Unit
from anju.survey.asked import AskedForm, asked_form
from anju.survey.forms import ordered_items
from anju.survey.models import ImportBatch, Item, OpenAnswer, Response, Wave
from anju.survey.rules.answering import Channel, row_of
from anju.survey.rules.questionnaire import ItemPlan
from anju.survey.rules.wave import BatchState


@dataclass(frozen=True, slots=True)
class OneForm:
    """What one form says: options by item, words by item; without a home it names a building or none."""

    row: int
    mode: str
    unit: Unit | None = None
    building: Building | None = None
    answers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BatchKind:
    """What tells one standing batch of a wave from another: its way in, its mark, its own number."""

    channel: Channel
    mark: str
    job_id: int
    title: str = ""


def asked_items(wave: Wave) -> list[Item]:
    """Return the rows of a wave's items in the order in which answers are kept."""
    return ordered_items(wave.version_id) if wave.version_id is not None else []


def item_plans(wave: Wave) -> tuple[ItemPlan, ...]:
    """Return the items of a wave as plans, in the same order; none without a form."""
    return asked_form(wave.version_id).items if wave.version_id is not None else ()


def locked(wave_id: int) -> Wave:
    """Return a wave, locked until the transaction ends, so that two senders count one after another."""
    wave: Wave = Wave.objects.select_for_update().get(id=wave_id)
    return wave


def standing_batch(wave: Wave, kind: BatchKind, at: datetime) -> ImportBatch:
    """Return the batch that holds a wave's forms of one kind; made when the first one comes."""
    rows = ImportBatch.objects.filter(wave=wave)
    found: ImportBatch | None = rows.filter(channel=kind.channel, sha256=kind.mark).first()
    if found is not None:
        return found
    last = rows.order_by("-number").values_list("number", flat=True).first() or 0
    batch = ImportBatch(
        company_id=wave.company_id,
        wave=wave,
        number=last + 1,
        channel=kind.channel.value,
        file_id=0,
        file_name=kind.title,
        sha256=kind.mark,
        state=BatchState.LIVE.value,
        job_id=kind.job_id,
        created_at=at,
        live_at=at,
    )
    batch.save()
    return batch


def keep_form(wave: Wave, batch: ImportBatch, form: OneForm, at: datetime) -> Response:
    """Write or change one form's row in a batch; the first time it is counted as returned."""
    codes = row_of(item_plans(wave), form.answers)
    response: Response | None = Response.objects.filter(batch=batch, row=form.row).first()
    if response is None:
        response = _new(wave, batch, form, codes, at)
        count_forms(wave, batch, 1)
    else:
        Response.objects.filter(id=response.pk).update(answers=codes, answered_at=at)
        OpenAnswer.objects.filter(response=response).delete()
    if wave.version_id is not None:
        store_texts(response.pk, form.texts, asked_form(wave.version_id))
    return response


def drop_form(wave: Wave, response: Response) -> None:
    """Take one form's row back, with its texts and its place in the counts."""
    batch = response.batch
    OpenAnswer.objects.filter(response=response).delete()
    Response.objects.filter(id=response.pk).delete()
    count_forms(wave, batch, -1)


def _new(
    wave: Wave, batch: ImportBatch, form: OneForm, codes: list[str | None], at: datetime
) -> Response:
    building = form.unit.building if form.unit is not None else form.building
    response = Response(
        company_id=wave.company_id,
        wave=wave,
        batch=batch,
        row=form.row,
        unit=form.unit,
        building=building,
        household=household_of(form.unit) if form.unit is not None else "",
        building_label=building.name if building is not None else "",
        mode=form.mode,
        answered_at=at,
        answers=codes,
    )
    response.save()
    return response


def household_of(unit: Unit) -> str:
    """Return a home's key as answers carry it, the same by whatever way the answer came in."""
    return household_key(unit.building.name, unit.number)


def household_key(building: str, number: str) -> str:
    """Return the key under which a home's answers are counted, from its building and number."""
    short = normalise(number)
    whole = short.startswith(f"{normalise(building)}-")
    return (short if whole else normalise(f"{building}-{number}"))[:60]


def count_forms(wave: Wave, batch: ImportBatch, step: int) -> None:
    """Count forms more or fewer: the batch always, returned and valid where they are known.

    Where nothing came in by file, what came in by these ways is all there is, so both are known.
    A link adds a home to what came back. A paper form may have been counted as returned before
    anybody entered it, so it raises the counts only where more is entered than was counted.
    """
    before = people_in(wave.pk)
    ImportBatch.objects.filter(id=batch.pk).update(rows=F("rows") + step, people=F("people") + step)
    wave = Wave.objects.get(id=wave.pk)
    files = ImportBatch.objects.filter(wave=wave, channel=Channel.FILE, state=BatchState.LIVE)
    if wave.returned is None and files.exists():
        return
    paper = batch.channel == Channel.PAPER
    known = wave.valid is not None or wave.returned is None
    returned = _counted(wave.returned, before, step, follows=paper)
    Wave.objects.filter(id=wave.pk).update(
        returned=returned,
        valid=_counted(wave.valid, before, step, follows=paper) if known else None,
        issued=max(wave.issued, returned) if wave.issued is not None else None,
    )


def _counted(counted: int | None, before: int, step: int, *, follows: bool) -> int:
    """Return a count after forms came or went; one that follows is never below what is entered."""
    now, after = counted or 0, before + step
    if not follows:
        return max(0, now + step)
    return after if now <= max(before, after) else now


def people_in(wave_id: int, channel: Channel | None = None) -> int:
    """Return for how many people the answers in use of a wave stand, or those of one channel."""
    live = ImportBatch.objects.filter(wave_id=wave_id, state=BatchState.LIVE)
    live = live if channel is None else live.filter(channel=channel)
    return int(live.aggregate(n=Sum("people"))["n"] or 0)


def store_texts(response_id: int, texts: Mapping[str, str], form: AskedForm) -> None:
    """Keep what a form says in its owner's own words, under the items of its questionnaire."""
    written = [item for item in form.items if texts.get(item.code)]
    rows = (
        OpenAnswer(
            company_id=current_company(),
            response_id=response_id,
            item_id=form.ids[item.code],
            heading=(item.words.zh or item.words.en or item.code)[:200],
            text=texts[item.code],
        )
        for item in written
    )
    if written:
        OpenAnswer.objects.bulk_create(rows)
