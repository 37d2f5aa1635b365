"""What each room holds about people: declared by the room, compared with the schema itself.

A table from which keys lead to a person or to a home must be declared, or a test fails; so neither
an export nor an erasure can forget one. It reads and writes no row.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model, QuerySet
from django.utils.functional import Promise


class Of(StrEnum):
    """Whose rows they are."""

    PERSON = "person"
    HOME = "home"


class Fate(StrEnum):
    """What an erasure does with them."""

    KEPT = "kept"
    EMPTIED = "emptied"
    REMOVED = "removed"
    APART = "apart"  # nothing personal: places, and what the company does


@dataclass(frozen=True, slots=True)
class Holding:
    """The rows of one table, or those `among` them, and what becomes of them.

    `path` leads from a row to the person, or to the unit. `dated` are the columns that say when a
    home's row was made, the first that is known counts. `empty` holds what columns are set to,
    `private` is not given out while others share the home, `hidden` never. `also` is done with the
    rows besides, such as not sending what waits. `sealed` rows are private to somebody outside the
    company, whoever asks. `words` says what the rows are.
    """

    model: str
    path: str
    of: Of
    fate: Fate
    words: str | Promise
    among: Mapping[str, object] = field(default_factory=dict)
    dated: tuple[str, ...] = ()
    empty: Mapping[str, object] = field(default_factory=dict)
    private: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    also: Callable[[QuerySet[Any], datetime], object] | None = None
    sealed: Callable[[Any], bool] | None = None

    @property
    def table(self) -> type[Model]:
        """The model that holds the rows."""
        return apps.get_model(self.model)

    def rows(self) -> QuerySet[Model]:
        """Return all rows of the table in the company that is set, staged and withdrawn ones too."""
        manager = self.table._default_manager
        whole = getattr(manager, "whole", None)
        rows: QuerySet[Model] = whole() if whole is not None else manager.all()
        return rows.filter(**self.among)


HOLDINGS: dict[str, Holding] = {}


def declare(*holdings: Holding) -> None:
    """Say what a room holds; called once by its application when it is ready.

    A table whose rows are partly a person's and partly a home's is declared once for each.
    """
    for holding in holdings:
        known = HOLDINGS.get(holding.model)
        second = known is not None and known.of is not holding.of
        HOLDINGS[f"{holding.model} {holding.of.value}" if second else holding.model] = holding


def of_kind(of: Of) -> tuple[Holding, ...]:
    """Return what is held about persons, or about homes, in the order of declaration."""
    held = HOLDINGS.values()
    return tuple(one for one in held if one.of is of and one.fate is not Fate.APART)


def paths_to(label: str) -> dict[str, str]:
    """Return model → lookup path for every table from which keys lead to this one, however far."""
    start = apps.get_model(label)
    found: dict[str, str] = {}
    seen: set[type[Model]] = {start}
    waiting: deque[tuple[type[Model], str]] = deque([(start, "")])
    while waiting:
        target, onward = waiting.popleft()
        for model in apps.get_models():
            if model in seen:
                continue
            for key in model._meta.concrete_fields:
                if isinstance(key, ForeignKey) and key.related_model is target:
                    path = f"{key.name}__{onward}" if onward else key.name
                    found[model._meta.label] = path
                    seen.add(model)
                    waiting.append((model, path))
                    break
    return found


def undeclared() -> list[str]:
    """Return each table that leads to a person or a home and that no room has spoken of."""
    led = {**paths_to("register.Unit"), **paths_to("register.Person")}
    return sorted(label for label in led if label not in HOLDINGS)
