"""Makes the rows that lie at the demonstration's cases: words, pauses, visits, verdicts, history."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from anju.casework.fold import Entry, folded
from anju.casework.kinds import NoteFrom
from anju.demo.cases.lives import Life, NoteSeed, VerdictSeed, VisitSeed
from anju.kernel import history
from anju.kernel.models import HistoryEntry
from anju.kernel.scope import CompanyRow
from anju.survey.rules.questionnaire import Words
from anju.voice.models import Case, CaseNote, CasePause, ReturnVisit, Verdict, VisitAttempt

CHUNK = 2_000
Row = TypeVar("Row", bound=CompanyRow)
Pairs = Sequence[tuple[Case, Life]]
Say = Callable[[Words], str]
Seed = NoteSeed | VisitSeed | VerdictSeed


def store(pairs: Pairs, say: Say) -> None:
    """Make everything that lies at the cases; the history last, since it names the rest by ids."""
    _notes(pairs, say)
    _pauses(pairs, say)
    _visits(pairs)
    _verdicts(pairs, say)
    entries = [entry for case, life in pairs for entry in _chain(case, life)]
    HistoryEntry.objects.bulk_create(entries, batch_size=CHUNK)


def _kept(model: type[Row], seeds: Sequence[Seed], rows: Sequence[Row]) -> None:
    """Store rows and tell each seed the id of its own."""
    for seed, row in zip(seeds, model.objects.bulk_create(rows, batch_size=CHUNK), strict=True):
        seed.pk = int(row.pk)


def _notes(pairs: Pairs, say: Say) -> None:
    seeds = [one for _case, life in pairs for one in life.notes]
    rows = [
        CaseNote(
            company_id=case.company_id, case=case, by_id=one.by, at=one.at, words=say(one.words),
            said_by=(NoteFrom.STAFF if one.by else NoteFrom.OWNER).value, shown=one.shown.value,
        )
        for case, life in pairs for one in life.notes
    ]  # fmt: skip
    _kept(CaseNote, seeds, rows)


def _pauses(pairs: Pairs, say: Say) -> None:
    CasePause.objects.bulk_create(
        CasePause(
            company_id=case.company_id, case=case, waited_for=stood.reason, start=stood.start,
            end=stood.end, reason=say(_words_at(life, stood.start)),
        )
        for case, life in pairs for stood in folded(life.entries).pauses
    )  # fmt: skip


def _words_at(life: Life, at: datetime) -> Words:
    return next(one.words for one in life.notes if one.at == at)


def _visits(pairs: Pairs) -> None:
    seeds = [one for _case, life in pairs for one in life.visits]
    rows = [
        ReturnVisit(
            company_id=case.company_id, case=case, number=one.number, second=one.second,
            state=one.state.value, due_at=one.due, from_at=one.begins, ended_at=one.ended,
            version=1 + len(one.attempts),
        )
        for case, life in pairs for one in life.visits
    ]  # fmt: skip
    _kept(ReturnVisit, seeds, rows)
    VisitAttempt.objects.bulk_create(
        (
            VisitAttempt(
                company_id=case.company_id, visit_id=one.pk, at=at, by_id=by, mode=mode.value,
                reached=reached,
            )
            for case, life in pairs for one in life.visits for at, by, mode, reached in one.attempts
        ),
        batch_size=CHUNK,
    )  # fmt: skip


def _verdicts(pairs: Pairs, say: Say) -> None:
    seeds = [one for _case, life in pairs for one in life.verdicts]
    rows = [
        Verdict(
            company_id=case.company_id, case=case, visit_id=life.visits[one.visit].pk, at=one.at,
            by_id=one.by, mode=one.mode.value, solved=one.solved.value, score=one.score,
            reasons=list(one.reasons), words=say(one.words),
        )
        for case, life in pairs for one in life.verdicts
    ]  # fmt: skip
    _kept(Verdict, seeds, rows)


def _chain(case: Case, life: Life) -> Iterator[HistoryEntry]:
    """Return the entries of a case, each bound to the one before."""
    subject = history.Subject(case.company_id, "case", case.pk)
    previous = history.GENESIS
    for seq, entry in enumerate(life.entries, start=1):
        said = _as_kept(entry, life)
        made = history.digest(previous, subject, seq, entry.verb, said=said)
        yield HistoryEntry(
            company_id=case.company_id, actor_id=entry.by, kind="case", subject_id=case.pk, seq=seq,
            verb=entry.verb, at=entry.at, said=said, previous=previous, digest=made,
        )  # fmt: skip
        previous = made


def _as_kept(entry: Entry, life: Life) -> str:
    """Return what an entry says, with the ids of the rows that it names by their place."""
    payload = dict(entry.payload)
    seeds: Iterable[tuple[str, Sequence[Seed]]] = (("note", life.notes), ("verdict", life.verdicts))
    for name, rows in seeds:
        place = payload.get(name)
        if isinstance(place, int):
            payload[name] = rows[place].pk
    told = {"actor": entry.by, "at": entry.at.isoformat(), "payload": payload}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
