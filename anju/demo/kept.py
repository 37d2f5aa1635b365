"""A survey at the demonstration whose answers an independent consultant keeps; the company sees sums."""

from __future__ import annotations

from anju.demo import owners, sheets
from anju.demo.places import LAKESIDE
from anju.demo.story import Scene, half_year
from anju.demo.taking import take_in
from anju.register.access import Actor
from anju.survey.actions.keeper import entrust
from anju.survey.actions.waves import create_wave, open_wave, set_counts
from anju.survey.forms import form_plan
from anju.survey.models import QuestionnaireVersion
from anju.survey.rules.counts import Counts
from anju.survey.rules.questionnaire import Words
from anju.survey.rules.wave import Design, Mode, WavePlan

TITLE = Words("独立满意度调查", "Independent survey")
GOAL = Words(
    "由独立顾问核实上半年的结果", "To let an independent consultant check the year’s first results"
)
METHOD = Words(
    "独立顾问抽取 80 户，登门发放并收回问卷，答卷由其保管",
    "The consultant draws 80 homes, brings the forms, fetches them, and keeps the answers",
)
DRAWN, EVERY = 80, 4  # of every fourth home that would answer, a form


def keep_one(scene: Scene, keeper: Actor, version: QuestionnaireVersion) -> None:
    """Let a survey run since five days that its consultant keeps; she took a first file in."""
    wave = create_wave(actor=scene.actor, plan=_plan(scene, version), at=scene.ago(8))
    entrust(actor=scene.actor, wave_id=wave.pk, account_id=keeper.account_id, at=scene.ago(8))
    open_wave(actor=scene.actor, wave_id=wave.pk, at=scene.ago(5))
    form = form_plan(version)
    filled = owners.lakeside(form, later=True, language=scene.language)[::EVERY]
    counts = Counts(DRAWN, len(filled), len(filled), 3, None)
    set_counts(actor=scene.actor, wave_id=wave.pk, counts=counts, at=scene.ago(1))
    file = sheets.as_csv(form, filled, scene.language)
    take_in(actor=keeper, wave_id=wave.pk, file=file, name=f"{wave.title}.csv", at=scene.ago(1))


def _plan(scene: Scene, version: QuestionnaireVersion) -> WavePlan:
    return WavePlan(
        title=scene.say(TITLE),
        project_id=scene.projects[LAKESIDE].pk,
        version_id=version.pk,
        period_label=scene.say(half_year(scene.day(5))),
        design=Design.SAMPLE,
        modes=(Mode.DOOR, Mode.PAPER),
        population=LAKESIDE.units,
        planned=DRAWN,
        fieldwork_from=scene.day(5),
        fieldwork_to=scene.day(-9),
        target=float(LAKESIDE.target),
        goal=scene.say(GOAL),
        method=scene.say(METHOD),
    )
