"""`run.py test`: everything that this machine can run, and a word about what it left out.

Two passes. SQLite: every test, Chromium's among them. PostgreSQL: every test that touches a
database, without Chromium's, because a page looks the same on both. `--strict` (what CI uses)
fails where PostgreSQL or Chromium is missing, before the first test.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time

from tests.gate import browser, postgres

NO_TESTS = 5  # pytest's own status
# A test's rows are never committed. Were the tables counted meanwhile, they would be found empty,
# and the planner would walk a thousand rows a thousand times for each row of a third table.
STEADY = "autovacuum=off"


def main(arguments: list[str]) -> int:
    """Run both passes and return the status of the worse one."""
    options, more = _options(arguments)
    left_out = _left_out()
    if options.strict and left_out:
        print(*(f"test: FAIL, {line}" for line in left_out), sep="\n", file=sys.stderr)
        return 2
    began = time.monotonic()
    chosen = [] if browser.chromium() else ["-m", "not chromium"]
    worst = run_pytest("SQLite", [*chosen, *more], database="")
    if postgres.server_folder() is not None:
        with postgres.private_cluster(STEADY) as address:
            only = ["-m", "not chromium", "--database-only", *more]
            second = run_pytest("PostgreSQL", only, database=address)
        nothing_asked = bool(more) and second == NO_TESTS
        worst = worst if nothing_asked else max(worst, second)
    print(f"test: {time.monotonic() - began:.0f} s in all")
    print(*(f"test: left out: {line}" for line in left_out), sep="\n", end="\n" * bool(left_out))
    print("test: FAILED" if worst else "test: passed on what was run")
    return worst


def _options(arguments: list[str]) -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(
        prog="run.py test", description=__doc__, epilog="Anything else goes to pytest as it is."
    )
    parser.add_argument("--strict", action="store_true", help="fail where anything is left out")
    return parser.parse_known_args(arguments)


def _left_out() -> list[str]:
    lines = []
    if postgres.server_folder() is None:
        lines.append(f"all tests on PostgreSQL. Install it: {postgres.INSTALL}")
    if browser.chromium() is None:
        lines.append(f"all tests in Chromium. Install it: {browser.INSTALL}")
    return lines


def run_pytest(name: str, arguments: list[str], *, database: str) -> int:
    """Run one pass with pytest's own closing line; a pass that finds no test has failed."""
    # Compiled modules are kept for the other worker, the second pass and each command that is tried.
    env = {**os.environ, "ANJU_TEST_DATABASE": database, "PYTHONDONTWRITEBYTECODE": ""}
    workers = [] if any(word.startswith("-n") for word in arguments) else ["-n", "2"]
    print(f"\ntest: {name}", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", *workers, *arguments]
    return subprocess.run(command, env=env, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
