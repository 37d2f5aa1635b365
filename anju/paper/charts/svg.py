"""Chart specifications as plain data for the screen and as SVG for paper.

The charting libraries take a second to load, so they are loaded only where a chart is drawn.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from anju.paper import fonts
from anju.paper.charts.theme import themes


def specification(chart: Any, theme: str) -> dict[str, Any]:
    """Return a chart as plain Vega-Lite with the theme's configuration."""
    plain: dict[str, Any] = json.loads(chart.to_json(validate=False))
    return {**plain, "config": themes()[theme]}


def as_svg(charts: Mapping[str, dict[str, Any]]) -> dict[str, str]:
    """Return each specification as SVG in our own fonts; never in a web process (160 MB)."""
    if not charts:
        return {}
    engine: Any = import_module("vl_convert")
    engine.register_font_directory(str(fonts.FOLDER))
    return {name: str(engine.vegalite_to_svg(chart)) for name, chart in charts.items()}
