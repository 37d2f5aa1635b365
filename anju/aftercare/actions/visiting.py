"""Return visits: each attempt, the owner's verdict, what it does to her case, and disputes of it.

Nobody writes the verdict on her own work, nobody changes one, and silence stays silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import F

from anju.casework.calls import Then, check_then
from anju.casework.kinds import NOTE_MOST, REASON_MOST, Mode, Reason, VisitState
from anju.casework.states import CaseVerb, Demand, Outcome, State
from anju.casework.visits import Attempt, Solved, check_caller, led_to, used_up
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_body, clean_line
from anju.kernel.scope import company_scope
from anju.register.access import Actor, Role, Verb
from anju.register.queries import names_of
from anju.voice import letters
from anju.voice.access import verdict_for, visit_for
from anju.voice.actions.closing import ask_again_later, open_again
from anju.voice.actions.handling import Payload
from anju.voice.actions.storing import Act, change, move, tell
from anju.voice.actions.telling import in_role, tell_staff
from anju.voice.models import Case, Dispute, ReturnVisit, Verdict, VisitAttempt
from anju.voice.people import must_be_nameable
from anju.voice.workers import doers_of


@dataclass(frozen=True, slots=True)
class Answer:
    """An owner's verdict as she gave it; `reasons` are codes with a sign, such as `-speed`."""

    solved: Solved
    score: int | None = None
    reasons: Sequence[str] = field(default_factory=tuple)
    words: str = ""


@dataclass(frozen=True, slots=True)
class Onward:
    """To whom a case goes on that is opened again; `person_id` names another than the usual one."""

    then: Then
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """One try of a colleague to reach the owner; without an answer she was not reached."""

    mode: Mode
    words: str = ""
    answer: Answer | None = None
    onward: Onward | None = None


@transaction.atomic
def record(
    *, actor: Actor, visit_id: int, version: int | None, call: Call, at: datetime
) -> ReturnVisit:
    """Write down a call or a visit at the door, and the verdict where the owner was reached.

    Errors: NotFound, Forbidden, E-VISIT-DOER, E-VISIT-OVER, E-VISIT-EARLY, E-VISIT-NEXT, E-STALE,
    E-SCORE-RANGE, E-REF, E-CASE-PERSON, E-TEXT-*.
    """
    with company_scope(actor.company_id):
        visit = visit_for(actor, visit_id, Verb.VISIT_CASES)
        case = visit.case
        _check(actor, visit, call, at=at)
        _take(visit, version)
        _attempt(visit, call, by=actor.account_id, at=at)
        if call.answer is not None:
            verdict = _verdict(visit, case, call.answer, by=actor.account_id, mode=call.mode, at=at)
            _follow(visit, case, verdict, by=actor.account_id, at=at)
            _pass_on(case, call, verdict, by=actor.account_id, at=at)
        else:
            said: Payload = {"visit": visit.number, "mode": call.mode.value}
            tell(case, "not_reached", by=actor.account_id, at=at, payload=said)
            _give_up(visit, case, at=at)
        return visit


def _check(actor: Actor, visit: ReturnVisit, call: Call, *, at: datetime) -> None:
    """Raise where this caller cannot make this visit now, or has left open what a “no” leads to."""
    name = names_of({actor.account_id}).get(actor.account_id, "")
    check_caller(actor.account_id, doers_of(visit.case), name)
    if visit.from_at > at:
        raise Problem(
            "E-VISIT-EARLY", "visit",
            "The owner is asked a second time after 28 days, not before.",
            "第二次询问须满 28 天，现在还不到时间。",
        )  # fmt: skip
    if call.answer is not None:
        check_then(call.answer.solved, call.onward.then if call.onward else None)


def _pass_on(case: Case, call: Call, verdict: Verdict, *, by: int, at: datetime) -> None:
    """Hand a case that the verdict opened again to engineering or the manager, as the caller says."""
    if case.state != State.ACCEPTED or call.onward is None or call.onward.then is Then.AGAIN:
        return
    then, person = call.onward.then, call.onward.person_id
    if person is not None:
        must_be_nameable(person, case.project_id, "person")
    elif then is Then.ENGINEERING:
        person = case.executor_id
    else:
        person = next((one for one in in_role(case, Role.MANAGER) if one != case.about_id), None)
    if person is None or person == case.about_id:
        return
    said: Payload = {
        "from": case.assignee_id, "assignee": person, "executor": person,
        "verdict": verdict.pk, "then": then.value,
    }  # fmt: skip
    move(case, CaseVerb.HAND_OVER, None, Act(by, at, payload=said, has=frozenset({Demand.ASSIGNEE, Demand.REASON})), assignee_id=person, executor_id=person, transfers=case.transfers + 1)  # fmt: skip
    tell_staff(case, letters.GIVEN, f"given.{case.transfers}", [person], at=at)


@transaction.atomic
def answer_by_owner(*, company_id: int, case_id: int, answer: Answer, at: datetime) -> Verdict:
    """Keep the verdict that an owner gives on her own page; the caller has found the case by her link.

    Errors: E-VERDICT-EARLY while the case is open, E-VERDICT-GIVEN, E-SCORE-RANGE, E-TEXT-*.
    """
    with company_scope(company_id):
        case = Case.objects.select_related("project", "category", "level").get(id=case_id)
        if case.state not in {State.CLOSED, State.SETTLED}:
            raise Problem(
                "E-VERDICT-EARLY", "solved",
                "This case is still being worked on. You can judge it once it is closed.",
                "本单仍在处理中，关闭后即可评价。",
            )  # fmt: skip
        visit = ReturnVisit.objects.filter(case=case, state=VisitState.DUE, from_at__lte=at).first()
        if (
            visit is None
            and Verdict.objects.filter(case=case, at__gte=case.closed_at or at).exists()
        ):
            raise Problem(
                "E-VERDICT-GIVEN", "solved",
                "Your verdict is already with us. Thank you. To add something, write to us below.",
                "您已评价过本单，谢谢。如有补充，请在下方留言。",
            )  # fmt: skip
        if visit is not None:
            _take(visit, None)
            _attempt(visit, Call(Mode.LINK, answer=answer), by=None, at=at)
        verdict = _verdict(visit, case, answer, by=None, mode=Mode.LINK, at=at)
        _follow(visit, case, verdict, by=None, at=at)
        return verdict


def _take(visit: ReturnVisit, version: int | None) -> None:
    """Hold a visit for this act; raises E-VISIT-OVER or E-STALE."""
    if visit.state != VisitState.DUE:
        raise Problem(
            "E-VISIT-OVER", "visit",
            "This return visit is over. Nothing of yours was saved.",
            "该回访已结束，您的内容未保存。",
        )  # fmt: skip
    seen = visit.version if version is None else version
    same = ReturnVisit.objects.filter(id=visit.pk, version=seen, state=VisitState.DUE.value)
    if not same.update(version=F("version") + 1):
        raise Problem(
            "E-STALE", "version",
            "Somebody else called this owner meanwhile. Nothing of yours was saved.",
            "该业主刚被他人回访，您的内容尚未保存。",
        )  # fmt: skip
    visit.version = seen + 1


def _attempt(visit: ReturnVisit, call: Call, *, by: int | None, at: datetime) -> None:
    VisitAttempt(
        company_id=visit.company_id, visit=visit, by_id=by, mode=call.mode.value, at=at,
        reached=call.answer is not None,
        words=clean_line(call.words, "words", most=REASON_MOST) if call.words.strip() else "",
    ).save()  # fmt: skip


def _verdict(
    visit: ReturnVisit | None,
    case: Case,
    answer: Answer,
    *,
    by: int | None,
    mode: Mode,
    at: datetime,
) -> Verdict:
    if answer.score is not None and not 1 <= answer.score <= 5:
        raise Problem(
            "E-SCORE-RANGE", "score", "A score is a whole number from 1 to 5.",
            "评分为 1 至 5 的整数。",
        )  # fmt: skip
    known = {sign + one.value for one in Reason for sign in "+-"}
    row = Verdict(
        company_id=case.company_id, case=case, visit=visit, solved=answer.solved.value,
        score=answer.score, reasons=[one for one in answer.reasons if one in known],
        words=clean_body(answer.words, "words", NOTE_MOST) if answer.words.strip() else "",
        mode=mode.value, by_id=by, at=at,
    )  # fmt: skip
    row.save()
    return row


def _follow(
    visit: ReturnVisit | None, case: Case, verdict: Verdict, *, by: int | None, at: datetime
) -> None:
    """Let a case follow the verdict on it: settled, or open again at once."""
    if visit is not None:
        ReturnVisit.objects.filter(id=visit.pk).update(state=VisitState.REACHED, ended_at=at)
        visit.state = VisitState.REACHED.value
    said: Payload = {"verdict": verdict.pk, "solved": verdict.solved, "mode": verdict.mode}
    tell(case, "verdict", by=by, at=at, payload=said)
    verb, outcome = led_to(Solved(verdict.solved))
    if verb is CaseVerb.REOPEN:
        open_again(case, None, {"verdict": verdict.pk}, by=by, at=at, outcome=outcome.value)
    elif case.state == State.CLOSED:
        move(case, CaseVerb.CONFIRM, None, Act(by, at, payload={'verdict': verdict.pk}, has=frozenset({Demand.VERDICT})), outcome=_ended(case, outcome).value)  # fmt: skip
        ask_again_later(case, at=at)
    elif _ended(case, outcome) != case.outcome:
        change(case, None, outcome=_ended(case, outcome).value)


def _ended(case: Case, outcome: Outcome) -> Outcome:
    """Return how a confirmed case ended: what was referred or not possible stays that."""
    held = Outcome(case.outcome)
    return outcome if held in {Outcome.UNCONFIRMED, Outcome.PARTLY} else held


def _give_up(visit: ReturnVisit, case: Case, *, at: datetime) -> None:
    """End a visit whose attempts are used up; its case is settled with the verdict unknown."""
    rows = VisitAttempt.objects.filter(visit=visit).order_by("at")
    tries = [Attempt(row.at, row.reached) for row in rows]
    if not used_up(tries, ZoneInfo(settings.TIME_ZONE)):
        return
    ReturnVisit.objects.filter(id=visit.pk).update(state=VisitState.NOT_REACHED, ended_at=at)
    visit.state = VisitState.NOT_REACHED.value
    if case.state == State.CLOSED and not visit.second:
        move(case, CaseVerb.GIVE_UP, None, Act(None, at, payload={'visit': visit.number}, has=frozenset({Demand.ATTEMPTS})))  # fmt: skip


@transaction.atomic
def dispute(*, actor: Actor, verdict_id: int, words: str, at: datetime) -> Dispute:
    """Object to a verdict; the verdict stays, and somebody of the quality department answers.

    Errors: NotFound, Forbidden, E-TEXT-*.
    """
    with company_scope(actor.company_id):
        verdict = verdict_for(actor, verdict_id, Verb.WORK_CASES)
        row = Dispute(
            company_id=actor.company_id, verdict=verdict, by_id=actor.account_id, at=at,
            words=clean_line(words, "words", most=REASON_MOST),
        )  # fmt: skip
        row.save()
        said: Payload = {"dispute": row.pk, "verdict": verdict.pk}
        tell(verdict.case, "disputed", by=actor.account_id, at=at, payload=said)
        return row


@transaction.atomic
def answer_dispute(*, actor: Actor, dispute_id: int, words: str, at: datetime) -> None:
    """Answer an objection once. Errors: NotFound, Forbidden, E-STATE, E-TEXT-*."""
    with company_scope(actor.company_id):
        row = Dispute.objects.filter(id=dispute_id).first()
        verdict = verdict_for(actor, row.verdict_id if row else 0, Verb.SET_CASES)
        said = clean_line(words, "words", most=REASON_MOST)
        open_one = Dispute.objects.filter(id=dispute_id, answered_at=None)
        if not open_one.update(answer=said, answered_by_id=actor.account_id, answered_at=at):
            raise Problem(
                "E-STATE", "words", "This objection was answered already.", "该异议已答复。"
            )
        tell(
            verdict.case, "dispute_answered", by=actor.account_id, at=at,
            payload={"dispute": dispute_id},
        )  # fmt: skip
