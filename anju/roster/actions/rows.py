"""Writes and clears many rows of the register at once, holding the database only briefly.

The rows carry the company of their caller's scope; their keys point at rows read inside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection, models, transaction

from anju.kernel.scope import CompanyRow, current_company
from anju.kernel.turns import let_others_write
from anju.roster.rules.compare import Change

CHUNK = 2_000
Value = str | int | Decimal | date | None


def pour(
    model: type[CompanyRow],
    names: Sequence[str],
    rows: Iterable[Sequence[object]],
    each: Callable[[int], None] | None = None,
) -> int:
    """Insert rows of plain values under the company in force; return how many.

    Every two thousand are a transaction of their own, after which `each` hears how many these were:
    whoever else wants to write waits for one of them at most.
    """
    quote, meta = connection.ops.quote_name, model._meta
    columns = ["company_id", *(_column(model, name) for name in names)]
    said = ", ".join(quote(column) for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    # Names of our own tables and columns alone; every value is a parameter.
    sql = f"INSERT INTO {quote(meta.db_table)} ({said}) VALUES ({marks})"  # noqa: S608
    written, count = _written(model, names, rows), 0
    for chunk in _chunks(written):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(sql, chunk)
        count += len(chunk)
        if each is not None:
            each(len(chunk))
        let_others_write()
    return count


def wipe(model: type[CompanyRow], batch_id: int) -> int:
    """Remove the rows that a batch brought, in short transactions; return how many."""
    quote, table, count = connection.ops.quote_name, model._meta.db_table, 0
    of_batch = f"SELECT id FROM {quote(table)} WHERE company_id = %s AND batch_id = %s"  # noqa: S608
    sql = f"DELETE FROM {quote(table)} WHERE id IN ({of_batch} ORDER BY id LIMIT {CHUNK})"  # noqa: S608
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [current_company(), batch_id])
            gone = int(cursor.rowcount)
        count += max(0, gone)
        if gone < CHUNK:
            return count
        let_others_write()


def _written(
    model: type[CompanyRow], names: Sequence[str], rows: Iterable[Sequence[object]]
) -> Iterator[list[Value]]:
    """Yield rows as the database takes them: days and decimals in its own form, each made once."""
    company = current_company()
    fields = [model._meta.get_field(name) for name in names]
    own = [
        n for n, f in enumerate(fields, 1) if isinstance(f, (models.DateField, models.DecimalField))
    ]
    made: dict[object, Value] = {None: None}
    for row in rows:
        values: list[Any] = [company, *row]
        for place in own:
            value = values[place]
            if value not in made:
                made[value] = _plain(value)
            values[place] = made[value]
        yield values


def alter(model: type[CompanyRow], changes: Iterable[Change], names: dict[str, str]) -> int:
    """Write changed values and count the version up; return how many rows changed.

    A row is altered only where it still has the version that was compared.
    """
    quote, meta = connection.ops.quote_name, model._meta
    alike: defaultdict[tuple[str, ...], list[Change]] = defaultdict(list)
    for change in changes:
        alike[tuple(change.after)].append(change)
    count, company = 0, current_company()
    for fields, rows in alike.items():
        said = ", ".join(f"{quote(_column(model, names.get(f, f)))} = %s" for f in fields)
        sql = (
            f"UPDATE {quote(meta.db_table)} SET {said}, version = version + 1"  # noqa: S608
            " WHERE company_id = %s AND id = %s AND version = %s"
        )
        values = [[*map(_plain, row.after.values()), company, row.id, row.version] for row in rows]
        with connection.cursor() as cursor:
            for chunk in _chunks(values):
                cursor.executemany(sql, chunk)
        count += len(rows)
    return count


def _column(model: type[CompanyRow], name: str) -> str:
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)
    return str(field.column)


def _plain(value: object) -> Value:
    if isinstance(value, date):
        day: str | date | None = connection.ops.adapt_datefield_value(value)
        return day
    if isinstance(value, Decimal):
        number: str | Decimal | None = connection.ops.adapt_decimalfield_value(value, 9, 2)
        return number
    return value if isinstance(value, (str, int)) else None


def _chunks(rows: Iterable[Sequence[Value]]) -> Iterator[list[Sequence[Value]]]:
    chunk: list[Sequence[Value]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
