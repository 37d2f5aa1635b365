"""What every act on a case does: take the next version or refuse, write the history, tell people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import F, Max

from anju.casework.kinds import NOTE_MOST, NoteFrom, Shown
from anju.casework.states import CaseVerb, Demand, State, step
from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_body
from anju.register.models import Company
from anju.voice.models import Case, CaseNote
from anju.voice.promised import next_due, set_clocks

KIND = "case"
# The history of an old ledger that came in and was taken back; its numbers are not given again.
GONE = "case_ledger"
TERMS = frozenset({State.CLOSED.value, State.SETTLED.value})


@dataclass(frozen=True, slots=True)
class Edition:
    """Which case, as which version of it the person saw; None where the state alone decides."""

    case_id: int
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """The words that come with an act, and who may read them; a phone names them by `client_id`."""

    words: str
    shown: Shown = Shown.INSIDE
    client_id: str = ""
    client_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """One step: by whom, None for owner or clock, and when; what comes with it, and what it tells."""

    by: int | None
    at: datetime
    payload: Mapping[str, history.Plain] | None = None
    has: frozenset[Demand] = frozenset()


def subject(case: Case) -> history.Subject:
    """Return what a case is called in the history."""
    return history.Subject(case.company_id, KIND, case.pk)


def hold(case: Case) -> None:
    """Let everybody else who writes to the same case wait until this act has ended."""
    if connection.features.has_select_for_update:
        rows = Case.objects.across_parts().select_for_update(no_key=True)
        rows.values_list("id", flat=True).get(id=case.pk)


def tell(
    case: Case,
    verb: str,
    *,
    by: int | None,
    at: datetime,
    payload: Mapping[str, history.Plain] | None = None,
) -> None:
    """Write one entry of a case's history; who writes to the same case meanwhile waits."""
    hold(case)
    history.write(subject(case), verb, actor_id=by, at=at, payload=payload or {})


def change(case: Case, version: int | None, **columns: object) -> None:
    """Change a case that nobody changed since the person read it; the row given follows.

    Errors: E-STALE.
    """
    seen = case.version if version is None else version
    same = Case.objects.across_parts().filter(id=case.pk, version=seen, state=case.state)
    for name, value in columns.items():
        setattr(case, name, value)
    case.next_due_at = next_due(case)
    columns["next_due_at"] = case.next_due_at
    if not same.update(version=F("version") + 1, **columns):
        raise Problem(
            "E-STALE",
            "version",
            "Somebody else changed this case meanwhile. Nothing of yours was saved.",
            "本单刚被他人修改，您的内容尚未保存。",
        )
    case.version = seen + 1


def move(case: Case, verb: CaseVerb, version: int | None, act: Act, **columns: object) -> None:
    """Take a case one step by the table and write it down. Errors: E-STATE, E-CASE-DEMAND, E-STALE."""
    state = step(State(case.state), verb, act.has)
    change(case, version, **{"state": state.value, **_ends(state, act.at), **columns})
    tell(case, verb.value, by=act.by, at=act.at, payload=act.payload)


def _ends(state: State, at: datetime) -> dict[str, object]:
    if state is State.SETTLED:
        return {"settled_at": at, "rung_at": None}
    if state is State.CLOSED:
        return {"closed_at": at, "rung_at": None}
    return {}


def note(
    case: Case, said: Said, *, by: int | None, at: datetime, field: str = "words"
) -> CaseNote | None:
    """Keep words at a case, the owner's where nobody of the company is named; None without words.

    Errors: E-TEXT-*.
    """
    if not said.words.strip():
        return None
    row = CaseNote(
        company_id=case.company_id,
        case=case,
        by_id=by,
        said_by=(NoteFrom.OWNER if by is None else NoteFrom.STAFF).value,
        shown=said.shown.value,
        words=clean_body(said.words, field, NOTE_MOST),
        at=at,
        client_id=said.client_id,
        client_at=said.client_at,
    )
    row.save()
    return row


def reason(case: Case, words: str, *, by: int | None, at: datetime, shown: Shown) -> int:
    """Keep the reason of an act as a note and return its id; raises E-CASE-DEMAND by the table else."""
    row = note(case, Said(clean_body(words, "reason", NOTE_MOST), shown), by=by, at=at)
    return row.pk if row is not None else 0


def renew(case: Case, *, at: datetime) -> None:
    """Put the promises of a case as level, calendar and pauses make them now into its row."""
    for name, value in set_clocks(case, at=at).items():
        setattr(case, name, value)


def clock_columns(case: Case) -> dict[str, object]:
    """Return the promises of a case as they stand in its row, to be written."""
    names = [f"{one}_due" for one in ("acknowledge", "on_site", "resolve", "report_back")]
    return {name: getattr(case, name) for name in [*names, "rung_at"]}


def next_number(company_id: int) -> int:
    """Return the next number of a company's cases, never one that a case had; held until the end."""
    Company.objects.select_for_update(no_key=True).get(id=company_id)
    last = Case.objects.across_parts().aggregate(last=Max("number"))["last"]
    taken_back = history.of_company(company_id).filter(kind=GONE, verb="taken_back")
    gone = [int(entry.payload.get("last") or 0) for entry in taken_back]
    return max([int(last or 0), *gone]) + 1
