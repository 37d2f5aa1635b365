"""One more small table: how many people gave each level of the main item, by their groups together.

What goes with satisfaction, all else alike, cannot be told from one group at a time. The table is
for computing: its cells may hold one person, and no page shows them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from anju.answers.rules.answers import MISSING, AnswerSet

APART = frozenset({"building", "mode", "unit", "zone"})  # where and how, not who
CATEGORIES, KINDS, CELLS, CLUSTERS = 12, 6, 5_000, 10

Labels = Sequence[str | None]


@dataclass(frozen=True, slots=True)
class Cell:
    """People of the same level and groups, and of the same building where it is counted."""

    level: int
    labels: tuple[str, ...]
    building: str
    people: int


@dataclass(frozen=True, slots=True)
class Joint:
    """The table: `place` is the item, `kinds` name the labels of a cell; `left` are people left out.

    Left out is who gave no level with a value, or lies in no group of a kind.
    """

    place: int
    kinds: tuple[str, ...]
    cells: tuple[Cell, ...]
    clustered: bool
    left: int


def joint(answers: AnswerSet, place: int | None) -> Joint | None:
    """Return the table for one item; None without it, or where nobody is told apart.

    Kinds of more than twelve groups are left out, and those of most groups first where the table
    would not be small; buildings are counted where there are ten and the table stays small.
    """
    if place is None:
        return None
    groups = _groups(answers.groups)
    while groups:
        found = _counted(answers, place, groups, None)
        if len(found) <= CELLS:
            break
        groups.pop(max(groups, key=lambda kind: len(set(groups[kind]))))
    if not groups:
        return None
    houses = answers.groups.get("building", ())
    many = len({house for house in houses if house is not None}) >= CLUSTERS
    by_house = _counted(answers, place, groups, houses) if many else None
    clustered = by_house is not None and len(by_house) <= CELLS
    used = by_house if clustered and by_house is not None else found
    cells = tuple(Cell(*key, people) for key, people in sorted(used.items()))
    left = int(answers.count.sum()) - sum(cell.people for cell in cells)
    return Joint(place, tuple(groups), cells, clustered, left)


def _groups(known: Mapping[str, Labels]) -> dict[str, Labels]:
    """Return the kinds that tell owners apart, at most six."""
    told = {
        kind: labels
        for kind, labels in known.items()
        if kind not in APART and 2 <= len(set(labels) - {None}) <= CATEGORIES
    }
    return dict(list(told.items())[:KINDS])


def _counted(
    answers: AnswerSet, place: int, groups: Mapping[str, Labels], houses: Labels | None
) -> Counter[tuple[int, tuple[str, ...], str]]:
    valued = len(answers.items[place].scale.valued)
    levels = answers.levels[:, place].tolist()
    found: Counter[tuple[int, tuple[str, ...], str]] = Counter()
    lines = zip(levels, answers.count.tolist(), *groups.values(), strict=True)
    for at, (level, people, *labels) in enumerate(lines):
        house = "" if houses is None else houses[at]
        if level == MISSING or level >= valued or house is None or None in labels:
            continue
        found[level, tuple(labels), house] += people
    return found


def together(a: Joint | None, b: Joint | None) -> Joint | None:
    """Return the table of two parts of a wave; None where they were not counted alike."""
    if a is None or b is None or (a.place, a.kinds) != (b.place, b.kinds):
        return None
    clustered = a.clustered and b.clustered
    found: Counter[tuple[int, tuple[str, ...], str]] = Counter()
    for cell in (*a.cells, *b.cells):
        found[cell.level, cell.labels, cell.building if clustered else ""] += cell.people
    cells = tuple(Cell(*key, people) for key, people in sorted(found.items()))
    return Joint(a.place, a.kinds, cells, clustered, a.left + b.left)
