"""The share satisfied of one survey against its target, at any level; pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from anju.insight.measured import choice
from anju.insight.measured.facts import Options, WaveFacts
from anju.insight.measured.hiding import About, decide
from anju.insight.measured.items import Context
from anju.insight.reports.survey.accounts import rate_of
from anju.kernel.pure.problems import Problem
from anju.stats.results import Estimate
from anju.tally.tables import Tally


class Band(StrEnum):
    """Where a survey stands to its target, beyond chance; NONE where that cannot be asked."""

    BELOW = "below"
    TIE = "tie"
    ABOVE = "above"
    NONE = "none"


class Why(StrEnum):
    """Why a survey is in no band: no target, too few homes, or no question about the whole."""

    TARGET = "target"
    FEW = "few"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Standing:
    """The band, the share satisfied with its limits, the target in percent, the response rate."""

    band: Band
    figure: Estimate | None
    target: float | None
    rate: float | None
    why: Why | None = None


def standing(tally: Tally, facts: WaveFacts, *, level: float = 0.95) -> Standing:
    """Return where a survey stands; its headline must be a share of people, as its target is."""
    rate = rate_of(tally, facts).value
    if facts.target is None:
        return Standing(Band.NONE, None, None, rate, Why.TARGET)
    figure, why = _share(tally, facts, level)
    if figure is None:
        return Standing(Band.NONE, None, facts.target, rate, why)
    return Standing(_band(figure, facts.target), figure, facts.target, rate)


def _share(tally: Tally, facts: WaveFacts, level: float) -> tuple[Estimate | None, Why]:
    options = Options(level=level)
    try:
        measure = choice.primary(tally, "share_top", choice.lead_item(tally))
    except Problem:
        return None, Why.OTHER
    if tally.whole.households < options.k:
        return None, Why.FEW
    wall = decide(tally, options.k, lambda group: About(group.households))
    return Context(tally, facts, options, wall.hidden).whole(measure).figure, Why.FEW


def _band(figure: Estimate, target: float) -> Band:
    if figure.ci_low is None or figure.ci_high is None:
        return Band.TIE
    if 100 * figure.ci_high < target:
        return Band.BELOW
    return Band.ABOVE if 100 * figure.ci_low > target else Band.TIE
