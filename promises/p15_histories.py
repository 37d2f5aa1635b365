"""P15: whatever is done to cases, each is what its history says, and every deadline follows from it.

Cases are led at random through the acts that people use, fifty steps each. After every step the
chain is whole, the row is the fold of its entries, each promise is the one that the history makes,
and the owner was told each stage once. Controls: an act that forgets its entry, a message that is
not written, a deadline that is not moved by a pause, and a number that somebody changed by hand.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.db import DatabaseError

from anju.casework.states import State
from anju.kernel.scope import company_scope
from anju.register.access import Role
from anju.voice.actions import handling, storing
from anju.voice.models import Case
from anju.voice.tests.walking import People, Walk, altered, people, walked
from promises import ground
from promises.registry import Outcome, Promise, full
from tests.cast import a_person, the_cast, zhao_of_the_other_company

STEPS = 50
WALKS = {False: 60, True: 2_000}
DIFFERS = (AssertionError, KeyError, DatabaseError)  # what no act may end in
TRIES = 12  # walks in which a control must have been noticed at the latest
GOAL = "0 of 2,000 random histories of 50 steps differ (60 without --full), every state seen"


def _forgetful(*_given: object, **_named: object) -> None:
    """Do nothing where something should be done."""


@contextmanager
def _unwritten() -> Iterator[None]:
    """Let entries of a work begun be forgotten."""
    honest = storing.tell

    def tell(case: Case, verb: str, **given: Any) -> None:
        if verb != "start":
            honest(case, verb, **given)

    with patch.object(storing, "tell", tell):
        yield


@contextmanager
def _untold() -> Iterator[None]:
    """Let messages to owners be lost while a case is taken."""
    with patch.object(handling, "tell_owner", _forgetful):
        yield


@contextmanager
def _unmoved() -> Iterator[None]:
    """Let a pause leave the deadlines where they were."""
    with patch.object(handling, "renew", _forgetful):
        yield


CONTROLS: dict[str, Callable[[], Any]] = {
    "an act that forgets its entry": _unwritten,
    "a message that is not written": _untold,
    "a pause that moves no deadline": _unmoved,
}


def _noticed(staff: People, broken: Callable[[], Any]) -> bool:
    """Say whether walks with a mistake are found to differ."""
    with broken():
        for seed in range(TRIES):
            try:
                walked(staff, random.Random(seed), STEPS)
            except DIFFERS:
                return True
    return False


def _by_hand(staff: People) -> bool:
    """Say whether a number that somebody changed in the row itself is found."""
    walk = walked(staff, random.Random(1), 2)
    return bool(altered(walk, transfers=9))


def _missed(staff: People) -> list[str]:
    missed = [name for name, broken in CONTROLS.items() if not _noticed(staff, broken)]
    return missed + ([] if _by_hand(staff) else ["a number changed by hand"])


def _walks(staff: People, problems: list[str]) -> list[Walk]:
    """Walk, and stop at the third that differs."""
    done: list[Walk] = []
    for seed in range(WALKS[full()]):
        try:
            done.append(walked(staff, random.Random(f"walk {seed}"), STEPS))
        except DIFFERS as differs:
            problems.append(f"walk {seed}: {differs}")
        if len(problems) > 2:
            break
        if seed % 200 == 199:
            ground.note(f"{seed + 1} walks")
    return done


def attempt(_folder: Path) -> Outcome:
    """Walk, look from another company, then try the controls."""
    ground.migrate()
    cast = the_cast()
    staff = people(cast, a_person(cast.company, Role.WORKER, projects=[cast.project]))
    problems: list[str] = []
    walks = _walks(staff, problems)
    seen = set().union(*(walk.states for walk in walks)) if walks else set()
    if unseen := set(State) - seen:
        problems.append(f"never seen: {', '.join(sorted(unseen))}")
    with company_scope(zhao_of_the_other_company().company_id):
        if foreign := Case.objects.count():
            problems.append(f"{foreign} cases seen from another company")
    missed = _missed(staff)
    problems += [f"control not caught: {name}" for name in missed]
    acts, refused = sum(w.done for w in walks), sum(sum(w.refused.values()) for w in walks)
    told = (
        f"{len(walks):,} histories of {STEPS} steps: {acts:,} acts done, {refused:,} refused,"
        f" {len(seen)} of {len(State)} states, none differs;"
        f" {4 - len(missed)} of 4 controls caught"
    )
    evidence = f"{'; '.join(problems)} | {told}" if problems else told
    figures = {"walks": len(walks), "acts": acts, "refused": refused}
    return Outcome(kept=not problems, evidence=evidence, goal=GOAL, figures=figures)


PROMISE = Promise("P15", "A case is what its history says, whatever is done to it", attempt)
