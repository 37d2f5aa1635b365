"""P21: a limit is one limit, however many processes serve.

Four processes take from one bucket at once for some seconds; what they were granted together must
not exceed what the limit allows in that time by more than 5 %. Control: the same processes with a
count of their own, as a cache in each process would keep it, must be granted more.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from promises import ground
from promises.registry import Outcome, Promise, full

PROCESSES, BURST, A_MINUTE = 4, 40, 600.0
LOOSE = 1.05
GOAL = f"granted to {PROCESSES} processes together ≤ what one limit allows × {LOOSE}"
START = 6.0  # seconds until all processes have loaded what they need


@dataclass(frozen=True, slots=True)
class Granted:
    """What all processes together were granted, and what one limit allows in that time."""

    tried: int
    granted: int
    allowed: float

    @property
    def over(self) -> bool:
        return self.granted > self.allowed * LOOSE


def taken(mode: str, seconds: float) -> Granted:
    """Let the processes take at once and add up what they were granted."""
    begins = time.time() + START
    given = [mode, str(BURST), str(A_MINUTE), f"{begins:.3f}", str(seconds)]
    command = [sys.executable, "-m", "promises.taker", *given]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(PROCESSES)
    ]
    said = [json.loads(process.communicate(timeout=120)[0]) for process in running]
    instants = sorted(at for one in said for at in one["granted"])
    lasted = instants[-1] - instants[0] if instants else 0.0
    allowed = BURST + lasted * A_MINUTE / 60
    return Granted(sum(one["tried"] for one in said), len(instants), allowed)


def attempt(_folder: Path) -> Outcome:
    """Take together, then each alone."""
    ground.migrate()
    seconds = 60.0 if full() else 8.0
    shared, alone = taken("shared", seconds), taken("alone", seconds)
    problems = []
    if shared.over:
        problems.append(f"{shared.granted} granted, {shared.allowed:.0f} allowed")
    if shared.granted < BURST:
        problems.append(f"only {shared.granted} granted: the limit itself was not reached")
    if not alone.over:
        problems.append(f"control not caught: {alone.granted} granted, {alone.allowed:.0f} allowed")
    told = (
        f"{shared.granted} granted of {shared.tried} tried by {PROCESSES} processes,"
        f" {shared.allowed:.1f} allowed; control: {alone.granted} granted"
    )
    figures = {"granted": shared.granted, "allowed": round(shared.allowed, 1)}
    evidence = f"{'; '.join(problems)} | {told}" if problems else told
    return Outcome(kept=not problems, evidence=evidence, goal=GOAL, figures=figures)


PROMISE = Promise("P21", "A limit is one limit over all processes", attempt)
