"""Paper forms of a building: issued, returned and entered must fit together; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from anju.kernel.pure.problems import Problem

MOST = 100_000


@dataclass(frozen=True, slots=True)
class BuildingForms:
    """The forms of one building; None is not counted yet, which is not nought."""

    building_id: int
    issued: int | None = None
    returned: int | None = None


def faults(lines: Sequence[BuildingForms]) -> tuple[Problem, ...]:
    """Return what contradicts itself, each at its field: E-COUNT, E-NUM-RANGE."""
    found = []
    for line in lines:
        known = {"issued": line.issued, "returned": line.returned}
        for name, value in known.items():
            if value is not None and not 0 <= value <= MOST:
                found.append(_range(f"{name}-{line.building_id}"))
        if line.returned is not None and line.issued is not None and line.returned > line.issued:
            found.append(_more(line.returned, line.issued, f"returned-{line.building_id}"))
    return tuple(found)


def _range(field: str) -> Problem:
    return Problem(
        "E-NUM-RANGE",
        field,
        "A number of forms lies between 0 and {most}. Change the number.",
        "份数须在 0 到 {most} 之间。请修改。",
        most=MOST,
    )


def _more(returned: int, issued: int, field: str) -> Problem:
    return Problem(
        "E-COUNT",
        field,
        "{returned} returned, but {issued} issued. Correct one of the two numbers.",
        "收回 {returned} 份，多于发放 {issued} 份。请更正其中一个数。",
        returned=returned,
        issued=issued,
    )


def together(parts: Sequence[int | None]) -> int | None:
    """Return the sum of what is known; None where nothing is."""
    known = [part for part in parts if part is not None]
    return sum(known) if known else None
