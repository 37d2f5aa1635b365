"""A case as its owner's own page tells it: whose turn, what is promised, what was broken; reads alone.

The link is the right: an anonymous or restricted case is shown by it like any other, and to nobody
who has it not. After an erasure it leads nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

from django.db.models import Q

from anju.attachments.queries import AttachmentLine, Bytes, bytes_of, of_subjects
from anju.casework.kinds import CaseKind, NoteFrom, Photo, Severity, Shown, VisitState, WaitedFor
from anju.casework.promises import Promised
from anju.casework.states import OPEN, STAGES, Outcome, Stage, State, Turn
from anju.casework.turns import turn_of
from anju.casework.visits import Solved
from anju.kernel import history
from anju.kernel.partial import filled
from anju.kernel.scope import company_scope
from anju.register.access import NotFound, Role
from anju.register.models import Company
from anju.register.queries import names_of
from anju.voice.actions.storing import subject
from anju.voice.actions.writing import may_urge
from anju.voice.lines import people_of
from anju.voice.models import Case, CaseNote, ReturnVisit, Verdict
from anju.voice.names import place_of
from anju.voice.people import can_be_named
from anju.voice.tokens import company_in, hash_of

# What an owner reads of the history; hidden are turns among colleagues and what the clocks did.
TOLD = (
    "received", "accept", "schedule", "reschedule", "start", "wait", "resume", "finish",
    "report_back", "decline", "refer", "withdraw", "merge", "reopen", "verdict", "give_up",
    "urged", "promise_moved",
)  # fmt: skip
NOT_ASKED = frozenset({Outcome.DUPLICATE.value, Outcome.WITHDRAWN.value})
FILES = (Photo.OWNER, Photo.BEFORE, Photo.AFTER)


@dataclass(frozen=True, slots=True)
class Broken:
    """A promise that was not kept: which, until when it was made, and the new time if there is one."""

    promised: Promised
    was: datetime
    now: datetime | None


@dataclass(frozen=True, slots=True)
class Note:
    """Words between an owner and the office."""

    words: str
    owner: bool
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened, who answers for it from then on, and what she judged."""

    verb: str
    at: datetime
    who: str
    solved: Solved | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything that an owner's page of a case shows."""

    company_id: int
    case_id: int
    project_id: int
    company: str
    phone: str
    number: int
    place: str
    zh: str
    en: str
    kind: CaseKind
    severity: Severity
    words: str
    received_at: datetime
    state: State
    stage: Stage
    open: bool
    outcome: str
    turn: Turn
    person: str
    waited_for: WaitedFor | None
    promised: Promised | None
    due_at: datetime | None
    appointment_at: datetime | None
    broken: tuple[Broken, ...]
    manager: str
    urges: bool
    urged_at: datetime | None
    asks: bool
    solved: Solved | None
    judged_at: datetime | None
    reopened: int
    merged: bool
    answer: str
    notes: tuple[Note, ...]
    steps: tuple[Step, ...]
    files: tuple[AttachmentLine, ...]
    mine: frozenset[int]


def case_by(token: str) -> tuple[int, int] | None:
    """Return (company, case) of an owner's link; None where it leads nowhere."""
    company_id = company_in(token)
    if company_id is None:
        return None
    with company_scope(company_id):
        hashed = hash_of(token)
        rows = Case.objects.across_parts().filter(filled("token_hash"), token_hash=hashed)
        found = rows.values_list("id", "token_hash").first()
        if found is None or not compare_digest(found[1], hashed):
            return None
        return company_id, int(found[0])


def progress_of(token: str, *, at: datetime) -> Progress | None:
    """Return a case as its owner reads it; None where the link leads nowhere. Writes nothing."""
    found = case_by(token)
    if found is None:
        return None
    company_id, case_id = found
    with company_scope(company_id):
        named = ("project", "building", "unit", "category", "assignee", "executor")
        rows = Case.objects.across_parts().select_related(*named, "first_receiver")
        return _progress(rows.get(id=case_id), at)


def _progress(case: Case, at: datetime) -> Progress:
    company = Company.objects.get(id=case.company_id)
    state = State(case.state)
    turn, holder = turn_of(state, people_of(case))
    is_open = state in OPEN
    broken = _broken(case, at) if is_open else ()
    files = {kind: of_subjects(kind.value, [case.pk]).get(case.pk, ()) for kind in FILES}
    verdict = _verdict(case)
    notes = _notes(case)
    promised = _next(case, at) if is_open else None
    return Progress(
        company_id=case.company_id, case_id=case.pk, project_id=case.project_id,
        company=company.name, phone=company.phone, number=case.number, place=place_of(case),
        zh=case.category.zh if case.category else "", en=case.category.en if case.category else "",
        kind=CaseKind(case.kind), severity=Severity(case.severity), words=case.words,
        received_at=case.received_at, state=state, stage=STAGES[state], open=is_open,
        outcome=case.outcome, turn=turn,
        person=names_of({holder}).get(holder, "") if holder and not case.restricted else "",
        waited_for=WaitedFor(case.waited_for) if state is State.WAITING and case.waited_for else None,
        promised=promised, due_at=getattr(case, f"{promised.value}_due") if promised else None,
        appointment_at=case.appointment_at if state is State.SCHEDULED else None,
        broken=broken, manager=_manager(case) if broken else "",
        urges=may_urge(case, at), urged_at=case.urged_at, asks=asks(case, at),
        solved=Solved(verdict.solved) if verdict else None, judged_at=verdict.at if verdict else None,
        reopened=case.reopened, merged=case.merged_into_id is not None,
        answer="" if is_open else next((one.words for one in reversed(notes) if not one.owner), ""),
        notes=notes, steps=_steps(case),
        files=tuple(line for kind in FILES for line in files[kind]),
        mine=frozenset(line.id for line in files[Photo.OWNER]),
    )  # fmt: skip


def _next(case: Case, at: datetime) -> Promised | None:
    """Return the promise that an owner can still count on, the nearest first."""
    ahead = [
        (due, place, one)
        for place, one in enumerate(Promised)
        if getattr(case, f"{one.value}_met") is None
        and (due := getattr(case, f"{one.value}_due")) is not None
        and due >= at
    ]
    return min(ahead)[2] if ahead else None


def _broken(case: Case, at: datetime) -> tuple[Broken, ...]:
    """Return the promises of an open case that passed unmet: as first made, or as they stand."""
    found = []
    for one in Promised:
        if getattr(case, f"{one.value}_met") is not None:
            continue
        due = getattr(case, f"{one.value}_due")
        moved = case.by_hand.get(one.value) is not None
        was = getattr(case, f"{one.value}_first") if moved else due
        if was is not None and was < at:
            found.append(Broken(one, was, due if due is not None and due > at else None))
    return tuple(found)


def _manager(case: Case) -> str:
    """Return the name of whom an owner can hold to it: the project's manager."""
    named = can_be_named(case.project_id)
    return next((name for _id, name, role in named if role == Role.MANAGER), "")


def asks(case: Case, at: datetime) -> bool:
    """Say whether the owner is asked for her verdict now."""
    if case.state not in {State.CLOSED, State.SETTLED} or case.outcome in NOT_ASKED:
        return False
    due = ReturnVisit.objects.filter(case=case, state=VisitState.DUE.value, from_at__lte=at)
    given = Verdict.objects.filter(case=case, at__gte=case.closed_at or at)
    return due.exists() or not given.exists()


def _verdict(case: Case) -> Verdict | None:
    """Return the owner's last word on how a case ended; none since it was last opened."""
    if case.closed_at is None:
        return None
    rows = Verdict.objects.filter(case=case, at__gte=case.closed_at)
    found: Verdict | None = rows.order_by("-at", "-id").first()
    return found


def _notes(case: Case) -> tuple[Note, ...]:
    rows = CaseNote.objects.filter(case=case, shown=Shown.ALL.value).exclude(words="")
    named = list(rows.select_related("by").order_by("at", "id"))
    hidden = case.restricted
    told = [
        Note(
            row.words, row.said_by == NoteFrom.OWNER.value,
            row.by.name if row.by is not None and not hidden else "", row.at,
        )
        for row in named
    ]  # fmt: skip
    judged = Verdict.objects.filter(case=case, by=None).exclude(words="").order_by("at", "id")
    told += [Note(row.words, owner=True, who="", at=row.at) for row in judged]
    return tuple(sorted(told, key=lambda one: one.at))


def _steps(case: Case) -> tuple[Step, ...]:
    """Return what happened, newest first."""
    rows = history.entries(subject(case)).filter(Q(verb__in=TOLD)).order_by("-seq")[:60]
    entries = list(rows)
    ids = {who for one in entries if isinstance(who := one.payload.get("assignee"), int)}
    names = names_of(ids) if not case.restricted else {}
    return tuple(_step(one, names) for one in entries)


def _step(entry: history.HistoryEntry, names: Mapping[int, str]) -> Step:
    who, solved = entry.payload.get("assignee"), str(entry.payload.get("solved", ""))
    return Step(
        entry.verb, entry.at, names.get(who, "") if isinstance(who, int) else "",
        Solved(solved) if solved in set(Solved) else None,
    )  # fmt: skip


def file_of(token: str, attachment_id: int, size: str) -> Bytes:
    """Return where a file on an owner's page lies; raises NotFound."""
    found = case_by(token)
    if found is None:
        raise NotFound("case")
    company_id, case_id = found
    with company_scope(company_id):
        for kind in FILES:
            lines = of_subjects(kind.value, [case_id]).get(case_id, ())
            if any(line.id == attachment_id for line in lines):
                return bytes_of(kind.value, case_id, attachment_id, size)
    raise NotFound(f"attachment {attachment_id}")
