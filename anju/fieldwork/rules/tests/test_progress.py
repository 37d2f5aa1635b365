"""What of progress may be shown: small buildings as a band, and never one alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from anju.fieldwork.rules.progress import SMALL, Line, band_of, shown


def line(asked: int, answered: int = 0, name: str = "1") -> Line:
    return Line(name, asked, asked, 0, answered, answered, 0, 0, 0, 0)


LINES = st.lists(
    st.integers(0, 60).flatmap(lambda n: st.integers(0, n).map(lambda a: line(n, a))), max_size=5
)


@given(LINES)
def test_small_buildings_are_banded_and_never_one_alone_beside_others(lines):
    parts = shown(lines, named=False)
    asked = [part for part in parts if part.line.asked]
    for part in asked:
        if part.line.asked < SMALL:
            assert part.band is not None
            assert part.rate is None
    banded = [part for part in asked if part.band is not None]
    assert len(banded) != 1 or len(asked) == 1


@given(LINES)
def test_a_named_survey_hides_no_counts(lines):
    assert all(part.band is None for part in shown(lines, named=True))


def test_answers_by_file_of_a_small_building_are_banded_though_nobody_was_asked_by_link():
    by_file = [Line("7", 12, 0, 0, 0, 0, 0, answered, 0, 0) for answered in (2, 7)]
    large = Line("1", 64, 0, 0, 0, 0, 0, 30, 0, 0)

    parts = shown([*by_file, large], named=False)

    assert [part.band for part in parts] == [(0, 4), (5, 9), None]
    assert [part.rate for part in parts] == [None] * 3


def test_where_answers_came_by_file_a_silent_building_is_a_band_for_who_is_no_staff():
    silent, full = (Line(str(n), 36, 0, 0, 0, 0, 0, n, 0, 0) for n in (0, 20))
    small = Line("7", 12, 0, 0, 0, 0, 0, 7, 0, 0)

    parts = shown([silent, full, small], named=True, outside=True)

    assert [part.band for part in parts] == [(0, 4), None, (5, 9)]


@given(LINES, st.booleans())
def test_who_is_no_staff_counts_no_building_with_fewer_than_five_answers(lines, named):
    parts = shown(lines, named=named, outside=True)
    banded = [part for part in parts if part.band is not None]

    assert all(part.band for part in parts if part.line.asked and part.line.answered < 5)
    assert len(banded) != 1 or sum(part.line.asked > 0 for part in parts) == 1


@given(st.integers(0, 80), st.integers(0, 80))
def test_a_band_holds_the_number_and_spans_five(answered, asked):
    low, high = band_of(answered, asked)
    assert low <= min(answered, asked) <= high
    assert high - low <= 4
    assert high <= max(asked, low)


def test_the_next_smallest_building_is_banded_with_the_only_small_one():
    parts = shown([line(12, 3), line(40, 30), line(20, 10)], named=False)
    assert [part.band is not None for part in parts] == [True, False, True]


def test_a_rate_is_answered_of_asked_and_none_of_nobody():
    full, none = shown([line(40, 10), line(0)], named=False)
    assert full.rate == 0.25
    assert none.rate is None


def test_a_rate_never_exceeds_all():
    over = Line("1", 20, 20, 0, 0, 15, 10, 0, 0, 0)
    assert shown([over], named=True)[0].rate == 1.0


def test_fewer_than_ten_answers_are_warned_about_where_somebody_was_asked():
    parts = shown([line(40, 9), line(40, 10), line(0)], named=False)
    assert [part.warns for part in parts] == [True, False, False]
