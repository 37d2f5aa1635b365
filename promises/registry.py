"""What a promise is, and where promises are found. Tries nothing itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from promises.ground import begin

FULL = "PROMISES_FULL"  # set by the runner for `--full`


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a promise: kept or not, the evidence, the figure's goal, what was not run."""

    kept: bool
    evidence: str
    goal: str = ""
    figures: Mapping[str, float | str] = field(default_factory=dict)
    not_run: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise: a number that never changes, the sentence we give, and the attempt to break it.

    `attempt` gets an empty folder of its own and starts whatever it needs there.
    """

    number: str
    sentence: str
    attempt: Callable[[Path], Outcome]


def full() -> bool:
    """Say whether the long form is asked for; the short one fits into ten minutes for all."""
    return os.environ.get(FULL) == "1"


def modules() -> tuple[str, ...]:
    """Return the modules that hold a promise: `promises/pNN_words.py`, each with a PROMISE."""
    return tuple(path.stem for path in sorted(Path(__file__).parent.glob("p[0-9]*_*.py")))


def number_of(module: str) -> str:
    """Return the number that a module's name begins with."""
    return module.partition("_")[0].upper()


def load(module: str) -> Promise:
    """Return the promise of a module; a module without one is a mistake that stops the run."""
    begin()
    promise = import_module(f"promises.{module}").PROMISE
    if not isinstance(promise, Promise):
        raise TypeError(f"promises.{module}.PROMISE is not a Promise")
    if promise.number != number_of(module):
        raise TypeError(f"promises.{module} holds {promise.number}")
    return promise
