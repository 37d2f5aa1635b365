"""A case comes to its end: told to the owner, refused, referred, withdrawn, merged; its visit is owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from anju.casework.kinds import Shown, VisitState
from anju.casework.states import ENDS, CaseVerb, Demand, Outcome, State
from anju.casework.visits import Ended, needs_visit, second_due, visit_due
from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_line
from anju.kernel.scope import company_scope
from anju.register.access import Actor, Forbidden, Verb
from anju.register.calendars import usual_calendar
from anju.register.rules.rights import Role
from anju.voice import letters
from anju.voice.access import case_for, may_work, visible_cases
from anju.voice.actions.handling import Payload
from anju.voice.actions.storing import (
    Act,
    Edition,
    change,
    clock_columns,
    move,
    reason,
    renew,
    tell,
)
from anju.voice.actions.telling import FAULTS, in_role, tell_owner, tell_staff
from anju.voice.models import Bundle, Case, ReturnVisit
from anju.voice.promised import policy, rule

ENDINGS = {
    CaseVerb.REFER: frozenset({Demand.REASON}),
    CaseVerb.WITHDRAW: frozenset({Demand.REASON}),
    CaseVerb.DECLINE: frozenset({Demand.REASON}),
}


@dataclass(frozen=True, slots=True)
class Told:
    """How the owner was told that it is done, in words that she may read again."""

    how: str
    at: datetime


@transaction.atomic
def report_back(*, actor: Actor, edition: Edition, told: Told, at: datetime) -> Case:
    """Close a case whose owner was told; never by who did the work.

    Errors: NotFound, Forbidden, E-STATE, E-STALE, E-TEXT-*, E-CASE-DOER, E-DATE-RANGE.
    """
    with company_scope(actor.company_id):
        case = case_for(actor, edition.case_id, Verb.STEER_CASES)
        if actor.account_id == case.executor_id:
            raise Problem(
                "E-CASE-DOER", "told",
                "Who did the work does not close it. Let the first receiver or the desk tell the owner.",
                "处理人不能关闭本单，请由首问责任人或前台告知业主后关闭。",
            )  # fmt: skip
        if told.at > at:
            raise Problem(
                "E-DATE-RANGE", "told",
                "The owner cannot have been told in the future.", "告知时间不能晚于现在。",
            )  # fmt: skip
        by = actor.account_id
        said: Payload = {
            "note": reason(case, told.how, by=by, at=at, shown=Shown.ALL),
            "told_at": told.at.isoformat(),
        }
        outcome = ENDS[CaseVerb.REPORT_BACK]
        move(case, CaseVerb.REPORT_BACK, edition.version, Act(by, at, payload=said, has=frozenset({Demand.TOLD})), outcome=outcome.value, report_back_met=told.at)  # fmt: skip
        owe_visit(case, at=at)
        tell_owner(case, letters.CLOSED, "closed", at=at)
        return case


@transaction.atomic
def send_back(*, actor: Actor, edition: Edition, why: str, at: datetime) -> Case:
    """Send work back that is not done yet. Errors: NotFound, Forbidden, E-STATE, E-STALE, E-TEXT-*."""
    with company_scope(actor.company_id):
        case = case_for(actor, edition.case_id, Verb.STEER_CASES)
        said: Payload = {"note": reason(case, why, by=actor.account_id, at=at, shown=Shown.INSIDE)}
        move(case, CaseVerb.SEND_BACK, edition.version, Act(actor.account_id, at, payload=said, has=frozenset({Demand.REASON})), done_at=None, resolve_met=None)  # fmt: skip
        tell_staff(case, letters.AGAIN, f"back.{case.version}", [case.executor_id], at=at)
        return case


@transaction.atomic
def end(*, actor: Actor, edition: Edition, verb: CaseVerb, why: str, at: datetime) -> Case:
    """Refer, withdraw or decline a case, with a reason that its owner reads.

    Errors: NotFound, Forbidden, E-CHOICE, E-STATE, E-STALE, E-TEXT-*.
    """
    with company_scope(actor.company_id):
        case = case_for(actor, edition.case_id, Verb.WORK_CASES)
        allowed = may_work(actor, case) if verb is CaseVerb.DECLINE else actor.may(Verb.STEER_CASES)
        if not allowed:
            raise Forbidden(Verb.STEER_CASES.value)
        if verb not in ENDINGS:
            raise Problem("E-CHOICE", "verb", "Choose one of the list.", "请从列表中选择一项。")
        by = actor.account_id
        said: Payload = {"note": reason(case, why, by=by, at=at, shown=Shown.ALL)}
        columns: dict[str, object] = {"outcome": ENDS[verb].value, "report_back_met": at}
        if case.acknowledge_met is None:
            columns["acknowledge_met"] = at
        move(case, verb, edition.version, Act(by, at, payload=said, has=ENDINGS[verb]), **columns)
        owe_visit(case, at=at)
        tell_owner(case, letters.ENDED, "closed", at=at, words=why[:200])
        return case


def owe_visit(case: Case, *, at: datetime) -> None:
    """Owe a closed case its return visit, or settle it where none is owed."""
    ended = Ended(str(case.number), case.kind, case.unit_id is not None, Outcome(case.outcome), at)
    held = policy()
    if not needs_visit(ended, held):
        settle(case, at=at)
        return
    due = visit_due(ended, held, usual_calendar(at=at)).instant or at
    add_visit(case, due=due, begins=at)
    change(case, None, next_due_at=due)


def add_visit(case: Case, *, due: datetime, begins: datetime, second: bool = False) -> ReturnVisit:
    """Owe a case one more return visit."""
    last = ReturnVisit.objects.filter(case=case).aggregate(last=Max("number"))["last"]
    row = ReturnVisit(
        company_id=case.company_id, case=case, number=int(last or 0) + 1, second=second,
        due_at=due, from_at=begins,
    )  # fmt: skip
    row.save()
    return row


def settle(case: Case, *, at: datetime) -> None:
    """End a closed case for which nobody is asked."""
    move(case, CaseVerb.SETTLE, None, Act(None, at))


def ask_again_later(case: Case, *, at: datetime) -> None:
    """Owe the second question: whether it is still solved after 28 days; due within three days of it."""
    begins = second_due(case.closed_at or at)
    add_visit(case, due=begins + timedelta(days=3), begins=begins, second=True)


@transaction.atomic
def reopen(*, actor: Actor, edition: Edition, why: str, at: datetime) -> Case:
    """Open a closed case again under its number, or a settled one within the days that are set.

    Errors: NotFound, Forbidden, E-STATE, E-STALE, E-TEXT-*, E-CASE-OLD.
    """
    with company_scope(actor.company_id):
        case = case_for(actor, edition.case_id, Verb.STEER_CASES)
        refuse_old(case, at)
        kept = reason(case, why, by=actor.account_id, at=at, shown=Shown.ALL)
        open_again(
            case, edition.version, {"note": kept}, by=actor.account_id, at=at, outcome=case.outcome
        )
        return case


def refuse_old(case: Case, at: datetime) -> None:
    """Raise E-CASE-OLD for a case settled longer ago than the days set: it goes on in a new one."""
    days = rule().reopen_days
    if case.settled_at is not None and at - case.settled_at > timedelta(days=days):
        raise Problem(
            "E-CASE-OLD",
            "case",
            "This case was settled more than {days} days ago. Register a new one that follows it.",
            "本单办结已超过 {days} 天，请新登记一张并关联本单。",
            days=days,
        )


def open_again(
    case: Case, version: int | None, said: Payload, *, by: int | None, at: datetime, outcome: str
) -> None:
    """Open a case again: new clocks from now, the first promises stay; its manager is told at once."""
    ReturnVisit.objects.filter(case=case, state=VisitState.DUE).update(
        state=VisitState.DROPPED, ended_at=at
    )
    case.clock_from, case.rung, case.by_hand = at, 0, {}
    before = case.state
    case.state = State.ACCEPTED.value
    renew(case, at=at)
    case.state = before
    move(case, CaseVerb.REOPEN, version, Act(by, at, payload=said, has=frozenset({Demand.REASON})), outcome=outcome, reopened=case.reopened + 1, clock_from=at, rung=0, by_hand={}, done_at=None, closed_at=None, settled_at=None, arrived_at=None, on_site_met=None, resolve_met=None, report_back_met=None, urged_at=None, **clock_columns(case))  # fmt: skip
    who = [*in_role(case, Role.MANAGER), case.assignee_id, case.first_receiver_id]
    tell_staff(case, letters.AGAIN, "again", who, at=at)


@transaction.atomic
def merge(*, actor: Actor, edition: Edition, target: int, why: str, at: datetime) -> Case:
    """Let a case go on in another one that tells the same; its clocks stay as they were.

    `target` is the other case's number. Errors: as `end`, and E-MERGE.
    """
    with company_scope(actor.company_id):
        case = case_for(actor, edition.case_id, Verb.STEER_CASES)
        found: Case | None = visible_cases(actor).filter(number=target).first()
        if found is None:  # what she does not see is not there
            raise _not_into("target", "There is no case with this number.", "没有这个单号。")
        other = case_for(actor, found.pk, Verb.STEER_CASES)
        _refuse_merge(case, other)
        by = actor.account_id
        said: Payload = {
            "target": other.number,
            "note": reason(case, why, by=by, at=at, shown=Shown.ALL),
        }
        move(case, CaseVerb.MERGE, edition.version, Act(by, at, payload=said, has=frozenset({Demand.REASON, Demand.TARGET})), outcome=ENDS[CaseVerb.MERGE].value, merged_into=other)  # fmt: skip
        tell(other, "merged_in", by=by, at=at, payload={"from": case.number})
        settle(case, at=at)
        return case


def _refuse_merge(case: Case, other: Case) -> None:
    if other.pk == case.pk:
        raise _not_into("target", "A case cannot be merged into itself.", "不能并入自己。")
    if other.merged_into_id is not None:
        raise _not_into(
            "target", "That case was itself merged. Choose the one that goes on.",
            "该单本身已被并入其他单，请选择仍在处理的单。",
        )  # fmt: skip
    if other.project_id != case.project_id:
        raise _not_into("target", "That case lies in another project.", "该单不在同一项目。")
    if other.state == State.SETTLED:
        raise _not_into("target", "That case is settled.", "该单已办结。")


def _not_into(field: str, en: str, zh: str) -> Problem:
    return Problem("E-MERGE", field, en, zh)


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault that many report: its name, and when it is expected to be over."""

    title: str
    expected_at: datetime | None = None


@transaction.atomic
def bundle(*, actor: Actor, edition: Edition, fault: Fault, at: datetime) -> Bundle:
    """Begin a bundle from a case: further owners of its building can count themselves in.

    Errors: NotFound, Forbidden, E-TEXT-*, E-STALE, E-BUNDLE where it is in one already,
    E-DATE-RANGE for an end that has passed.
    """
    with company_scope(actor.company_id):
        case = case_for(actor, edition.case_id, Verb.STEER_CASES)
        if case.bundle_id is not None:
            raise Problem(
                "E-BUNDLE", "case", "This case belongs to a bundle already.", "本单已在同一故障中。"
            )
        if fault.expected_at is not None and fault.expected_at <= at:
            raise Problem(
                "E-DATE-RANGE", "expected",
                "This time has passed. Give a later one.", "该时间已过，请填写之后的时间。",
            )  # fmt: skip
        made = Bundle(
            company_id=case.company_id, project=case.project, building=case.building,
            category=case.category, title=clean_line(fault.title, "title", most=120),
            expected_at=fault.expected_at, opened_at=at,
        )  # fmt: skip
        made.save()
        begun = history.Subject(case.company_id, FAULTS, made.pk)
        history.write(begun, "begun", actor_id=actor.account_id, at=at, payload={"reports": 1})
        change(case, edition.version, bundle=made)
        said: Payload = {"bundle": made.pk, "title": made.title}
        tell(case, "bundled", by=actor.account_id, at=at, payload=said)
        return made


@transaction.atomic
def join(*, actor: Actor, edition: Edition, bundle_id: int, at: datetime) -> Case:
    """Put a case into a bundle of its project that still runs.

    Errors: NotFound, Forbidden, E-STALE, E-REF.
    """
    with company_scope(actor.company_id):
        case = case_for(actor, edition.case_id, Verb.STEER_CASES)
        rows = Bundle.objects.filter(id=bundle_id, project_id=case.project_id, ended_at=None)
        found = rows.first()
        if found is None:
            raise Problem("E-REF", "bundle", "Not found. Choose again.", "未找到，请重新选择。")
        change(case, edition.version, bundle=found)
        said: Payload = {"bundle": found.pk, "title": found.title}
        tell(case, "bundled", by=actor.account_id, at=at, payload=said)
        return case
