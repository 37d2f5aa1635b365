"""Sample sizes and shares of a sample beside the same worked out by hand."""

from __future__ import annotations

import pytest

from anju.stats.planning import Aim, Rule, Stratum, allocate, sample_size
from anju.stats.results import BadArgument


def test_strata_share_as_their_size_times_a_spread_of_one_half_unless_told():
    strata = [Stratum("a", 100), Stratum("b", 100, 1.0)]

    assert allocate(strata, 30, rule=Rule.NEYMAN) == {"a": 10, "b": 20}


def test_an_empty_stratum_and_one_that_does_not_vary_are_taken():
    strata = [Stratum("a", 0), Stratum("b", 1), Stratum("c", 50, 0.0)]

    assert allocate(strata, 9) == {"a": 0, "b": 1, "c": 8}


@pytest.mark.parametrize("wrong", [Stratum("a", -1), Stratum("a", 9, -0.1)])
def test_less_than_nothing_is_refused(wrong):
    with pytest.raises(BadArgument, match="size and a spread of 0 or more"):
        allocate([wrong, Stratum("b", 90)], 20)


def test_the_next_answer_goes_where_it_is_missed_most():
    # Huntington and Hill: 5/√2 > 3/√2 > 5/√6 > 5/√12 > 3/√6 > 5/√20; the floor is one each.
    strata = [Stratum("a", 5), Stratum("b", 3)]

    given = [allocate(strata, n, least=1) for n in (3, 4, 5, 6, 7)]

    assert [(one["a"], one["b"]) for one in given] == [(2, 1), (2, 2), (3, 2), (4, 2), (4, 3)]


def test_without_a_floor_the_first_answers_go_to_the_larger():
    assert allocate([Stratum("a", 9), Stratum("b", 40)], 1, least=0) == {"a": 0, "b": 1}


def test_nobody_to_ask_is_refused_and_one_is_not():
    assert sample_size(1, Aim(0.05)).n == 1
    with pytest.raises(BadArgument, match="N is 0"):
        sample_size(0, Aim(0.05))


@pytest.mark.parametrize(
    ("field", "aim"),
    [
        ("margin", Aim(1.0)),
        ("margin", Aim(0.0)),
        ("share", Aim(0.05, share=1.0)),
        ("share", Aim(0.05, share=0.0)),
        ("deff", Aim(0.05, deff=0.0)),
        ("response_rate", Aim(0.05, response_rate=0.0)),
    ],
)
def test_an_aim_at_the_end_of_its_range_is_refused_by_name(field, aim):
    with pytest.raises(BadArgument) as told:
        sample_size(None, aim)
    assert told.value.field == field


def test_a_hopelessly_wide_margin_still_takes_one_answer():
    assert sample_size(None, Aim(0.99)).n == 1


def test_a_stratum_without_an_answer_yet_counts_as_if_it_had_one_step_behind_it():
    """By hand: after A's first answer A asks with 100/√2 = 70.7, B with 80 itself."""
    strata = [Stratum("A", 100), Stratum("B", 80)]

    assert allocate(strata, 2, least=0) == {"A": 1, "B": 1}
    assert allocate([Stratum("A", 100), Stratum("B", 70)], 2, least=0) == {"A": 2, "B": 0}
