"""Searches everything that an installation keeps for marks: every column, file, cache and index.

`tell()` does so in a process of its own, for a database that was brought back.
"""

from __future__ import annotations

import base64
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from anju.kernel.scope import company_scope
from anju.privacy.files import _pieces
from anju.privacy.rules.marks import Marks

MARKS, COMPANY = "PROMISE_MARKS", "PROMISE_COMPANY"


def hits(marks: Sequence[str]) -> list[str]:
    """Return where each mark still stands: table, file or the database's own file."""
    return sorted({*_tables(marks), *_files(marks), *_raw(marks)})


def _tables(marks: Sequence[str]) -> Iterator[str]:
    """Yield tables whose rows hold a mark, cached values unpacked."""
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                text = " ".join(_text(value) for value in row)
                for mark in marks:
                    if mark in text:
                        yield f"{mark} in {table}"


def _text(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    told = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    if "\\u" in told:  # SQLite keeps plain data with its signs escaped
        told += told.encode("utf-8", "replace").decode("unicode_escape", "replace")
    try:
        return told + base64.b64decode(told, validate=True).decode("utf-8", "replace")
    except ValueError:
        return told


def _files(marks: Sequence[str]) -> Iterator[str]:
    for path in sorted(Path(settings.FILES_ROOT).rglob("*")):
        if path.is_file():
            for piece in _pieces(path.read_bytes()):
                for mark in marks:
                    if Marks((mark,)).in_bytes(piece):
                        yield f"{mark} in a file"


def _raw(marks: Sequence[str]) -> Iterator[str]:
    """Yield marks that SQLite's own file still holds, in freed space too."""
    if connection.vendor != "sqlite":
        return
    database = Path(str(settings.DATABASES["default"]["NAME"]))
    for path in (database, Path(f"{database}-wal")):
        body = path.read_bytes() if path.exists() else b""
        for mark in marks:
            if Marks((mark,)).in_bytes(body):
                yield f"{mark} in {path.suffix} on the disk"


def tell() -> None:
    """Print where the marks named by the environment still stand, as data."""
    with transaction.atomic(), company_scope(int(os.environ[COMPANY])):
        json.dump(hits(json.loads(os.environ[MARKS])), sys.stdout)
