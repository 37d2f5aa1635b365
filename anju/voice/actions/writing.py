"""What is written at a case without a step: words, urging, observers, corrections, moved promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from anju.casework.kinds import NOTE_MOST, URGENT, CaseKind, Party, Severity, Shown
from anju.casework.promises import Promised
from anju.casework.states import OPEN
from anju.kernel.partial import filled
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_body
from anju.kernel.scope import company_scope
from anju.register.access import Actor, Verb
from anju.voice import letters
from anju.voice.access import case_for
from anju.voice.actions.handling import Payload
from anju.voice.actions.receiving import missing
from anju.voice.actions.storing import (
    Edition,
    Said,
    change,
    clock_columns,
    note,
    reason,
    renew,
    tell,
)
from anju.voice.actions.telling import tell_of_new, tell_staff
from anju.voice.models import Case, CaseNote, Category, Observer
from anju.voice.people import must_be_nameable
from anju.voice.promised import find_level

URGE_AGAIN = timedelta(days=1)


@transaction.atomic
def write(*, actor: Actor, edition: Edition, said: Said, at: datetime) -> CaseNote:
    """Write words at a case, for colleagues or for the owner as well; a phone's are kept once.

    Errors: NotFound, Forbidden, E-TEXT-*.
    """
    with company_scope(actor.company_id):
        case = case_for(actor, edition.case_id, Verb.TAKE_CASES)
        if (known := _sent_before(said)) is not None:
            return known
        clean_body(said.words, "words", NOTE_MOST)
        row = note(case, said, by=actor.account_id, at=at)
        assert row is not None
        payload: Payload = {"note": row.pk, "shown": row.shown}
        tell(case, "noted", by=actor.account_id, at=at, payload=payload)
        return row


def _sent_before(said: Said) -> CaseNote | None:
    """Return the note that a phone sent before under this name."""
    rows = CaseNote.objects.filter(filled("client_id"), client_id=said.client_id)
    found: CaseNote | None = rows.first() if said.client_id else None
    return found


@transaction.atomic
def write_by_owner(*, company_id: int, case_id: int, words: str, at: datetime) -> CaseNote:
    """Keep what an owner writes on her own page and tell who answers for the case; errors E-TEXT-*."""
    with company_scope(company_id):
        case = Case.objects.select_related("project", "category").get(id=case_id)
        clean_body(words, "words", NOTE_MOST)
        row = note(case, Said(words, Shown.ALL), by=None, at=at)
        assert row is not None
        tell(case, "noted", by=None, at=at, payload={"note": row.pk, "shown": row.shown})
        who = (case.assignee_id, case.first_receiver_id)
        tell_staff(case, letters.SAID, f"said.{row.pk}", who, at=at)
        return row


def may_urge(case: Case, at: datetime) -> bool:
    """Say whether an owner can urge now: a promise has passed since she last did, or a day has."""
    if case.state not in OPEN:
        return False
    passed = case.next_due_at is not None and case.next_due_at < at
    if case.urged_at is None:
        return True
    broken_since = passed and case.next_due_at is not None and case.urged_at < case.next_due_at
    return broken_since or at - case.urged_at >= URGE_AGAIN


@transaction.atomic
def urge(*, company_id: int, case_id: int, at: datetime) -> None:
    """Let an owner urge: once a day, and at once when a promise has passed. Errors: E-URGE."""
    with company_scope(company_id):
        case = Case.objects.select_related("project", "category").get(id=case_id)
        if not may_urge(case, at):
            raise Problem(
                "E-URGE", "urge",
                "We have your reminder. You can urge again in a day, or call us.",
                "已收到您的催办。一天后可再次催办，也可直接致电。",
            )  # fmt: skip
        change(case, None, urged_at=at)
        tell(case, "urged", by=None, at=at)
        who = (case.assignee_id, case.first_receiver_id)
        tell_staff(case, letters.SAID, f"urged.{at:%Y%m%d%H%M}", who, at=at)


@transaction.atomic
def observe(*, actor: Actor, edition: Edition, account_id: int, at: datetime) -> None:
    """Let a colleague be told how a case goes on. Errors: NotFound, Forbidden, E-REF, E-CASE-PERSON."""
    with company_scope(actor.company_id):
        case = case_for(actor, edition.case_id, Verb.STEER_CASES)
        must_be_nameable(account_id, case.project_id, "observer")
        _row, made = Observer.objects.get_or_create(
            company_id=case.company_id, case=case, account_id=account_id, defaults={"at": at}
        )
        if made:
            said: Payload = {"observer": account_id}
            tell(case, "observed", by=actor.account_id, at=at, payload=said)


@dataclass(frozen=True, slots=True)
class Sorted:
    """What a case is, as a person corrects it; None leaves a field as it is."""

    kind: CaseKind | None = None
    category_id: int | None = None
    severity: Severity | None = None
    party: Party | None = None


@transaction.atomic
def sort(*, actor: Actor, edition: Edition, as_: Sorted, at: datetime) -> Case:
    """Correct kind, category, severity or party; another promise may hold from then on.

    The promises first made stay as they are. Errors: NotFound, Forbidden, E-STATE, E-STALE, E-REF.
    """
    with company_scope(actor.company_id):
        case = case_for(actor, edition.case_id, Verb.STEER_CASES)
        refuse_over(case)
        was = _is(case)
        columns = _sorted(as_)
        for name, value in columns.items():
            setattr(case, name, value)
        urgent = case.severity in URGENT and was["severity"] not in URGENT
        case.level_id = columns["level_id"] = find_level(case).id
        renew(case, at=at)
        change(case, edition.version, **columns, **clock_columns(case))
        tell(case, "sorted", by=actor.account_id, at=at, payload=_changes(case, was))
        if urgent:
            tell_of_new(case, at=at, owner=False)
        return case


def _sorted(as_: Sorted) -> dict[str, object]:
    columns: dict[str, object] = {}
    if as_.kind is not None:
        columns["kind"] = as_.kind.value
    if as_.severity is not None:
        columns["severity"] = as_.severity.value
    if as_.party is not None:
        columns["party"] = as_.party.value
    if as_.category_id is not None:
        found = Category.objects.filter(id=as_.category_id, retired_at=None).first()
        if found is None:
            raise missing("category")
        columns["category"] = found
    return columns


def _is(case: Case) -> Payload:
    """Return what a case is taken for, as the history keeps it."""
    what: Payload = {"kind": case.kind, "category": case.category_id, "severity": case.severity}
    return {**what, "party": case.party}


def _changes(case: Case, was: Payload) -> Payload:
    now = _is(case)
    pairs = {f"{name}_was": was[name] for name in now if now[name] != was[name]}
    return {**{name: now[name] for name in now if now[name] != was[name]}, **pairs}


def refuse_over(case: Case) -> None:
    """Raise E-STATE for a case that is closed or settled."""
    if case.state not in {one.value for one in OPEN}:
        raise Problem(
            "E-STATE", "case",
            "This case is closed. Open it again first.", "本单已关闭，请先重开。",
        )  # fmt: skip


@transaction.atomic
def move_promise(
    *, actor: Actor, edition: Edition, promised: Promised, due: datetime, why: str, at: datetime
) -> Case:
    """Give a new time for a promise, with a reason; both the first and the new one are reported.

    Errors: NotFound, Forbidden, E-STATE, E-STALE, E-SLA-ORDER for a time that has passed, E-TEXT-*.
    """
    with company_scope(actor.company_id):
        case = case_for(actor, edition.case_id, Verb.STEER_CASES)
        refuse_over(case)
        if due <= at:
            raise Problem(
                "E-SLA-ORDER", "due", "The new time lies in the past. Give a later one.",
                "新期限已过，请填写之后的时间。",
            )  # fmt: skip
        kept = reason(case, why, by=actor.account_id, at=at, shown=Shown.ALL)
        was = getattr(case, f"{promised.value}_due")
        case.by_hand = {**case.by_hand, promised.value: due.isoformat()}
        renew(case, at=at)
        change(case, edition.version, by_hand=case.by_hand, **clock_columns(case))
        said: Payload = {
            "promise": promised.value, "due": due.isoformat(),
            "due_was": was.isoformat() if was else "", "note": kept,
        }  # fmt: skip
        tell(case, "promise_moved", by=actor.account_id, at=at, payload=said)
        return case
