"""One measured figure, and the way it is printed."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, beside its goal and beside a limit measured in the same run.

    Units: `unit` is s or ms; `limit` is in the same unit, and `of` says what it is.
    """

    name: str
    value: float
    unit: str
    goal: float | None = None
    limit: float | None = None
    of: str = ""
    note: str = ""

    @property
    def line(self) -> str:
        goal = "" if self.goal is None else f"goal ≤ {self.goal:g} {self.unit}"
        met = "" if self.goal is None else ("met" if self.value <= self.goal else "MISSED")
        ratio = f"{self.value / self.limit:.1f} × {self.of}" if self.limit else ""
        measured = f"{self.value:9.2f} {self.unit:2}"
        return f"{self.name:44} {measured}  {goal:16} {met:7} {ratio:34} {self.note}".rstrip()


def cpu(work: Callable[[], object], rounds: int = 5) -> float:
    """Return the median of this process's own time for some work, in ms."""
    taken = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        taken.append(1000 * (time.process_time() - began))
    return statistics.median(taken)
