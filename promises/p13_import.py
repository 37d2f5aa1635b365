"""P13: an import of 100,000 rows is all or nothing, and the pages answer meanwhile.

So is an office's list of as many homes with their owners, and taking it back; so is an old ledger.

First the faults: 23 of them, found at their cells. Then a real worker is killed with `kill -9` at
ten points; after each, what anybody can see is counted. Control: a worker that shows rows at once.
"""

from __future__ import annotations

import itertools
import os
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from python_calamine import CalamineWorkbook

from anju.answers.rules.mapping import Mapping, from_json
from anju.kernel import tasks
from anju.kernel.files import path_of
from anju.kernel.models import Job, StoredFile
from anju.kernel.pure.clock import utc_now
from anju.register.access import Role
from anju.survey.actions.imports import sweep
from anju.survey.models import Wave
from anju.survey.rules.wave import Source
from promises import big_file, big_list, ground, old_ledger, visitors
from promises.registry import Outcome, Promise
from tests import cast as people

READING, CHECKING, STORING = "reading", "checking", "storing"
# Where the worker is killed: the step, and the share of the rows then written.
POINTS = (
    (READING, 0.0), (CHECKING, 0.0), (STORING, 0.02), (STORING, 0.15), (STORING, 0.3),
    (STORING, 0.45), (STORING, 0.6), (STORING, 0.75), (STORING, 0.9), (STORING, 0.98),
)  # fmt: skip
# The same for an old ledger: killed and finished, killed while it is kept, given up after three.
LEDGER_KILLS = (
    ((READING, 0.0), (STORING, 0.5)), ((STORING, 1.0),),
    ((CHECKING, 0.0), (STORING, 0.1), (STORING, 0.9)),
)  # fmt: skip
GROUPS = (3, 3, 2, 2)  # kills in a row; the third in a row gives the job up
CALM = 6.0  # seconds of visits without an import, to compare with
LATER = timedelta(minutes=2)
WRITER_P95, WRITER_MOST, PATIENCE = 0.3, 2.0, 240.0
Kills = Sequence[tuple[str, float]]
GOAL = "23 of 23 cells; 0 or 100,000 visible after each of 10 kills; writers p95 ≤ 0.3 s, max ≤ 2 s"


@dataclass
class Tally:
    """What was seen: after each kill, at the end of each group, and by the control."""

    seen: list[int] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    found: int = 0
    control: int = -1

    def expect(self, what: str, *, found: object, wanted: object) -> None:
        if found != wanted:
            self.wrong.append(f"{what}: {found}, not {wanted}")


def attempt(folder: Path) -> Outcome:
    """Find the faults, survive the kills, and catch the control."""
    ground.migrate()
    cast = people.the_cast()
    tally, session = Tally(), visitors.session_of(cast.account(Role.QUALITY))
    waves = Waves(cast, folder)
    _faults(waves, tally)
    ground.note("faults found")
    file = waves.file("clean.xlsx", faults=0)[0]
    with ground.served() as address:
        paths = [
            "/manage/surveys/",
            "/manage/projects/",
            "/manage/jobs/",
            "/manage/questionnaires/",
        ]
        with visitors.visiting(address, session, paths) as calm:
            time.sleep(CALM)
        with visitors.visiting(address, session, paths) as visits:
            points = iter(POINTS)
            for kills in GROUPS:
                _group(waves, file, list(itertools.islice(points, kills)), tally)
            _list(cast, tally)
            for number, killed in enumerate(LEDGER_KILLS):
                _ledger(cast, folder, killed, tally, name=f"台账{number}")
        with visitors.visiting(address, session, paths) as after:
            time.sleep(CALM)
    calm.writes += after.writes  # other work may have come to the machine meanwhile
    tally.control = _control(waves, file)
    return _outcome(tally, visits, calm)


class Waves:
    """Fresh open batches on the long form, and files for them."""

    def __init__(self, cast: people.Cast, folder: Path) -> None:
        self.cast, self.folder = cast, folder
        self.version = people.version_of(cast, "long")
        with cast.inside():
            self.items = big_file.chosen_items(self.version.pk)
        self.columns: Mapping | None = None

    def order(self, wave: Wave, path: Path) -> int:
        """Start an import; the columns that were proposed once are the same for every file."""
        job_id = big_file.order_import(self.cast, wave, path, self.columns)
        self.columns = from_json(str(big_file.job(job_id).argument["mapping"]))
        return job_id

    def new(self) -> Wave:
        return people.a_wave(
            self.cast, version_id=self.version.pk, source=Source.THIRD_PARTY, population=None
        )

    def file(self, name: str, *, faults: int) -> tuple[Path, list[big_file.Planted]]:
        path = self.folder / name
        return path, big_file.write(path, self.items, faults=faults)


def until(job_id: int, reached: Callable[[Job], bool]) -> None:
    """Wait until a job is so far, or has ended."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        job = big_file.job(job_id)
        if not job.open or reached(job):
            return
        # Storing is over in seconds; before it nothing is missed by looking less often.
        time.sleep(0.01 if job.step == STORING else 0.1)
    raise RuntimeError(f"job {job_id} did not get on within {PATIENCE:.0f} s")


def never(_job: Job) -> bool:
    return False


def _at(point: tuple[str, float]) -> Callable[[Job], bool]:
    order = [READING, CHECKING, STORING]

    def reached(job: Job) -> bool:
        if job.state != "running" or job.step not in order:
            return False
        passed = order.index(job.step) > order.index(point[0])
        share = job.done / job.total if job.total else 0.0
        return passed or (job.step == point[0] and share >= point[1])

    return reached


def _faults(waves: Waves, tally: Tally) -> None:
    """Import a file with planted faults; the job must name exactly those cells, in the file too."""
    path, planted = waves.file("faults.xlsx", faults=big_file.FAULTS)
    wave = waves.new()
    job_id = waves.order(wave, path)
    with ground.worker():
        until(job_id, never)
    job = big_file.job(job_id)
    told = [tuple(line.split("\t")[:3]) for line in (job.result or {}).get("examples", [])]
    wanted = [(str(fault.row), fault.column, fault.value) for fault in planted]
    tally.found = len(set(told) & set(wanted))
    tally.expect("faults named by the job", found=sorted(told), wanted=sorted(wanted))
    tally.expect("answers visible after faults", found=big_file.visible(wave), wanted=0)
    tally.expect("rows kept after faults", found=big_file.kept(wave), wanted=(0, 0))
    if job.result and "problem_file" in job.result:
        marked = _marked(int(job.result["problem_file"]))
        tally.expect(
            "rows marked in the file",
            found=sorted(marked),
            wanted=sorted({(fault.row, fault.column) for fault in planted}),
        )


def _marked(file_id: int) -> set[tuple[int, str]]:
    """Read the file given back: its rows with a problem, and the columns that the problem names."""
    stored = StoredFile.objects.get(id=file_id)
    book = CalamineWorkbook.from_path(str(path_of(stored.company_id, stored.sha256)))
    rows = book.get_sheet_by_index(0).to_python()
    heads = [str(head) for head in rows[0][:-1]]
    return {
        (number, head)
        for number, row in enumerate(rows[1:], start=2)
        if row[-1]
        for head in heads
        if f"{head}：" in str(row[-1])
    }


def _group(waves: Waves, file: Path, points: Sequence[tuple[str, float]], tally: Tally) -> None:
    """Kill one import a few times, then see how it ends: finished, or given up and cleared away."""
    wave = waves.new()
    job_id = waves.order(wave, file)
    for point in points:
        _kill(job_id, point, "anju.jobs")
        ground.note(f"killed at {point}")
        tally.seen.append(big_file.visible(wave))
        tasks.recover(at=utc_now() + LATER)
    given_up = len(points) >= tasks.MOST_ATTEMPTS
    if not given_up:
        with ground.worker():
            until(job_id, never)
    sweep(at=utc_now())
    ended = "failed" if given_up else "done"
    whole = 0 if given_up else big_file.ROWS
    tally.expect("how the import ended", found=big_file.job(job_id).state, wanted=ended)
    tally.expect("answers visible at the end", found=big_file.visible(wave), wanted=whole)
    wanted = (0, 0) if given_up else (big_file.ROWS, 1)
    tally.expect("rows and imports kept at the end", found=big_file.kept(wave), wanted=wanted)


def _list(cast: people.Cast, tally: Tally) -> None:
    """Take in an office's list of as many homes, killed half way, and take it back again."""
    found = big_list.ordered(cast)
    _kill(found.job_id, (STORING, 0.5), "anju.jobs")
    ground.note("killed while a list was stored")
    tally.expect("homes visible after a kill", found=found.seen(), wanted=(0, 0, 0))
    tasks.recover(at=utc_now() + LATER)
    with ground.worker():
        until(found.job_id, never)
        whole = (big_list.HOMES,) * 3
        tally.expect("homes visible at the end", found=found.seen(), wanted=whole)
        found.undo()
        tally.expect("homes visible after the undo", found=found.seen(), wanted=(0, 0, 0))
        end = time.monotonic() + PATIENCE
        while found.kept() and time.monotonic() < end:
            time.sleep(0.5)
    tally.expect("homes kept after the undo", found=found.kept(), wanted=0)


def _ledger(cast: people.Cast, folder: Path, points: Kills, tally: Tally, *, name: str) -> None:
    """Take in an old ledger, killed at some points; all of its cases are seen or none, and once."""
    path = folder / "ledger.xlsx"
    if not path.exists():
        old_ledger.write(path)
    found = old_ledger.ordered(cast, path, name)
    none, whole = (0, 0), (old_ledger.ROWS,) * 2
    for point in points:
        _kill(found.job_id, point, "anju.jobs")
        seen = found.seen()
        ground.note(f"a ledger was killed at {point}: {seen[0]} cases")
        if seen not in (none, whole):
            tally.wrong.append(f"cases of a ledger visible after a kill: {seen}")
        tasks.recover(at=utc_now() + LATER)
    given_up = len(points) >= tasks.MOST_ATTEMPTS
    if not given_up:
        with ground.worker():
            until(found.job_id, never)
    wanted = none if given_up else whole
    tally.expect("cases of a ledger at the end", found=found.seen(), wanted=wanted)
    if not given_up:
        found.undo()
        tally.expect("cases of a ledger after the undo", found=found.seen(), wanted=none)


def _kill(job_id: int, point: tuple[str, float], module: str) -> None:
    with ground.worker(module) as process:
        until(job_id, _at(point))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()


def _control(waves: Waves, file: Path) -> int:
    """Do the same to a worker that shows rows at once; return what was visible after the kill."""
    wave = waves.new()
    job_id = waves.order(wave, file)
    _kill(job_id, (STORING, 0.3), "promises.naive_worker")
    return big_file.visible(wave)


def all_or_nothing(seen: int) -> bool:
    """Say whether what is visible is nothing or everything; the promise and its control ask this."""
    return seen in (0, big_file.ROWS)


def _outcome(tally: Tally, visits: visitors.Visits, calm: visitors.Visits) -> Outcome:
    before, before_most = ground.percentile(calm.writes, 0.95), max(calm.writes, default=0.0)
    p95, most = ground.percentile(visits.writes, 0.95), max(visits.writes, default=0.0)
    looked, longest = ground.percentile(visits.looks, 0.95), max(visits.looks, default=0.0)
    partial = [seen for seen in tally.seen if not all_or_nothing(seen)]
    problems = [*tally.wrong, *visits.bad[:5]]
    problems += [f"{seen} visible after a kill" for seen in partial]
    if len(tally.seen) != len(POINTS) or not visits.writes or not visits.looks:
        problems.append("not every point was tried")
    if all_or_nothing(tally.control):
        problems.append(f"the control was not caught ({tally.control} visible)")
    late = p95 > WRITER_P95 or most > WRITER_MOST
    # A machine on which people wait without any import cannot say what the import costs them.
    busy = before > WRITER_P95 / 2 or before_most > WRITER_MOST / 2
    if late and not busy:
        problems.append("writers waited too long")
    not_run = (
        ("the machine is busy with other work: how long writers wait",) if late and busy else ()
    )
    told = (
        f"{tally.found} of {big_file.FAULTS} faults at their cells; visible after {len(tally.seen)}"
        f" kills: {sorted(set(tally.seen))}; control caught at {tally.control}; writers p95"
        f" {p95:.2f} s, max {most:.2f} s (n {len(visits.writes)}; without an import {before:.2f} and"
        f" {before_most:.2f} s); pages p95 {looked:.2f} s, max"
        f" {longest:.2f} s (n {len(visits.looks)})"
    )
    figures = {
        "faults_found": tally.found, "partial": len(partial), "control_visible": tally.control,
        "writers_p95_s": round(p95, 3), "writers_max_s": round(most, 3),
        "calm_writers_p95_s": round(before, 3), "pages_p95_s": round(looked, 3), "pages_max_s": round(longest, 3),
    }  # fmt: skip
    evidence = f"{'; '.join(problems)} | {told}" if problems else told
    return Outcome(not problems, evidence, GOAL, figures, not_run)


PROMISE = Promise("P13", "A big import is all or nothing, and people work meanwhile", attempt)
