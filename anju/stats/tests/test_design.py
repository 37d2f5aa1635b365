"""A design that cannot be is refused by name; one that can knows its counts and its freedom."""

from __future__ import annotations

import numpy as np
import pytest

from anju.stats.design import Lonely, design, second_stage
from anju.stats.results import BadArgument, BadDesign


def test_a_design_counts_clusters_strata_and_its_degrees_of_freedom():
    made = design([2.0] * 6, strata="aaabbb", clusters=[1, 1, 2, 3, 4, 4], population=[5] * 6)
    assert made.n == 6
    assert made.first.counts.tolist() == [2, 2]
    assert made.first.fractions.tolist() == [0.4, 0.4]
    assert made.df == 2


def test_without_clusters_each_row_is_one_and_without_a_population_it_is_endless():
    made = design([1.0, 2.0, 3.0])
    assert made.first.counts.tolist() == [3]
    assert made.first.fractions.tolist() == [0]
    assert made.df == 2


@pytest.mark.parametrize("weight", [0.0, -1.0, float("nan"), float("inf")])
def test_a_weight_that_is_missing_or_not_above_nought_names_its_row(weight):
    with pytest.raises(BadDesign) as refused:
        design([1.0, weight, 1.0])
    assert refused.value.field == "weights"
    assert "2" in refused.value.zh


def test_no_weights_are_no_sample():
    with pytest.raises(BadDesign):
        design([])


def test_labels_stand_for_every_row():
    with pytest.raises(BadDesign) as refused:
        design([1.0, 1.0], strata=["a"])
    assert refused.value.field == "strata"


def test_a_cluster_in_two_strata_names_the_row():
    with pytest.raises(BadDesign) as refused:
        design([1.0] * 4, strata="aabb", clusters=[1, 2, 2, 3])
    assert refused.value.field == "clusters"


def test_a_population_is_one_number_a_stratum_and_no_smaller_than_the_sample():
    with pytest.raises(BadDesign, match="another population"):
        design([1.0] * 4, strata="aabb", population=[9, 9, 9, 8])
    with pytest.raises(BadDesign, match="3 were drawn from 2"):
        design([1.0] * 3, population=[2] * 3)


def test_a_lonely_cluster_needs_a_choice_unless_its_stratum_was_drawn_whole():
    with pytest.raises(BadDesign) as refused:
        design([1.0] * 3, strata="aab")
    assert refused.value.field == "lonely"
    for choice in (Lonely.CERTAIN, Lonely.CENTRE, Lonely.AVERAGE):
        assert design([1.0] * 3, strata="aab", lonely=choice).lonely is choice
    assert design([1.0] * 3, strata="aab", population=[4, 4, 1]).df == 1


def test_an_average_of_nothing_is_refused():
    with pytest.raises(BadArgument):
        design([1.0] * 2, strata="ab", lonely=Lonely.AVERAGE)


def test_a_second_stage_has_its_own_units_and_population():
    stage = second_stage([1, 1, 2, 2], None, [10, 10, 20, 20])
    assert stage.counts.tolist() == [2, 2]
    assert np.allclose(stage.fractions, [0.2, 0.1])
    named = second_stage([1, 1, 2, 2], ["x", "x", "y", "z"], [10, 10, 20, 20])
    assert named.counts.tolist() == [1, 2]
