"""The units of a project as the mapping of answers knows them; resolves spellings, not rights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from anju.answers.rules.entrances import clear_writings
from anju.answers.rules.units import Home, normalise
from anju.register.queries import building_lines, unit_names


@dataclass(frozen=True, slots=True)
class Frame:
    """The homes of a project by every spelling that is clear, and the keys behind them."""

    homes: Mapping[str, Home]
    units: Mapping[str, int]
    buildings: Mapping[str, int]

    def building_id(self, label: str | None) -> int | None:
        """Return the building that a label names, or None where the project has no such one."""
        return self.buildings.get(normalise(label)) if label else None


def frame_of_project(project_id: int) -> Frame:
    """Return the project's homes: building-unit always, the unit alone where it is the only one.

    Without its entrance, or with the first one though none is kept, a home is found where that is
    clear; a writing that may mean two homes finds none.
    """
    names = unit_names(project_id)
    alone = Counter(normalise(number) for _, number in names)
    homes: dict[str, Home] = {}
    units: dict[str, int] = {}
    shorts: dict[str, Home] = {}
    for (building, number), unit_id in names.items():
        short, key = normalise(number), normalise(f"{building}-{number}")
        if short.startswith(f"{normalise(building)}-"):
            key = short
        home = Home(key, building)
        units[key] = unit_id
        homes[key] = home
        if alone[short] == 1:
            shorts[short] = home
    clear = {text: homes[key] for text, key in clear_writings(units).items()}
    for text, home in (shorts | clear).items():
        if shorts.get(text, home) == home:
            homes.setdefault(text, home)
    buildings = {normalise(line.name): line.id for line in building_lines(project_id)}
    return Frame(homes, units, buildings)
