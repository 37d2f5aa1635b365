"""A case on its way: taken by a person, handed over, begun, waiting, done; one step of the table each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from anju.attachments.models import Attachment
from anju.casework.kinds import (
    REASON_MOST,
    Evidence,
    Party,
    Photo,
    Shown,
    WaitedFor,
)
from anju.casework.ladder import passed_on
from anju.casework.states import DEMANDS, CaseVerb, Demand, State, step
from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_line
from anju.kernel.scope import company_scope
from anju.register.access import Actor, Forbidden, Verb
from anju.register.models import Partner
from anju.register.rules.rights import Role
from anju.voice import letters
from anju.voice.access import case_for, may_work
from anju.voice.actions.receiving import missing
from anju.voice.actions.storing import (
    Act,
    Edition,
    Said,
    clock_columns,
    move,
    note,
    reason,
    renew,
)
from anju.voice.actions.telling import in_role, tell_owner, tell_staff
from anju.voice.models import Case, CasePause
from anju.voice.people import must_be_nameable

Payload = dict[str, history.Plain]


@dataclass(frozen=True, slots=True)
class Named:
    """Who answers for a case, and who does the work if it is somebody else; a firm where it is one's.

    `batch` names the act over many cases that this is part of, by which it is undone.
    """

    assignee_id: int
    executor_id: int | None = None
    partner_id: int | None = None
    batch: str = ""

    def said(self) -> Payload:
        """Return what the history keeps of it."""
        named: Payload = {"assignee": self.assignee_id, "executor": self.executor_id}
        return {**named, "batch": self.batch} if self.batch else named


@dataclass(frozen=True, slots=True)
class Moment:
    """When something was done in the hands of a worker; by his phone's clock where it had no signal."""

    at: datetime
    client_at: datetime | None = None

    def said(self) -> Payload:
        """Return the phone's time for the history; nothing where there is none."""
        return {"client_at": self.client_at.isoformat()} if self.client_at else {}


def worked(actor: Actor, edition: Edition) -> Case:
    """Return a case for who works on it; raises NotFound or Forbidden."""
    case = case_for(actor, edition.case_id, Verb.WORK_CASES)
    if not may_work(actor, case):
        raise Forbidden(Verb.WORK_CASES.value)
    return case


def _name(case: Case, named: Named) -> dict[str, object]:
    must_be_nameable(named.assignee_id, case.project_id, "assignee")
    if named.executor_id is not None:
        must_be_nameable(named.executor_id, case.project_id, "executor")
    firm = named.partner_id
    if firm is not None and not Partner.objects.filter(id=firm).exists():
        raise missing("partner")
    if case.about_id is not None and case.about_id in {named.assignee_id, named.executor_id}:
        raise Problem(
            "E-CASE-ABOUT",
            "assignee",
            "This case speaks of that person. Name somebody else.",
            "本单涉及该人员，请另选一人。",
        )
    return {
        "assignee_id": named.assignee_id,
        "executor_id": named.executor_id or named.assignee_id,
        "partner_id": firm,
    }


@transaction.atomic
def accept(*, actor: Actor, edition: Edition, named: Named, at: datetime) -> Case:
    """Take a case and name who answers for it; the owner is told the name and the time.

    Errors: NotFound, Forbidden, E-STATE, E-STALE, E-REF, E-CASE-PERSON, E-CASE-ABOUT.
    """
    with company_scope(actor.company_id):
        case = case_for(actor, edition.case_id, Verb.STEER_CASES)
        columns = _name(case, named)
        if case.first_receiver_id is None:
            columns["first_receiver_id"] = actor.account_id
        if case.acknowledge_met is None:
            columns["acknowledge_met"] = at
        move(case, CaseVerb.ACCEPT, edition.version, Act(actor.account_id, at, payload=named.said(), has=frozenset({Demand.ASSIGNEE})), **columns)  # fmt: skip
        _tell_named(case, at=at, but=actor.account_id)
        tell_owner(case, letters.HANDLING, "handling", at=at)
        return case


def _tell_named(case: Case, *, at: datetime, but: int) -> None:
    named = [one for one in (case.assignee_id, case.executor_id) if one != but]
    tell_staff(case, letters.GIVEN, f"given.{case.transfers}", named, at=at)


@transaction.atomic
def hand_over(*, actor: Actor, edition: Edition, named: Named, why: str, at: datetime) -> Case:
    """Give a case to somebody else, counted; the third time and after, the manager is told.

    An appointment and a wait go on under the new name; work that had begun is to be begun by him.
    Errors: as `accept`, and E-TEXT-* for the reason.
    """
    with company_scope(actor.company_id):
        case = worked(actor, edition)
        columns = _name(case, named)
        said: Payload = {
            "from": case.assignee_id,
            "from_executor": case.executor_id,
            **named.said(),
            "note": reason(case, why, by=actor.account_id, at=at, shown=Shown.INSIDE),
        }
        columns["transfers"] = case.transfers + 1
        if case.state == State.WORKING:
            columns["arrived_at"] = None
        move(case, CaseVerb.HAND_OVER, edition.version, Act(actor.account_id, at, payload=said, has=frozenset({Demand.ASSIGNEE, Demand.REASON})), **columns)  # fmt: skip
        _tell_named(case, at=at, but=actor.account_id)
        if passed_on(case.transfers):
            managers = in_role(case, Role.MANAGER)
            tell_staff(case, letters.LATE, f"transfers.{case.transfers}", managers, at=at)
        return case


@transaction.atomic
def schedule(
    *, actor: Actor, edition: Edition, arrival: datetime, why: str = "", at: datetime
) -> Case:
    """Make an appointment, or move one with a reason.

    Errors: NotFound, Forbidden, E-STATE, E-STALE, E-DATE-RANGE for an arrival in the past.
    """
    with company_scope(actor.company_id):
        case = worked(actor, edition)
        if arrival <= at:
            raise Problem(
                "E-DATE-RANGE", "arrival",
                "The arrival lies in the past. Give a later time.",
                "预约时间已过，请填写之后的时间。",
            )  # fmt: skip
        said: Payload = {"arrival": arrival.isoformat()}
        verb, has = CaseVerb.SCHEDULE, frozenset({Demand.APPOINTMENT})
        if case.state == State.SCHEDULED:
            verb, has = CaseVerb.RESCHEDULE, has | {Demand.REASON}
            said["note"] = reason(case, why, by=actor.account_id, at=at, shown=Shown.ALL)
        move(case, verb, edition.version, Act(actor.account_id, at, payload=said, has=has), appointment_at=arrival)  # fmt: skip
        return case


@transaction.atomic
def start(*, actor: Actor, edition: Edition, moment: Moment) -> Case:
    """Arrive and begin the work. Errors: NotFound, Forbidden, E-STATE, E-STALE."""
    with company_scope(actor.company_id):
        case = worked(actor, edition)
        columns: dict[str, object] = {"arrived_at": moment.at}
        if case.on_site_met is None:
            columns["on_site_met"] = moment.at
        if case.executor_id is None:
            columns["executor_id"] = actor.account_id
        move(case, CaseVerb.START, edition.version, Act(actor.account_id, moment.at, payload=moment.said()), **columns)  # fmt: skip
        return case


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a case waits for, and why."""

    waited_for: WaitedFor
    why: str


@transaction.atomic
def wait(*, actor: Actor, edition: Edition, waiting: Waiting, moment: Moment) -> Case:
    """Let the clock of a case stand, with a reason that the owner reads; evidence for an owner away.

    Errors: NotFound, Forbidden, E-STATE, E-STALE, E-TEXT-*, E-CASE-EVIDENCE.
    """
    with company_scope(actor.company_id):
        case = worked(actor, edition)
        step(State(case.state), CaseVerb.WAIT, DEMANDS[CaseVerb.WAIT])  # before a pause is kept
        away = waiting.waited_for is WaitedFor.OWNER
        if away and not _photos(case, Photo.PAUSE):
            raise Problem(
                "E-CASE-EVIDENCE", "photo",
                "Add a photo that shows that nobody was at home, such as the card left at the door.",
                "请附一张照片，说明业主不在家（如门上留的到访卡）。",
            )  # fmt: skip
        kept = reason(case, waiting.why, by=actor.account_id, at=moment.at, shown=Shown.ALL)
        CasePause(
            company_id=case.company_id, case=case, waited_for=waiting.waited_for.value,
            reason=clean_line(waiting.why, "reason", most=REASON_MOST), start=moment.at,
        ).save()  # fmt: skip
        renew(case, at=moment.at)
        said: Payload = {"waited_for": waiting.waited_for.value, "note": kept, **moment.said()}
        move(case, CaseVerb.WAIT, edition.version, Act(actor.account_id, moment.at, payload=said, has=frozenset({Demand.REASON, Demand.WAITED_FOR})), waited_for=waiting.waited_for.value, **clock_columns(case))  # fmt: skip
        return case


@transaction.atomic
def resume(*, actor: Actor, edition: Edition, moment: Moment) -> Case:
    """Let the clock run again; deadlines move by the time for which it stood.

    Errors: NotFound, Forbidden, E-STATE, E-STALE.
    """
    with company_scope(actor.company_id):
        case = worked(actor, edition)
        CasePause.objects.filter(case=case, end=None).update(end=moment.at)
        renew(case, at=moment.at)
        move(case, CaseVerb.RESUME, edition.version, Act(actor.account_id, moment.at, payload=moment.said()), waited_for='', **clock_columns(case))  # fmt: skip
        return case


@dataclass(frozen=True, slots=True)
class Work:
    """What was done: the cause found, whose it is, and words that the owner may read."""

    cause: str
    party: Party = Party.UNKNOWN
    done: str = ""
    parts: str = ""


@transaction.atomic
def finish(*, actor: Actor, edition: Edition, work: Work, moment: Moment) -> Case:
    """Report the work done, with its cause and the photos that its category asks for.

    Errors: NotFound, Forbidden, E-STATE, E-STALE, E-TEXT-*, E-CASE-EVIDENCE.
    """
    with company_scope(actor.company_id):
        case = worked(actor, edition)
        refuse_without_photos(case)
        cause = clean_line(work.cause, "cause", most=REASON_MOST)
        by, at = actor.account_id, moment.at
        said: Payload = {"cause": cause, "party": work.party.value, **moment.said()}
        if kept := note(case, Said(work.done, Shown.ALL), by=by, at=at, field="done"):
            said["note"] = kept.pk
        if work.parts.strip():
            said["parts"] = clean_line(work.parts, "parts", most=REASON_MOST)
        move(case, CaseVerb.FINISH, edition.version, Act(by, at, payload=said, has=frozenset({Demand.EVIDENCE, Demand.CAUSE})), cause=cause, party=work.party.value, done_at=at, resolve_met=at, executor_id=case.executor_id or by)  # fmt: skip
        return case


def _photos(case: Case, shows: Photo) -> int:
    rows = Attachment.objects.filter(subject_kind=shows.value, subject_id=case.pk)
    return rows.filter(removed_at=None).count()


def refuse_without_photos(case: Case) -> None:
    """Raise E-CASE-EVIDENCE while a photo that the category asks for is missing."""
    asked = case.category.evidence if case.category is not None else Evidence.NONE.value
    wanted = {
        Evidence.NONE.value: (),
        Evidence.AFTER.value: (Photo.AFTER,),
        Evidence.BOTH.value: (Photo.BEFORE, Photo.AFTER),
    }[asked]
    for shows in wanted:
        if not _photos(case, shows):
            before = shows is Photo.BEFORE
            raise Problem(
                "E-CASE-EVIDENCE", "photo",
                "This category asks for a photo {when_en}. Add it, then report it done.",
                "该类别要求{when_zh}照片，请补拍后再报完成。",
                when_en="from before the work" if before else "of the finished work",
                when_zh="修前" if before else "完工",
            )  # fmt: skip
