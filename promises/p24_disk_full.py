"""P24: on a full disk a word is refused as not saved, what is there can be read, and it mends itself.

The database lies on a small disk of its own, which is filled while owners and a clerk tell of things.
Then each further word must be answered “not saved” within two seconds, lists must open, and once there
is room again the same words go in with the same keys. Control: a process that says “kept” where
nothing was written must be found to lose. On PostgreSQL the tables lie on the small disk and the
journal on another, as its own makers advise. Needs root; else it is not run.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from promises import ground, intake, power
from promises.databases import as_application
from promises.p02_power import Postgres
from promises.registry import Outcome, Promise
from promises.visitors import Visitor

GOAL = "503 “not saved” within 2 s, lists open, 0 acknowledged lost, mends itself"
SMALL = {False: 48, True: 160}  # megabytes of the disk: for a file, for a server's tables
MOST = 3_000  # words told until one must have been refused
QUICK = 2.0
SAYS = "没有保存"


@contextmanager
def place(data: Path) -> Iterator[tuple[power.Disk, dict[str, str], Postgres | None]]:
    """Yield a small disk, and the settings by which the database lies on it."""
    on_server = os.environ.get("ANJU_DATABASE", "").startswith("postgres")
    with TemporaryDirectory(prefix="anju-full-") as made:
        base = Path(made)
        base.chmod(0o711)
        with patch.object(power, "MEGABYTES", SMALL[on_server]), power.disk(base, "disk") as disk:
            if not on_server:
                (disk.folder / "data").mkdir()
                yield disk, {"ANJU_DATA": str(disk.folder / "data")}, None
                return
            database = Postgres(disk, data)
            _journal_apart(database, base)
            office = as_application(database.env["ANJU_DATABASE_OWNER"])
            try:
                yield disk, database.env | {"ANJU_DATABASE": office}, database
            finally:
                database.kill()


def _journal_apart(database: Postgres, base: Path) -> None:
    """Put a stopped server's journal on the ordinary disk, and start it again."""
    database.running.terminate()
    database.running.wait(timeout=60)
    there, here = base / "journal", database.folder / "pg_wal"
    subprocess.run(["cp", "-a", str(here), str(there)], check=True)
    subprocess.run(["rm", "-r", str(here)], check=True)
    here.symlink_to(there)
    database.start()


def _fill(disk: power.Disk) -> Path:
    """Write until nothing more goes onto the disk."""
    ballast = disk.folder / "ballast"
    with ballast.open("wb", buffering=0) as out:
        for size in (1 << 20, 1 << 12, 1 << 9):
            try:
                while True:
                    out.write(b"\0" * size)
            except OSError:
                continue
    return ballast


class Trial:
    """What happened while the disk was full."""

    def __init__(self, address: str, office: intake.Office) -> None:
        self.address, self.office = address, office
        self.kept: list[str] = []
        self.problems: list[str] = []
        self.slowest = 0.0
        self.refused: list[str] = []

    def tell(self, key: str) -> int:
        """Tell one word and note how it was answered."""
        began = time.monotonic()
        code = self.office.codes[len(self.kept) % len(self.office.codes)]
        status, page = intake.tell(self.address, code, key)
        taken = time.monotonic() - began
        if status in intake.GOOD:
            self.kept.append(key)
        elif status == 503:
            self.slowest = max(self.slowest, taken)
            self.refused.append(key)
            if SAYS not in page and "not saved" not in page:
                self.problems.append("503 without “not saved”")
        else:
            self.problems.append(f"answered {status}")
        return status

    def until_refused(self, name: str) -> bool:
        """Tell until somebody is refused: what is free inside the files is used up first."""
        return any(self.tell(f"word-full-{name}-{number:05d}") == 503 for number in range(MOST))

    def reads(self) -> list[str]:
        """Return the lists that do not open."""
        visitor = Visitor(self.address, self.office.session)
        pages = ("/desk/cases/", "/desk/visits/", f"/o/r/{self.office.codes[0]}/")
        found = [(path, visitor.ask(path)[0]) for path in pages]
        return [f"{path} answered {status}" for path, status in found if status != 200]


def _full(trial: Trial, disk: power.Disk) -> None:
    """Fill the disk, tell, read, make room, and tell again what was refused."""
    for number in range(20):
        trial.tell(f"word-before-{number:05d}")
    if len(trial.kept) < 20:
        trial.problems.append("words were refused before the disk was full")
    ballast = _fill(disk)
    if not trial.until_refused("first"):
        trial.problems.append(f"{MOST} words were kept on a full disk: nothing was tried")
    clerk = intake.Clerk(trial.address, trial.office.session)
    if (told := clerk.take("word-at-the-desk-00001")) not in {503, *intake.GOOD}:
        trial.problems.append(f"the desk was answered {told}")
    for number in range(10):
        trial.tell(f"word-after-{number:05d}")
    trial.problems += trial.reads()
    ballast.unlink()
    again, trial.refused = trial.refused, []
    for key in again:
        trial.tell(key)
    if trial.refused:
        trial.problems.append(f"{len(trial.refused)} still refused after there was room")


def attempt(folder: Path) -> Outcome:
    """Fill the disk under both a good process and a bad one."""
    if reason := power.usable() or _unmounted(folder):
        why = (f"a small disk: {reason}",)
        return Outcome(kept=True, evidence="nothing was tried", goal=GOAL, not_run=why)
    with place(folder) as (disk, env, _database), patch.dict(os.environ, env):
        os.environ["ANJU_TRUSTED_PROXY"] = "1"
        return _tried(disk)


def _unmounted(folder: Path) -> str:
    """Return why no disk of our own can be mounted here; nothing where one can."""
    try:
        with power.disk(folder, "try"):
            return ""
    except OSError as refused:
        return str(refused)


def _tried(disk: power.Disk) -> Outcome:
    made = intake.asked("prepare")
    office = intake.Office(tuple(made["codes"]), str(made["session"]), int(made["company"]))  # type: ignore[arg-type,call-overload]
    with ground.served(processes=2) as address:
        trial = Trial(address, office)
        _full(trial, disk)
    found = intake.asked("count")
    missing, twice = intake.lost(trial.kept, found["there"])  # type: ignore[arg-type]
    control = _control(disk, office)
    problems = list(dict.fromkeys(trial.problems))
    problems += [f"{missing} of {len(trial.kept)} lost"] if missing else []
    problems += [f"{twice} doubled"] if twice else []
    problems += [f"refused after {trial.slowest:.1f} s"] if trial.slowest > QUICK else []
    problems += [f"not what their history says: {found['wrong']}"] if found["wrong"] else []
    problems += [] if control else ["control not caught: kept without room"]
    said = (
        f"{len(trial.kept)} acknowledged, {missing} lost, {twice} doubled; refused within"
        f" {trial.slowest:.2f} s as not saved, lists open, all of it taken once there was room;"
        f" control: {control} lost"
    )
    evidence = f"{'; '.join(problems)} | {said}" if problems else said
    figures = {"acknowledged": len(trial.kept), "slowest": trial.slowest, "control": control}
    return Outcome(kept=not problems, evidence=evidence, goal=GOAL, figures=figures)


def _control(disk: power.Disk, office: intake.Office) -> int:
    """Return how many words a process loses that says “kept” where nothing was written."""
    with ground.served("promises.naive_intake") as address:
        ballast = _fill(disk)
        trial = Trial(address, office)
        for number in range(MOST // 4):
            trial.tell(f"word-naive-{number:05d}")
        ballast.unlink()
    return intake.lost(trial.kept, intake.asked("count")["there"])[0]  # type: ignore[arg-type]


PROMISE = Promise("P24", "A full disk loses nothing, and says so", attempt)
