"""What each column of a file means, as a person confirmed it; kept and read back strictly.

It proposes nothing (`guess`) and reads no cells (`apply`).
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from anju.kernel.pure.problems import Problem

VERSION = 1


class Role(StrEnum):
    """What a column holds."""

    ITEM = "item"
    COMMENT = "comment"
    BUILDING = "building"
    ENTRANCE = "entrance"
    UNIT = "unit"
    STRATUM = "stratum"
    USE_TYPE = "use_type"
    GROUP = "group"
    COUNT = "count"
    WEIGHT = "weight"
    MODE = "mode"
    ANSWERED_AT = "answered_at"
    IGNORED = "ignored"


# A file may have one column of each of these.
SINGLE = frozenset(
    {
        Role.BUILDING,
        Role.ENTRANCE,
        Role.UNIT,
        Role.STRATUM,
        Role.USE_TYPE,
        Role.COUNT,
        Role.WEIGHT,
        Role.MODE,
        Role.ANSWERED_AT,
    }
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one text in a column means: a level's code, or None for no answer."""

    text: str
    level: str | None


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """What one column means; `item` and `answers` belong to items alone."""

    header: str
    role: Role
    item: str = ""
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Mapping:
    """What every column of a file means."""

    columns: tuple[ColumnMap, ...]

    def of_role(self, role: Role) -> tuple[ColumnMap, ...]:
        """Return the columns of one role, in the order of the file."""
        return tuple(column for column in self.columns if column.role is role)

    def one(self, role: Role) -> ColumnMap | None:
        """Return the column of a role that a file has once, or None."""
        found = self.of_role(role)
        return found[0] if found else None


def fingerprint(headers: Sequence[str]) -> str:
    """Return a mark by which a file with the same columns is known again, in any order."""
    plain = sorted(unicodedata.normalize("NFKC", header).strip().lower() for header in headers)
    return hashlib.sha256("\n".join(plain).encode()).hexdigest()


def to_json(mapping: Mapping) -> str:
    """Return the mapping as JSON that `from_json` reads back equal."""
    return json.dumps(
        {"version": VERSION, "columns": [asdict(column) for column in mapping.columns]},
        ensure_ascii=False,
    )


def from_json(text: str) -> Mapping:
    """Return a mapping that was kept.

    Errors: E-MAP for anything that `to_json` would not have written, unknown keys among it.
    """
    try:
        plain = json.loads(text)
        _exact(plain, {"version", "columns"})
        if plain["version"] != VERSION:
            raise ValueError(f"version {plain['version']}")
        return Mapping(tuple(_column(column) for column in plain["columns"]))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Problem(
            "E-MAP",
            "mapping",
            "The kept mapping of columns cannot be read ({reason}); map the columns again.",
            "保存的列对应关系无法读取（{reason}），请重新对应各列。",
            reason=str(error)[:80],
        ) from None


def check_headers(headers: Sequence[str], mapping: Mapping) -> None:
    """Refuse a file whose columns cannot be told apart or do not hold what the mapping names.

    Errors: E-IMP-COLUMN with the names of the columns.
    """
    twice = [name for name, count in Counter(headers).items() if count > 1]
    used = {column.header for column in mapping.columns if column.role is not Role.IGNORED}
    clash = [name for name in twice if name in used] if used else twice
    if clash:
        raise _columns(clash, "stand in the file more than once", "在文件中重复出现")
    missing = [c.header for c in mapping.columns if c.header in used - set(headers)]
    if missing:
        raise _columns(missing, "are missing from the file", "在文件中缺失")
    if not mapping.of_role(Role.ITEM):
        raise Problem(
            "E-IMP-COLUMN",
            "mapping",
            "No column is mapped to an item; choose at least one column that holds answers.",
            "没有任何一列对应到题目；请至少选择一列作为答案。",
        )
    _check_single(mapping)


def _check_single(mapping: Mapping) -> None:
    for role in SINGLE:
        found = [column.header for column in mapping.of_role(role)]
        if len(found) > 1:
            raise _columns(found, "are mapped to the same thing", "对应到了同一项内容")
    items = Counter(column.item for column in mapping.of_role(Role.ITEM))
    again = {item for item, count in items.items() if count > 1}
    shared = [column.header for column in mapping.of_role(Role.ITEM) if column.item in again]
    if shared:
        raise _columns(shared, "are mapped to the same item", "对应到了同一道题目")


def _columns(names: Sequence[str], en: str, zh: str) -> Problem:
    return Problem(
        "E-IMP-COLUMN",
        "mapping",
        "These columns {en_why}: {names}. Rename or map them so that each is there once.",
        "以下列{zh_why}：{names}。请改名或重新对应，使每列只出现一次。",
        en_why=en,
        zh_why=zh,
        names=", ".join(names[:20]),
    )


def _exact(plain: Any, keys: set[str]) -> None:
    if not isinstance(plain, dict) or set(plain) != keys:
        raise ValueError("unexpected keys")


def _text(plain: Any) -> str:
    if not isinstance(plain, str) or len(plain) > 2_000:
        raise ValueError("not a text")
    return plain


def _column(plain: Any) -> ColumnMap:
    _exact(plain, {"header", "role", "item", "answers"})
    return ColumnMap(
        header=_text(plain["header"]),
        role=Role(plain["role"]),
        item=_text(plain["item"]),
        answers=tuple(_answer(answer) for answer in plain["answers"]),
    )


def _answer(plain: Any) -> Answer:
    _exact(plain, {"text", "level"})
    level = plain["level"]
    return Answer(_text(plain["text"]), None if level is None else _text(level))
