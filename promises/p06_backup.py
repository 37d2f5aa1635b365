"""P06: a backup written while people write restores to a new place with equal content.

Writers use the actions; `anju backup` and `anju restore` are the commands that an office uses.
Control: an archive in which one row was changed must not be called equal.
"""

from __future__ import annotations

import io
import json
import os
import sqlite3
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from django.db import connections
from psycopg import sql

from anju.kernel.pure.clock import utc_now
from anju.register.actions.places import ProjectDraft, save_project
from promises import databases, ground
from promises.registry import Outcome, Promise, full
from tests import cast as people

LOOK = "from promises import ground; ground.begin(); from promises import restored; restored.tell()"
WRITERS, WARM = 3, 2.0
MINUTES = 15
GOAL = "equal by content, all history chains whole, restored within 15 min; a changed row is found"


@dataclass
class Load:
    """What the writers did: how many projects were acknowledged, and what went wrong."""

    acknowledged: int = 0
    faults: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def next(self) -> int:
        with self.lock:
            self.acknowledged += 1
            return self.acknowledged


@contextmanager
def writing(cast: people.Cast, *, after: int) -> Iterator[Load]:
    """Add projects by their action on a few threads until the block ends, numbered on from `after`."""
    load, stop = Load(after), threading.Event()

    def work() -> None:
        while not stop.is_set():
            draft = ProjectDraft(f"写入{load.next()}", "residential")
            try:
                save_project(actor=cast.quality, draft=draft, at=utc_now())
            except Exception as fault:  # noqa: BLE001 whatever it is, the promise reports it
                load.faults.append(repr(fault))
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    try:
        yield load
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=60)


def anju(*words: str, env: dict[str, str]) -> tuple[int, str]:
    """Run the command as an office would and return status and what it said."""
    command = [sys.executable, "-m", "anju.cli.main", *words]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout + done.stderr).strip()


@contextmanager
def new_place(folder: Path, name: str) -> Iterator[dict[str, str]]:
    """Yield the environment of an empty installation; on PostgreSQL with a database of its own."""
    env = {**os.environ, "ANJU_DATA": str(folder / name)}
    here = env.get("ANJU_DATABASE_OWNER", "")
    if not here.startswith("postgres"):
        yield env
        return
    server, _, kept = here.rpartition("/")
    made = sql.Identifier(f"{kept}_{name}")
    with psycopg.connect(here, autocommit=True) as owner:
        owner.execute(sql.SQL("CREATE DATABASE {}").format(made))
    try:
        owned = f"{server}/{kept}_{name}"
        yield {
            **env,
            "ANJU_DATABASE_OWNER": owned,
            "ANJU_DATABASE": databases.as_application(owned),
        }
    finally:
        with psycopg.connect(here, autocommit=True) as owner:
            owner.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(made))


def tampered(archive: Path, target: Path) -> Path:
    """Copy an archive with one row changed; on PostgreSQL, where rows are packed, with its digest."""
    with tarfile.open(archive) as old, tarfile.open(target, "w") as new:
        for member in old.getmembers():
            held = old.extractfile(member)
            body = held.read() if held else b""
            if member.name == "database" and body[:15] == b"SQLite format 3":
                body = _changed_row(body, target.parent)
            if member.name == "manifest.json" and b'"postgresql"' in body:
                body = body.replace(b'"register_project": "', b'"register_project": "9')
            member.size = len(body)
            new.addfile(member, io.BytesIO(body) if held else None)
    return target


def _changed_row(body: bytes, folder: Path) -> bytes:
    path = folder / "changed.sqlite3"
    path.write_bytes(body)
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE register_project SET name = name || '!' WHERE id = 1")
        database.commit()
    return path.read_bytes()


def restore(folder: Path, name: str, archive: Path) -> tuple[int, str, dict[str, int]]:
    """Bring an archive back into a new place and look at what is there then."""
    with new_place(folder, name) as env:
        status, said = anju("restore", str(archive), env=env)
        if status:
            return status, said, {}
        looked = subprocess.run(
            [sys.executable, "-c", LOOK],
            env=env, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return status, said, json.loads(looked.stdout or "{}")


def attempt(folder: Path) -> Outcome:
    """Back up under load, a few times where asked for the long form, and restore each."""
    ground.migrate()
    cast = people.the_cast()
    told: dict[str, int] = {}
    problems, slowest, size = [], 0.0, 0
    load: Load | None = None
    for number in range(10 if full() else 2):
        written = load.acknowledged if load else 0
        archive = folder / f"backup-{number}.tar"
        with writing(cast, after=written) as load:
            time.sleep(WARM)
            before = load.acknowledged - WRITERS
            status, said = anju("backup", "--out", str(archive), env=dict(os.environ))
            during = load.acknowledged - before
        ground.note(f"backup {number}: {said}")
        problems += [f"backup: {said}"] if status else []
        problems += load.faults[:3]
        if not during:
            problems.append("nobody wrote while the backup ran")
        began = time.monotonic()
        status, said, told = restore(folder, f"restored{number}", archive)
        slowest, size = max(slowest, time.monotonic() - began), archive.stat().st_size
        problems += _judged(status, said, told, before)
    status, said, _ = restore(folder, "tampered", tampered(archive, folder / "tampered.tar"))
    if status != 1 or "register_project" not in said:
        problems.append(f"control not caught: {status} {said}")
    evidence = (
        f"{told.get('chains', 0)} chains with {told.get('entries', 0)} entries whole,"
        f" {told.get('projects', 0)} projects each with its entry, {size / 1e6:.1f} MB, restored"
        f" in {slowest:.1f} s; written during the last backup: {during}; control caught"
    )
    figures = {**told, "restore_s": round(slowest, 1), "written_during": during}
    evidence = f"{'; '.join(problems)} | {evidence}" if problems else evidence
    return Outcome(kept=not problems, evidence=evidence, goal=GOAL, figures=figures)


def _judged(status: int, said: str, told: dict[str, int], before: int) -> list[str]:
    """Return what is wrong with a restore: its own word, missing rows, broken chains."""
    if status or "equal" not in said:
        return [f"restore said {status}: {said}"]
    if not told:
        return ["a chain of history is broken"]
    problems = (
        [f"{told['without_entry']} projects without their entry"] if told["without_entry"] else []
    )
    if told["numbered"] < before - WRITERS:
        problems.append(f"{before} were acknowledged before, {told['numbered']} came back")
    return problems


PROMISE = Promise("P06", "A backup taken at work comes back whole", attempt)
