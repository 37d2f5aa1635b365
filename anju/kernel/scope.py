"""Which company: every query asks it, every row carries it. Not a permission: see access.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar, TypeVar

import structlog
from django.db import models
from typing_extensions import override

from anju.kernel.in_force import account as _account
from anju.kernel.in_force import company as _company

log = structlog.get_logger("anju.scope")
Row = TypeVar("Row", bound=models.Model)
Narrow = Callable[[Any], Any] | None
_parts: ContextVar[tuple[frozenset[int] | None, Narrow]] = ContextVar("parts", default=(None, None))


class NoCompany(RuntimeError):
    """A query of company rows was made while no company was set."""


class OtherCompany(ValueError):
    """A row was about to point into another company."""


@contextmanager
def company_scope(company_id: int) -> Iterator[None]:
    """Make every scoped query inside the block see the rows of this company and no others."""
    token = _company.set(int(company_id))
    try:
        yield
    finally:
        _company.reset(token)


@contextmanager
def part_scope(parts: frozenset[int] | None, also: Narrow = None) -> Iterator[None]:
    """Narrow every scoped query inside the block to some parts of the company; None is the whole.

    Each table says in `part` how to reach it; `also` narrows further. Jobs run without either.
    """
    token = _parts.set((parts, also))
    try:
        yield
    finally:
        _parts.reset(token)


@contextmanager
def account_scope(account_id: int) -> Iterator[None]:
    """Let the database show, inside the block, by which memberships an account is known."""
    token = _account.set(int(account_id))
    try:
        yield
    finally:
        _account.reset(token)


def current_company() -> int:
    """Return the company in force; raises NoCompany where none is set."""
    company = _company.get()
    if company is None:
        raise NoCompany("no company is set: wrap the call in company_scope(...)")
    return company


def held_to() -> tuple[int | None, frozenset[int] | None] | None:
    """Return the company and the parts that queries are held to; None where they are held further."""
    parts, also = _parts.get()
    return None if also else (_company.get(), parts)


class CompanyQuerySet(models.QuerySet[Row]):
    """Rows of one company; bulk writes are checked as single ones are."""

    @override
    def bulk_create(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> list[Row]:
        rows = list(objs)
        refuse_another_company(rows)
        return super().bulk_create(rows, *args, **kwargs)


class CompanyManager(models.Manager[Row]):
    """Default manager of every company row: raises outside a scope, filters inside one."""

    @override
    def get_queryset(self) -> CompanyQuerySet[Row]:
        rows = self.across_parts()
        (parts, also), path = _parts.get(), getattr(self.model, "part", "")
        rows = rows.filter(**{f"{path}__in": parts}) if parts is not None and path else rows
        return also(rows) if also else rows

    def across_parts(self) -> CompanyQuerySet[Row]:
        """Return the company's rows whatever the part: for what must be unique in a company."""
        rows: CompanyQuerySet[Row] = CompanyQuerySet(self.model, using=self._db)
        return rows.filter(company_id=current_company())

    def unscoped(self, why: str) -> CompanyQuerySet[Row]:
        """Return the rows of all companies, and say in the log who asked and why."""
        log.info("unscoped", model=self.model.__name__, why=why)
        return CompanyQuerySet(self.model, using=self._db)


def _scoped_fields(model: type[models.Model]) -> Iterator[models.ForeignKey[Any, Any]]:
    for field in model._meta.concrete_fields:
        target = field.related_model
        ours = isinstance(target, type) and issubclass(target, CompanyRow)
        if isinstance(field, models.ForeignKey) and field.name != "company" and ours:
            yield field


def _foreign(field: models.ForeignKey[Any, Any], rows: Sequence[models.Model], mine: int) -> bool:
    """Say whether any row points through this field at a row of another company."""
    unknown: set[int] = set()
    for row in rows:
        if field.is_cached(row):
            seen = field.get_cached_value(row)
            if seen is not None and getattr(seen, "company_id", None) != mine:
                return True
        elif (key := getattr(row, field.attname)) is not None:
            unknown.add(key)
    target: Any = field.related_model
    known = target._base_manager.filter(pk__in=unknown, company_id=mine).count() if unknown else 0
    return bool(known != len(unknown))


def refuse_another_company(rows: Sequence[models.Model]) -> None:
    """Raise OtherCompany where a row, or anything it points to, lies outside the company set."""
    if not rows:
        return
    mine, name = current_company(), type(rows[0]).__name__
    if any(getattr(row, "company_id", None) != mine for row in rows):
        raise OtherCompany(f"{name} does not belong to the company that is set")
    for field in _scoped_fields(type(rows[0])):
        if _foreign(field, rows, mine):
            raise OtherCompany(f"{name}.{field.name} points into another company")


class CompanyRow(models.Model):
    """Base of every table of a room: surrogate id, company column, scoped manager."""

    id = models.BigAutoField(primary_key=True)
    company_id: int
    # The lookup from a row to the id of the part it lies in; none for what the company shares.
    part: ClassVar[str] = ""

    objects: ClassVar[CompanyManager[Any]] = CompanyManager()

    class Meta:
        """Every table adds its own constraints, each beginning with the company."""

        abstract = True

    @override
    def save(self, *args: Any, **kwargs: Any) -> None:
        refuse_another_company([self])
        super().save(*args, **kwargs)


def company_first(name: str, *fields: str, **more: Any) -> models.UniqueConstraint:
    """Return a unique constraint that begins with the company, as all of ours do."""
    return models.UniqueConstraint(fields=["company", *fields], name=name, **more)
