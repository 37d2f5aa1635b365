"""What an office's own list costs: units with owners checked and taken in, and how long others wait.

Beside the import another process writes one row at a time, as a person's page would; the longest
that one of its writes took is what anybody had to wait.
"""

from __future__ import annotations

import json
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.figure import Figure
from benchmarks.pages import apart, done, total_time

MANY = (20_000, 100_000)
GOALS = {20_000: 3.0, 100_000: 15.0}
WAIT = 2.0


def measure() -> Iterator[Figure]:
    """Measure in a child, because settings are read once in a process."""
    return apart("benchmarks.roster")


def children() -> Iterator[Figure]:
    """Measure here; Django is ready."""
    from tests import cast  # noqa: PLC0415 (after Django's start)

    company = cast.the_cast()
    yield faults_named(company, MANY[0])
    for many in MANY:
        yield from taken_in(company, many)


def faults_named(company: object, many: int) -> Figure:
    """Send a list with faults at known cells; how many cells were missed or wrongly named."""
    from anju.kernel.models import Job  # noqa: PLC0415
    from promises import big_list  # noqa: PLC0415
    from tests import cast  # noqa: PLC0415

    assert isinstance(company, cast.Cast)
    planted = big_list.faults_of(many)
    found = big_list.ordered(company, many, faults=planted)
    began = total_time()
    done(found.job_id)
    spent = total_time() - began
    told = (Job.objects.get(id=found.job_id).result or {}).get("examples", [])
    cells = {(sheet, int(row), head) for sheet, row, head, *_ in (t.split("\t") for t in told)}
    name = f"list of {many:,} with {len(planted)} faults, cells missed"
    missed = len(cells ^ set(planted)) + sum(found.seen())
    return Figure(name, missed, "", 0, note=f"{spent:.1f} s")


def taken_in(company: object, many: int) -> Iterator[Figure]:
    """Take in so many units with an owner each; undo it again."""
    from anju.kernel.models import Job  # noqa: PLC0415
    from promises import big_list  # noqa: PLC0415
    from tests import cast  # noqa: PLC0415

    assert isinstance(company, cast.Cast)
    found = big_list.ordered(company, many)
    with others_writing() as waited:
        began, clock = total_time(), time.monotonic()
        done(found.job_id)
        spent, clock = total_time() - began, time.monotonic() - clock
    result = Job.objects.get(id=found.job_id).result or {}
    if (result.get("units"), result.get("ties")) != (many, many):
        raise SystemExit(f"bench: the list was not taken in whole: {result}")
    name = f"list of {many:,} units with owners"
    yield Figure(
        f"{name}, taken in", spent, "s", GOALS[many], None, note=f"{clock:.1f} s by the clock"
    )
    yield Figure(
        f"{name}, longest wait of others",
        max(waited),
        "s",
        WAIT,
        statistics.median(waited),
        "their usual",
    )
    with others_writing() as waited:
        found.undo()
        cleared(found.project_id)
    yield Figure(f"{name}, rows left after undo", found.kept() + sum(found.seen()), "", 0)
    yield Figure(
        f"{name}, longest wait of others at undo",
        max(waited),
        "s",
        WAIT,
        statistics.median(waited),
        "their usual",
    )


def cleared(project_id: int) -> None:
    """Do the work that an undo leaves to a worker."""
    from anju.kernel.models import Job  # noqa: PLC0415

    for job in Job.objects.filter(state="waiting").order_by("id"):
        if job.argument.get("project") == project_id:
            done(job.pk)


@contextmanager
def others_writing() -> Iterator[list[float]]:
    """Let another process write meanwhile; afterwards the list holds the seconds of each write."""
    from django.conf import settings  # noqa: PLC0415

    waited: list[float] = []
    command = [sys.executable, "-m", "benchmarks.roster", settings.DATABASES["default"]["NAME"]]
    other = subprocess.Popen(
        [*map(str, command)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    other.stdout.readline()
    try:
        yield waited
    finally:
        told, _ = other.communicate("stop\n")
        waited += json.loads(told)


def write_on(database: str) -> None:
    """Write a row, again and again, until a line comes in; then print how long each write took."""
    import select  # noqa: PLC0415

    print("ready", flush=True)
    plain = sqlite3.connect(database, timeout=60, isolation_level=None)
    plain.execute("PRAGMA synchronous=FULL")
    waited = []
    while not select.select([sys.stdin], [], [], 0.02)[0]:
        began = time.monotonic()
        plain.execute("BEGIN IMMEDIATE")
        plain.execute("UPDATE register_company SET phone = ?", (f"{began:.6f}"[-20:],))
        plain.execute("COMMIT")
        waited.append(time.monotonic() - began)
    print(json.dumps(waited), flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        write_on(sys.argv[1])
    else:
        from benchmarks.pages import main

        main(children)
