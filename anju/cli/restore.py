"""`anju restore`: brings a backup back and compares it, table by table, with what it promised."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from anju.cli.again import erase_again
from anju.cli.quiet import hold_messages
from anju.cli.start import start_django
from anju.kernel.pure.problems import Problem


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which archive, and whether what is there may be replaced."""
    parser.add_argument("archive", type=Path, help="archive to bring back")
    parser.add_argument("--replace", action="store_true", help="replace the data that is there")


def _put(folder: Path, data: Path, database: Path) -> None:
    """Move an unpacked SQLite backup into place, the old database kept beside it."""
    database.parent.mkdir(parents=True, exist_ok=True)
    for leftover in (Path(f"{database}-wal"), Path(f"{database}-shm")):
        leftover.unlink(missing_ok=True)
    if database.exists():
        database.replace(f"{database}.before-restore")
    shutil.copy2(folder / "database", database)
    for name in ("anju.env", "secret.key"):
        if (folder / name).exists() and not (data / name).exists():
            shutil.copy2(folder / name, data / name)
    if (folder / "files").exists():
        shutil.copytree(folder / "files", data / "files", dirs_exist_ok=True)


def run(given: argparse.Namespace) -> int:
    """Restore, compare by content, and say so; exit code 1 where anything differs."""
    start_django(as_owner=True)
    from django.conf import settings
    from django.db import connection

    from anju.flows import backup

    sqlite = connection.vendor == "sqlite"
    database = Path(str(settings.DATABASES["default"]["NAME"]))
    if sqlite and database.exists() and not given.replace:
        sys.stderr.write(f"{database} exists. Stop the server, then add --replace.\n")
        return 2
    settings.DATA.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.DATA) as unpacked:
        folder = Path(unpacked)
        try:
            manifest = backup.unpack(given.archive, folder)
            if sqlite:
                _put(folder, settings.DATA, database)
                found = backup.digest_sqlite(database)
            else:
                found = backup.restore_postgres(folder / "database")
        except Problem as problem:
            sys.stderr.write(f"{problem.text('en')}\n")
            return 2
    wrong = backup.differences(manifest.tables, found)
    if wrong:
        sys.stderr.write(f"Content differs in: {', '.join(wrong)}\n")
        return 1
    sys.stdout.write(f"Restored the backup of {manifest.at}; {len(found)} tables are equal.\n")
    hold_messages()
    erase_again()
    return 0
