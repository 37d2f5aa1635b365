"""How one part of a report was computed: its figures with errors and bases, its formulas, its method.

Nothing is computed here, and nothing is shown that the report itself keeps back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from anju.insight.measured.model import Shown, SurveyFigures
from anju.insight.measured.words import MODES, of
from anju.stats.method import MethodRow
from anju.stats.results import METHOD_WORDS, Estimate, Method, Words
from anju.stats.suppress import State

HEADLINE = "overall"
BEFORE, NOW = (
    Words("上次，同一时段构成", "Earlier, in one mix of times"),
    Words("本次，同一时段构成", "Now, in one mix of times"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One figure: whose it is, the figure with its error and base, and how its limits were made."""

    label: Words
    figure: Estimate
    limits: Words


@dataclass(frozen=True, slots=True)
class How:
    """What a page says about one part: `kept` figures are not shown, so nothing of them is told.

    `keys` are the formulas behind the part, or all of the report where it has none of its own.
    """

    key: str
    steps: tuple[Step, ...]
    kept: int
    keys: frozenset[str]
    method: tuple[MethodRow, ...]


def anchor(key: str) -> str:
    """Return the key of a part as it stands in an address."""
    return key.replace("_", "-")


def how(found: SurveyFigures, key: str) -> How:
    """Return how the figures of one part were made; without figures of its own, the method alone."""
    given = list(_given(found, key))
    steps = tuple(
        Step(label, shown.figure, METHOD_WORDS.get(shown.figure.method, METHOD_WORDS[Method.NONE]))
        for label, shown in given
        if shown.figure is not None
    )
    used = {step.figure.formula for step in steps} | _formulas(found, key)
    every = frozenset(row.key for row in found.formulas)
    return How(key, steps, len(given) - len(steps), frozenset(used & every) or every, found.method)


def _formulas(found: SurveyFigures, key: str) -> set[str]:
    if key == "pooled" and found.pooling is not None:
        return {found.pooling.formula}
    return {cut.formula for cut in found.breakdowns if key == anchor(f"by-{cut.kind}")}


def _given(found: SurveyFigures, key: str) -> Iterator[tuple[Words, Shown]]:
    """Yield the figures of a part in the order in which it shows them."""
    for name, figures in _PARTS.items():
        if key == name or key.startswith(f"{name}-"):
            yield from figures(found)
    for cut in found.breakdowns:
        if key == anchor(f"by-{cut.kind}"):
            for group in cut.rows:
                name_of = of(MODES, group.label) if cut.kind == "mode" else None
                yield name_of or Words(group.label, group.label), group.shown


def _weighted(found: SurveyFigures) -> list[tuple[Words, Shown]]:
    given = found.calibrated
    return [] if given is None or given.found is None else [(given.label, _shown(given.found))]


def _alike(found: SurveyFigures) -> list[tuple[Words, Shown]]:
    pair = found.timed.standardised if found.timed is not None else None
    if pair is None:
        return []
    return [(BEFORE, _shown(pair.before)), (NOW, _shown(pair.after))]


def _shown(figure: Estimate) -> Shown:
    return Shown(State.SHOWN, figure, n=figure.n)


_PARTS: dict[str, Callable[[SurveyFigures], list[tuple[Words, Shown]]]] = {
    HEADLINE: lambda found: [(found.overall.label, found.overall.primary)],
    "items": lambda found: [(item.label, item.share) for item in found.items],
    "spread": lambda found: [(item.label, item.index) for item in found.items],
    "others": lambda found: [(item.label, item.share) for item in found.others],
    "dimensions": lambda found: [(row.label, row.index) for row in found.dimensions],
    "under": lambda found: [(one.label, one.shown) for one in found.under],
    "gaps": lambda found: [(g.label, g.gap) for g in found.gaps.rows] if found.gaps else [],
    "calibrated": _weighted,
    "standardised": _alike,
}
