"""A fault that many report, from here on: told of to all at once, ended with each case's own verdict."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from anju.casework.kinds import REASON_MOST, Shown
from anju.casework.states import DEMANDS, ENDS, OPEN, CaseVerb, State
from anju.intake.bundles import bundle_for
from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_body, clean_line
from anju.kernel.scope import CompanyQuerySet, company_scope
from anju.register.access import Actor, Verb
from anju.register.queries import company_ids
from anju.voice import letters
from anju.voice.access import case_for
from anju.voice.actions import closing
from anju.voice.actions.handling import Payload
from anju.voice.actions.storing import (
    Act,
    Edition,
    Said,
    change,
    clock_columns,
    move,
    note,
    renew,
    tell,
)
from anju.voice.actions.telling import FAULTS, tell_owner
from anju.voice.models import Bundle, Case, CasePause
from anju.voice.people import must_be_nameable

MOST = 100  # cases ended in one go; the rest is ended by the clock
TOLD_MOST = 200
OPEN_STATES = tuple(one.value for one in OPEN)
# How an open case comes to its end when its fault is over: each step by the table.
NEXT = {
    State.REGISTERED: CaseVerb.ACCEPT,
    State.ACCEPTED: CaseVerb.START,
    State.SCHEDULED: CaseVerb.START,
    State.WAITING: CaseVerb.RESUME,
    State.WORKING: CaseVerb.FINISH,
    State.DONE: CaseVerb.REPORT_BACK,
}


@dataclass(frozen=True, slots=True)
class News:
    """What all who reported a fault are told: words, and when it is expected to be over."""

    words: str
    expected_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Over:
    """How a fault ended: by whose work, why it was there, and what its owners read."""

    by: int
    cause: str
    words: str
    ender: int = 0


def _subject(row: Bundle) -> history.Subject:
    return history.Subject(row.company_id, FAULTS, row.pk)


def _changed(row: Bundle, version: int | None, **columns: object) -> None:
    """Change a fault that still goes on and that nobody changed since; raises E-STALE, E-BUNDLE-OVER."""
    if row.ended_at is not None:
        raise Problem("E-BUNDLE-OVER", "bundle", "This fault is over.", "该故障已结束。")
    seen = row.version if version is None else version
    same = Bundle.objects.filter(id=row.pk, version=seen, ended_at=None)
    if not same.update(version=F("version") + 1, **columns):
        raise Problem(
            "E-STALE", "version",
            "Somebody else changed this fault meanwhile. Nothing of yours was saved.",
            "该故障刚被他人修改，您的内容尚未保存。",
        )  # fmt: skip
    row.version = seen + 1


@transaction.atomic
def tell_all(*, actor: Actor, bundle_id: int, version: int | None, news: News, at: datetime) -> int:
    """Tell every owner of a fault the same news once; return how many cases it reached.

    Errors: NotFound, Forbidden, E-TEXT-*, E-STALE, E-BUNDLE-OVER, E-DATE-RANGE for a time past.
    """
    with company_scope(actor.company_id):
        row = bundle_for(actor, bundle_id, Verb.STEER_CASES)
        words = clean_line(news.words, "words", most=TOLD_MOST)
        if news.expected_at is not None and news.expected_at <= at:
            raise Problem(
                "E-DATE-RANGE", "expected",
                "This time has passed. Give a later one.", "该时间已过，请填写之后的时间。",
            )  # fmt: skip
        _changed(row, version, expected_at=news.expected_at)
        until = news.expected_at.isoformat() if news.expected_at else ""
        said: Payload = {"words": words, "expected": until}
        history.write(_subject(row), "news", actor_id=actor.account_id, at=at, payload=said)
        cases = list(_open(row).select_related("project", "category").order_by("id"))
        for case in cases:
            tell_owner(case, letters.FAULT, f"fault.{row.version}", at=at, words=words)
        return len(cases)


def _open(row: Bundle) -> CompanyQuerySet[Case]:
    return Case.objects.across_parts().filter(bundle=row, state__in=OPEN_STATES)


@transaction.atomic
def end_fault(
    *, actor: Actor, bundle_id: int, version: int | None, over: Over, at: datetime
) -> int:
    """End a fault: each case of it is closed, its owner told, and goes on to a verdict of its own.

    Returns how many are left for the clock, which ends them in turn. Who did the work is named;
    she never ends it herself. Errors: NotFound, Forbidden, E-REF, E-CASE-PERSON, E-CASE-DOER,
    E-TEXT-*, E-STALE, E-BUNDLE-OVER.
    """
    with company_scope(actor.company_id):
        row = bundle_for(actor, bundle_id, Verb.STEER_CASES)
        must_be_nameable(over.by, row.project_id, "by")
        if over.by == actor.account_id:
            raise Problem(
                "E-CASE-DOER", "by",
                "Who did the work does not close it. Name who did it, or let somebody else end it.",
                "处理人不能关闭本单。请选择实际处理人，或由他人结束。",
            )  # fmt: skip
        said: Payload = {
            "by": over.by,
            "cause": clean_line(over.cause, "cause", most=REASON_MOST),
            "words": clean_body(over.words, "words", REASON_MOST),
        }
        _changed(row, version, ended_at=at)
        history.write(_subject(row), "ended", actor_id=actor.account_id, at=at, payload=said)
        done = Over(over.by, str(said["cause"]), str(said["words"]), actor.account_id)
        for case in _open(row).select_related("project", "category").order_by("id")[:MOST]:
            _end_one(case, done, at)
        return _open(row).count()


def _end_one(case: Case, over: Over, at: datetime) -> None:
    kept = note(case, Said(over.words, Shown.ALL), by=over.ender, at=at)
    assert kept is not None
    while (verb := NEXT.get(State(case.state))) is not None:
        told, columns = _step(case, verb, over, at)
        said: Payload = {"fault": case.bundle_id, "note": kept.pk, **told}
        move(case, verb, None, Act(over.ender, at, payload=said, has=DEMANDS[verb]), **columns)
    if case.state == State.CLOSED:
        closing.owe_visit(case, at=at)
        tell_owner(case, letters.CLOSED, "closed", at=at)


def _step(
    case: Case, verb: CaseVerb, over: Over, at: datetime
) -> tuple[Payload, dict[str, object]]:
    """Return what a step tells and which columns it sets, as the acts one by one would."""
    if verb is CaseVerb.ACCEPT:
        receiver, met = case.first_receiver_id, case.acknowledge_met or at
        named = {"assignee_id": over.by, "executor_id": over.by, "acknowledge_met": met}
        return {"assignee": over.by, "executor": over.by}, {
            **named, **({} if receiver else {"first_receiver_id": over.ender}),
        }  # fmt: skip
    if verb is CaseVerb.START:
        return {}, {
            "arrived_at": at, "on_site_met": case.on_site_met or at,
            "executor_id": case.executor_id or over.ender,
        }  # fmt: skip
    if verb is CaseVerb.RESUME:
        CasePause.objects.across_parts().filter(case=case, end=None).update(end=at)
        renew(case, at=at)
        return {}, {"waited_for": "", **clock_columns(case)}
    if verb is CaseVerb.FINISH:
        return {"cause": over.cause}, {"cause": over.cause, "done_at": at, "resolve_met": at}
    outcome = ENDS[CaseVerb.REPORT_BACK].value
    return {"told_at": at.isoformat()}, {"report_back_met": at, "outcome": outcome}


def end_the_rest(*, at: datetime) -> int:
    """End the cases that faults left open which ended before; return how many faults had some."""
    return sum(_end_company(company, at) for company in company_ids())


@transaction.atomic
def _end_company(company_id: int, at: datetime) -> int:
    with company_scope(company_id):
        open_ = Case.objects.filter(bundle__ended_at__isnull=False, state__in=OPEN_STATES)
        ids = list(open_.order_by().values_list("bundle_id", flat=True).distinct()[:5])
        return sum(_go_on(row, at) for row in Bundle.objects.filter(id__in=ids).order_by("id"))


def _go_on(row: Bundle, at: datetime) -> bool:
    """End some more cases as the entry of the end says; those opened again since are left alone."""
    entry = history.entries(_subject(row)).filter(verb="ended").order_by("seq").last()
    left = _open(row).filter(reopened=0, received_at__lte=row.ended_at)
    if entry is None or not left.exists():
        return False
    said = entry.payload
    over = Over(int(said["by"]), str(said["cause"]), str(said["words"]), entry.actor_id or 0)
    for case in left.select_related("project", "category").order_by("id")[:MOST]:
        _end_one(case, over, at)
    return True


@transaction.atomic
def leave(*, actor: Actor, edition: Edition, at: datetime) -> Case:
    """Take a case out of its fault: it goes on alone. Errors: NotFound, Forbidden, E-STALE, E-BUNDLE."""
    with company_scope(actor.company_id):
        case = case_for(actor, edition.case_id, Verb.STEER_CASES)
        if case.bundle_id is None:
            raise Problem("E-BUNDLE", "case", "This case is in no bundle.", "本单不在同一故障中。")
        title = case.bundle.title if case.bundle is not None else ""
        said: Payload = {"bundle": case.bundle_id, "title": title}
        change(case, edition.version, bundle=None)
        tell(case, "unbundled", by=actor.account_id, at=at, payload=said)
        return case
