"""Do arrays, DuckDB, Spark and chDB give the same tables to 1e-9; in an environment made for it.

Outside the tests: the extras are some 700 MB and Spark needs Java. An engine that cannot be had is a
row in words that fails, never one that is left out.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import run
from anju.stats.columns.engines import Engine

CLOSE, FEWEST = 1e-9, 3


@dataclass(frozen=True, slots=True)
class Row:
    """How far an engine lies from the rows at most, or why that is not known."""

    name: str
    far: float | None
    why: str = ""

    @property
    def good(self) -> bool:
        return self.far is not None and self.far <= CLOSE

    @property
    def line(self) -> str:
        said = self.why if self.far is None else f"largest relative distance {self.far:.2e}, limit {CLOSE:g}"  # fmt: skip
        return f"{self.name:32} {'good' if self.good else 'NOT GOOD':9} {said}"


def measure(samples: int) -> Iterator[Row]:
    """Yield a row for each engine and kind of design; a hundredth of `samples` designs are tried."""
    python = _python()
    for engine in Engine:
        command = [python, "-m", "validation.engines_tables", str(max(samples // 100, FEWEST)), engine]  # fmt: skip
        done = subprocess.run(
            command, env=run.surroundings(), cwd=Path(run.__file__).parent,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        if done.returncode or not lines:
            yield Row(engine, None, (done.stderr.splitlines() or ["it did not run"])[-1])
        for said in lines:
            yield read(engine, said)


def read(engine: str, said: dict[str, object]) -> Row:
    """Return what an engine's own process said as a row."""
    if "why" in said:
        return Row(engine, None, str(said["why"]))
    return Row(f"{engine}: {said['design']}, {said['designs']} designs", float(str(said["far"])))


def _python() -> str:
    """Return the Python of ANJU_ENGINES_PYTHON, or of an environment made from the engines' lock."""
    named = os.environ.get("ANJU_ENGINES_PYTHON")
    return named or run.environment("engines", run.surroundings(), sources=True)
