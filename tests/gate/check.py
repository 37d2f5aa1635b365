"""`run.py check`: the static gate. Every check runs, and the last lines name those that failed.

Two checks at a time; each is a program of its own, so one that dies takes no other with it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ("anju", "tests", "promises", "benchmarks", "validation", "conftest.py", "run.py")
INDENT = ("--tabwidth", "2")
LINES = 40


@dataclass(frozen=True, slots=True)
class Check:
    """One question about the code, and the program that answers it by its exit status."""

    name: str
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a check said."""

    check: Check
    status: int
    words: str
    seconds: float


def templates() -> tuple[str, ...]:
    """Return every template of the product, none of what is vendored."""
    found = sorted((ROOT / "anju").glob("**/templates/**/*.html"))
    return tuple(str(path.relative_to(ROOT)) for path in found)


def tool(name: str) -> str:
    """Return the program beside this Python."""
    return str(Path(sys.executable).with_name(name))


def checks() -> tuple[Check, ...]:
    """Return every check of the gate, the slowest first."""
    django = (sys.executable, "-m", "tests.gate.django_checks")
    return (
        Check("types (mypy)", (sys.executable, "-m", "mypy")),
        Check("lint (ruff)", (tool("ruff"), "check", "--quiet", *CODE)),
        Check("contracts (import-linter)", (tool("lint-imports"), "--no-logo")),
        Check("migrations", (*django, "migrations")),
        Check("deployment", (*django, "deployment")),
        Check("messages", (sys.executable, "-m", "tests.gate.messages", "--check")),
        Check("format (ruff)", (tool("ruff"), "format", "--check", "--quiet", *CODE)),
        Check("templates (djade)", (tool("djade"), "--check", *templates())),
        Check("templates (djhtml)", (tool("djhtml"), "--check", *INDENT, *templates())),
        Check("generated papers", (sys.executable, "-m", "tests.gate.docs", "--check")),
    )


def ask(check: Check) -> Answer:
    """Run one check, away from the settings of any installation."""
    began = time.monotonic()
    env = {name: value for name, value in os.environ.items() if not name.startswith("ANJU_")}
    with tempfile.TemporaryDirectory(prefix="anju-check-") as data:
        env |= {"ANJU_DATA": data, "ANJU_SECRET_KEY": "only for checks, " + "x" * 50}
        done = subprocess.run(
            check.command, cwd=ROOT, env=env, capture_output=True, text=True, check=False
        )
    words = (done.stdout + done.stderr).strip()
    return Answer(check, done.returncode, words, time.monotonic() - began)


def shortened(lines: list[str], most: int | None) -> list[str]:
    """Return the beginning and the end: a linter says what matters first, a traceback last."""
    if most is None or len(lines) <= most:
        return lines
    left = f"… {len(lines) - most} lines more: run.py check --long …"
    return [*lines[: most // 2], left, *lines[-(most // 2) :]]


def main(arguments: Sequence[str]) -> int:
    """Ask every check (or those whose name holds a given word) and say which failed."""
    parser = argparse.ArgumentParser(prog="run.py check", description=__doc__)
    parser.add_argument("only", nargs="*", help="words of the checks to run; all without any")
    parser.add_argument("--long", action="store_true", help="every line of what failed")
    given = parser.parse_args(arguments)
    only, most = given.only, None if given.long else LINES
    chosen = [one for one in checks() if not only or any(word in one.name for word in only)]
    began = time.monotonic()
    with ThreadPoolExecutor(max_workers=2) as pool:
        answers = list(pool.map(ask, chosen))
    failed = [answer for answer in answers if answer.status]
    for answer in failed:
        print(f"\n── {answer.check.name}: status {answer.status}")
        print(*shortened(answer.words.splitlines(), most), sep="\n")
    print()
    for answer in answers:
        print(f"{'FAIL' if answer.status else 'ok  '} {answer.seconds:5.1f} s  {answer.check.name}")
    print(f"check: {len(failed)} of {len(answers)} failed, {time.monotonic() - began:.0f} s")
    return 1 if failed or not answers else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
