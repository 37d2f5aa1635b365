"""Gathers styles, scripts and icons into the data folder, named by content and compressed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "web" / "static"
STAMP = "gathered.stamp"


def fingerprint() -> str:
    """Return a value that changes whenever a file of the look does."""
    summed = hashlib.sha256()
    for path in sorted(p for p in STATIC.rglob("*") if p.is_file()):
        held = path.stat()
        summed.update(f"{path.relative_to(STATIC)} {held.st_size} {held.st_mtime_ns}\n".encode())
    return summed.hexdigest()


def gather(data: Path) -> bool:
    """Gather where something changed since the last time; say whether anything was done."""
    stamp = data / "static" / STAMP
    now = fingerprint()
    if stamp.exists() and stamp.read_text(encoding="ascii") == now:
        return False
    # In a process of its own: the storage is chosen when settings are read.
    subprocess.run(
        [sys.executable, "-m", "django", "collectstatic", "--noinput", "--clear", "-v0"],
        env={**os.environ, "ANJU_GATHER": "1", "ANJU_DATA": str(data)},
        check=True,
    )
    stamp.write_text(now, encoding="ascii")
    return True
