"""P15: whatever is done to cases, each is what its history says, and every deadline follows from it.

Cases are led at random through the acts that people use, fifty steps each: the table's, and what
goes on beside it (observers, costs, objections, faults that many report, presses of a phone without
signal sent again later, a calendar put right). After every step the chain is whole (I2), the row is
the fold of its entries (I3), the owner was told each stage once (I4) and each promise is the one
that history and calendar make (I6); at the end each word is there once (I1), and nothing is seen
from another company (I5). Each of the six has controls: mistakes that must be noticed.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping
from pathlib import Path

from anju.casework.states import STEPS as TABLE
from anju.casework.states import CaseVerb, State
from anju.register.access import Role
from anju.voice.tests.straying import EVERY, Straying
from anju.voice.tests.walking import People, Walk, people, walked
from promises import ground
from promises.mistaken import DIFFERS, controls, lost, seen_by
from promises.registry import Outcome, Promise, full
from tests.cast import a_person, the_cast, zhao_of_the_other_company

STEPS = 50
WALKS = {False: 60, True: 2_000}
GOAL = (
    "0 of 2,000 random histories of 50 steps differ (60 without --full), every state and act seen"
)
# From where a case can be handed over, by the table.
HANDED = {state for state, verb in TABLE if verb is CaseVerb.HAND_OVER}


def _walks(staff: People, problems: list[str]) -> list[Walk]:
    """Walk, and stop at the third that differs."""
    done: list[Walk] = []
    for seed in range(WALKS[full()]):
        try:
            done.append(walked(staff, random.Random(f"walk {seed}"), STEPS, kind=Straying))
        except DIFFERS as differs:
            problems.append(f"walk {seed}: {differs}")
        if len(problems) > 2:
            break
        if seed % 200 == 199:
            ground.note(f"{seed + 1} walks")
    return done


def _unseen(walks: list[Walk]) -> list[str]:
    """Return what no walk came through: states, acts, states from which a case is handed over."""
    ways: Mapping[str, Collection[str]] = {
        "state": {*State} - {one for walk in walks for one in walk.states},
        "act": set(EVERY) - {one for walk in walks for one in walk.did},
        "handed over from": HANDED - {one for walk in walks for one in walk.handed},
    }
    return [f"never seen: {name} {', '.join(sorted(left))}" for name, left in ways.items() if left]


def attempt(_folder: Path) -> Outcome:
    """Walk, look from another company, then try the controls."""
    ground.migrate()
    cast = the_cast()
    staff = people(cast, a_person(cast.company, Role.WORKER, projects=[cast.project]))
    problems: list[str] = []
    walks = _walks(staff, problems)
    problems += _unseen(walks) + lost(walks)
    elsewhere = zhao_of_the_other_company()
    problems += seen_by(elsewhere, walks)
    tried = controls(staff, elsewhere, STEPS)
    missed = [name for name, caught in tried.items() if not caught]
    problems += [f"control not caught: {name}" for name in missed]
    acts, refused = sum(w.done for w in walks), sum(sum(w.refused.values()) for w in walks)
    told = (
        f"{len(walks):,} histories of {STEPS} steps: {acts:,} acts of {len(EVERY)} kinds done,"
        f" {refused:,} refused, all {len(State)} states, handed over from {len(HANDED)}, none"
        f" differs; {len(tried) - len(missed)} of {len(tried)} controls caught"
    )
    evidence = f"{'; '.join(problems)} | {told}" if problems else told
    figures = {"walks": len(walks), "acts": acts, "refused": refused, "controls": len(tried)}
    return Outcome(kept=not problems, evidence=evidence, goal=GOAL, figures=figures)


PROMISE = Promise("P15", "A case is what its history says, whatever is done to it", attempt)
