"""A survey on its way at the demonstration: drawn, written to, answered by phone and on paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TypedDict

import numpy as np
from django.conf import settings

from anju.demo.office import Crew
from anju.demo.owners import SEED
from anju.demo.places import LAKESIDE
from anju.demo.story import Scene
from anju.fieldwork.actions.answering import Given, Wish, begin_answer, save_answer, submit
from anju.fieldwork.actions.asking import Going, prepare, send
from anju.fieldwork.actions.doors import note_door
from anju.fieldwork.actions.links import Link, draw_invitations
from anju.fieldwork.actions.lobby import make_lobby
from anju.fieldwork.actions.paper import Typed, count_forms, enter_form
from anju.fieldwork.actions.second import Again, draw_round, enter_again
from anju.fieldwork.actions.wishes import meet_wish
from anju.fieldwork.models import SecondForm
from anju.fieldwork.rules.approach import OutcomeKind, Stage
from anju.fieldwork.rules.counts import BuildingForms
from anju.fieldwork.rules.sample import Method, Sample
from anju.notify.actions.deliver import deliver_company
from anju.notify.actions.desk import hand_over
from anju.notify.models import Message
from anju.register.access import Actor
from anju.register.models import Building, Unit
from anju.survey.actions.waves import create_wave, open_wave
from anju.survey.models import Invitation, Response, Wave
from anju.survey.rules.answering import Contact
from anju.survey.rules.questionnaire import Words
from anju.survey.rules.wave import Design, Mode, WavePlan

TITLE = Words("维修服务回访（抽样）", "After repairs: a sample")
GOAL = Words("了解维修后的满意度", "To learn how satisfied owners are after repairs")
METHOD = Words(
    "按楼栋抽取 110 户，链接和纸质问卷任选其一，四天后提醒一次",
    "110 homes drawn by building; a link or a paper form, one reminder after four days",
)
DONE = Words(
    "已去电说明，周五上午师傅上门复查。", "We called; a fitter comes again on Friday morning."
)
EVENING = Words("晚上七点后", "after seven in the evening")
WISHES = (
    Words("希望提前告知上门时间", "Please say beforehand when you come"),
    Words("更换的配件请留给业主看一下", "Please show us the part that was replaced"),
)
SAMPLE = Sample(size=110, seed=20_121_218, method=Method.BUILDINGS)
BY_LINK, BEGUN, BY_PAPER, BY_DOOR, HANDED = 22, 3, 6, 3, 9
TEN = time(2, 0)  # ten in the morning where the company is, when anybody may be written to


class Act(TypedDict):
    """Who acts on which survey."""

    actor: Actor
    wave_id: int


@dataclass(frozen=True, slots=True)
class Field:
    """The running survey, its links, and what people would answer."""

    scene: Scene
    crew: Crew
    wave: Wave
    links: Sequence[Link]
    rng: np.random.Generator

    def by(self, actor: Actor) -> Act:
        """Return who acts on this survey."""
        return {"actor": actor, "wave_id": self.wave.pk}

    def morning(self, days: int) -> datetime:
        """Return ten o'clock of a day so many days back."""
        return datetime.combine(self.scene.day(days), TEN, self.scene.at.tzinfo)


def ask(scene: Scene, crew: Crew, version_id: int) -> None:
    """Let a survey run since six days: by links, on paper, at doors; some answered, most not yet."""
    wave = _opened(scene, version_id)
    by: Act = {"actor": crew.quality, "wave_id": wave.pk}
    links = draw_invitations(sample=SAMPLE, at=scene.ago(7), **by)
    field = Field(scene, crew, wave, links, np.random.default_rng(SEED + 13))
    _write(field, Stage.INVITE, 6)
    _hand_over(field)
    first = Building.objects.filter(project_id=wave.project_id).order_by("id")[0]
    for building_id in (None, first.pk):
        make_lobby(building_id=building_id, at=scene.ago(6), **by)
    _answer(field)
    _on_paper(field)
    _at_doors(field)
    _write(field, Stage.FIRST, 1)


def _opened(scene: Scene, version_id: int) -> Wave:
    plan = WavePlan(
        title=scene.say(TITLE),
        project_id=scene.projects[LAKESIDE].pk,
        version_id=version_id,
        period_label=f"{scene.at.year}-{scene.at.month:02d}",
        design=Design.SAMPLE,
        modes=(Mode.ONLINE, Mode.PAPER),
        population=LAKESIDE.units,
        planned=SAMPLE.size,
        fieldwork_from=scene.day(6),
        fieldwork_to=scene.day(-8),
        target=float(LAKESIDE.target),
        goal=scene.say(GOAL),
        method=scene.say(METHOD),
    )
    wave = create_wave(actor=scene.actor, plan=plan, at=scene.ago(9))
    open_wave(actor=scene.actor, wave_id=wave.pk, at=scene.ago(7))
    return wave


def link_of(token: str) -> str:
    """Return the whole address of a home's link."""
    # Asking the addresses by name would read every page of the product; a test holds it to them.
    return f"{settings.BASE_ADDRESS}/o/s/{token}/"


def _write(field: Field, stage: Stage, ago: int) -> None:
    """Put a stage's messages into the outbox, and let them be sent as the clock would."""
    at, by = field.morning(ago), field.by(field.crew.quality)
    found = prepare(stage=stage, address=link_of, at=at, **by)
    key = f"demonstration-stage-{int(stage)}"
    going = Going(stage, len(found.letters), agreed=True, key=key)
    send(going=going, address=link_of, at=at, **by)
    deliver_company(at=at + timedelta(minutes=5))


def _hand_over(field: Field) -> None:
    """Let the front desk have handed some of the invitations over; the others wait in the outbox."""
    rows = Message.objects.filter(subject_kind="invitation").order_by("id")
    for key in rows.values_list("id", flat=True)[:HANDED]:
        hand_over(actor=field.crew.desk, message_id=key, at=field.morning(5))


def _drawn(field: Field, scale: Mapping[str, float]) -> str:
    codes = list(scale)
    return codes[int(field.rng.choice(len(codes), p=list(scale.values())))]


def _codes(field: Field) -> dict[str, tuple[str, ...]]:
    """Return what one home answers: most are satisfied, fewer with being told in time."""
    quick = {"s": 0.55, "rs": 0.3, "rd": 0.1, "d": 0.05}
    told = {"s": 0.3, "rs": 0.3, "rd": 0.25, "d": 0.15}
    codes = {"QC-1": quick, "QC-2": told, "QC-3": quick}
    return {code: (_drawn(field, scale),) for code, scale in codes.items()}


def _answer(field: Field) -> None:
    """Let homes answer by their links; some begin only, three wish to be called or visited."""
    wishes = {0: Wish(Contact.CALL, field.scene.say(EVENING)), 4: Wish(Contact.VISIT)}
    wishes[7] = Wish(Contact.CALL)
    apart = SAMPLE.size // (BY_LINK + BEGUN)
    for number, link in enumerate(field.links[::apart][: BY_LINK + BEGUN]):
        at = field.scene.ago(5 - number // 6)
        begin_answer(token=link.token, at=at)
        words = {"QC-6": field.scene.say(WISHES[number % 2])} if number % 3 == 0 else {}
        save_answer(token=link.token, given=Given(_codes(field), words), at=at)
        if number < BY_LINK:
            key = f"demonstration-sent-{number}"
            wish = wishes.get(number, Wish())
            submit(token=link.token, key=key, wish=wish, known="", at=at)
    wished = Invitation.objects.filter(wave=field.wave, contact="call").order_by("number")[0]
    words_ = field.scene.say(DONE)
    by = field.by(field.crew.manager)
    meet_wish(invitation_id=wished.pk, words=words_, at=field.scene.ago(2), **by)


def _open_homes(field: Field) -> Iterator[Unit]:
    """Yield drawn homes of the third building that have not begun to answer."""
    houses = Building.objects.filter(project_id=field.wave.project_id).order_by("id")
    rows = Invitation.objects.filter(wave=field.wave, seen_at__isnull=True)
    here = rows.filter(unit__building=houses[2])
    for row in here.select_related("unit__building").order_by("number"):
        yield row.unit


def _on_paper(field: Field) -> None:
    """Let the desk enter forms from paper and somebody else enter five again; one item differs."""
    homes = list(_open_homes(field))[:BY_PAPER]
    digits = {"s": "1", "rs": "2", "rd": "3", "d": "4"}
    for number, home in enumerate(homes):
        boxes = {f"d.{code}": digits[one[0]] for code, one in _codes(field).items()}
        boxes |= {"d.QC-4": "1", "d.QC-5": "1", "d.QC-6": ""}
        typed = Typed(home.number, home.building.name, boxes, f"demonstration-form-{number}")
        enter_form(typed=typed, at=field.scene.ago(2), **field.by(field.crew.desk))
    back = BuildingForms(homes[0].building_id, BY_PAPER + BY_DOOR, BY_PAPER)
    count_forms(lines=[back], at=field.scene.ago(2), **field.by(field.crew.desk))
    draw_round(percent=5, seed=7, at=field.scene.ago(1), **field.by(field.crew.quality))
    _entered_again(field, digits)


def _entered_again(field: Field, digits: Mapping[str, str]) -> None:
    """Enter the drawn forms again but for one; in the first, the manager reads one item otherwise."""
    forms = SecondForm.objects.filter(round__wave=field.wave).order_by("number")
    for form in list(forms.select_related("response"))[:-1]:
        told = list(Response.objects.values_list("answers", flat=True).get(id=form.response_id))
        boxes = {f"d.QC-{place}": digits.get(told[place - 1], "0") for place in (1, 2, 3)}
        boxes |= {"d.QC-4": "1", "d.QC-5": "1"}
        if form.number == 1:
            boxes["d.QC-2"] = "1" if boxes["d.QC-2"] != "1" else "2"
        again = Again(form.pk, boxes, f"demonstration-again-{form.number}")
        enter_again(actor=field.crew.manager, again=again, at=field.scene.ago(1))


def _at_doors(field: Field) -> None:
    """Note what was found at three doors where no answer came."""
    silent = list(_open_homes(field))[BY_PAPER : BY_PAPER + BY_DOOR]
    kinds = (OutcomeKind.REFUSED, OutcomeKind.UNREACHABLE, OutcomeKind.UNREACHABLE)
    for home, found in zip(silent, kinds, strict=True):
        by = field.by(field.crew.steward)
        note_door(unit_id=home.pk, found=found, at=field.scene.ago(2), **by)
