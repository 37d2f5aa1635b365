"""What one answer costs: processor time and memory, its child processes among them. Judges nothing."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


@dataclass(frozen=True, slots=True)
class Use:
    """What one request or one job took. Units: seconds of processor time, MB beyond what was there."""

    test: str
    seconds: float
    megabytes: float


USES: list[Use] = []


def _memory(name: str) -> float:
    """Return a figure of this process in MB; 0 where the system does not tell."""
    if not STATUS.exists():
        return 0.0
    lines = STATUS.read_text(encoding="ascii", errors="replace").splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(name)), 0.0)


def _spent() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


@contextmanager
def metered() -> Iterator[None]:
    """Write down what the block takes."""
    with suppress(OSError):
        CLEAR.write_text("5", encoding="ascii")  # forget the highest mark so far
    before, began = _memory("VmRSS"), _spent()
    try:
        yield
    finally:
        test = os.environ.get("PYTEST_CURRENT_TEST", "").partition(" ")[0]
        grown = max(0.0, _memory("VmHWM") - before)
        USES.append(Use(test, round(_spent() - began, 3), round(grown, 1)))


def largest_child() -> float:
    """Return the memory of the largest child process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
