"""P02: what was acknowledged is there after the power was cut.

A disk of its own, a process that writes and names each thing once it is committed (projects, owners'
words by the code of the lobby, a worker's presses), and a cut in the middle: the disk is shut down
without its journal. Then all of it is there, and each case is what its history says. Control: the same with a database that does
not wait for the disk must lose something. Without root the settings alone are read back.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from anju.kernel.durability import read_settings
from promises import ground, power
from promises.registry import Outcome, Promise, full
from tests.gate.postgres import free_port, server_folder

GOAL = "0 acknowledged writes lost, database and histories whole after every cut"
WARM = 2.0  # seconds of writing before each cut, once everybody has begun
PATIENCE = 180.0
COMES_BACK = 60.0
WRITES = "pcw"  # projects, owners' words and a worker's presses, as promises/writer.py names them


@dataclass(frozen=True, slots=True)
class Cut:
    """What one cut did: what was acknowledged in it and is gone of all, by kind, and if it is whole."""

    said: Counter[str]
    gone: Counter[str]
    whole: bool

    @property
    def acknowledged(self) -> int:
        return self.said.total()

    @property
    def lost(self) -> int:
        return self.gone.total()


class Sqlite:
    """The database as a file on the disk."""

    def __init__(self, disk: power.Disk) -> None:
        self.env = {"ANJU_DATA": str(disk.folder / "data")}
        Path(self.env["ANJU_DATA"]).mkdir()

    def start(self) -> None:
        """A file needs nothing that runs."""

    def kill(self) -> None:
        """A file has nothing that runs."""


class Postgres:
    """A whole server whose data lie on the disk; it is killed with the power."""

    def __init__(self, disk: power.Disk, data: Path) -> None:
        self.folder, self.port = disk.folder / "cluster", free_port()
        self.programs, self.running = server_folder(), subprocess.Popen(["true"])
        shutil.chown(disk.folder, "postgres", "postgres")
        self._as_server("initdb", "-D", str(self.folder), "-U", "owner", "-A", "trust", "-N").wait()
        self.start()
        where = f"postgres://owner@127.0.0.1:{self.port}/postgres"
        with psycopg.connect(where, autocommit=True) as owner:
            owner.execute("CREATE ROLE anju LOGIN NOBYPASSRLS")
            owner.execute("CREATE ROLE anju_app LOGIN NOBYPASSRLS")
            owner.execute("CREATE DATABASE anju OWNER anju")
        address = f"postgres://anju@127.0.0.1:{self.port}/anju"
        self.env = {"ANJU_DATA": str(data), "ANJU_DATABASE": address, "ANJU_AS_OWNER": "1"}
        self.env["ANJU_DATABASE_OWNER"] = address

    def _as_server(self, program: str, *words: str) -> subprocess.Popen[bytes]:
        command = [str((self.programs or Path()) / program), *words]
        return subprocess.Popen(
            command, user="postgres", group="postgres", extra_groups=[], cwd="/",
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip

    def start(self) -> None:
        """Start the server and wait until it answers, its own recovery included."""
        words = ["-D", str(self.folder), "-p", str(self.port), "-k", str(self.folder)]
        self.running = self._as_server("postgres", *words, "-c", "listen_addresses=127.0.0.1")
        until = time.monotonic() + COMES_BACK
        while time.monotonic() < until:
            try:
                psycopg.connect(f"postgres://owner@127.0.0.1:{self.port}/postgres").close()
            except psycopg.OperationalError:
                time.sleep(0.2)
            else:
                return
        raise RuntimeError("the server does not come back")

    def kill(self) -> None:
        """Kill every process of the server at once."""
        found = subprocess.run(
            ["pgrep", "-P", str(self.running.pid)], capture_output=True, text=True, check=False
        )
        # It is stopped first, so that no new process escapes; without a disk it may be gone already.
        orders = [(self.running.pid, signal.SIGSTOP)]
        orders += [(int(pid), signal.SIGKILL) for pid in found.stdout.split()]
        for pid, order in (*orders, (self.running.pid, signal.SIGKILL)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, order)
        self.running.wait()


Database = Sqlite | Postgres


def _writer(env: Mapping[str, str], *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "promises.writer", *words]
    whole = {key: value for key, value in os.environ.items() if not key.startswith("ANJU_DATA")}
    whole |= dict(env)
    return subprocess.Popen(
        command, env=whole, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )


def _said(env: Mapping[str, str], *words: str) -> str:
    process = _writer(env, *words)
    said, _none = process.communicate(timeout=PATIENCE)
    if process.returncode:
        raise RuntimeError(f"writer {words[0]} ended with {process.returncode}")
    return said


def cut(disk: power.Disk, database: Database, who: str, known: set[str], mode: str) -> Cut:
    """Write, cut the power in the middle, come back and count; `known` grows by what was said."""
    writing = _writer(database.env, mode, who, str(len(known) * 1000 + 1))
    stream, first, until = writing.stdout, "", time.monotonic() + COMES_BACK
    # A page takes its time when it is asked first: the cut comes when everybody is at work.
    while stream and not (seen := {name[0] for name in first.split()}) >= set(WRITES):
        if seen and time.monotonic() > until:
            break  # who never wrote is told of by the figures
        if not (line := stream.readline()):
            raise RuntimeError("the writer never wrote")
        first += line
    time.sleep(WARM)
    disk.cut()
    writing.kill()
    database.kill()
    said = {line for line in (first + (stream.read() if stream else "")).split("\n")[:-1] if line}
    writing.wait()
    known |= said
    disk.restart()
    database.start()
    told = json.loads(_said(database.env, "read", who))
    kinds = Counter(name[0] for name in said)
    gone = Counter(name[0] for name in known - set(told["there"]))
    return Cut(kinds, gone, bool(told["whole"]))


@contextmanager
def _reachable() -> Iterator[Path]:
    """Yield a folder that the server's own account may pass through, unlike ours."""
    with TemporaryDirectory(prefix="anju-power-") as made:
        base = Path(made)
        base.chmod(0o711)
        yield base


@contextmanager
def _place(folder: Path, name: str) -> Iterator[tuple[power.Disk, Database]]:
    """Yield a fresh disk with a database of the kind that this run is about."""
    with _reachable() as base, power.disk(base, name) as disk:
        on_server = os.environ.get("ANJU_DATABASE", "").startswith("postgres")
        database: Database = Postgres(disk, folder) if on_server else Sqlite(disk)
        try:
            yield disk, database
        finally:
            database.kill()


def _cuts(folder: Path, mode: str, times: int) -> list[Cut]:
    """Cut the power some times over one database; the weak one until it has lost something."""
    with _place(folder, f"disk-{mode}-{secrets.token_hex(3)}") as (disk, database):
        who = _said(database.env, "prepare")
        subprocess.run(["sync"], check=False)
        known, made = set[str](), list[Cut]()
        for _ in range(times):
            made.append(cut(disk, database, who, known, mode))
            ground.note(f"{mode}: {made[-1]}")
            if mode == "weak" and (made[-1].lost or not made[-1].whole):
                break
        return made


def _static() -> list[str]:
    return [f"{s.name} is {s.found}, not {s.wanted}" for s in read_settings() if not s.right]


def _of_cases(kinds: Counter[str]) -> int:
    return kinds["c"] + kinds["w"]


def attempt(folder: Path) -> Outcome:
    """Cut the power where that can be done; otherwise say that only the settings were read."""
    problems = _static()
    if reason := power.usable():
        told = "the settings read back right" if not problems else "; ".join(problems)
        return Outcome(not problems, told, GOAL, not_run=(f"power cuts: {reason}",))
    try:
        made = _cuts(folder, "write", 20 if full() else 3)
    except OSError as refused:
        told = "the settings read back right" if not problems else "; ".join(problems)
        return Outcome(not problems, told, GOAL, not_run=(f"power cuts: {refused}",))
    weak = _cuts(folder, "weak", 5)
    said, lost = sum(one.acknowledged for one in made), sum(one.lost for one in made)
    problems += [f"{lost} of {said} acknowledged are lost"] if lost else []
    problems += ["not whole after a cut"] if not all(one.whole for one in made) else []
    kinds = sum((one.said for one in made), Counter[str]())
    if said < 10 * len(made) or not all(kinds[name] for name in WRITES):
        problems.append(f"only {dict(kinds)} in {len(made)} cuts: nothing was tried")
    if all(one.whole and not one.lost for one in weak):
        problems.append(f"control not caught in {len(weak)} cuts")
    gone = f"{weak[-1].lost} of {weak[-1].acknowledged} lost, {_of_cases(weak[-1].gone)} of cases"
    told = f"{len(made)} cuts, {said} acknowledged ({_of_cases(kinds)} of cases), {lost} lost"
    told = f"{told}; control: {gone}"
    figures = {"cuts": len(made), "acknowledged": said, "lost": lost, "control": weak[-1].lost}
    evidence = f"{'; '.join(problems)} | {told}" if problems else told
    return Outcome(kept=not problems, evidence=evidence, goal=GOAL, figures=figures)


PROMISE = Promise("P02", "What was acknowledged survives a power cut", attempt)
