"""The figures of one survey report, frozen: what every page, file and chart is drawn from.

Suppression has been applied: what may not be shown is not in here. Texts carry both languages.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from anju.fieldwork.rules.response import FieldLine
from anju.insight.measured.cells import Cells
from anju.insight.measured.depth import Calibrated, Pooling, Timed
from anju.stats.change import Change
from anju.stats.ipa import Quadrant
from anju.stats.method import MethodRow
from anju.stats.results import Bounds, Caution, Estimate, Words
from anju.stats.suppress import State

VERSION = 1


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure that may be shown, or the reason why not; `n` is None where it may not be told.

    `few` marks 5 to 29 answers; `note` stands in place of the figure.
    """

    state: State
    figure: Estimate | None = None
    band: Bounds | None = None
    n: int | None = None
    few: bool = False
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """Whose report this is, of what, when."""

    title: str
    as_of: datetime
    company: str = ""
    project: str = ""
    period: str = ""
    number: str = ""
    source: str = "own"
    consultant: str = ""
    fieldwork_from: date | None = None
    fieldwork_to: date | None = None
    zone: str = ""
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the response accounting; None is unknown. `share` is of the step's base."""

    key: str
    label: Words
    count: int | None
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Funnel:
    """From homes to valid answers; `rate` is returned of issued, or None with the reason."""

    steps: tuple[Step, ...]
    rate: float | None
    why: Words | None
    base: int | None
    answered: int
    households: int
    title: Words


@dataclass(frozen=True, slots=True)
class Segment:
    """One piece of a bar: `tone` 1 (worst) to 5 (best), 0 the silent or without an opinion."""

    tone: int
    label: Words
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Level:
    """One level of an item: people, their weighted share of valid answers (None without value)."""

    code: str
    words: Words
    tone: int
    n: int
    share: float | None
    value: float | None
    top: bool


@dataclass(frozen=True, slots=True)
class Contrast:
    """A change against the earlier wave, or the reason why there is none."""

    change: Change | None
    before: Estimate | None = None
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One item over everybody: distribution, share satisfied, index, and what changed."""

    code: str
    label: Words
    purpose: str
    scale: str
    balanced: bool
    top_words: Words
    share: Shown
    index: Shown
    levels: tuple[Level, ...] = ()
    bar: tuple[Segment, ...] = ()
    not_applicable: int | None = None
    missing: int | None = None
    dimension: str | None = None
    dimension_label: Words | None = None
    service_line: str | None = None
    department: str | None = None
    contrast: Contrast | None = None


@dataclass(frozen=True, slots=True)
class DimensionFigure:
    """One dimension over everybody, an index 0 to 100."""

    code: str
    label: Words
    items: int
    index: Shown
    contrast: Contrast | None = None


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group: its figure, its base, and how it stands to the others together."""

    label: str
    shown: Shown
    population: int | None = None
    issued: int | None = None
    verdict: str = ""  # low | tie | high, "" where not compared
    p_holm: float | None = None


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two groups compared, after correction for all comparisons of the breakdown."""

    a: str
    b: str
    difference: float
    p_holm: float
    told_apart: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One item or dimension in one group."""

    group: str
    what: str
    shown: Shown


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One kind of group: figures, verdicts, and who cannot be told apart from whom."""

    kind: str
    label: Words
    title: Words
    formula: str
    unit: str
    rows: tuple[GroupRow, ...]
    reference: float | None
    pairs: tuple[PairRow, ...] = ()
    alike: tuple[tuple[str, ...], ...] = ()
    cells: tuple[Cell, ...] = ()
    notes: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class GapRow:
    """Expectation and perception of one dimension, in points of the scale."""

    code: str
    label: Words
    gap: Shown
    expected: float | None = None
    perceived: float | None = None
    satisfied: Estimate | None = None


@dataclass(frozen=True, slots=True)
class Gaps:
    """All gaps, perception less expectation, with the rule for ties."""

    title: Words
    rows: tuple[GapRow, ...]
    overall: Shown
    low: float
    high: float
    tie: Words


@dataclass(frozen=True, slots=True)
class Point:
    """One item by how well it does and how much it matters."""

    code: str
    label: Words
    performance: Estimate
    importance: Estimate
    quadrant: Quadrant


@dataclass(frozen=True, slots=True)
class Plane:
    """Importance and performance of all items, and the cross-hair."""

    title: Words
    points: tuple[Point, ...]
    performance: float
    importance: float


@dataclass(frozen=True, slots=True)
class DriverRow:
    """One group of a driver: its people, its odds against the first group, and their limits."""

    label: str
    people: int
    odds: float | None
    limits: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Driver:
    """One driver of the main item: what it adds to the fit, tested, and its groups."""

    kind: str
    label: Words
    deviance: float
    df: int
    p_holm: float
    rows: tuple[DriverRow, ...]


@dataclass(frozen=True, slots=True)
class Drivers:
    """What goes with the main item, strongest first; `left` people are not in the model."""

    label: Words
    title: Words
    drivers: tuple[Driver, ...]
    n: int
    left: int
    clustered: bool
    refused: Words | None = None


@dataclass(frozen=True, slots=True)
class Overall:
    """The headline: one figure under one named formula, never without its base."""

    label: Words
    title: Words
    primary: Shown
    target: float | None = None
    target_source: str = ""  # survey | project
    target_fits: bool = False
    target_verdict: str = ""  # low | tie | high
    contrast: Contrast | None = None
    earlier: str = ""
    refused: Words | None = None


@dataclass(frozen=True, slots=True)
class Under:
    """The same answers under another formula."""

    key: str
    label: Words
    shown: Shown


@dataclass(frozen=True, slots=True)
class External:
    """A figure that others published: bounds where the silent are known, never an interval."""

    label: str
    figure: Estimate
    kind: str
    note: Words


@dataclass(frozen=True, slots=True)
class ProcessRow:
    """One figure about how the survey was done; `known` is False where it is the word unknown."""

    key: str
    label: Words
    value: Words
    known: bool


@dataclass(frozen=True, slots=True)
class FormulaRow:
    """One formula used: its key and what it means."""

    key: str
    meaning: Words


@dataclass(frozen=True, slots=True)
class Tick:
    """One option of a list: people who ticked it (None where it may not be told), their share."""

    code: str
    label: Words
    n: int | None
    share: Shown


@dataclass(frozen=True, slots=True)
class TickList:
    """One list to tick: who ticked at least one, who ticked nothing; `note` where no option shows."""

    code: str
    label: Words
    state: State
    ticks: tuple[Tick, ...] = ()
    answered: int | None = None
    nothing: int | None = None
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class SurveyFigures:
    """Everything a survey report prints."""

    head: Head
    funnel: Funnel
    overall: Overall
    version: int = VERSION
    k: int = 5
    level: float = 0.95
    says: tuple[Words, ...] = ()
    silence: tuple[Segment, ...] = ()
    silence_title: Words | None = None
    under: tuple[Under, ...] = ()
    items_title: Words | None = None
    items: tuple[Item, ...] = ()
    others: tuple[Item, ...] = ()
    lists: tuple[TickList, ...] = ()
    dimensions_title: Words | None = None
    dimensions: tuple[DimensionFigure, ...] = ()
    breakdowns: tuple[Breakdown, ...] = ()
    gaps: Gaps | None = None
    plane: Plane | None = None
    external: tuple[External, ...] = ()
    parts: tuple[External, ...] = ()
    process: tuple[ProcessRow, ...] = ()
    warnings: tuple[Caution, ...] = ()
    notes: tuple[str, ...] = ()
    method: tuple[MethodRow, ...] = ()
    formulas: tuple[FormulaRow, ...] = ()
    alerts: tuple[Words, ...] = ()
    scope: Words | None = None
    pooled: Words | None = None
    cells: Cells | None = None
    by_building: tuple[FieldLine, ...] = ()
    drivers: Drivers | None = None
    pooling: Pooling | None = None
    calibrated: Calibrated | None = None
    timed: Timed | None = None
    too_few: bool = False
    extra: dict[str, str] = field(default_factory=dict)
