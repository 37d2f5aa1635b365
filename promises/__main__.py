"""`run.py promises`: try to break each promise, in a process, folder and database of its own.

Prints PASS, FAIL or NOT RUN with the evidence and keeps the same as data under `.anju/promises`.
A promise that dies, hangs or finds nothing to try has failed; one that this machine cannot try
in every part is NOT RUN, never PASS.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from promises import databases, registry
from promises.registry import Outcome

PATIENCE = {False: 900, True: 12 * 3600}  # seconds for one promise: short form, `--full`
RESULTS = Path(__file__).resolve().parent.parent / ".anju" / "promises"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the result."""

    number: str
    sentence: str
    outcome: Outcome
    seconds: float

    @property
    def word(self) -> str:
        if not self.outcome.kept:
            return "FAIL"
        return "NOT RUN" if self.outcome.not_run else "PASS"

    def plain(self) -> dict[str, object]:
        told = {"number": self.number, "sentence": self.sentence, "word": self.word}
        return {**told, **asdict(self.outcome), "seconds": self.seconds}


def attempt(module: str, folder: Path, *, full: bool) -> Outcome:
    """Try one promise in a child, so that whatever it kills is not us."""
    result = folder / "outcome.json"
    env = {name: value for name, value in os.environ.items() if not name.startswith("ANJU_")}
    env |= {"ANJU_DATA": str(folder / "data"), "ANJU_SECRET_KEY": "only for promises " + "x" * 40}
    env |= {"ANJU_LOG_LEVEL": "CRITICAL"}  # refusals by the thousand are what is wanted here
    env |= {registry.FULL: "1" if full else "0", "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "promises", "--child", module, str(folder)]
    with databases.private(env):
        status, said = run(command, env, patience=PATIENCE[full])
    last = (said.strip().splitlines() or ["no word"])[-1]
    if status is None:
        return Outcome(kept=False, evidence=f"no answer within {PATIENCE[full]} s; last: {last}")
    if not result.exists():
        return Outcome(kept=False, evidence=f"died with status {status}: {last}")
    told = json.loads(result.read_text(encoding="utf-8"))
    return Outcome(**{**told, "not_run": tuple(told["not_run"])})


def run(command: list[str], env: dict[str, str], *, patience: float) -> tuple[int | None, str]:
    """Run a promise in a group of its own and return status and errors; nothing of it stays."""
    with tempfile.TemporaryFile() as errors:
        started = subprocess.Popen(
            command, env=env, stdout=subprocess.DEVNULL, stderr=errors, start_new_session=True
        )
        try:
            status: int | None = started.wait(timeout=patience)
        except subprocess.TimeoutExpired:
            status = None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
        started.wait()
        errors.seek(0)
        return status, errors.read().decode("utf-8", "replace")


def child(module: str, folder: Path) -> int:
    """Try one promise here and write down what became of it."""
    (folder / "data").mkdir(exist_ok=True)
    outcome = registry.load(module).attempt(folder / "data")
    (folder / "outcome.json").write_text(json.dumps(asdict(outcome)), encoding="utf-8")
    return 0


def show(line: Line) -> None:
    """Print one promise: what was promised, the figure, the goal, and what was left out."""
    outcome = line.outcome
    print(f"{line.word:7} {line.number:4} {line.sentence}")
    goal = f"   goal: {outcome.goal}" if outcome.goal else ""
    print(f"             {outcome.evidence}{goal} ({line.seconds} s)")
    for left_out in outcome.not_run:
        print(f"             not run: {left_out}")
    sys.stdout.flush()


def keep(lines: Sequence[Line], more: Path | None) -> None:
    """Write the results as data, each promise under its number."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    for line in lines:
        words = json.dumps(line.plain(), ensure_ascii=False, indent=1)
        (RESULTS / f"{line.number}.json").write_text(words, encoding="utf-8")
    if more:
        words = json.dumps([line.plain() for line in lines], ensure_ascii=False, indent=1)
        more.write_text(words, encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Try every promise, or those named by number, and return 1 if one was not kept."""
    parser = argparse.ArgumentParser(prog="run.py promises", description=__doc__)
    parser.add_argument("numbers", nargs="*", help="P10 P11 …; all without any")
    parser.add_argument("--json", type=Path, help="write the result as data to this file as well")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="all within ten minutes (the default)")
    size.add_argument("--full", action="store_true", help="many more tries, for a night")
    parser.add_argument("--strict", action="store_true", help="what was not run counts as failed")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.child:
        return child(given.child[0], Path(given.child[1]))
    lines = []
    for module in registry.modules():
        if given.numbers and registry.number_of(module) not in given.numbers:
            continue  # not even read: it may take seconds
        promise = registry.load(module)
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="anju-promise-") as folder:
            outcome = attempt(module, Path(folder), full=given.full)
        line = Line(promise.number, promise.sentence, outcome, round(time.monotonic() - began, 1))
        show(line)
        lines.append(line)
    keep(lines, given.json)
    return closing(lines, strict=given.strict)


def closing(lines: Sequence[Line], *, strict: bool) -> int:
    """Print how many were kept and return the status; no promise tried is no success."""
    words = [line.word for line in lines]
    not_run = words.count("NOT RUN")
    tail = f", {not_run} not run in every part" if not_run else ""
    print(f"promises: {words.count('PASS')} of {len(words)} kept{tail}")
    return int(not words or "FAIL" in words or (strict and not_run > 0))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
