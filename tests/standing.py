"""What stands before a test begins: made once a process, then laid into each empty database as rows.

Made by the product's own actions the first time, so that nothing stands that could not come about.
It is copied only where nobody is there yet; where somebody is, it is made again.
"""

from __future__ import annotations

import pickle
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from anju.kernel.scope import company_scope
from anju.register.models import Account, Company

Made = TypeVar("Made")
OWN_ROOMS = "anju."


@dataclass(frozen=True, slots=True)
class Stand:
    """The rows of every table, the files beside them, and what the maker returned."""

    company_id: int
    rows: tuple[tuple[str, Any], ...]
    files: Path
    returned: bytes


_stands: dict[str, Stand] = {}


def standing(name: str, make: Callable[[], Made]) -> Made:
    """Return what `make` makes, copied where it was made before and the database is empty.

    The maker takes no day of its own: two that differ have two names.
    """
    if Company.objects.exists() or Account.objects.exists():
        return make()
    name = f"{name}, {settings.PASSWORD_HASHERS[0]}"  # who was made by one hasher cannot sign in by another
    if name not in _stands:
        before = set(_files())
        made = make()
        _stands[name] = _recorded(made, [path for path in _files() if path not in before])
        return made
    stand = _stands[name]
    with transaction.atomic(), company_scope(stand.company_id), connection.cursor() as cursor:
        for table, rows in stand.rows:
            _lay(cursor, table, rows)
    with suppress(FileNotFoundError):
        shutil.copytree(stand.files, settings.FILES_ROOT, dirs_exist_ok=True)
    copy: Made = pickle.loads(stand.returned)
    return copy


def _files() -> Iterator[Path]:
    return (path for path in Path(settings.FILES_ROOT).rglob("*") if path.is_file())


def _recorded(made: object, added: list[Path]) -> Stand:
    """Read the rows that were made, and keep a copy of the files until the process ends."""
    folder = Path(tempfile.mkdtemp(prefix="standing-", dir=settings.DATA))
    for path in added:
        kept = folder / path.relative_to(settings.FILES_ROOT)
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, kept)
    company_id = Company.objects.get().pk
    with company_scope(company_id), connection.cursor() as cursor:
        read = ((table, _read(cursor, table)) for table in _tables())
        rows = tuple((table, found) for table, found in read if found)
    return Stand(company_id, rows, folder, pickle.dumps(made))


def _tables() -> Iterator[str]:
    """Return our own tables and those of jobs; sessions, rights and the cache stay as they are."""
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith((OWN_ROOMS, "django_tasks")):
            yield model._meta.db_table


def _read(cursor: Any, table: str) -> Any:
    if connection.vendor == "postgresql":
        cursor.execute(f"SELECT jsonb_agg(to_jsonb(t))::text FROM {table} t")
        return cursor.fetchone()[0]
    columns = connection.introspection.get_table_description(cursor, table)
    # A sign before the name, and SQLite hands the value over as it lies there, not as a date.
    asked = ", ".join(f'+"{column.name}"' for column in columns)
    cursor.execute(f"SELECT {asked} FROM {table}")
    return cursor.fetchall()


def _lay(cursor: Any, table: str, rows: Any) -> None:
    if connection.vendor == "postgresql":
        filled = f"SELECT * FROM jsonb_populate_recordset(NULL::{table}, %s::jsonb)"
        cursor.execute(f"INSERT INTO {table} {filled}", [rows])
        return
    places = ", ".join(["%s"] * len(rows[0]))
    cursor.executemany(f"INSERT INTO {table} VALUES ({places})", rows)
