"""Looks past the scope, in a process that runs as an office's does: `tell(company, other)`.

Every way around the scoped manager is tried: Django's own managers, plain SQL, a connection that
served somebody else just before, and a transaction in which the company changed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connection, transaction
from psycopg import sql

from anju.kernel.floor import NoFloor, refuse_without_floor
from anju.kernel.scope import CompanyRow, company_scope

WAYS = ("base manager", "unscoped", "plain SQL", "after somebody else", "within a transaction")


def _tables() -> Iterator[type[Any]]:
    return (model for model in apps.get_models() if issubclass(model, CompanyRow))


def _plain(model: type[Any], mine: int) -> int:
    with connection.cursor() as cursor:
        table = sql.Identifier(model._meta.db_table)
        said = sql.SQL("SELECT count(*) FROM {} WHERE company_id <> %s").format(table)
        cursor.execute(said, [mine])
        return int(cursor.fetchone()[0])


def _seen(model: type[Any], way: str, *, mine: int, other: int) -> int:
    """Count another company's rows of a table that one way around the scope shows."""
    if way == "after somebody else":
        with company_scope(other):
            _plain(model, mine)
    elif way == "within a transaction":
        with transaction.atomic():
            with company_scope(other):
                _plain(model, mine)
            with company_scope(mine):
                return _plain(model, mine)
    with company_scope(mine):
        if way == "base manager":
            return int(model._base_manager.exclude(company_id=mine).count())
        if way == "unscoped":
            return int(model.objects.unscoped("promise").exclude(company_id=mine).count())
        return _plain(model, mine)


def _touched(model: type[Any], mine: int) -> int:
    """Count rows of others that an update or a deletion reaches; nothing of it stays."""
    with company_scope(mine), transaction.atomic():
        rows = model._base_manager.exclude(company_id=mine)
        try:
            with transaction.atomic():
                reached = int(rows.update(company_id=mine))
        except IntegrityError:  # what cannot be ours as well was reached all the same
            reached = 1
        reached += int(rows._raw_delete(rows.db))
        transaction.set_rollback(True)
        return reached


def _refused(check: Callable[[], None]) -> str:
    try:
        check()
    except NoFloor as said:
        return str(said)
    return ""


def look(mine: int, other: int) -> dict[str, object]:
    """Return, for each way, how many of the other company's rows were seen, and what is refused."""
    tables = list(_tables())
    seen = {way: sum(_seen(model, way, mine=mine, other=other) for model in tables) for way in WAYS}
    nobody = sum(_plain(model, -1) for model in tables)
    return {
        "seen": {**seen, "nobody's company": nobody},
        "touched": sum(_touched(model, mine) for model in tables),
        "refused": _refused(refuse_without_floor),
    }


def tell(mine: int, other: int) -> None:
    """Print what was seen as data."""
    json.dump(look(mine, other), sys.stdout)
