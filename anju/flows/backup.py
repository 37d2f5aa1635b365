"""Backups by the database's own interface, with a digest of content to compare after a restore."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import subprocess
import tarfile
import tempfile
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from anju import __version__
from anju.kernel.floor import raise_floor
from anju.kernel.pure.problems import Problem

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself: when, of what version, and a digest of every table."""

    at: str
    version: str
    vendor: str
    tables: dict[str, str]


def _digest_rows(rows: Any) -> str:
    """Return a digest that does not depend on the order in which rows are read."""
    count, mixed = 0, 0
    for row in rows:
        count += 1
        mixed ^= int.from_bytes(hashlib.sha256(repr(tuple(row)).encode()).digest(), "big")
    return f"{count}:{mixed:064x}"


def digest_sqlite(path: Path) -> dict[str, str]:
    """Return table → digest of content for a SQLite file."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        names = database.execute(
            "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'"
        )
        tables = sorted(name for (name,) in names)
        return {t: _digest_rows(database.execute(f'SELECT * FROM "{t}"')) for t in tables}  # noqa: S608 names from the catalogue


def digest_connection() -> dict[str, str]:
    """Return table → digest of content for the PostgreSQL database in use."""
    with connection.cursor() as cursor:
        tables = sorted(connection.introspection.table_names(cursor))
        found = {}
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 names from the catalogue
            found[table] = _digest_rows(cursor.fetchall())
        return found


def _copy_sqlite(target: Path) -> dict[str, str]:
    """Copy the live database page by page through SQLite's backup interface."""
    source = str(settings.DATABASES["default"]["NAME"])
    if not Path(source).exists():
        raise Problem(
            "E-BACKUP",
            "database",
            "There is no database at {path} yet. Set this machine up first: anju setup",
            "{path} 处还没有数据库。请先运行 anju setup。",
            path=source,
        )
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy, pages=2_000, sleep=0.005)
        copy.execute("PRAGMA journal_mode=DELETE")
    return digest_sqlite(target)


def _libpq() -> list[str]:
    held = connection.settings_dict
    host = held["HOST"] or "localhost"
    url = f"host={host} port={held['PORT'] or 5432} dbname={held['NAME']} user={held['USER']}"
    url += " options='-c anju.whole=on'"  # heeded of the tables' owner alone
    return [f"{url} password={held['PASSWORD']}"] if held["PASSWORD"] else [url]


def _copy_postgres(target: Path) -> dict[str, str]:
    """Dump one snapshot with pg_dump and digest the very same snapshot."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = str(cursor.fetchone()[0])
        _run(
            [
                "pg_dump",
                "-Fc",
                "--enable-row-security",
                f"--snapshot={snapshot}",
                f"--file={target}",
                "-d",
                *_libpq(),
            ]
        )
        return digest_connection()


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Problem(
            "E-BACKUP",
            "database",
            "{tool} failed: {said}",
            "{tool} 失败：{said}",
            tool=command[0],
            said=done.stderr.strip()[-400:],
        )


def write_backup(target: Path, *, at: datetime) -> Manifest:
    """Write database, files and manifest into one archive; never leaves half an archive behind."""
    sqlite = connection.vendor == "sqlite"
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        copy = Path(folder) / "database"
        tables = _copy_sqlite(copy) if sqlite else _copy_postgres(copy)
        manifest = Manifest(at.isoformat(), __version__, connection.vendor, tables)
        said = Path(folder) / MANIFEST
        said.write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
        partial = Path(folder) / "partial.tar"
        with tarfile.open(partial, "w") as archive:
            archive.add(said, MANIFEST)
            archive.add(copy, "database")
            for kept in (settings.DATA / "anju.env", settings.DATA / "secret.key"):
                if kept.exists():
                    archive.add(kept, kept.name)
            if settings.FILES_ROOT.exists():
                archive.add(settings.FILES_ROOT, "files")
        partial.replace(target)
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of an unpacked backup."""
    said = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return Manifest(said["at"], said["version"], said["vendor"], said["tables"])


def differences(wanted: dict[str, str], found: dict[str, str]) -> list[str]:
    """Return the tables whose content is not what the manifest says."""
    return sorted(t for t in wanted.keys() | found.keys() if wanted.get(t) != found.get(t))


def unpack(archive: Path, folder: Path) -> Manifest:
    """Unpack a backup into a folder and read its manifest; refuses what is not a backup."""
    try:
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
        return read_manifest(folder)
    except (tarfile.TarError, OSError, KeyError, ValueError) as broken:
        raise Problem(
            "E-BACKUP",
            "archive",
            "This file is not a backup of Anju, or it is damaged. Choose another one.",
            "该文件不是安居的备份，或已损坏。请换一个备份文件。",
        ) from broken


def restore_postgres(dump: Path) -> dict[str, str]:
    """Load a dump into the database in use and return the digest of what is there then."""
    given = ["--clean", "--if-exists", "--no-owner", "--no-privileges"]
    _run(["pg_restore", *given, "-d", *_libpq(), str(dump)])
    connection.close()
    raise_floor(role=settings.DATABASE_ROLE)
    return digest_connection()
