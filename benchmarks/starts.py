"""From a fresh clone to the first page, and the same again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.figure import Figure
from tests.gate.postgres import free_port

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 300
KEPT = ("run.py", "requirements", "anju", "pyproject.toml", "README.md")


def measure() -> Iterator[Figure]:
    """Start the demonstration of a copy of this checkout, first with empty caches, then again."""
    with tempfile.TemporaryDirectory(prefix="anju-bench-") as name:
        folder = Path(name)
        for kept in KEPT:
            copy = shutil.copytree if (ROOT / kept).is_dir() else shutil.copy
            copy(ROOT / kept, folder / kept)
        first, spent = first_page(folder)
        note = f"{spent:.1f} s of processor; {size(folder / 'cache')}"
        yield Figure("first start, empty caches, to first page", first, "s", 60, note=note)
        python = time_of([sys.executable, "-c", "import django.db.models"])
        again, spent = first_page(folder)
        note = f"{spent:.1f} s of processor"
        yield Figure("second start, to first page", again, "s", 3, python, "importing Django", note)


def first_page(folder: Path) -> tuple[float, float]:
    """Return the seconds from the command to an answered first page, and the processor's."""
    port, before = free_port(), children_time()
    taken = wait_for_page(folder, port)
    return taken, children_time() - before


def wait_for_page(folder: Path, port: int) -> float:
    """Start, wait for the first page, stop; return the seconds that the page took to come."""
    began = time.monotonic()
    with started(folder, port) as process:
        while time.monotonic() - began < PATIENCE:
            if process.poll() is not None:
                raise SystemExit(f"bench: the demonstration ended by itself in {folder}")
            if answers(f"http://127.0.0.1:{port}/"):
                return time.monotonic() - began
            time.sleep(0.02)
    raise SystemExit(f"bench: no first page within {PATIENCE} s")


def children_time() -> float:
    """Return the processor's seconds of all children that ended."""
    times = os.times()
    return times.children_user + times.children_system


@contextmanager
def started(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run the demonstration of a checkout on a port, and stop it as a person would."""
    drop = ("ANJU_", "PYTHONPATH", "VIRTUAL_ENV")
    env = {name: value for name, value in os.environ.items() if not name.startswith(drop)}
    env |= {"UV_CACHE_DIR": str(folder / "cache"), "PIP_NO_CACHE_DIR": "1"}
    base = Path(sys.base_prefix) / "bin" / "python3"
    command = [str(base), "run.py", "demo", "--port", str(port), "--no-browser"]
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(command, cwd=folder, env=env, stdout=log, stderr=log)
        try:
            yield process
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)


def answers(address: str) -> bool:
    """Say whether an address gives a page."""
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def size(folder: Path) -> str:
    """Return the size of what was fetched."""
    held = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return f"{held / 1e6:.0f} MB unpacked in the cache"


def time_of(command: list[str]) -> float:
    """Return the seconds that a command takes."""
    began = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    return time.monotonic() - began
