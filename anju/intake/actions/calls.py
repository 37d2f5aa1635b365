"""A call at the desk in one breath: registered and given to a person, solved at once, told again.

Each is one transaction and writes the same entries as its steps one by one; the owner gets one message.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from anju.casework.kinds import REASON_MOST, CaseKind, Evidence, Shown
from anju.casework.promises import Promised
from anju.casework.states import DEMANDS, ENDS, OPEN, CaseVerb, Outcome, State
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.notify.actions.desk import withdraw
from anju.register.access import Actor, Forbidden, Verb
from anju.voice import letters
from anju.voice.access import case_for, visible_cases
from anju.voice.actions import closing, handling, writing
from anju.voice.actions.handling import Payload
from anju.voice.actions.receiving import Report, receive
from anju.voice.actions.storing import KIND, Act, Edition, Said, move, note, reason
from anju.voice.actions.telling import tell_of_new, tell_owner
from anju.voice.models import Case

UNDO = timedelta(minutes=10)
PROVED = frozenset({CaseKind.REPAIR.value, CaseKind.COMPLAINT.value})


@dataclass(frozen=True, slots=True)
class Given:
    """What the desk decides while the owner speaks: who answers for it, and another time if wished."""

    assignee_id: int | None = None
    due: datetime | None = None
    why: str = ""


@transaction.atomic
def take_call(*, actor: Actor, report: Report, given: Given, at: datetime) -> Case:
    """Register a call, and give it to the person and the time that were chosen.

    Errors: as `receive`, `accept` and `move_promise`.
    """
    with company_scope(actor.company_id):
        named = given.assignee_id
        case = receive(actor=actor, report=report, at=at, quiet=named is not None)
        if case.received_at != at or case.state != State.REGISTERED:
            return case  # sent twice: it is there already
        if given.due is not None:
            edition = Edition(case.pk)
            writing.move_promise(
                actor=actor, edition=edition, promised=Promised.RESOLVE,
                due=given.due, why=given.why, at=at,
            )  # fmt: skip
        if named is None:
            return case
        who = handling.Named(named)
        return handling.accept(actor=actor, edition=Edition(case.pk), named=who, at=at)


@transaction.atomic
def solve_at_once(*, actor: Actor, report: Report, done: str, at: datetime) -> Case:
    """Register a matter that was solved while the owner was there: she heard it herself.

    Who solved it never makes its return visit. Errors: as `receive`, Forbidden, E-CASE-EVIDENCE for
    a repair or complaint whose category asks for a photo, E-TEXT-*.
    """
    if not actor.may(Verb.STEER_CASES):
        raise Forbidden(Verb.STEER_CASES.value)
    with company_scope(actor.company_id):
        case = receive(actor=actor, report=report, at=at, quiet=True)
        if case.state != State.REGISTERED:
            return case
        _refuse_unproved(case)
        _walk(case, actor.account_id, done, at)
        closing.owe_visit(case, at=at)
        tell_owner(case, letters.CLOSED, "closed", at=at)
        return case


def _refuse_unproved(case: Case) -> None:
    asked = case.category.evidence if case.category is not None else Evidence.NONE.value
    if case.kind in PROVED and asked != Evidence.NONE:
        raise Problem(
            "E-CASE-EVIDENCE", "solved",
            "This category asks for a photo of the work. Save it and name a person instead.",
            "该类别要求现场照片，不能当场解决。请保存并指定责任人。",
        )  # fmt: skip


def _walk(case: Case, by: int, done: str, at: datetime) -> None:
    """Take a new case through its steps to where the owner was told."""
    kept = note(case, Said(done, Shown.ALL), by=by, at=at, field="done")
    assert kept is not None
    said: Payload = {"at_once": True, "note": kept.pk}
    cause, closed = done[:REASON_MOST], ENDS[CaseVerb.REPORT_BACK].value
    steps: tuple[tuple[CaseVerb, Payload, dict[str, object]], ...] = (
        (CaseVerb.ACCEPT, {"assignee": by, "executor": by}, {"assignee_id": by, "executor_id": by}),
        (CaseVerb.START, {}, {"arrived_at": at, "on_site_met": at}),
        (CaseVerb.FINISH, {"cause": cause}, {"cause": cause, "done_at": at, "resolve_met": at}),
        (CaseVerb.REPORT_BACK, {"told_at": at.isoformat()}, {"report_back_met": at, "outcome": closed}),
    )  # fmt: skip
    for verb, told, columns in steps:
        act = Act(by, at, payload={**said, **told}, has=DEMANDS[verb])
        move(case, verb, None, act, **columns)


@transaction.atomic
def tell_again(*, actor: Actor, report: Report, target: int, at: datetime) -> Case:
    """Register what belongs to an older case and let it go on there; a closed one opens again.

    `target` is the older case's number; its page shows the new words. Errors: as `receive` and
    `merge`, E-CASE-OLD for one settled too long ago.
    """
    with company_scope(actor.company_id):
        case = receive(actor=actor, report=report, at=at, quiet=True)
        if case.merged_into_id is not None:
            return case
        other: Case | None = visible_cases(actor).filter(number=target).first()
        if other is not None and other.merged_into_id is None and other.pk != case.pk:
            _take_up(actor, other, report.words, at)
        edition = Edition(case.pk)
        merged = closing.merge(actor=actor, edition=edition, target=target, why=report.words, at=at)
        tell_of_new(merged, at=at, owner=False)
        return merged


def _take_up(actor: Actor, other: Case, words: str, at: datetime) -> None:
    edition = Edition(other.pk)
    if other.state not in {one.value for one in OPEN}:
        closing.reopen(actor=actor, edition=edition, why=words, at=at)
        return
    writing.write(actor=actor, edition=edition, said=Said(words), at=at)


@transaction.atomic
def take_back(*, actor: Actor, case_id: int, why: str, at: datetime) -> Case:
    """Take back what she registered herself ten minutes ago at most and nobody worked on since.

    The number stays, with the outcome withdrawn; what was not sent yet is not sent.
    Errors: NotFound, Forbidden, E-CASE-UNDO.
    """
    with company_scope(actor.company_id):
        case = case_for(actor, case_id, Verb.TAKE_CASES)
        mine = case.first_receiver_id == actor.account_id and at - case.received_at <= UNDO
        verb = {State.REGISTERED: CaseVerb.WITHDRAW, State.ACCEPTED: CaseVerb.DECLINE}.get(
            State(case.state)
        )
        if not mine or verb is None or case.transfers or case.reopened:
            raise Problem(
                "E-CASE-UNDO", "case",
                "This case can no longer be taken back. Open it and withdraw it with a reason.",
                "本单已不能撤销。请打开本单，填写原因后撤回。",
            )  # fmt: skip
        kept = reason(case, why, by=actor.account_id, at=at, shown=Shown.INSIDE)
        said: Payload = {"note": kept, "taken_back": True}
        act = Act(actor.account_id, at, payload=said, has=DEMANDS[verb])
        outcome = Outcome.WITHDRAWN.value
        move(case, verb, None, act, outcome=outcome, bundle=None, report_back_met=at)
        closing.owe_visit(case, at=at)
        withdraw(KIND, [case.pk], why="taken_back", at=at)
        return case
