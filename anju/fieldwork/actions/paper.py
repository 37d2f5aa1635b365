"""Writes of paper forms: one entered at a time, the last one taken back, counts of buildings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from anju.fieldwork.days import today_of
from anju.fieldwork.forms import Cells, cells_of_wave
from anju.fieldwork.frame import not_drawn
from anju.fieldwork.models import EntryBatch, PaperCount, PaperRule
from anju.fieldwork.places import Place, place_of, said_of
from anju.fieldwork.rules.counts import BuildingForms, faults, together
from anju.fieldwork.rules.paper import Reading, read_form
from anju.kernel.idempotency import Asked, once
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.register.access import Actor, Homes, NotFound, Verb
from anju.register.homes import kept_to
from anju.register.models import Building, Unit
from anju.survey.access import wave_for
from anju.survey.actions.keeping import (
    BatchKind,
    OneForm,
    drop_form,
    household_of,
    keep_form,
    locked,
    people_in,
    standing_batch,
)
from anju.survey.actions.waves import tell
from anju.survey.models import ImportBatch, Response, Wave
from anju.survey.rules.answering import Channel
from anju.survey.rules.counts import at_most
from anju.survey.rules.wave import BatchState, Mode, WaveState

# Batches of one channel carry numbers of their own below nought; those by link end above this.
PAPER_JOBS = -1_000_000_000_000


@dataclass(frozen=True, slots=True)
class Typed:
    """One form as it was typed: the room, the building that stays, the boxes, the page's key."""

    room: str
    building: str
    boxes: Mapping[str, str]
    key: str


class Refused(Exception):
    """A form with several things wrong; each is a problem at its own box."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(str(problems[0]))
        self.problems = tuple(problems)


def enter_form(*, actor: Actor, wave_id: int, typed: Typed, at: datetime) -> str:
    """Keep one paper form and return its number of the day; the same key again changes nothing.

    Errors: Refused with E-PAPER-ROOM, -WHICH, -HOME, -TWICE, -NOT-DRAWN, -DIGIT …
    each at its box; E-STATE where the survey takes no forms; E-IDEM-….
    """
    with transaction.atomic(), company_scope(actor.company_id):
        found = wave_for(actor, wave_id, Verb.ENTER_PAPER)
        body = {"room": typed.room, "building": typed.building, "boxes": dict(typed.boxes)}
        asked = Asked(actor.company_id, f"paper:{actor.account_id}:{wave_id}", typed.key, body)
        return once(asked, lambda: _enter(actor, found, typed, at), at=at).answer


def _enter(actor: Actor, found: Wave, typed: Typed, at: datetime) -> str:
    wave = locked(found.pk)
    refuse_closed(wave)
    place, reading = _checked(wave, typed, cells_of_wave(wave), actor.homes)
    batch = _batch_of_day(actor, wave, at)
    last = Response.objects.across_parts().filter(batch=batch).order_by("-row").first()
    number = (last.row if last else 0) + 1
    form = OneForm(
        number, Mode.PAPER.value, place.unit, place.building, reading.answers, reading.texts
    )
    keep_form(wave, batch, form, at)
    tell(actor, wave, "paper_entered", at=at, payload={"form": number})
    return str(number)


def refuse_closed(wave: Wave) -> None:
    """Raise E-STATE where a wave takes no paper forms."""
    if wave.state != WaveState.OPEN or wave.version_id is None:
        raise Problem(
            "E-STATE",
            "wave",
            "Forms are entered while a survey with a questionnaire is open. This one is not.",
            "只有进行中且已选定问卷的调查才能录入。本次调查目前不能录入。",
        )


def _checked(wave: Wave, typed: Typed, cells: Cells, homes: Homes | None) -> tuple[Place, Reading]:
    """Return the place and the answers; raises Refused with everything that is wrong at once."""
    problems: list[Problem] = []
    place = Place()
    try:
        place = place_of(wave.project_id, typed.room, typed.building)
        _refuse_place(wave, place, homes)
    except Problem as problem:
        problems.append(problem)
    reading = read_form(cells, typed.boxes)
    problems += reading.problems
    if problems:
        raise Refused(problems)
    return place, reading


def _refuse_place(wave: Wave, place: Place, homes: Homes | None) -> None:
    if homes is not None:
        _refuse_outside(place, homes)
    if place.unit is None:
        if not PaperRule.objects.filter(wave=wave, without_home=True).exists():
            raise Problem(
                "E-PAPER-HOME",
                "room",
                "This survey asks for the home. Type the room, such as 3-502.",
                "本次调查须注明房屋。请录入房号，如 3-502。",
            )
        return
    key = household_of(place.unit)
    # A file may have brought the home's answer without naming it: asked across what she reaches.
    rows = Response.objects.across_parts().filter(wave=wave, batch__state=BatchState.LIVE)
    known = rows.filter(unit=place.unit).first() or rows.filter(household=key).first()
    if known is not None:
        en, zh = said_of(known)
        raise Problem(
            "E-PAPER-TWICE",
            "room",
            "This home has answered already: {how_en}. A home counts once.",
            "该户已有答卷：{how_zh}。每户只计一份。",
            how_en=en,
            how_zh=zh,
        )
    _refuse_undrawn(wave, place.unit)


def _refuse_undrawn(wave: Wave, home: Unit) -> None:
    if not_drawn(wave.pk, home.pk):
        raise Problem(
            "E-PAPER-NOT-DRAWN",
            "room",
            "{home} was not drawn for this survey. Compare the room with the sheet. If it is right,"
            " set the sheet aside and tell the quality department: only homes that were drawn count.",
            "本次调查没有抽中 {home}。请核对问卷上的房号；如无误，请将该问卷另放并告知品质部："
            "只统计抽中的户。",
            home=f"{home.building.name} {home.number}",
        )


def _refuse_outside(place: Place, homes: Homes) -> None:
    """Raise E-PAPER-HOME for a form of no home, or of one outside the zones that somebody enters."""
    named = Unit.objects.filter(id=place.unit.pk if place.unit else None)
    if not kept_to(homes, named).exists():
        raise Problem(
            "E-PAPER-HOME",
            "room",
            "You enter forms of your own zones. Type the room, such as 3-502.",
            "您只录入本人责任区的问卷。请录入房号，如 3-502。",
        )


def _batch_of_day(actor: Actor, wave: Wave, at: datetime) -> ImportBatch:
    day: date = today_of(at)
    own: Mapping[str, object] = {"wave": wave, "account_id": actor.account_id, "day": day}
    entry: EntryBatch | None = EntryBatch.objects.filter(**own).first()
    if entry is None:
        entry = EntryBatch(company_id=actor.company_id, **own)
        entry.save()
    kind = BatchKind(
        Channel.PAPER, f"paper-{entry.pk}", PAPER_JOBS - entry.pk, f"{day.isoformat()} {actor.name}"
    )
    batch = standing_batch(wave, kind, at)
    if batch.state != BatchState.LIVE:  # all its forms had been taken back
        ImportBatch.objects.filter(id=batch.pk).update(
            state=BatchState.LIVE.value, live_at=at, reverted_at=None
        )
    if entry.batch_id is None:
        EntryBatch.objects.filter(id=entry.pk).update(batch=batch)
    return batch


@transaction.atomic
def undo_last(*, actor: Actor, wave_id: int, number: int, at: datetime) -> None:
    """Take back the form that this person entered last today; E-STALE where it is another by now."""
    with company_scope(actor.company_id):
        wave = locked(wave_for(actor, wave_id, Verb.ENTER_PAPER).pk)
        refuse_closed(wave)
        entry = EntryBatch.objects.filter(
            wave=wave, account_id=actor.account_id, day=today_of(at)
        ).first()
        rows = Response.objects.filter(batch=entry.batch_id if entry else None)
        last = rows.select_related("batch").order_by("-row").first()
        if last is None or last.row != number:
            raise Problem(
                "E-STALE",
                "form",
                "This form is not the last one any more. Load the page again.",
                "这份问卷已不是最后一份。请刷新页面。",
            )
        drop_form(wave, last)
        if not rows.exists():
            ImportBatch.objects.filter(id=last.batch_id).update(
                state=BatchState.REVERTED.value, reverted_at=at
            )
        tell(actor, wave, "paper_undone", at=at, payload={"form": number})


@transaction.atomic
def count_forms(
    *, actor: Actor, wave_id: int, lines: Sequence[BuildingForms], at: datetime
) -> None:
    """Set how many forms each building was given and gave back; None takes a number back.

    The survey's own counts are raised where they are lower: what buildings gave back came back.
    Errors: Refused with E-COUNT at its field; E-COUNT above the population; E-STATE; NotFound.
    """
    with company_scope(actor.company_id):
        wave = locked(wave_for(actor, wave_id, Verb.ENTER_PAPER).pk)
        refuse_closed(wave)
        if wrong := faults(lines):
            raise Refused(wrong)
        keys = {line.building_id for line in lines}
        known = Building.objects.filter(project_id=wave.project_id, id__in=keys)
        if known.count() != len(keys):
            raise NotFound("Building")
        for line in lines:
            _count_building(wave, line)
        _raise_counts(wave)
        told = {"buildings": len(lines)}
        tell(actor, wave, "paper_counted", at=at, payload={**told})


def _count_building(wave: Wave, line: BuildingForms) -> None:
    counted = {"issued": line.issued, "returned": line.returned}
    own = PaperCount.objects.filter(wave=wave, building_id=line.building_id)
    if line.issued is None and line.returned is None:
        own.delete()
    elif not own.update(**counted):
        PaperCount(
            company_id=wave.company_id, wave=wave, building_id=line.building_id, **counted
        ).save()


def _raise_counts(wave: Wave) -> None:
    """Raise the survey's counts to what its buildings were given and gave back, never lower them.

    A home that got a form and a link was asked once; what came by link came back beside paper.
    """
    every = PaperCount.objects.across_parts().filter(wave=wave)
    rows = list(every.values_list("issued", "returned"))
    issued = together([row[0] for row in rows])
    at_most(issued, wave.population, "issued", "population")
    changes: dict[str, int] = {}
    back = together([row[1] for row in rows])
    if back is not None:
        people = people_in(wave.pk)
        back = max(back + people_in(wave.pk, Channel.LINK), people, wave.returned or 0)
        changes["returned"] = back
        if wave.valid is None and wave.returned is None:
            changes["valid"] = people
    if issued is not None or wave.issued is not None:
        changes["issued"] = max(issued or 0, wave.issued or 0, back or 0)
    Wave.objects.filter(id=wave.pk).update(**changes)


@transaction.atomic
def allow_without_home(*, actor: Actor, wave_id: int, allowed: bool, at: datetime) -> None:
    """Say whether forms that name no home are entered; the survey's editors decide."""
    with company_scope(actor.company_id):
        wave = wave_for(actor, wave_id, Verb.EDIT_SURVEYS)
        refuse_closed(wave)
        if not PaperRule.objects.filter(wave=wave).update(without_home=allowed):
            PaperRule(company_id=actor.company_id, wave=wave, without_home=allowed).save()
        tell(actor, wave, "paper_rule_set", at=at, payload={"without_home": allowed})
