"""What a building gave back is printed where it is known, and hidden where it would tell on somebody."""

from __future__ import annotations

import pytest

from anju.fieldwork.rules.response import FieldLine, Forms, field_lines


def test_where_nobody_counted_what_went_out_there_is_no_table():
    assert field_lines([Forms("1"), Forms("2", None, 3)], named=True) == ()


def test_what_is_known_stands_there_and_the_rest_is_unknown():
    found = field_lines([Forms("1", 40, 30), Forms("2"), Forms("3", 20)], named=True)

    assert found == (FieldLine("1", 40, 30), FieldLine("2"), FieldLine("3", 20))
    assert [line.rate for line in found] == [0.75, None, None]


def test_a_small_building_is_told_as_a_range_unless_the_survey_is_named():
    forms = [Forms("1", 8, 3), Forms("2", 40, 30), Forms("3", 60, 50), Forms("4", None, 2)]

    hidden = field_lines(forms, named=False)

    assert [line.returned for line in hidden] == [None, 30, 50, None]
    assert [line.band for line in hidden] == [(0, 4), None, None, (0, 2)]
    assert [line.returned for line in field_lines(forms, named=True)] == [3, 30, 50, 2]


@pytest.mark.parametrize(
    ("back", "told"),
    [
        ([4, 30, 50], [(0, 4), (30, 34), None]),
        ([4, 3, 50], [(0, 4), (0, 4), None]),
        ([5, 30, 50], [None, None, None]),
        ([4], [(0, 4)]),
    ],
)
def test_few_that_came_back_are_a_range_and_never_in_one_building_alone(back, told):
    forms = [Forms(str(place), 60, number) for place, number in enumerate(back)]

    assert [line.band for line in field_lines(forms, named=False)] == told


@pytest.mark.parametrize(("issued", "returned"), [(0, 0), (10, 11), (None, 4)])
def test_a_rate_that_cannot_be_is_not_there(issued, returned):
    assert FieldLine("1", issued, returned).rate is None
