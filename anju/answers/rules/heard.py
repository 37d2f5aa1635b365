"""What a check read otherwise than it is written, and what stood blank; it changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from anju.answers.rules.answers import MISSING, AnswerSet, ItemDef
from anju.answers.rules.mapping import Mapping, Role
from anju.answers.rules.reading import written
from anju.answers.rules.vocabulary import folded, is_blank
from anju.kernel.pure.tables import Cell, Table
from anju.stats.scales import Level

KEPT = 200


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What is written in so many cells, and what it counts as in Chinese and English.

    Where it counts as nothing, both are empty.
    """

    written: str
    zh: str
    en: str
    cells: int


@dataclass(frozen=True, slots=True)
class Heard:
    """Blanks by heading, and answers, buildings and homes that count under another writing."""

    blanks: tuple[tuple[str, int], ...]
    words: tuple[Otherwise, ...]
    buildings: tuple[Otherwise, ...]
    homes: tuple[Otherwise, ...]

    def as_lines(self) -> dict[str, int | list[str]]:
        """Return it as a job keeps it: how many there are of each, and the first ones as lines."""
        kinds = {"words": self.words, "buildings": self.buildings, "homes": self.homes}
        lines: dict[str, int | list[str]] = {
            "heard_blanks": [line(header, str(count)) for header, count in self.blanks]
        }
        for name, found in kinds.items():
            lines[f"n_heard_{name}"] = len(found)
            lines[f"heard_{name}"] = [
                line(one.written, one.zh, one.en, str(one.cells)) for one in found[:KEPT]
            ]
        return lines


def line(*parts: str) -> str:
    """Return parts as one line, parted by tabs that stand in none of them."""
    return "\t".join(" ".join(part.split()) for part in parts)


def heard(table: Table, mapping: Mapping, answers: AnswerSet) -> Heard:
    """Return what a whole file without faults was read as, the most frequent first."""
    columns = {column.item: column.header for column in mapping.of_role(Role.ITEM)}
    blanks: list[tuple[str, int]] = []
    words: Counter[tuple[str, str, str]] = Counter()
    for place, item in enumerate(answers.items):
        header = columns[item.code]
        levels = answers.levels[:, place]
        empty = int((levels == MISSING).sum())
        blanks += [(header, empty)] if empty else []
        words.update(_words(table.column(header), levels.tolist(), item))
    return Heard(
        tuple(blanks),
        counted(words),
        _buildings(table, mapping, answers),
        _homes(table, mapping, answers),
    )


def _words(
    cells: Sequence[Cell], levels: Sequence[int], item: ItemDef
) -> Counter[tuple[str, str, str]]:
    """Return the texts of a column that are not the names of their levels, with how often."""
    found: Counter[tuple[str, str, str]] = Counter()
    meant = dict(zip(cells, levels, strict=True))  # the same cell means the same in every row
    for cell, times in Counter(cells).items():
        text, place = written(cell), meant[cell]
        if place == MISSING:
            if not is_blank(text):
                found[text, "", ""] += times
            continue
        level = item.scale.levels[place]
        if folded(text) not in {folded(name) for name in (level.code, level.zh, level.en)}:
            found[text, *_named(level)] += times
    return found


def _named(level: Level) -> tuple[str, str]:
    return level.zh or level.en or level.code, level.en or level.zh or level.code


def counted(found: Counter[tuple[str, str, str]]) -> tuple[Otherwise, ...]:
    """Return what was counted by text, Chinese and English, the most frequent first."""
    ordered = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Otherwise(*texts, cells) for texts, cells in ordered)


def _buildings(table: Table, mapping: Mapping, answers: AnswerSet) -> tuple[Otherwise, ...]:
    column, held = mapping.one(Role.BUILDING), answers.groups.get("building")
    if column is None or held is None:
        return ()
    return _otherwise([table.column(column.header)], held)


def _homes(table: Table, mapping: Mapping, answers: AnswerSet) -> tuple[Otherwise, ...]:
    """Return each way of writing a home beside the number under which it counts."""
    roles = (Role.BUILDING, Role.ENTRANCE, Role.UNIT)
    columns = [column for role in roles if (column := mapping.one(role)) is not None]
    if mapping.one(Role.UNIT) is None:
        return ()
    return _otherwise([table.column(column.header) for column in columns], answers.households)


def joined(cells: Iterable[Cell | str]) -> str:
    """Return building, entrance and room as somebody wrote them, side by side."""
    return " ".join(text for cell in cells if (text := written(cell)))


def _otherwise(
    columns: Sequence[Sequence[Cell]], held: Iterable[str | None]
) -> tuple[Otherwise, ...]:
    found: Counter[tuple[str, str, str]] = Counter()
    for (*cells, key), times in Counter(zip(*columns, held, strict=True)).items():
        text = joined(cells)
        if text and key and text.replace(" ", "-") != key:
            found[text, key, key] += times
    return counted(found)
