"""The history of a case as its page tells it: each entry with its people and its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from anju.casework.kinds import NoteFrom, Shown
from anju.kernel import history
from anju.register.access import Actor, Verb
from anju.register.queries import names_of
from anju.voice.access import case_for
from anju.voice.actions.storing import subject
from anju.voice.models import Case, CaseNote, Verdict

MOST = 300
# What an entry carries that names a colleague.
PEOPLE = ("assignee", "executor", "from", "observer")


@dataclass(frozen=True, slots=True)
class Said:
    """Words that came with an entry; `erased` where they were taken out with the person."""

    words: str
    inside: bool
    owner: bool
    erased: bool


@dataclass(frozen=True, slots=True)
class Told:
    """One entry: what was done, by whom (empty: the owner or the clock), when, with which words."""

    seq: int
    verb: str
    at: datetime
    who: str
    payload: dict[str, Any]
    names: dict[str, str]
    said: Said | None


def told_of(actor: Actor, case_id: int) -> tuple[Told, ...]:
    """Return the newest entries of a case's history, newest first; raises NotFound or Forbidden."""
    case: Case = case_for(actor, case_id, Verb.SEE_CASES)
    rows = list(history.entries(subject(case)).order_by("-seq")[:MOST])
    payloads = {row.seq: row.payload for row in rows}
    notes = {row.pk: _note(row) for row in CaseNote.objects.filter(case=case)}
    verdicts = {
        row.pk: Said(row.words, inside=False, owner=True, erased=False)
        for row in Verdict.objects.filter(case=case)
        if row.words
    }
    names = names_of(_ids(rows, payloads))
    found = []
    for row in rows:
        said = payloads[row.seq]
        words = notes.get(said.get("note") or 0) or (
            verdicts.get(said.get("verdict") or 0) if row.verb == "verdict" else None
        )
        named = {key: names.get(_id(said.get(key)), "") for key in PEOPLE if said.get(key)}
        told = said.get("told")
        if isinstance(told, list):
            named["told"] = ", ".join(names.get(_id(one), "?") for one in told)
        who = names.get(row.actor_id, "?") if row.actor_id is not None else ""
        found.append(Told(row.seq, row.verb, row.at, who, said, named, words))
    return tuple(found)


def _note(row: CaseNote) -> Said:
    return Said(
        row.words,
        inside=row.shown == Shown.INSIDE,
        owner=row.said_by == NoteFrom.OWNER,
        erased=not row.words,
    )


def _id(value: object) -> int:
    return int(value) if isinstance(value, int | str) and str(value).isdigit() else 0


def _ids(rows: list[history.HistoryEntry], payloads: dict[int, dict[str, Any]]) -> set[int]:
    found = {row.actor_id for row in rows if row.actor_id is not None}
    for said in payloads.values():
        found |= {_id(said.get(key)) for key in PEOPLE}
        told = said.get("told")
        found |= {_id(one) for one in told} if isinstance(told, list) else set()
    return found - {0}
