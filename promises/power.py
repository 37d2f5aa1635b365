"""A disk whose power can be cut: a small ext4 in a file, shut down without writing its journal.

Needs root and a kernel that mounts loop devices; `usable` says why not.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SHUTDOWN = 0x8004587D  # EXT4_IOC_SHUTDOWN
NO_FLUSH = 2  # EXT4_GOING_FLAGS_NOLOGFLUSH: what the journal has not on the disk is lost
MEGABYTES = 256
LEAVES = 20.0  # seconds within which killed processes have let go of their files


def usable() -> str:
    """Return why power cannot be cut on this machine; nothing where it can."""
    if os.geteuid() != 0:
        return "only root may mount a disk of its own"
    missing = [tool for tool in ("mkfs.ext4", "mount", "umount") if not shutil.which(tool)]
    return f"not installed: {', '.join(missing)}" if missing else ""


@dataclass(frozen=True, slots=True)
class Disk:
    """A disk in a file, mounted at a folder."""

    image: Path
    folder: Path

    def mount(self) -> None:
        """Put the disk where its folder is; raises OSError with the reason where that fails."""
        _run("mount", "-o", "loop", str(self.image), str(self.folder))

    def cut(self) -> None:
        """Cut the power: nothing more reaches the disk, and nothing that waited is written."""
        handle = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.ioctl(handle, SHUTDOWN, struct.pack("I", NO_FLUSH))
        finally:
            os.close(handle)

    def restart(self) -> None:
        """Come back as after a power cut: the file system repairs itself from its journal."""
        until = time.monotonic() + LEAVES
        while True:
            try:
                _run("umount", str(self.folder))
                break
            except OSError:  # a process that was killed may still be on its way out
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)
        self.mount()


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise OSError((done.stderr or done.stdout).strip()[:300])


@contextmanager
def disk(folder: Path, name: str) -> Iterator[Disk]:
    """Yield a fresh disk; it is taken away afterwards in any case."""
    made = Disk(folder / f"{name}.img", folder / name)
    made.folder.mkdir()
    with made.image.open("wb") as out:
        out.truncate(MEGABYTES * 1024 * 1024)
    _run("mkfs.ext4", "-q", "-F", str(made.image))
    made.mount()
    try:
        yield made
    finally:
        subprocess.run(["umount", "-l", str(made.folder)], capture_output=True, check=False)
