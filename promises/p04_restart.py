"""P04: a database server that goes away in the middle takes nothing with it that was acknowledged.

Owners and a clerk tell of things over HTTP while a PostgreSQL server of our own is restarted as an
administrator would, and killed whole as a machine would. Who is told “not saved” tries again with the
same key. Ten seconds after the server is back nobody may be told so any more. Control: a process that
says “kept” without the database must be found to lose. A file has no server: there it is not run.
"""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from promises import ground, intake
from promises.databases import as_application
from promises.p02_power import Postgres
from promises.registry import Outcome, Promise, full
from tests.gate.postgres import server_folder

GOAL = "0 lost, 0 doubled; no 5xx later than 10 s after the database is back"
WARM, GRACE, LOOKED = 4.0, 10.0, 16.0
ROUNDS, FULL_ROUNDS = 2, 20


@dataclass(frozen=True, slots=True)
class Place:
    """A folder that a server's own account may use, where a disk would stand."""

    folder: Path


@contextmanager
def server(data: Path) -> Iterator[Postgres]:
    """Run a server of our own and let everything that starts now use it."""
    with TemporaryDirectory(prefix="anju-restart-") as made:
        base = Path(made)
        base.chmod(0o711)
        place = base / "disk"
        place.mkdir()
        database = Postgres(Place(place), data)  # type: ignore[arg-type] # of a disk, its folder alone
        before = dict(os.environ)
        office = as_application(database.env["ANJU_DATABASE_OWNER"])
        os.environ.update(database.env | {"ANJU_DATABASE": office, "ANJU_TRUSTED_PROXY": "1"})
        try:
            yield database
        finally:
            os.environ.clear()
            os.environ.update(before)
            database.kill()


def planned(database: Postgres) -> None:
    """Stop as an administrator does: whoever is connected is sent away."""
    os.kill(database.running.pid, signal.SIGINT)
    database.running.wait(timeout=60)
    time.sleep(1.5)


def unplanned(database: Postgres) -> None:
    """Kill every process at once."""
    database.kill()
    time.sleep(1.5)


def _restarts(database: Postgres, rounds: int) -> list[float]:
    """Restart the server again and again; return when each time it was back."""
    back = []
    for number in range(rounds):
        time.sleep(WARM)
        (planned if number % 2 == 0 else unplanned)(database)
        database.start()
        back.append(time.time())
        ground.note(f"restart {number + 1}")
        time.sleep(LOOKED)
    return back


def _late(told: intake.Told, back: list[float]) -> int:
    """Count refusals that came later than they may after a restart, and before the next one."""
    calm = [(at + GRACE, at + LOOKED) for at in back]
    return sum(
        status >= 500 or status == 0
        for when, status in told.answers
        if any(low <= when < high for low, high in calm)
    )


def attempt(folder: Path) -> Outcome:
    """Restart under load, count, and try the mistake."""
    if os.geteuid() != 0 or server_folder() is None or not shutil.which("pgrep"):
        why = "a server of our own: needs root and PostgreSQL's programs here"
        return Outcome(kept=True, evidence="nothing was tried", goal=GOAL, not_run=(why,))
    with server(folder) as database:
        made = intake.asked("prepare")
        office = intake.Office(tuple(made["codes"]), str(made["session"]), int(made["company"]))  # type: ignore[arg-type,call-overload]
        rounds = FULL_ROUNDS if full() else ROUNDS
        with ground.served(processes=2) as address:
            told, back = intake.while_working(address, office, lambda: _restarts(database, rounds))
        found = intake.asked("count")
        there: dict[str, int] = found["there"]  # type: ignore[assignment]
        missing, twice = intake.lost(told.kept, there)
        control = _control(database, office)
    late, refused = _late(told, back), sum(status >= 500 for _, status in told.answers)
    silent = sum(status == 0 for _, status in told.answers)
    problems = [f"{missing} of {len(told.kept)} lost"] if missing else []
    problems += [f"{twice} doubled"] if twice else []
    problems += [f"{late} refused later than {GRACE:.0f} s after it was back"] if late else []
    problems += [f"answered {sorted(set(told.bad))}"] if told.bad else []
    problems += [f"not what their history says: {found['wrong']}"] if found["wrong"] else []
    problems += ["nobody was refused: nothing was tried"] if not refused + silent else []
    problems += ["control not caught: kept without a database"] if not control else []
    said = (
        f"{len(told.kept)} acknowledged through {len(back)} restarts, {refused} told to try again,"
        f" {silent} without a reply, {missing} lost, {twice} doubled, {late} refused late;"
        f" control: {control} lost"
    )
    evidence = f"{'; '.join(problems)} | {said}" if problems else said
    figures = {"acknowledged": len(told.kept), "restarts": len(back), "lost": missing}
    return Outcome(kept=not problems, evidence=evidence, goal=GOAL, figures=figures)


def _control(database: Postgres, office: intake.Office) -> int:
    """Return how many words a process loses that says “kept” whatever the database says."""
    with ground.served("promises.naive_intake") as address:
        told = intake.Told()
        intake.telling(address, office, told, time.time() + 2, hands=2, name="naive")
        planned(database)
        codes = enumerate(office.codes * 2)
        for number, code in codes:
            key = f"word-naive-away-{number:04d}"
            told.note(intake.tell(address, code, key, patience=20)[0], key)
        database.start()
    there: dict[str, int] = intake.asked("count")["there"]  # type: ignore[assignment]
    return intake.lost(told.kept, there)[0]


PROMISE = Promise("P04", "A database that restarts takes nothing acknowledged with it", attempt)
