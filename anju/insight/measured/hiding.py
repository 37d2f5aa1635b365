"""What may be shown of each group, decided before any figure leaves: minimum group, complements.

The decision itself is `anju.stats.suppress`; here it is asked once for every way in which groups
lie inside each other, until nothing more has to be hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from anju.stats.suppress import Cell, State, suppress
from anju.tally.tables import WHOLE, GroupTally, Nest, Tally, group_key

Parents = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class About:
    """What a decision needs of a group: its households, and the answer all of them gave."""

    households: int
    all_equal: str | None = None


@dataclass(frozen=True, slots=True)
class Wall:
    """The decision for every group about one figure."""

    states: Mapping[str, State]

    def state(self, group: GroupTally) -> State:
        """Return what may be shown of a group."""
        return self.states[group.key]

    @property
    def hidden(self) -> frozenset[str]:
        """Return the keys of the groups that are kept back."""
        kept = (State.SMALL, State.COMPLEMENT)
        return frozenset(key for key, state in self.states.items() if state in kept)


def decide(
    tally: Tally,
    k: int,
    about: Callable[[GroupTally], About],
    already: frozenset[str] = frozenset(),
) -> Wall:
    """Return what may be shown of each group about one figure.

    `already` are groups kept back by an earlier decision about the whole wave.
    """
    asked = {group.key: (group, _few(group, about(group), k)) for group in tally.groups}
    arrangements = [_flat(tally), *(_nested(tally, nest) for nest in tally.nests)]
    hidden, bands = already, set[str]()
    states: dict[str, State] = {}
    while True:
        before = hidden
        for parents in arrangements:
            found = suppress(_cells(asked, parents), k, hidden)
            hidden |= found.hidden
            bands |= {key for key, state in found.states.items() if state is State.BAND}
            states |= found.states
        if hidden == before:
            break
    return Wall({key: _final(key, state, hidden, bands) for key, state in states.items()})


def _few(group: GroupTally, found: About, k: int) -> About:
    """Of a group of fewer than k homes nobody may learn whether they answered this either."""
    return found if found.households or group.households >= k else About(group.households)


def _final(key: str, state: State, hidden: frozenset[str], bands: set[str]) -> State:
    if state in (State.EMPTY, State.SMALL):
        return state
    if key in hidden:
        return State.COMPLEMENT
    return State.BAND if key in bands else State.SHOWN


def _flat(tally: Tally) -> Parents:
    return {group.key: WHOLE for group in tally.groups if group.kind != WHOLE}


def _nested(tally: Tally, nest: Nest) -> Parents:
    inside = {
        group_key(nest.fine, fine): group_key(nest.coarse, coarse) for fine, coarse in nest.pairs
    }
    return {**_flat(tally), **inside}


def _cells(asked: Mapping[str, tuple[GroupTally, About]], parents: Parents) -> list[Cell]:
    cells = []
    for key, (group, about) in asked.items():
        parent = parents.get(key)
        most = about.households if parent is None else asked[parent][1].households
        households = min(about.households, most)
        cells.append(Cell(key, parent, households, group.kind, about.all_equal))
    return cells
