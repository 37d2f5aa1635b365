"""What is known of a wave beside its answers; every count may be None, which is unknown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from anju.fieldwork.rules.response import FieldLine
from anju.insight.measured.cells import Cells
from anju.stats.results import Words
from anju.stats.suppress import K


@dataclass(frozen=True, slots=True)
class Frame:
    """How many homes a group has, how many forms went out and came back; None is unknown."""

    kind: str
    label: str
    population: int | None = None
    issued: int | None = None
    returned: int | None = None
    planned: int | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """An index that others published, with what it was made of."""

    label: str
    kind: str  # points | people
    numerator: float
    denominator: float
    issued: int | None = None
    returned: int | None = None


@dataclass(frozen=True, slots=True)
class PartScore:
    """A published score of one part, 0 to 100, with its number of answers where known."""

    label: str
    value: float
    n: int | None = None


@dataclass(frozen=True, slots=True)
class WaveFacts:
    """The facts of one wave; texts are in the language of whoever wrote them.

    `as_of` is told in the company's own zone, which `zone` names. Units: `target` is a share
    satisfied in percent.
    """

    title: str
    as_of: datetime
    company: str = ""
    project: str = ""
    period: str = ""
    number: str = ""
    source: str = "own"  # own | third_party | published
    design: str = ""  # census | sample
    base: str = "households"  # dwellings | households | owners
    modes: tuple[str, ...] = ()
    fieldwork_from: date | None = None
    fieldwork_to: date | None = None
    period_end: date | None = None
    population: int | None = None
    planned: int | None = None
    issued: int | None = None
    returned: int | None = None
    valid: int | None = None
    refused: int | None = None
    unreachable: int | None = None
    frames: tuple[Frame, ...] = ()
    by_building: tuple[FieldLine, ...] = ()
    scale_minimum: float | None = None
    target: float | None = None
    target_source: str = ""  # survey | project
    provisional: bool = False
    zone: str = ""
    cells: Cells | None = None
    purpose: str = ""
    method: str = ""
    consultant: str = ""
    weights_note: str = ""
    anonymity: str = ""
    shortfall: str = ""
    totals: tuple[Published, ...] = ()
    parts: tuple[PartScore, ...] = ()
    notes: tuple[str, ...] = ()
    lists: tuple[tuple[str, Words], ...] = ()  # code and words of lists that nobody counted then

    @property
    def base_count(self) -> int | None:
        """Return the number the silent are counted against: the population, else the issued."""
        return self.population if self.population is not None else self.issued

    @property
    def of_those_asked(self) -> bool:
        """Say whether figures speak of those who were asked alone: the estate's size is unknown."""
        return self.population is None and self.issued is not None

    def frame(self, kind: str, label: str) -> Frame | None:
        """Return what is known of a group, or None."""
        return next((f for f in self.frames if (f.kind, f.label) == (kind, label)), None)


@dataclass(frozen=True, slots=True)
class Options:
    """What the person who prints chose; the rest follows from the answers.

    `formula` is one of share_top, mean_index, points_share, composite, nps, or "" for the usual;
    `k` may be raised, never lowered; `kinds` () prints every kind of group.
    """

    formula: str = ""
    k: int = K
    kinds: tuple[str, ...] = ()
    lead: str = ""
    level: float = 0.95
