"""P12: every row of the catalogue that meets something built gets its exact answer, at a low price.

The rows themselves are tests, in tests/catalogue; here they are run, counted and priced.
Control: a test that expects another code must fail under the same run.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from promises.measuring import TARGET
from promises.registry import Outcome, Promise

ROOT = Path(__file__).resolve().parent.parent
# Rows that meet something built here; the others wait for their room.
ROWS = frozenset(
    [
        *range(1, 16),
        *range(17, 29),
        *range(30, 75),
        76,
        77,
        78,
        *range(80, 87),
        89,
        90,
    ]
)
SECONDS, MEGABYTES = 2.0, 300.0
GOAL = "every row exact, nothing half-written, ≤ 2 s and ≤ 300 MB an answer"
_ROW = re.compile(r"row[-_](\d+)(?:(?:_and_|_to_|_or_)(\d+))?")
CONTROL = """
from tests.catalogue.conftest import *
from tests.catalogue.desk import Refused, refused


def test_control(desk):
    wanted = Refused(422, "E-OTHER", "name", "", "")
    refused(desk, "/manage/projects/new/", {"name": "", "use_type": "residential"}, wanted)
"""


def run(folder: Path, *arguments: str) -> dict[str, Any]:
    """Run tests and return what the plug-in wrote; empty where the run itself broke."""
    result = folder / "catalogue.json"
    result.unlink(missing_ok=True)
    command = [
        sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:randomly", "-p",
        "promises.measuring", "-p", "no:cacheprovider", "--timeout=300", *arguments,
    ]  # fmt: skip
    env = {**os.environ, TARGET: str(result)}
    if owned := os.environ.get("ANJU_DATABASE_OWNER", ""):
        env["ANJU_TEST_DATABASE"] = owned
    subprocess.run(command, cwd=ROOT, env=env, check=False, stdout=subprocess.DEVNULL)
    told: dict[str, Any] = json.loads(result.read_text("utf-8")) if result.exists() else {}
    return told


def rows_of(name: str) -> set[int]:
    """Return the rows that a test's name speaks of."""
    return {int(number) for pair in _ROW.findall(name) for number in pair if number}


def control_is_caught(folder: Path) -> bool:
    """Say whether a wrong expectation fails."""
    place = folder / "test_control.py"
    place.write_text(CONTROL, encoding="utf-8")
    told = run(folder, "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT), str(place))
    return list(told.get("outcomes", {}).values()) == ["failed"]


def attempt(folder: Path) -> Outcome:
    """Run the catalogue, count its rows, and look at the most expensive answers."""
    told = run(folder, "tests/catalogue")
    outcomes: dict[str, str] = told.get("outcomes", {})
    failed = sorted(name for name, outcome in outcomes.items() if outcome != "passed")
    tried = set().union(*(rows_of(name) for name in outcomes)) if outcomes else set()
    uses = told.get("uses", [])
    slow = [use for use in uses if use["seconds"] > SECONDS]
    heavy = [use for use in uses if use["megabytes"] > MEGABYTES]
    longest = max((use["seconds"] for use in uses), default=0.0)
    largest = max([told.get("child_mb", 0.0), *(use["megabytes"] for use in uses)])
    problems = [f"failed: {name.rpartition('::')[2]}" for name in failed[:20]]
    problems += [f"no test for row {row}" for row in sorted(ROWS - tried)]
    problems += [f"{use['test'].rpartition('::')[2]} took {use['seconds']} s" for use in slow[:5]]
    problems += [f"{u['test'].rpartition('::')[2]} took {u['megabytes']} MB" for u in heavy[:5]]
    if Path("/proc/self/status").exists() and not told.get("child_mb"):
        problems.append("no child process was weighed")
    if told.get("child_mb", 0.0) > MEGABYTES:
        problems.append(f"a child process took {told['child_mb']:.0f} MB")
    if not control_is_caught(folder):
        problems.append("control not caught: another code was expected")
    evidence = (
        f"{len(tried & ROWS)} of {len(ROWS)} rows by {len(outcomes)} tests, {len(failed)} failed;"
        f" {len(uses)} answers, longest {longest:.2f} s of processor time, most memory"
        f" {largest:.0f} MB; control caught"
    )
    figures = {
        "rows": len(tried & ROWS), "tests": len(outcomes), "failed": len(failed),
        "longest_s": longest, "most_mb": round(largest),
    }  # fmt: skip
    evidence = f"{'; '.join(problems)} | {evidence}" if problems else evidence
    return Outcome(kept=not problems, evidence=evidence, goal=GOAL, figures=figures)


PROMISE = Promise("P12", "Bad input gets an exact answer and leaves nothing behind", attempt)
