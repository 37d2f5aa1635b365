"""The units of a project by their spellings, and the refusal of one that it does not have; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from anju.answers.rules.entrances import clear_writings
from anju.kernel.pure.problems import Problem
from anju.register.rules.units import nearest

# Looking for the most similar unit is slow, so only the first unknown ones get a proposal.
_NEAREST_MOST = 50


class Spellings:
    """The units that there are, by key, without an entrance, and by room alone where one has it."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.keys = dict.fromkeys(keys)
        shorts = Counter(key.rpartition("-")[2] for key in self.keys)
        self._alone = {
            key.rpartition("-")[2]: key for key in self.keys if shorts[key.rpartition("-")[2]] == 1
        }
        self._clear = clear_writings(self.keys)
        self._buildings: dict[str, list[str]] = {}
        for key in self.keys:
            self._buildings.setdefault(key.partition("-")[0], []).append(key)
        self._asked = 0

    def find(self, key: str) -> str:
        """Return the whole key that a writing means, or an empty text."""
        if key in self.keys:
            return key
        return self._clear.get(key) or self._alone.get(key, "")

    def close(self, key: str) -> str:
        """Return the unit that looks most like it, first in the same building; only so many."""
        self._asked += 1
        if self._asked > _NEAREST_MOST:
            return ""
        beside = self._buildings.get(key.partition("-")[0], [])
        return nearest(key, beside) or (nearest(key, self.keys) if len(self.keys) < 5_000 else "")


def unknown_unit(key: str, close: str) -> Problem:
    """Return the refusal of a unit or building that the project does not have: E-UNIT."""
    if close:
        return Problem(
            "E-UNIT",
            "unit",
            "The project has no unit {value}; the nearest is {close}.",
            "项目中没有房号 {value}；最接近的是 {close}。",
            value=key[:60],
            close=close,
        )
    return Problem(
        "E-UNIT",
        "unit",
        "The project has no unit {value}; write it as building-entrance-room, such as 3-2-1201.",
        "项目中没有房号 {value}；请按“楼栋-单元-房号”填写，例如 3-2-1201。",
        value=key[:60],
    )
