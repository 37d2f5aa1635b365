"""Charts: one specification, drawn in the colours of its theme, with our own letters."""

from __future__ import annotations

import pytest

from anju.paper.charts.dumbbells import Line, dumbbells
from anju.paper.charts.plane import Spot, plane
from anju.paper.charts.svg import as_svg, specification
from anju.paper.charts.theme import colour, quiet, themes

LINES = [Line("甲", 6.0, 5.5), Line("乙", 6.0, 4.0)]
SPOTS = [
    Spot("甲", 80, 40, 75, 85, 35, 45, clear=True),
    Spot("乙", 50, 60, 40, 60, 50, 70, clear=False),
]


def two_ends(theme: str = "paper"):
    return specification(dumbbells(LINES, ("before", "after"), "points", theme), theme)


def two_axes(theme: str = "paper"):
    return specification(plane(SPOTS, (65, 50), ("well", "much"), theme), theme)


@pytest.mark.parametrize("theme", ["light", "dark", "paper"])
def test_a_chart_takes_its_looks_from_the_theme(theme):
    for chart in (two_ends(theme), two_axes(theme)):
        assert chart["config"] == themes()[theme]
        assert colour(theme, "ordinal", 4) in str(chart["layer"])
    assert quiet(theme) in str(two_axes(theme)["layer"])


def test_the_greatest_fall_stands_on_top():
    assert two_ends()["layer"][0]["encoding"]["y"]["sort"] == ["乙", "甲"]


def test_charts_become_svg_with_their_words_in_them():
    drawn = as_svg({"ends": two_ends(), "axes": two_axes()})

    assert set(drawn) == {"ends", "axes"}
    for words in ("甲", "before", "after", "points"):
        assert words in drawn["ends"]
    for words in ("乙", "well", "much"):
        assert words in drawn["axes"]
    assert all(svg.startswith("<svg") for svg in drawn.values())


def test_no_chart_needs_no_library(monkeypatch):
    monkeypatch.setattr("anju.paper.charts.svg.import_module", pytest.fail)

    assert as_svg({}) == {}
