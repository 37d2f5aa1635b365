"""Several reads by one statement: each way to the database costs a page more than what it asks there."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connection

from anju.kernel.planned import Given, Planned

Found = TypeVar("Found")
Rows = tuple[tuple[Any, ...], ...]
_COUNT = "SELECT COUNT(*) FROM ({sql}) AS found"
_ROWS = {
    "postgresql": "SELECT json_agg(json_build_array({names})) FROM ({sql}) AS found",
    "sqlite": "SELECT json_group_array(json_array({names})) FROM ({sql}) AS found",
}


@dataclass(frozen=True, slots=True)
class Part(Generic[Found]):
    """A read that waits to be asked beside others."""

    read: Planned
    asked: tuple[Hashable, ...]
    given: tuple[Given, ...]
    columns: tuple[str, ...]  # none for a count
    made: Callable[[Any], Found]  # of what the database answers, which is None without rows

    def statement(self) -> tuple[str, tuple[Any, ...]] | None:
        """Return what asks for it as one value; None where it can find nothing."""
        written = self.read.written(self.asked, self.given)
        if written is None:
            return None
        sql, params = written
        if not self.columns:
            return _COUNT.format(sql=sql), params
        return _ROWS[connection.vendor].format(names=", ".join(self.columns), sql=sql), params


def count_of(read: Planned, *asked: Hashable, given: Sequence[Given] = ()) -> Part[int]:
    """Return the count of a read's rows as a part."""
    return Part(read, asked, tuple(given), (), _counted)


def rows_of(
    read: Planned, *asked: Hashable, columns: tuple[str, ...], given: Sequence[Given] = ()
) -> Part[Rows]:
    """Return the rows of a read as a part: numbers and words, in the order in which it has them.

    `columns` are the names that the read gives its values.
    """
    return Part(read, asked, tuple(given), columns, _rows)


def _counted(value: Any) -> int:
    return int(value or 0)


def _rows(value: Any) -> Rows:
    told = json.loads(value) if isinstance(value, str) else value
    return tuple(tuple(row) for row in told or ())


def at_once(*parts: Part[Any]) -> tuple[Any, ...]:
    """Return what each part finds, in their order, by one statement."""
    asked = [part.statement() for part in parts]
    there = [one for one in asked if one is not None]
    if not there:
        return tuple(part.made(None) for part in parts)
    text = ", ".join(f"({sql})" for sql, _params in there)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {text}", [value for _sql, params in there for value in params])
        row = iter(cursor.fetchone())
    return tuple(
        part.made(None if one is None else next(row))
        for part, one in zip(parts, asked, strict=True)
    )
