"""What a new company does first: the steps, which waits for which, and what counts as done. Pure.

The steps are data, so that a page, a test and the manual read the same list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """One thing to do, in the order in which it is shown."""

    PROJECT = "project"
    HOMES = "homes"
    OWNERS = "owners"
    PEOPLE = "people"
    DEFAULTS = "defaults"
    PHONES = "phones"
    TIMES = "times"
    POSTER = "poster"
    CASE = "case"
    CLOSED = "closed"
    VISITED = "visited"
    SURVEY = "survey"
    ANSWER = "answer"


class Stand(StrEnum):
    """How one step stands."""

    DONE = "done"
    READY = "ready"
    WAITS = "waits"


@dataclass(frozen=True, slots=True)
class Found:
    """What exists already, the sample project left out; `reached` says that phones can come in.

    `times` says that somebody accepted the categories and times of cases.
    """

    projects: int = 0
    units: int = 0
    residents: int = 0
    colleagues: int = 0
    defaults: bool = False
    reached: bool = False
    times: bool = False
    posters: int = 0
    cases: int = 0
    closed: int = 0
    visited: int = 0
    opened: int = 0
    answers: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One step with its state; `waits_for` names what has to be done before."""

    step: Step
    stand: Stand
    waits_for: tuple[Step, ...] = ()
    needed: bool = True


# What a step needs before it can begin at all; everything else may be done in any order.
AFTER: Mapping[Step, tuple[Step, ...]] = {
    Step.HOMES: (Step.PROJECT,),
    Step.OWNERS: (Step.PROJECT,),
    Step.POSTER: (Step.PROJECT,),
    Step.CASE: (Step.PROJECT,),
    Step.CLOSED: (Step.CASE,),
    Step.VISITED: (Step.CLOSED,),
    Step.SURVEY: (Step.PROJECT,),
    Step.ANSWER: (Step.SURVEY,),
}
# A company may measure without these: an office of one person, a survey without names, calls taken
# by the desk alone, a first case that the draw leaves out. Phones are needed: links, posters and
# the codes on paper all carry the address of the installation.
OPTIONAL = frozenset({Step.OWNERS, Step.PEOPLE, Step.POSTER, Step.VISITED})
DONE: Mapping[Step, Callable[[Found], bool]] = {
    Step.PROJECT: lambda found: found.projects > 0,
    Step.HOMES: lambda found: found.units > 0,
    Step.OWNERS: lambda found: found.residents > 0,
    Step.PEOPLE: lambda found: found.colleagues > 1,
    Step.DEFAULTS: lambda found: found.defaults,
    Step.PHONES: lambda found: found.reached,
    Step.TIMES: lambda found: found.times,
    Step.POSTER: lambda found: found.posters > 0,
    Step.CASE: lambda found: found.cases > 0,
    Step.CLOSED: lambda found: found.closed > 0,
    Step.VISITED: lambda found: found.visited > 0,
    Step.SURVEY: lambda found: found.opened > 0,
    Step.ANSWER: lambda found: found.answers > 0,
}


def lines(found: Found) -> tuple[Line, ...]:
    """Return every step with how it stands, in the order in which they are shown."""
    done = {step for step in Step if DONE[step](found)}
    return tuple(_line(step, done) for step in Step)


def _line(step: Step, done: set[Step]) -> Line:
    waits = tuple(before for before in AFTER.get(step, ()) if before not in done)
    needed = step not in OPTIONAL
    if step in done:
        return Line(step, Stand.DONE, needed=needed)
    return Line(step, Stand.WAITS if waits else Stand.READY, waits, needed=needed)


def next_step(shown: tuple[Line, ...]) -> Step | None:
    """Return the one step to point at: the first needed one that is ready, else any ready one."""
    ready = [line for line in shown if line.stand is Stand.READY]
    needed = [line for line in ready if line.needed]
    return next((line.step for line in [*needed, *ready]), None)


def finished(shown: tuple[Line, ...]) -> bool:
    """Say whether nothing that is needed is left."""
    return all(line.stand is Stand.DONE for line in shown if line.needed)
