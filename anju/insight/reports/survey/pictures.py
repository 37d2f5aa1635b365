"""The charts of a report that are drawn by Vega-Lite: one specification for screen and paper.

The charting libraries take a second to load, so only figures that need a chart load them.
"""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

from anju.insight.reports.paper import fonts
from anju.insight.reports.survey.labels import say, text
from anju.insight.reports.survey.model import Gaps, Plane, SurveyFigures
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
    return {name: _plain(chart, theme) for name, chart in charts.items()}


def drawn(found: SurveyFigures, language: str) -> dict[str, str]:
    """Return each chart as SVG in the fonts of our paper; never in a web process (160 MB)."""
    charts = pictures(found, language, "paper")
    if not charts:
        return {}
    engine: Any = import_module("vl_convert")
    engine.register_font_directory(str(fonts.FOLDER))
    return {name: str(engine.vegalite_to_svg(chart)) for name, chart in charts.items()}


def _plain(chart: Any, theme: str) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(chart.to_json(validate=False))
    themed: dict[str, Any] = import_module("anju.insight.charts.theme").themes()[theme]
    return {**plain, "config": themed}


def _gaps(found: Gaps, language: str, theme: str) -> Any:
    charts: Any = import_module("anju.insight.charts.gaps")
    rows = [
        charts.Line(text(row.label, language), row.expected, row.perceived)
        for row in found.rows
        if row.expected is not None and row.perceived is not None
    ]
    names = (say("expected", language), say("perceived", language))
    return charts.gaps(rows, names, say("points_axis", language), theme)


def _plane(found: Plane, language: str, theme: str) -> Any:
    charts: Any = import_module("anju.insight.charts.plane")
    spots = [
        charts.Spot(
            name=text(point.label, language),
            performance=point.performance.estimate,
            importance=point.importance.estimate,
            p_low=point.performance.ci_low or point.performance.estimate,
            p_high=point.performance.ci_high or point.performance.estimate,
            i_low=point.importance.ci_low or point.importance.estimate,
            i_high=point.importance.ci_high or point.importance.estimate,
            clear=point.quadrant is not Quadrant.UNCLEAR,
        )
        for point in found.points
    ]
    titles = tuple(f"{say(name, language)} (0–100)" for name in ("performance", "importance"))
    return charts.plane(spots, (found.performance, found.importance), titles, theme)
