"""Frozen dataclasses as plain data and back, so that a printed report can be stored and read again.

It follows the types of the dataclasses; what does not fit them is refused, never guessed.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Build = Callable[[Any], Any]


def to_plain(value: Any) -> Any:
    """Return dataclasses, tuples, sets, dates and enums as what JSON can hold."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_plain(entry) for key, entry in value.items()}
    if isinstance(value, (frozenset, set)):
        return sorted(to_plain(entry) for entry in value)
    if isinstance(value, (tuple, list)):
        return [to_plain(entry) for entry in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value


def from_plain(kind: type[T], plain: Any) -> T:
    """Return the dataclass that `to_plain` wrote.

    Errors: ValueError or KeyError where the plain data does not fit the type.
    """
    found = _builder(kind)(plain)
    if not isinstance(found, kind):
        raise ValueError(f"{type(found).__name__} is no {kind.__name__}")
    return found


def _same(value: Any) -> Any:
    return value


def _builder(kind: Any) -> Build:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _union(kind)
    if origin in (tuple, frozenset):
        inner = get_args(kind)
        if origin is tuple and inner[-1] is not Ellipsis:
            return _fixed(tuple(_builder(one) for one in inner))
        return _many(origin, _builder(inner[0]))
    if origin is not None:  # a mapping
        return _mapping(_builder(get_args(kind)[1]))
    return _simple(kind)


def _simple(kind: Any) -> Build:
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass(kind)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind
    if kind in (datetime, date):
        read: Build = kind.fromisoformat
        return read
    return float if kind is float else _same


def _union(kind: Any) -> Build:
    inner = [one for one in get_args(kind) if one is not type(None)]
    builds = [_builder(one) for one in inner]
    plain_text = str in inner

    def build(value: Any) -> Any:
        if value is None or (plain_text and isinstance(value, str)):
            return value
        return builds[-1 if plain_text and inner[0] is str else 0](value)

    return build


def _fixed(inner: tuple[Build, ...]) -> Build:
    return lambda value: tuple(one(entry) for one, entry in zip(inner, value, strict=True))


def _many(outer: type, inner: Build) -> Build:
    return lambda value: outer(inner(entry) for entry in value)


def _mapping(inner: Build) -> Build:
    return lambda value: {key: inner(entry) for key, entry in value.items()}


@lru_cache(maxsize=256)
def _dataclass(kind: Any) -> Build:
    builds: dict[str, Build] = {}
    names = {field.name for field in fields(kind)}

    def build(value: Any) -> Any:
        if not builds:  # made on first use, so that a type may name itself
            hints = get_type_hints(kind)
            builds.update({name: _builder(hints[name]) for name in names})
        if set(value) - names:
            raise ValueError(f"{kind.__name__} has no {sorted(set(value) - names)}")
        return kind(**{name: builds[name](entry) for name, entry in value.items()})

    return build
