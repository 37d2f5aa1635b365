"""What became of the findings at the demonstration company: each state that a list can show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from anju.demo.photo import board
from anju.demo.remedies import (
    COMMENT,
    DONE,
    FAILED,
    FOR_OWNERS,
    NO_MONEY,
    NOT_SURE,
    PARTS,
    PHOTO,
    REMEDIES,
    SEEN,
    Remedy,
)
from anju.demo.story import Scene
from anju.improve.actions.boxes import People, name_people, waive, write_cause
from anju.improve.actions.evidence import add_file
from anju.improve.actions.measures import (
    Evidence,
    MeasureEdition,
    check,
    finish,
    set_measure,
    start,
    write_for_owners,
)
from anju.improve.actions.opening import Part, add_part, open_comment
from anju.improve.actions.storing import Edition
from anju.improve.models import Finding, Measure
from anju.improve.rules.boxes import MeasureDraft
from anju.improve.rules.states import FindingState, MeasureVerb
from anju.register.access import Actor
from anju.survey.models import OpenAnswer, Wave
from anju.survey.rules.questionnaire import Words

LAST_YEAR, THIS_YEAR = 378, 14


@dataclass(frozen=True, slots=True)
class Team:
    """Who plans and checks, and who does the work."""

    quality: Actor
    manager: Actor

    @property
    def people(self) -> People:
        """The manager is responsible, the quality department checks."""
        return People(self.manager.account_id, self.quality.account_id)


def follow_up(scene: Scene, team: Team) -> None:
    """Write causes, people and measures of both surveys; leave the newest partly undone."""
    earlier, later = _surveys()
    _last_year(scene, team, earlier)
    _this_year(scene, team, later)


def _surveys() -> tuple[Wave, Wave]:
    later = Wave.objects.exclude(base_wave=None).select_related("base_wave").get()
    return later.base_wave, later


def _of(wave: Wave) -> dict[str, Finding]:
    rows = Finding.objects.filter(wave=wave, item__isnull=False).select_related("item")
    return {row.item.code: row for row in rows}


def _last_year(scene: Scene, team: Team, wave: Wave) -> None:
    for code, finding in _of(wave).items():
        if finding.state == FindingState.CANDIDATE:
            _leave(scene, team, finding, NOT_SURE)
        elif code in REMEDIES:
            measure = _measure(scene, team, finding, REMEDIES[code], LAST_YEAR - 10, 60)
            _work(scene, team, measure, LAST_YEAR - 20, done=LAST_YEAR - 65)
            failed = code == "QB-05"
            verb = MeasureVerb.REFUTE if failed else MeasureVerb.VERIFY
            _look(scene, team, measure, verb, FAILED if failed else SEEN)
        else:
            _leave(scene, team, finding, NO_MONEY)


def _leave(scene: Scene, team: Team, finding: Finding, why: Words) -> None:
    at = scene.ago(LAST_YEAR - 8)
    waive(actor=team.quality, edition=Edition(finding.pk), reason=scene.say(why), at=at)


def _complete(scene: Scene, team: Team, finding: Finding, remedy: Remedy, ago: int) -> None:
    at, edition = scene.ago(ago), Edition(finding.pk)
    cause, party = scene.say(remedy.cause), remedy.party.value
    write_cause(actor=team.quality, edition=edition, text=cause, party=party, at=at)
    name_people(actor=team.quality, edition=edition, people=team.people, at=at)


def _measure(
    scene: Scene, team: Team, finding: Finding, remedy: Remedy, ago: int, days: int
) -> Measure:
    _complete(scene, team, finding, remedy, ago)
    at = scene.ago(ago)
    draft = MeasureDraft(
        scene.say(remedy.text),
        (at + timedelta(days=days)).date(),
        scene.say(remedy.metric),
        scene.say(remedy.target),
    )
    return set_measure(actor=team.quality, edition=Edition(finding.pk), draft=draft, at=at)


def _work(
    scene: Scene, team: Team, measure: Measure, began: int, *, done: int | None = None
) -> None:
    edition = MeasureEdition(measure.pk)
    start(actor=team.manager, edition=edition, at=scene.ago(began))
    if done is not None:
        shown = Evidence(scene.say(DONE))
        finish(actor=team.manager, edition=edition, evidence=shown, at=scene.ago(done))


def _look(scene: Scene, team: Team, measure: Measure, verb: MeasureVerb, words: Words) -> None:
    check(
        actor=team.quality,
        edition=MeasureEdition(measure.pk),
        verb=verb,
        words=scene.say(words),
        at=scene.ago(LAST_YEAR - 80),
    )


def _this_year(scene: Scene, team: Team, wave: Wave) -> None:
    found = _of(wave)
    planned = _measure(scene, team, found["QB-02"], REMEDIES["QB-02"], 9, 40)
    _tell(scene, team, planned)
    checked = _measure(scene, team, found["QB-03"], REMEDIES["QB-03"], 12, 12)
    taken = board(scene.say(PHOTO))
    add_file(actor=team.manager, measure_id=checked.pk, taken=taken, at=scene.ago(2))
    _work(scene, team, checked, 11, done=1)
    late = _measure(scene, team, found["QB-06"], REMEDIES["QB-06"], 12, 9)
    _work(scene, team, late, 10)
    running = _measure(scene, team, found["QB-09"], REMEDIES["QB-09"], 10, 45)
    _work(scene, team, running, 8)
    _split(scene, team, found["QB-05"])
    parking = REMEDIES["QB-04"]
    write_cause(
        actor=team.manager,
        edition=Edition(found["QB-04"].pk),
        text=scene.say(parking.cause),
        party=parking.party.value,
        at=scene.ago(6),
    )
    _comment(scene, team, wave)


def _tell(scene: Scene, team: Team, measure: Measure) -> None:
    write_for_owners(
        actor=team.quality,
        edition=MeasureEdition(measure.pk),
        wanted=True,
        words=scene.say(FOR_OWNERS),
        at=scene.ago(8),
    )


def _split(scene: Scene, team: Team, finding: Finding) -> None:
    made = [
        add_part(
            actor=team.quality,
            edition=Edition(finding.pk),
            part=Part(scene.say(title), scene.say(gap), team.people),
            at=scene.ago(7),
        )
        for title, gap in PARTS
    ]
    measure = _measure(scene, team, made[0], REMEDIES["QB-05"], 7, 30)
    _work(scene, team, measure, 5)


def _comment(scene: Scene, team: Team, wave: Wave) -> None:
    answer = OpenAnswer.objects.filter(response__wave=wave).order_by("id").first()
    if answer is None:
        return
    title, gap = COMMENT
    open_comment(
        actor=team.quality,
        wave_id=wave.pk,
        answer_id=answer.pk,
        title=scene.say(title),
        gap=scene.say(gap),
        at=scene.ago(4),
    )
