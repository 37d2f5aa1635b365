"""The charts of a report that are drawn by Vega-Lite: one specification for screen and paper.

The charting libraries take a second to load, so only figures that need a chart load them.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from anju.insight.measured.model import Gaps, Plane, SurveyFigures
from anju.insight.reports.survey.labels import say, text
from anju.paper.charts.svg import as_svg, specification
from anju.stats.ipa import Quadrant


def pictures(
    found: SurveyFigures, language: str, theme: str = "light"
) -> dict[str, dict[str, Any]]:
    """Return a Vega-Lite specification for each chart that the figures allow, by its name."""
    charts = {}
    if found.gaps is not None and any(row.gap.figure for row in found.gaps.rows):
        charts["gaps"] = _gaps(found.gaps, language, theme)
    if found.plane is not None:
        charts["plane"] = _plane(found.plane, language, theme)
    return {name: specification(chart, theme) for name, chart in charts.items()}


def drawn(found: SurveyFigures, language: str) -> dict[str, str]:
    """Return each chart as SVG in the fonts of our paper; never in a web process (160 MB)."""
    return as_svg(pictures(found, language, "paper"))


def _gaps(found: Gaps, language: str, theme: str) -> Any:
    charts: Any = import_module("anju.paper.charts.dumbbells")
    rows = [
        charts.Line(text(row.label, language), row.expected, row.perceived)
        for row in found.rows
        if row.expected is not None and row.perceived is not None
    ]
    names = (say("expected", language), say("perceived", language))
    return charts.dumbbells(rows, names, say("points_axis", language), theme)


def _plane(found: Plane, language: str, theme: str) -> Any:
    charts: Any = import_module("anju.paper.charts.plane")
    spots = [
        charts.Spot(
            name=text(point.label, language),
            x=point.performance.estimate,
            y=point.importance.estimate,
            x_low=point.performance.ci_low or point.performance.estimate,
            x_high=point.performance.ci_high or point.performance.estimate,
            y_low=point.importance.ci_low or point.importance.estimate,
            y_high=point.importance.ci_high or point.importance.estimate,
            clear=point.quadrant is not Quadrant.UNCLEAR,
        )
        for point in found.points
    ]
    titles = tuple(f"{say(name, language)} (0–100)" for name in ("performance", "importance"))
    return charts.plane(spots, (found.performance, found.importance), titles, theme)
