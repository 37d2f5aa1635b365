"""What one answer costs: processor time and memory, its child processes among them. Judges nothing."""

from __future__ import annotations

import os
import threading
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
    return _figure(STATUS.read_text(encoding="ascii", errors="replace"), name)


def _figure(status: str, name: str) -> float:
    lines = status.splitlines()
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


class Children:
    """The memory that child processes reached, looked at while they live.

    What the system adds up for us at their end counts what they shared with this process before
    they became themselves, so it is never less than what a long test run takes.
    """

    def __init__(self) -> None:
        self.largest = 0.0
        self._end = threading.Event()
        self._mine = _told("self", "cmdline")
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while not self._end.wait(0.01):
            for pid in _told("self/task/*", "children").split():
                status, command = _told(pid, "status"), _told(pid, "cmdline")
                if command not in {"", self._mine}:
                    self.largest = max(self.largest, _figure(status, "VmHWM"))

    def stop(self) -> float:
        """End the watch and return the largest, in MB; 0 where the system does not tell."""
        self._end.set()
        return self.largest


def _told(process: str, what: str) -> str:
    """Return a text of /proc, of each thread where there is a star; nothing once it is gone."""
    said = []
    for path in Path("/proc").glob(f"{process}/{what}"):
        with suppress(OSError):
            said.append(path.read_text("utf-8", "replace"))
    return " ".join(said)
