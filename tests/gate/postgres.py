"""A private PostgreSQL for one test run: own folder, own port, own password, gone afterwards.

It never touches a cluster that the machine already has.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

Handler = Callable[[int, FrameType | None], object] | int | None
INSTALL = "apt-get install -y postgresql    (macOS: brew install postgresql)"
PLACES = ("/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt", "/usr/pgsql")


def server_folder() -> Path | None:
    """Return the folder of the newest PostgreSQL server programs (15 or later), None without."""
    found = [path for place in PLACES for path in Path(place).glob("*/bin/initdb")]
    numbered = sorted((version_of(path), path.parent) for path in found if version_of(path) >= 15)
    if numbered:
        return numbered[-1][1]
    named = shutil.which("initdb")
    return Path(named).resolve().parent if named else None


def version_of(program: Path) -> int:
    """Read the major version out of the folder's name; a folder without one counts as new."""
    digits = "".join(letter for letter in program.parent.parent.name if letter.isdigit())
    return int(digits) if digits else 99


def free_port() -> int:
    """Return a port of the loopback address that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def private_cluster(*settings: str) -> Iterator[str]:
    """Start a cluster and yield the address of an ordinary role that may create databases.

    Settings are the server's own, as `autovacuum=off`.

    A second role, `anju_app` with the same password, owns nothing: pages and jobs run as it.
    """
    programs = server_folder()
    if programs is None:
        raise SystemExit(f"test: PostgreSQL is not here: {INSTALL}")
    folder = Path(tempfile.mkdtemp(prefix="anju-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    password, port = secrets.token_hex(16), free_port()
    before = end_on_terminate()
    try:
        _start(programs, folder, password, port, settings)
        yield f"postgres://anju:{password}@127.0.0.1:{port}/postgres"
    finally:
        _run(programs, ["pg_ctl", "-D", str(folder / "data"), "-m", "immediate", "-w", "stop"])
        shutil.rmtree(folder, ignore_errors=True)
        if before is not None:
            signal.signal(signal.SIGTERM, before)


def end_on_terminate() -> Handler | None:
    """Turn a request to end into an exception, so that the cluster is stopped; return what was."""
    if threading.current_thread() is not threading.main_thread():
        return None

    def leave(_number: int, _frame: FrameType | None) -> None:
        raise SystemExit(143)

    return signal.signal(signal.SIGTERM, leave)


def _start(programs: Path, folder: Path, password: str, port: int, settings: Sequence[str]) -> None:
    data, words = folder / "data", folder / "password"
    words.write_text(password, encoding="ascii")
    words.chmod(0o644)
    _run(
        programs,
        ["initdb", "-D", str(data), "-U", "owner", "-A", "scram-sha-256", f"--pwfile={words}",
         "-E", "UTF8", "--locale=C.UTF-8"],
        check=True,
    )  # fmt: skip
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder}"
    options += "".join(f" -c {setting}" for setting in settings)
    start = ["pg_ctl", "-D", str(data), "-l", str(folder / "log"), "-w", "-t", "60", "-o", options]
    _run(programs, [*start, "start"], check=True)
    where = f"host=127.0.0.1 port={port} user=owner password={password} dbname=postgres"
    for role in ("anju LOGIN CREATEDB", "anju_app LOGIN"):
        made = f"CREATE ROLE {role} NOBYPASSRLS PASSWORD '{password}'"
        _run(programs, ["psql", where, "-q", "-c", made], check=True)


def _run(programs: Path, command: list[str], *, check: bool = False) -> None:
    command = [str(programs / command[0]), *command[1:]]
    if os.geteuid() == 0:  # the server refuses to run as root
        command = ["runuser", "-u", "postgres", "--", *command]
    subprocess.run(command, check=check, cwd="/", stdout=subprocess.DEVNULL)
