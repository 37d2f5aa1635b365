"""Who is told what about findings: the act of the improvement room and its messages, together.

The message is written in the transaction of the act, so that neither is there without the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from anju.attachments.taking import Taken
from anju.improve.actions import boxes, by_hand, measures, opening
from anju.improve.actions.boxes import People
from anju.improve.actions.evidence import finish_shown
from anju.improve.actions.measures import MeasureEdition
from anju.improve.actions.opening import Draft, Part
from anju.improve.actions.storing import Edition
from anju.improve.clock import today_of
from anju.improve.due import DueLine, due_lines
from anju.improve.models import Finding, Measure
from anju.improve.queries import FindingLine, line_of
from anju.improve.rules.boxes import MeasureDraft
from anju.improve.rules.nearing import Nearing
from anju.improve.rules.states import MeasureVerb
from anju.kernel.scope import company_scope
from anju.notify.actions.post import About, Note, post
from anju.notify.queries import groups_told
from anju.notify.recipients import Recipient, colleague, group
from anju.notify.rules.words import Kind, Template, Text, Value, both, register
from anju.register.access import Actor
from anju.register.models import Company
from anju.survey.rules.questionnaire import Words

FINDING = "finding"


def _template(code: str, kind: Kind, zh: tuple[str, str], en: tuple[str, str]) -> Template:
    return register(Template(f"finding.{code}", kind, Text(*zh), Text(*en)))


GIVEN = _template(
    "given",
    Kind.NEW,
    ("您负责问题 {code}", "{project}：{title}。请写明根源，并订立措施。"),
    (
        "You are responsible for {code}",
        "{project}: {title}. Write the root cause and set a measure.",
    ),
)
CHECKER = _template(
    "checker",
    Kind.NEW,
    ("您是问题 {code} 的验证人", "{project}：{title}。措施完成后会通知您验证。"),
    ("You check {code}", "{project}: {title}. You will be told when its measure is done."),
)
DONE = _template(
    "done",
    Kind.NEW,
    ("请验证问题 {code} 的措施", "{project}：{title}。责任人已报完成，请核实是否有效。"),
    (
        "Check the measure of {code}",
        "{project}: {title}. It was reported done. See whether it helped.",
    ),
)
AGAIN = _template(
    "again",
    Kind.AGAIN,
    ("问题 {code} 已退回", "{project}：{title}。请查看原因后继续处理。"),
    ("{code} came back", "{project}: {title}. Read why, then go on."),
)
SOON = _template(
    "soon",
    Kind.SOON,
    ("问题 {code} 的措施将于 {due} 到期", "{title}。时间已过七成，请确认能否按期完成。"),
    ("The measure of {code} is due on {due}", "{title}. Seven tenths of its time have passed."),
)
LATE = _template(
    "late",
    Kind.LATE,
    ("问题 {code} 的措施已超期", "{title}。期限为 {due}，请报完成或说明原因。"),
    (
        "The measure of {code} is late",
        "{title}. It was due on {due}. Report it done, or say why not.",
    ),
)


@transaction.atomic
def name_people(*, actor: Actor, edition: Edition, people: People, at: datetime) -> None:
    """Name who is responsible and who checks, and tell both. Errors: as in the improvement room."""
    boxes.name_people(actor=actor, edition=edition, people=people, at=at)
    _tell_named(actor, edition.finding_id, at)


@transaction.atomic
def add_part(*, actor: Actor, edition: Edition, part: Part, at: datetime) -> Finding:
    """Split off a part and tell its people. Errors: as in the improvement room."""
    made = opening.add_part(actor=actor, edition=edition, part=part, at=at)
    _tell_named(actor, made.pk, at)
    return made


@transaction.atomic
def open_at_once(
    *, actor: Actor, draft: Draft, measure: MeasureDraft | None, at: datetime
) -> Finding:
    """Open a finding by hand and tell its people. Errors: as in the improvement room."""
    made = by_hand.open_at_once(actor=actor, draft=draft, measure=measure, at=at)
    _tell_named(actor, made.pk, at)
    return made


@transaction.atomic
def reopen(*, actor: Actor, edition: Edition, reason: str, at: datetime) -> None:
    """Open a finding again and tell who is responsible. Errors: as in the improvement room."""
    boxes.reopen(actor=actor, edition=edition, reason=reason, at=at)
    with company_scope(actor.company_id):
        _tell(actor, _line(edition.finding_id, at), AGAIN, stage="reopened", at=at)


@transaction.atomic
def finish(
    *, actor: Actor, edition: MeasureEdition, words: str, taken: Taken | None, at: datetime
) -> None:
    """Report a measure done and tell its checker. Errors: as in the improvement room."""
    finish_shown(actor=actor, edition=edition, words=words, taken=taken, at=at)
    with company_scope(actor.company_id):
        line = _line(_finding_of(edition), at)
        _tell(actor, line, DONE, stage="done", at=at)


@transaction.atomic
def check(
    *, actor: Actor, edition: MeasureEdition, verb: MeasureVerb, words: str, at: datetime
) -> None:
    """Check a measure; who is responsible is told unless it was verified. Errors: as there."""
    measures.check(actor=actor, edition=edition, verb=verb, words=words, at=at)
    if verb is not MeasureVerb.VERIFY:
        with company_scope(actor.company_id):
            _tell(actor, _line(_finding_of(edition), at), AGAIN, stage="checked", at=at)


def _finding_of(edition: MeasureEdition) -> int:
    measure: Measure = Measure.objects.get(id=edition.measure_id)
    return int(measure.finding_id)


def _line(finding_id: int, at: datetime) -> FindingLine:
    return line_of(finding_id, today_of(at))


def _tell_named(actor: Actor, finding_id: int, at: datetime) -> None:
    with company_scope(actor.company_id):
        line = _line(finding_id, at)
        _tell(actor, line, GIVEN, stage="given", at=at)
        _tell(actor, line, CHECKER, stage="checker", at=at)


def _tell(actor: Actor, line: FindingLine, template: Template, *, stage: str, at: datetime) -> None:
    """Tell the one person whom a message is for, save where she did it herself; and the groups."""
    person = line.checker if template in (CHECKER, DONE) else line.responsible
    if person is None or person.left or person.account_id == actor.account_id:
        return
    named = stage if stage in {"given", "checker"} else f"{stage} {line.version}"
    values = {**_values(line.number, line.title), "project": line.project}
    groups = groups_told(template.kind) if template in (GIVEN, AGAIN) else ()
    to = [colleague(person.account_id), *map(group, groups)]
    _post(template, _Told(line.id, line.project_id, named, values), to, at=at)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a message about a finding says, and of which stage."""

    finding_id: int
    project_id: int
    stage: str
    values: dict[str, Value]


def _values(number: int, title: Words) -> dict[str, Value]:
    return {"code": f"F-{number}", "title": both(title.zh, title.en)}


def _post(template: Template, told: _Told, to: Sequence[Recipient], *, at: datetime) -> int:
    """Post to everybody named; return how many had not been told before."""
    about = About(FINDING, told.finding_id, told.stage)
    path = f"/manage/findings/{told.finding_id}/"
    notes = [Note(one, about, told.values, path=path, project_id=told.project_id) for one in to]
    return sum(1 for note in notes if post(template, note, at=at) is not None)


def remind(*, at: datetime) -> int:
    """Tell who answers for measures that are soon due or late, once each; return how many."""
    told = 0
    for company_id in Company.objects.order_by("id").values_list("id", flat=True):
        with company_scope(company_id), transaction.atomic():
            told += sum(_remind(line, at) for line in due_lines(at))
    return told


def _remind(line: DueLine, at: datetime) -> int:
    template, stage = (SOON, "soon") if line.how is Nearing.SOON else (LATE, "late")
    named = f"{stage} {line.number} {line.due:%Y%m%d}"
    values = {**_values(line.finding_number, line.title), "due": line.due.isoformat()}
    to = [colleague(line.responsible_id), *map(group, groups_told(template.kind))]
    return _post(template, _Told(line.finding_id, line.project_id, named, values), to, at=at)
