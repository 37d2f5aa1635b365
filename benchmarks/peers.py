"""How our work list stands beside a peer's, in the same run: django-helpdesk's list of tickets.

The peer lives in an environment of its own, made from a lock of its own when the bench asks for it;
neither product nor tests know it. Where it cannot be had, the row says so in words.
"""

from __future__ import annotations

import json
import math
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import run
from benchmarks.figure import Figure

NAME = "django-helpdesk"


def beside(ours: Mapping[int, float]) -> Iterator[Figure]:
    """Yield the peer's figures at the counts of ours (count → ms), and how both grew."""
    try:
        python = run.environment("peers", run.surroundings())
    except (SystemExit, OSError):
        yield _unknown("its environment could not be made")
        return
    theirs = looked(python, sorted(ours))
    if theirs is None:
        yield _unknown("it did not run")
        return
    for count, spent in theirs.items():
        note = f"its page and its rows; ours {ours[count]:.1f} ms"
        yield Figure(f"{NAME} {count:,}: list of tickets", spent, "ms", None, ours[count], "ours", note)  # fmt: skip
    few, many = min(ours), max(ours)
    grown, own = theirs[many] / theirs[few], ours[many] / ours[few]
    yield Figure(f"{NAME}: growth of its list", grown, "×", note=f"ours {own:.2f} ×, {few:,} to {many:,}")  # fmt: skip


def looked(python: str, counts: list[int]) -> dict[int, float] | None:
    """Return count → ms of the list as the peer's own Python measured it; None where it failed."""
    with tempfile.TemporaryDirectory(prefix="anju-bench-") as folder:
        command = [python, "-m", "benchmarks.helpdesk", folder, *map(str, counts)]
        done = subprocess.run(
            command,
            env=run.surroundings(),
            cwd=Path(run.__file__).parent,
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
    if done.returncode:
        return None
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("[")]
    return {int(count): spent for count, spent in lines}


def _unknown(why: str) -> Figure:
    return Figure(f"{NAME}: list of tickets", math.nan, "ms", note=f"not measured: {why}")
