"""Which items of a closed wave are to be looked at, read from its stored figures; writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from anju.improve.rules.boxes import Origin
from anju.improve.rules.gaps import DEFAULT_THRESHOLD, Figure, ItemFigure
from anju.insight.measured.model import Item, Shown, SurveyFigures
from anju.insight.queries import figures_of
from anju.kernel.pure.problems import Problem
from anju.stats.results import Method
from anju.stats.suppress import State
from anju.survey.forms import ordered_items
from anju.survey.queries import wave_frame
from anju.survey.rules.questionnaire import Purpose

ORIGINS: dict[str, Origin] = {
    Purpose.SATISFACTION: Origin.LOW_ITEM,
    Purpose.PROCESS_CHECK: Origin.PROCESS,
}


@dataclass(frozen=True, slots=True)
class Judged:
    """The figures over everybody that may be shown, and the threshold of the wave's project."""

    items: tuple[ItemFigure, ...]
    threshold: float


def judged(wave_id: int, *, at: datetime) -> Judged:
    """Return the items of a wave whose figures may be shown; none where nothing can be reported."""
    frame = wave_frame(wave_id)
    target = frame.plan.target if frame.plan.target is not None else frame.project_target
    threshold = DEFAULT_THRESHOLD if target is None else target
    figures = _figures(wave_id, at)
    if frame.version_id is None or figures is None:
        return Judged((), threshold)
    ids = {item.code: item.pk for item in ordered_items(frame.version_id)}
    return Judged(tuple(_items(figures, ids)), threshold)


def _figures(wave_id: int, at: datetime) -> SurveyFigures | None:
    """Return the figures of a wave, None where it holds nothing that could be reported."""
    try:
        return figures_of(wave_id, at=at).figures
    except Problem as problem:
        if problem.code != "E-EMPTY":
            raise
        return None


def _items(figures: SurveyFigures, ids: dict[str, int]) -> Iterator[ItemFigure]:
    """Yield the items that may be shown; what was suppressed is not known here either."""
    for item in (*figures.items, *figures.others):
        origin, figure = ORIGINS.get(item.purpose), _figure(item, figures.funnel.rate)
        if origin is not None and figure is not None and item.code in ids:
            yield ItemFigure(ids[item.code], origin, figure)


def _figure(item: Item, rate: float | None) -> Figure | None:
    shown = item.share
    if shown.state is State.BAND:
        return _band(shown, rate)
    found = shown.figure
    if shown.state is not State.SHOWN or found is None:
        return None
    return Figure(
        value=100 * found.estimate,
        low=None if found.ci_low is None else 100 * found.ci_low,
        high=None if found.ci_high is None else 100 * found.ci_high,
        n=found.n,
        rate=rate,
        formula=found.formula,
        certain=found.method is Method.CENSUS,
    )


def _band(shown: Shown, rate: float | None) -> Figure | None:
    if shown.band is None or shown.n is None:
        return None
    low, high = 100 * shown.band.low, 100 * shown.band.high
    return Figure(value=None, low=low, high=high, n=shown.n, rate=rate, formula="share_top")
