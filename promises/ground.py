"""The ground that a promise is tried on: Django on a database of its own, and pages served for real.

It decides nothing about a promise.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path

import django
from django.apps import apps

from anju.cli import start

LOOPBACK = "127.0.0.1"
PATIENCE = 30.0
AWAKE = 0.3


def begin() -> None:
    """Make models usable, so that a promise may be imported; touches no database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anju.conf.settings")
    os.environ.setdefault("ANJU_SECRET_KEY", "only for looking promises up " + "x" * 40)
    if not apps.ready:
        django.setup()


def migrate() -> None:
    """Bring the promise's own database to this version; its folder gets what a page needs."""
    Path(os.environ["ANJU_DATA"], "static").mkdir(parents=True, exist_ok=True)
    start.migrate()


def note(words: str) -> None:
    """Say how far a long attempt is; it is shown where the attempt never ends."""
    print(f"{time.monotonic():.0f} {words}", file=sys.stderr, flush=True)


def as_office() -> dict[str, str]:
    """Return the environment of what an office runs: on PostgreSQL not as the tables' owner."""
    return {name: value for name, value in os.environ.items() if name != "ANJU_AS_OWNER"}


@contextmanager
def served(module: str = "anju.conf.server", *, processes: int = 1) -> Iterator[str]:
    """Serve the pages in processes of their own and yield their address; end them afterwards."""
    with socket.socket() as shared:
        shared.bind((LOOPBACK, 0))
        shared.listen(256)
        shared.set_inheritable(True)
        address = f"http://{LOOPBACK}:{shared.getsockname()[1]}"
        servers = [
            subprocess.Popen(
                [sys.executable, "-m", module, f"--fd={shared.fileno()}"],
                pass_fds=[shared.fileno()],
                env=as_office(),
            )
            for _ in range(processes)
        ]
    try:
        _wait(address, servers[0])
        yield address
    finally:
        for server in servers:
            server.terminate()
        for server in servers:
            server.wait(timeout=PATIENCE)


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/alive/", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError("the pages did not come up")


def awake(address: str) -> float:
    """Wait until somebody answers at an address; return a moment in seconds for work to be done."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/alive/", timeout=PATIENCE):
                return AWAKE
        except (OSError, HTTPException):
            time.sleep(0.1)
    raise RuntimeError("the pages did not come up")


@contextmanager
def worker(module: str = "anju.jobs") -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker process; whoever kills it may, and it is gone afterwards in any case."""
    command = [sys.executable, "-m", module]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=as_office())
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def percentile(values: list[float], share: float) -> float:
    """Return the value that this share of the values does not exceed; 0 without any."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
