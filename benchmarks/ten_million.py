"""Means of many answers in a process of its own: its time, its memory, and what reading the bytes takes."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import ibis

from anju.stats.columns.means import means
from anju.stats.columns.relation import totals
from benchmarks.owners import layout, opened


def _median(work: Callable[[], object], rounds: int) -> tuple[float, float]:
    own, clock = [], []
    for _ in range(rounds):
        began, here = time.process_time(), time.monotonic()
        work()
        own.append(time.process_time() - began)
        clock.append(time.monotonic() - here)
    return statistics.median(own), statistics.median(clock)


def _most() -> float:
    """Return the most megabytes that this program held; not what the one that started it held."""
    told = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return float(told["VmHWM"].split()[0]) / 1e3


def main(folder: Path, rounds: int) -> None:
    """Print one line of JSON: seconds, megabytes at the most, bytes."""
    files = sorted(folder.glob("*.parquet"))
    table = opened(str(folder / "*.parquet"))
    own, clock = _median(lambda: means(totals(table, layout())), rounds)
    memory = _most()
    room = bytearray(max(file.stat().st_size for file in files))

    def scan() -> None:
        for file in files:
            with file.open("rb", buffering=0) as source:
                source.readinto(room)

    _, seconds = _median(scan, rounds)
    engine = ibis.duckdb.connect(threads=2)
    kept = engine.create_table("kept", engine.read_parquet(str(folder / "*.parquet")))
    _, stored = _median(lambda: means(totals(kept, layout())), rounds)
    told = {
        "own": own, "clock": clock, "memory": memory, "scan": seconds, "kept": stored,
        "bytes": sum(file.stat().st_size for file in files),
    }  # fmt: skip
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
