"""What histories of cases must not come to, and the mistakes by which that is tried: for P15.

Each mistake is made on purpose, in walks of its own; one that is not noticed breaks the promise.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.db import DatabaseError, connection, transaction

from anju.kernel import history, scope
from anju.kernel.guards import SQLITE_TRIGGERS
from anju.kernel.idempotency import Asked, Outcome
from anju.kernel.models import HistoryEntry
from anju.kernel.scope import company_scope
from anju.onsite.actions import onsite
from anju.register.access import Actor, NotFound, Verb
from anju.voice.access import case_for
from anju.voice.actions import clockwork, handling, paying, receiving, storing
from anju.voice.models import (
    Bundle,
    Case,
    CaseNote,
    CasePause,
    Dispute,
    Observer,
    ReturnVisit,
    Verdict,
    VisitAttempt,
)
from anju.voice.tests.straying import Straying
from anju.voice.tests.walking import People, Walk, altered, walked

DIFFERS = (AssertionError, KeyError, DatabaseError)  # what no act may end in
TRIES = 12  # walks in which a mistake must have been noticed at the latest
ASKED = 50  # cases that somebody of another company asks for by their ids
OF_CASES = (
    Case, CaseNote, CasePause, ReturnVisit, VisitAttempt, Verdict, Dispute, Observer, Bundle,
)  # fmt: skip


def lost(walks: Sequence[Walk]) -> list[str]:
    """Return which words are not there exactly once, at the case that was given for them (I1)."""
    if not walks:
        return ["no walk"]
    with walks[0].people.cast.inside():
        kept = Counter(Case.objects.values_list("words", flat=True))
        at = dict(Case.objects.values_list("id", "words"))
    wrong = [w.words for w in walks if kept[w.words] != 1 or at.get(w.case_id) != w.words]
    return [f"{len(wrong)} words are not there exactly once"] if wrong else []


def seen_by(other: Actor, walks: Sequence[Walk]) -> list[str]:
    """Return what somebody of another company sees of cases, in lists and by their ids (I5)."""
    with company_scope(other.company_id):
        rows = {one.__name__: one.objects.count() for one in OF_CASES}
        found = sum(_found(other, walk) for walk in walks[:ASKED])
    seen = [
        f"{many} rows of {name} seen from another company" for name, many in rows.items() if many
    ]
    return seen + ([f"{found} cases found by their ids"] if found else [])


def _found(other: Actor, walk: Walk) -> bool:
    try:
        case_for(other, walk.case_id, Verb.SEE_CASES)
    except NotFound:
        return False
    return True


def _forgetful(*_given: object, **_named: object) -> None:
    """Do nothing where something should be done."""


@contextmanager
def _unwritten() -> Iterator[None]:
    honest = storing.tell

    def tell(case: Case, verb: str, **given: Any) -> None:
        if verb != "start":
            honest(case, verb, **given)

    with patch.object(storing, "tell", tell):
        yield


def _twice(_asked: Asked, effect: Callable[[], str], **_at: object) -> Outcome:
    return Outcome(effect(), fresh=True)


MISTAKES: dict[str, Callable[[], Any]] = {
    "an act that forgets its entry": _unwritten,
    "a message that is not written": lambda: patch.object(handling, "tell_owner", _forgetful),
    "a pause that moves no deadline": lambda: patch.object(handling, "renew", _forgetful),
    "a calendar put right that moves no deadline": lambda: patch.object(
        clockwork, "recompute", _forgetful
    ),
    "a word sent twice that is kept twice": lambda: patch.object(receiving, "_already", _forgetful),
    "a press sent twice that is done twice": lambda: patch.object(onsite, "once", _twice),
}


def _noticed(staff: People, name: str, steps: int) -> bool:
    """Say whether walks with a mistake are found to differ; no case of another walk is met again."""
    with MISTAKES[name]():
        for seed in range(TRIES):
            try:
                walked(staff, random.Random(f"{name} {seed}"), steps, kind=Straying)
            except DIFFERS:
                return True
            except history.BrokenChain:
                return True
    return False


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _differs(walk: Walk) -> bool:
    with walk.people.cast.inside():
        try:
            return bool(walk.wrong())
        except DIFFERS:
            return True


def _rewritten(walk: Walk, **columns: object) -> bool:
    """Say whether the third entry of a history, changed by who may do all, is noticed."""
    with _undone():
        rows = history.entries(_subject(walk))
        rows.filter(seq=3).update(**columns)
        return _differs(walk)


def _subject(walk: Walk) -> history.Subject:
    return history.Subject(walk.people.cast.company.pk, "case", walk.case_id)


def _removed(walk: Walk, number: int) -> bool:
    with _undone():
        history.entries(_subject(walk)).filter(seq=number).delete()
        return _differs(walk)


def _swapped(walk: Walk) -> bool:
    with _undone():
        rows = history.entries(_subject(walk))
        for was, now in ((2, 900), (3, 2), (900, 3)):
            rows.filter(seq=was).update(seq=now)
        return _differs(walk)


def _refused(walk: Walk) -> bool:
    """Say whether the database itself refuses to change an entry."""
    try:
        with transaction.atomic():
            history.entries(_subject(walk)).filter(seq=3).update(verb="forged")
    except DatabaseError:
        return True
    return False


def _unguarded() -> None:
    """Take the guard off the history, as somebody can who owns the database."""
    table = "" if connection.vendor == "sqlite" else " ON kernel_historyentry"
    with connection.cursor() as cursor:
        for name in (*SQLITE_TRIGGERS, "kernel_history_guard"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{table}")


def _long(staff: People) -> Walk:
    """Return a walk whose last entry is of an act that changed its row."""
    walk = walked(staff, random.Random("a history to be tampered with"), 25, kind=Straying)
    cost = paying.Cost(31_337, None)
    paying.set_cost(actor=staff.cast.manager, edition=walk.edition, cost=cost, at=walk.at)
    return walk


def _tampered(staff: People) -> dict[str, bool]:
    walk = _long(staff)
    entry: HistoryEntry = history.entries(_subject(walk)).get(seq=3)
    last = history.entries(_subject(walk)).count()
    tried = {"an entry changed in a guarded database": _refused(walk)}
    _unguarded()
    return {
        **tried,
        "words of an entry changed": _rewritten(walk, said=entry.said.replace("{", "{ ", 1)),
        "the verb of an entry changed": _rewritten(walk, verb="noted"),
        "another name put to an entry": _rewritten(walk, actor_id=(entry.actor_id or 0) + 1),
        "an entry dated back": _rewritten(walk, at=entry.at.replace(year=2020)),
        "an entry taken out": _removed(walk, 3),
        "the last act taken out": _removed(walk, last),
        "two entries exchanged": _swapped(walk),
        "an honest history is whole": not _differs(walk),
    }


def _words_gone(walk: Walk) -> bool:
    with _undone():
        with walk.people.cast.inside():
            Case.objects.filter(id=walk.case_id).update(words="别的话")
        return bool(lost([walk]))


def _shown(walk: Walk, other: Actor) -> bool:
    """Say whether rows that are taken for another company's own are noticed."""
    mine = walk.people.cast.company.pk
    with patch.object(scope, "current_company", lambda: mine):
        return bool(seen_by(other, [walk]))


def controls(staff: People, other: Actor, steps: int) -> dict[str, bool]:
    """Make every mistake and return which were noticed."""
    found = {name: _noticed(staff, name, steps) for name in MISTAKES}
    walk = walked(staff, random.Random("a row changed by hand"), 2, kind=Straying)
    found["a word that is not there any more"] = _words_gone(walk)
    found["cases shown to another company"] = _shown(walk, other)
    found |= _tampered(staff)
    with _undone():
        found["a number changed by hand"] = bool(altered(walk, transfers=9))
    return found
