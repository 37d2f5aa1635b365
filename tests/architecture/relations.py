"""Which way foreign keys point, and whether the company comes first. Looks at models, not imports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import models

from tests.architecture import tower

Model = type[models.Model]


def room_of(model: Model) -> str | None:
    """Return the room a model lives in, None for a library's model."""
    parts = model.__module__.split(".")
    return parts[1] if parts[0] == "anju" else None


def pointing_up(found: Iterable[Model]) -> Iterator[str]:
    """Yield each relation whose target stands above its owner, or beside it in another room."""
    for model in found:
        home = room_of(model)
        for field in model._meta.local_fields + model._meta.local_many_to_many:
            target = field.related_model
            if home is None or not isinstance(target, type) or room_of(target) in {None, home}:
                continue
            if tower.height(str(room_of(target))) >= tower.height(home):
                yield f"{model._meta.label}.{field.name} → {target._meta.label} does not look down"


def without_company(found: Iterable[Model], *, apart: frozenset[str]) -> Iterator[str]:
    """Yield each table of a room that has no company column; `apart` names those above companies."""
    for model in found:
        if room_of(model) is None or model._meta.label in apart:
            continue
        if "company_id" not in {field.attname for field in model._meta.concrete_fields}:
            yield f"{model._meta.label} has no company"


def not_company_first(found: Iterable[Model], *, apart: frozenset[str]) -> Iterator[str]:
    """Yield each unique constraint and index of a room's table that begins with another column."""
    for model in found:
        if room_of(model) is None or model._meta.label in apart:
            continue
        for name, first in _begins(model):
            if first not in {"company", "company_id"}:
                yield f"{model._meta.label}: {name} begins with {first}, not with the company"
        for field in model._meta.local_fields:
            if field.unique and not field.primary_key:
                yield f"{model._meta.label}.{field.name} is unique over all companies"


def _begins(model: Model) -> Iterator[tuple[str, str]]:
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            yield constraint.name, _first([*constraint.fields, *constraint.expressions])
    for index in model._meta.indexes:
        yield index.name, _first([*index.fields, *index.expressions])


def _first(columns: list[object]) -> str:
    first = columns[0]
    return first.lstrip("-") if isinstance(first, str) else str(first)


def without_part(found: Iterable[Model], *, apart: frozenset[str]) -> Iterator[str]:
    """Yield each table that points at rows of a part of the company without saying which part.

    What lies in a project is hidden from whoever does not reach it; a table that forgot to say
    so would be seen by everybody. `apart` names those that all of the company shares.
    """
    for model in found:
        if room_of(model) is None or model._meta.label in apart or getattr(model, "part", None):
            continue
        for field in model._meta.local_fields:
            target = field.related_model
            if isinstance(target, type) and getattr(target, "part", None):
                yield f"{model._meta.label}.{field.name} lies in a part; the table does not say so"


def wrong_parts(found: Iterable[Model], *, part: str) -> Iterator[str]:
    """Yield each table whose way to its part does not end at the key of that table."""
    for model in found:
        path = getattr(model, "part", None)
        if room_of(model) is None or not path:
            continue
        at = model
        steps = path.removesuffix("_id").split("__")
        for step in steps:
            target = at._meta.get_field(step).related_model
            at = target if isinstance(target, type) else at
        if at._meta.label != part:
            yield f"{model._meta.label}: {path} leads to {at._meta.label}, not to {part}"
