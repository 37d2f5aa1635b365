"""Marks stand where the numbers say, and inside the axis whatever the numbers say."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.paper.drawing import Diverging, DotAxis, whole_bar
from anju.paper.layout import Mark
from anju.stats.proportion import proportion_ci
from anju.stats.results import Bounds, Unit
from anju.stats.scores import totals_only


@dataclass(frozen=True)
class Part:
    tone: int
    count: int
    share: float


def a_bar(*shares: float) -> tuple[Part, ...]:
    return tuple(Part(tone, round(100 * s), s) for tone, s in enumerate(shares, start=1))


def test_a_bar_has_bad_on_the_left_good_on_the_right_and_the_middle_apart():
    bar = a_bar(0.1, 0.1, 0.2, 0.3, 0.3)
    axis = Diverging.of([bar])
    marks = {mark.tone: mark for mark in axis.marks(bar)}

    assert marks["q1"].x < marks["q2"].x < axis.x(0.0)
    assert marks["q4"].x == pytest.approx(axis.x(0.0))
    assert marks["q5"].x > marks["q4"].x
    assert marks["q3"].x == pytest.approx(axis.apart)
    assert marks["axis"].x == pytest.approx(axis.x(0.0))
    assert marks["q4"].text == "30"


def test_an_axis_without_a_middle_names_none():
    bar = a_bar(0.4, 0.0, 0.0, 0.0, 0.6)

    assert "neither" not in [tick.text for tick in Diverging.of([bar]).ticks("neither")]
    with_middle = Diverging.of([a_bar(0.3, 0, 0.1, 0, 0.6)]).ticks("neither")
    assert [tick.text for tick in with_middle if tick.left] == ["neither"]


def test_a_wide_axis_labels_every_second_step():
    narrow = Diverging.of([a_bar(0.3, 0, 0, 0, 0.7)]).ticks("")
    wide = Diverging.of([a_bar(1.0, 0, 0, 0, 0), a_bar(0, 0, 0, 0, 1.0)]).ticks("")

    assert [tick.text for tick in narrow] == ["20%", "0%", "20%", "40%", "60%"]
    assert [tick.text for tick in wide] == ["80%", "40%", "0%", "40%", "80%"]


def test_an_axis_of_no_bars_can_still_be_drawn():
    axis = Diverging.of([])

    assert 0 < axis.x(0.0) < 1


SHARES = st.lists(st.floats(0, 1), min_size=5, max_size=5).filter(lambda s: sum(s) > 0.01)


@given(st.lists(SHARES, min_size=1, max_size=4))
def test_every_bar_stays_inside_the_axis(rows):
    bars = [a_bar(*(share / sum(row) for share in row)) for row in rows]
    axis = Diverging.of(bars)

    for bar in bars:
        for mark in axis.marks(bar):
            assert -1e-9 <= mark.x <= mark.x + mark.w <= 1 + 1e-9


def test_a_whole_bar_hatches_the_silent_and_numbers_only_wide_pieces():
    bar = (Part(5, 1200, 0.6), Part(1, 2, 0.01), Part(3, 0, 0.0), Part(0, 780, 0.39))

    assert whole_bar(bar) == (
        Mark("seg", 0.0, 0.6, "q5", "1,200"),
        Mark("seg", 0.6, 0.01, "q1", ""),
        Mark("seg", 0.61, 0.39, "silent", ""),
    )


def test_a_row_of_dots_shows_reference_bounds_interval_and_dot():
    found = proportion_ci(19, 20, 25)
    axis = DotAxis.of([found], Unit.SHARE)
    marks = axis.marks(found, verdict="high", reference=0.9)

    assert [mark.kind for mark in marks] == ["line", "bound", "ci", "dot"]
    assert [mark.tone for mark in marks] == ["ref", "high", "high", "high"]
    assert marks[-1].x == pytest.approx(axis.x(0.95))


def test_a_figure_without_interval_and_bounds_is_a_dot_alone():
    axis = DotAxis.of([totals_only(0.96, 20, (0, 1))], Unit.SHARE)

    assert [mark.kind for mark in axis.marks(totals_only(0.96, 20, (0, 1)))] == ["dot"]
    assert axis.marks(None) == ()


def test_a_range_stands_where_only_that_may_be_told():
    axis = DotAxis(0.0, 1.0, 0.2, Unit.SHARE)

    marks = axis.marks(proportion_ci(19, 20, 25), Bounds(0.5, 0.8))

    assert [(mark.kind, mark.tone) for mark in marks] == [("seg", "range")]
    assert marks[0].x == pytest.approx(0.5)
    assert marks[0].w == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("unit", "ends", "first", "last"),
    [
        (Unit.SHARE, (0.52, 0.98), "50%", "100%"),
        (Unit.INDEX, (41.0, 88.0), "40", "90"),
        (Unit.NPS, (-35.0, 12.0), "-40", "20"),
        (Unit.GAP, (-1.2, 0.3), "−1.50", "+0.50"),
    ],
)
def test_an_axis_of_dots_has_round_ends_in_its_unit(unit, ends, first, last):
    ticks = DotAxis.of([], unit, *ends).ticks()

    assert (ticks[0].text, ticks[-1].text) == (first, last)
    assert (ticks[0].x, ticks[-1].x) == (0.0, 1.0)


def test_lines_stand_behind_every_label_and_nothing_leaves_the_axis():
    axis = DotAxis.of([], Unit.INDEX, 40.0, 60.0)

    assert [mark.x for mark in axis.grid()] == [tick.x for tick in axis.ticks()]
    assert (axis.x(-5.0), axis.x(500.0)) == (0.0, 1.0)
