"""The drawings put every mark where its number says, and escape what they are given."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.web.parts.charts import (
    Dot,
    DotAxis,
    Likert,
    Verdict,
    axis_of,
    dot_head,
    dot_row,
    funnel_bar,
    gap_row,
    likert_head,
    likert_row,
    silence_bar,
    split,
)

FIVE = split([0.19, 0.24, 0.16, 0.29, 0.12], positive=2, middle=True)


def rectangles(svg: str) -> list[tuple[str, float, float]]:
    found = re.findall(r'<rect class="(\w+)" x="([\d.]+)%?" width="([\d.]+)%"', svg)
    return [(kind, float(x), float(width)) for kind, x, width in found]


def test_five_levels_part_into_two_sides_and_a_neutral_block():
    assert Likert((0.19, 0.24), 0.16, (0.29, 0.12)) == FIVE


def test_three_levels_without_a_neutral_one_use_the_steps_one_four_and_five():
    row = split([0.12, 0.51, 0.37], positive=2, middle=False)

    kinds = [kind for kind, _, _ in rectangles(likert_row(row, axis_of([row]), "x"))]

    assert kinds == ["q1", "q4", "q5"]


def test_the_two_sides_meet_at_nought_and_neutral_stands_to_the_right():
    axis = axis_of([FIVE])
    drawn = {kind: (x, width) for kind, x, width in rectangles(likert_row(FIVE, axis, "x"))}

    nought = axis.at(0)
    assert sum(drawn["q2"]) == pytest.approx(nought, abs=0.02)
    assert drawn["q4"][0] == pytest.approx(nought, abs=0.02)
    assert drawn["q3"][0] > sum(drawn["q5"])


def test_a_narrow_segment_carries_no_number():
    row = split([0.05, 0.10, 0.15, 0.40, 0.30], positive=2, middle=True)

    svg = likert_row(row, axis_of([row]), "x")

    assert ">10</text>" in svg
    assert ">5</text>" not in svg


def test_an_axis_without_neutral_answers_has_no_block_for_them():
    row = split([0.2, 0.8], positive=1, middle=False)

    assert axis_of([row]).neutral == 0
    assert "neutral" not in likert_head(axis_of([row]), neutral="neutral")
    assert "neutral" in likert_head(axis_of([FIVE]), neutral="neutral")


@given(st.lists(st.floats(0.01, 1), min_size=2, max_size=7), st.booleans())
def test_no_bar_ever_leaves_its_drawing(weights, middle):
    shares = [weight / sum(weights) for weight in weights]
    row = split(shares, positive=1, middle=middle)

    for _, x, width in rectangles(likert_row(row, axis_of([row]), "x")):
        assert x >= -0.01
        assert x + width <= 100.02


def test_a_tie_is_hollow_and_a_difference_is_solid():
    axis = DotAxis(0, 100)

    tie = dot_row(Dot(70, (60, 80), verdict=Verdict.TIE), axis, "x")
    low = dot_row(Dot(40, (30, 50), target=60, verdict=Verdict.LOW), axis, "x")

    assert "b-tie hollow" in tie
    assert 'class="b-low" cx="40.00%"' in low
    assert 'class="tg" x1="60.00%"' in low


def test_bounds_without_an_interval_are_dotted_capped_and_hollow():
    svg = dot_row(Dot(96, bounds=(76.8, 96.8)), DotAxis(70, 100), "x")

    assert 'class="b-ink bnd"' in svg
    assert svg.count('y1="8" y2="16"') == 2
    assert "hollow" in svg


def test_what_lies_outside_the_axis_is_drawn_at_its_edge():
    svg = dot_row(Dot(20, (10, 130), verdict=Verdict.HIGH), DotAxis(50, 100), "x")

    assert 'cx="0.00%"' in svg
    assert 'x2="100.00%"' in svg


def test_heads_name_their_ticks_with_the_unit():
    assert "50%" in dot_head(DotAxis(50, 100), step=10, unit="%")


def test_silence_is_hatched_and_never_numbered():
    svg = silence_bar((("q5", 246), ("q3", 42), ("q1", 32), ("silent", 160)), "x")

    widths = {kind: width for kind, _, width in rectangles(svg)}
    assert widths["silent"] == pytest.approx(33.33)
    assert sum(widths.values()) == pytest.approx(100, abs=0.05)
    assert ">160<" not in svg


def test_a_gap_is_orange_where_less_was_met_than_expected():
    axis = DotAxis(1, 5)

    assert "b-low ci" in gap_row(4.5, 3.1, axis, "x")
    assert "b-high ci" in gap_row(3.0, 3.4, axis, "x")


def test_a_funnel_of_nobody_draws_nothing_wide():
    assert 'width="0.00%"' in funnel_bar(0, 0, "x")
    assert 'width="50.00%"' in funnel_bar(240, 480, "x")


@pytest.mark.parametrize("canary", ['"><script>x</script>', "a & b"])
def test_words_are_escaped_in_every_drawing(canary):
    for svg in (
        likert_row(FIVE, axis_of([FIVE]), canary),
        likert_head(axis_of([FIVE]), neutral=canary),
        dot_row(Dot(50), DotAxis(0, 100), canary),
        gap_row(1, 2, DotAxis(0, 5), canary),
        silence_bar((("q5", 1),), canary),
        funnel_bar(1, 2, canary),
    ):
        assert canary not in svg
