"""Which cells may be shown: at least k households, and nothing hidden comes out by subtraction.

Not about pages: it runs before a number is stored, so that no page, file or chart can leak one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from anju.stats.results import BadArgument, BadCounts, Bounds, Suppressed, Words

K = 5


class State(StrEnum):
    """What may be shown of a cell."""

    SHOWN = "shown"
    BAND = "band"  # a range instead of the figure: all answers are equal, or it would reveal one
    SMALL = "small"  # fewer than k households
    COMPLEMENT = "complement"  # hidden so that a small cell cannot be subtracted out
    EMPTY = "empty"  # nobody answered: silent, nothing to protect


STATE_WORDS: dict[State, Words] = {
    State.SHOWN: Words("显示", "shown"),
    State.BAND: Words("只显示区段", "shown as a range only"),
    State.SMALL: Words("不足最小户数，不显示", "too few households to show"),
    State.COMPLEMENT: Words(
        "为保护相邻的小组，不显示", "hidden to protect a small group beside it"
    ),
    State.EMPTY: Words("无回答", "no answers"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure to publish: the cell it is a part of, by which cut, over how many households.

    The cells with the same `parent` and `cut` divide the parent; one parent may have several cuts
    (by building, by stratum). `all_equal` names the answer that everybody in the cell gave, or
    "top" and "rest" where only a share is shown; None where answers differ.
    """

    key: str
    parent: str | None
    households: int
    cut: str = ""
    all_equal: str | None = None


@dataclass(frozen=True, slots=True)
class Suppression:
    """The decision for each cell."""

    states: dict[str, State]
    k: int

    def state(self, key: str) -> State:
        """Give the state of a cell.

        Errors: BadArgument where the cell was not part of the decision.
        """
        if key not in self.states:
            raise BadArgument(
                "key",
                en=f"No decision was made about {key!r}: add it to the cells first.",
                zh=f"没有对“{key}”作出判断，请先列入。",
            )
        return self.states[key]

    def shown(self, key: str) -> bool:
        """Say whether the exact figure may be shown."""
        return self.state(key) is State.SHOWN

    @property
    def hidden(self) -> frozenset[str]:
        """Give the keys that may not be shown at all, silent ones not among them."""
        kept = (State.SMALL, State.COMPLEMENT)
        return frozenset(key for key, state in self.states.items() if state in kept)

    def require(self, key: str) -> None:
        """Refuse to hand out a hidden cell.

        Errors: Suppressed.
        """
        if self.state(key) in (State.SMALL, State.COMPLEMENT):
            raise Suppressed(
                "group",
                en=f"Fewer than {self.k} households, or a neighbour of such a group: not shown.",
                zh=f"不足 {self.k} 户，或与此类小组相邻，不予显示。",
            )


def suppress(
    cells: Iterable[Cell], k: int = K, already: frozenset[str] = frozenset()
) -> Suppression:
    """Decide what may be shown so that no hidden group of fewer than k households can be derived.

    Cells under k are hidden; then, in every division of every parent, the hidden siblings
    together (with the rest of the parent that no cell covers) must reach k, else the smallest
    shown sibling is hidden too, until nothing changes. Cells whose answers are all equal become
    bands, and where they alone could be subtracted a sibling becomes a band as well. `already`
    names cells hidden by an earlier decision, such as the wave's for an item.

    Errors: BadArgument (k under 5, a key twice, an unknown parent, a ring), BadCounts.
    Source: Willenborg and de Waal 2001, Elements of Statistical Disclosure Control, chapter 1.

    Example:
        >>> cells = [Cell("all", None, 30), Cell("a", "all", 3), Cell("b", "all", 9),
        ...          Cell("c", "all", 18)]
        >>> sorted(suppress(cells).hidden)
        ['a', 'b']
    """
    table = _table(list(cells), k, already)
    states = {cell.key: _alone(cell, k, already) for cell in table.values()}
    divisions = _divisions(table)
    _until_stable(lambda part: _hide_one(part, states, k), divisions)
    for cell in table.values():
        if cell.all_equal is not None and states[cell.key] is State.SHOWN:
            states[cell.key] = State.BAND
    _until_stable(lambda part: _band_one(part, states), divisions)
    return Suppression(states, k)


def band(value: float, steps: int = 5) -> Bounds:
    """Give the range that is shown instead of a share: one of equally wide steps from 0 to 1.

    Errors: BadArgument outside 0 to 1.

    Example:
        >>> band(1.0)
        Bounds(low=0.8, high=1.0)
    """
    if not 0 <= value <= 1:
        raise BadArgument("value", en="A share lies between 0 and 1.", zh="比例须在 0 与 1 之间。")
    step = min(int(value * steps), steps - 1)
    return Bounds(step / steps, (step + 1) / steps)


@dataclass(frozen=True, slots=True)
class _Division:
    """A parent, the answered cells that one cut divides it into, and households in none."""

    parent: Cell
    parts: tuple[Cell, ...]
    rest: int


def _table(cells: Sequence[Cell], k: int, already: frozenset[str]) -> dict[str, Cell]:
    table = {cell.key: cell for cell in cells}
    if k < K:
        raise BadArgument(
            "k",
            en=f"The minimum group is {K} households; it may be raised, never lowered.",
            zh=f"最小户数为 {K} 户，可以提高，不能降低。",
        )
    unknown = {cell.parent for cell in cells} - {None} - set(table)
    if len(table) < len(cells) or unknown or already - set(table):
        raise BadArgument(
            "cells",
            en="Each cell needs a key of its own, and every parent must be a cell too.",
            zh="每个单元须有自己的代码，上级也须列入。",
        )
    if min((cell.households for cell in cells), default=0) < 0:
        raise BadCounts("households", en="A count cannot be negative.", zh="户数不能为负数。")
    for cell in cells:
        _climb(cell, table)
        _fits(cell, table)
    return table


def _fits(cell: Cell, table: dict[str, Cell]) -> None:
    if cell.parent is not None and cell.households > table[cell.parent].households:
        raise BadCounts(
            "households",
            en=f"{cell.key!r} holds more households than {cell.parent!r}, which it is a part of.",
            zh=f"“{cell.key}”的户数多于其上级“{cell.parent}”。",
        )


def _climb(cell: Cell, table: dict[str, Cell]) -> None:
    seen = {cell.key}
    above = cell.parent
    while above is not None:
        if above in seen:
            raise BadArgument(
                "parent",
                en=f"{above!r} is a part of itself.",
                zh=f"“{above}”不能是自己的下级。",
            )
        seen.add(above)
        above = table[above].parent


def _alone(cell: Cell, k: int, already: frozenset[str]) -> State:
    if cell.households == 0:
        return State.EMPTY
    if cell.households < k:
        return State.SMALL
    return State.COMPLEMENT if cell.key in already else State.SHOWN


def _divisions(table: dict[str, Cell]) -> list[_Division]:
    found: dict[tuple[str, str], list[Cell]] = {}
    for cell in table.values():
        if cell.parent is not None and cell.households > 0:
            found.setdefault((cell.parent, cell.cut), []).append(cell)
    return [
        _Division(
            table[parent],
            tuple(sorted(parts, key=lambda cell: (cell.households, cell.key))),
            max(0, table[parent].households - sum(cell.households for cell in parts)),
        )
        for (parent, _), parts in found.items()
    ]


def _until_stable(rule: Callable[[_Division], bool], divisions: Sequence[_Division]) -> None:
    moving = True
    while moving:
        moved = [rule(part) for part in divisions]
        moving = any(moved)


def _hide_one(part: _Division, states: dict[str, State], k: int) -> bool:
    """Hide the smallest shown part where what is hidden could be subtracted out."""
    hidden = [cell for cell in part.parts if states[cell.key] is not State.SHOWN]
    together = part.rest + sum(cell.households for cell in hidden)
    shown = [cell for cell in part.parts if states[cell.key] is State.SHOWN]
    derivable = states[part.parent.key] is not State.SHOWN and together == 0
    if not shown or not (0 < together < k or derivable):
        return False
    states[shown[0].key] = State.COMPLEMENT
    return True


def _band_one(part: _Division, states: dict[str, State]) -> bool:
    """Turn the smallest exact part into a band where a band could be worked out exactly."""
    exact = [cell for cell in part.parts if states[cell.key] is State.SHOWN]
    vague = [cell for cell in part.parts if states[cell.key] is not State.SHOWN]
    bands = [cell for cell in vague if states[cell.key] is State.BAND]
    if states[part.parent.key] is State.SHOWN:
        same = len({cell.all_equal for cell in vague}) == 1 and vague[0].all_equal is not None
        open_to_all = bool(bands) and part.rest == 0 and (len(vague) == 1 or same)
    else:
        open_to_all = not vague and part.rest == 0
    if not exact or not open_to_all:
        return False
    states[exact[0].key] = State.BAND
    return True
