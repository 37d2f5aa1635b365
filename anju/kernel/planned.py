"""Reads whose statement is written once: asked again, only the instants in it are other ones.

Building a query costs a page more than running it. What is kept is text and never a row; it is kept
for the same company, the same reach and the same arguments, so nobody is given another's question.
A read that would ask the database while it is built, or that makes an instant out of one that it was
given, cannot be kept and is refused as the defect that it is.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NoReturn

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from anju.kernel.scope import held_to

Given = datetime | date | str
MOST = 512  # statements of one read; beyond it they are written anew
# Values that no row holds; the second is there to find what was made out of the first.
MARKS = (
    datetime(9871, 3, 5, 7, 11, 13, 170_001, UTC),
    datetime(9763, 5, 8, 9, 17, 19, 230_003, UTC),
)


class NotPlanned(TypeError):
    """A read cannot be kept: what it asks depends on more than it was given."""


@dataclass(frozen=True, slots=True)
class _Plan:
    sql: str
    params: tuple[Any, ...]
    holes: tuple[tuple[int, int], ...]  # which parameter is which of those given
    compiler: Any
    converters: Any

    def filled(self, given: Sequence[Given]) -> tuple[Any, ...]:
        params = list(self.params)
        for place, which in self.holes:
            params[place] = _told(given[which])
        return tuple(params)


class Planned:
    """A read of values, written once for each set of arguments.

    `build` takes the arguments and after them what is `given` anew each time, and returns
    `values_list` rows. Example:
    `Planned(lambda actor, at: visible(actor).filter(due__lt=at).values_list("id"))`.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self.build = build
        self.plans: dict[Hashable, _Plan | None] = {}

    def rows(self, *asked: Hashable, given: Sequence[Given] = ()) -> list[tuple[Any, ...]]:
        """Return the rows for some arguments and what is given this time."""
        plan = self._plan(asked, given)
        if plan is None:
            return []
        if not isinstance(plan, _Plan):
            return list(plan)
        with connection.cursor() as cursor:
            cursor.execute(plan.sql, plan.filled(given))
            found = cursor.fetchall()
        if not plan.converters:
            return [tuple(row) for row in found]
        return [tuple(row) for row in plan.compiler.apply_converters(found, plan.converters)]

    def count(self, *asked: Hashable, given: Sequence[Given] = ()) -> int:
        """Return how many rows there are; a read that is cut is counted to where it is cut."""
        return int((self.around("SELECT COUNT(*)", *asked, given=given) or (0,))[0])

    def around(
        self,
        select: str,
        *asked: Hashable,
        told: Sequence[Any] = (),
        given: Sequence[Given] = (),
    ) -> tuple[Any, ...] | None:
        """Return the one row that a constant `select` makes of the rows; None where there can be none.

        `told` are the parameters of `select`, as the database is told them.
        """
        written = self.written(asked, given)
        if written is None:
            return None
        sql, params = written
        with connection.cursor() as cursor:
            cursor.execute(f"{select} FROM ({sql}) AS found", (*told, *params))
            row: tuple[Any, ...] = cursor.fetchone()
        return row

    def written(
        self, asked: tuple[Hashable, ...], given: Sequence[Given]
    ) -> tuple[str, tuple[Any, ...]] | None:
        """Return the statement and its parameters; None where it can find nothing."""
        plan = self._plan(asked, given)
        if plan is None:
            return None
        if isinstance(plan, _Plan):
            return plan.sql, plan.filled(given)
        try:
            return plan.query.sql_with_params()
        except EmptyResultSet:
            return None

    def _plan(
        self, asked: tuple[Hashable, ...], given: Sequence[Given]
    ) -> _Plan | QuerySet[Any, Any] | None:
        """Return the statement; where each person has one of her own, what Django makes of it."""
        reach = held_to()
        if reach is None:
            return self.build(*asked, *given)
        key = (reach, asked)
        if key not in self.plans:
            plan = _written(self.build, asked, given)
            if len(self.plans) >= MOST:
                self.plans.clear()
            self.plans[key] = plan
            return plan
        return self.plans[key]


def _marks(given: Sequence[Given], which: int) -> list[Given]:
    """Return a mark for each value, of its kind."""
    return [_mark(one, which, place) for place, one in enumerate(given)]


def _mark(value: Given, which: int, place: int) -> Given:
    if isinstance(value, str):
        return f"mark {which} of {place}"
    at = MARKS[which] + timedelta(days=400 * place)
    return at if isinstance(value, datetime) else at.date()


def _told(value: Given) -> Any:
    """Return a value as the database is told it."""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value)


def _written(
    build: Callable[..., QuerySet[Any, Any]], asked: tuple[Hashable, ...], given: Sequence[Given]
) -> _Plan | None:
    """Write the statement twice with marks for what is given, and find them in its parameters."""
    first, second = _marks(given, 0), _marks(given, 1)
    with _unasked():
        try:
            compiler = build(*asked, *first).query.get_compiler(connection=connection)
            sql, params = compiler.as_sql()
            again = build(*asked, *second).query.get_compiler(connection=connection).as_sql()
        except EmptyResultSet:
            return None
    told = list(zip(map(_told, first), map(_told, second), strict=True))
    holes = []
    for place, pair in enumerate(zip(params, again[1], strict=True)):
        if pair in told:
            holes.append((place, told.index(pair)))
        elif pair[0] != pair[1]:
            raise NotPlanned(f"parameter {place} is made out of what was given: hand it in as such")
    if again[0] != sql:
        raise NotPlanned("the statement itself depends on what was given")
    columns = [column[0] for column in compiler.select]
    return _Plan(sql, tuple(params), tuple(holes), compiler, compiler.get_converters(columns))


@contextmanager
def _unasked() -> Iterator[None]:
    """Refuse every question to the database while a statement is written."""

    def refuse(*_args: object) -> NoReturn:
        raise NotPlanned("a read that is kept asks the database while it is built")

    with connection.execute_wrapper(refuse):
        yield
