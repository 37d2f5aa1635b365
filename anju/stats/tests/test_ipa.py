"""Importance and performance: a quadrant only where both intervals clear the cross-hair."""

import pytest

from anju.stats.ipa import QUADRANT_WORDS, Quadrant, Rated, importance_performance
from anju.stats.results import NoAnswers
from anju.stats.scores import Sums, mean_score, totals_only


def rated(key, performance, importance, n=100, spread=10.0):
    def found(mean):
        sums = Sums.plain(n, mean * n, n * mean**2 + spread**2 * (n - 1))
        return mean_score(sums, (0, 100))

    return Rated(key, found(performance), found(importance))


FOUR = [rated("a", 80, 80), rated("b", 40, 80), rated("c", 40, 40), rated("d", 80, 40)]


def test_clear_items_fall_into_four_quadrants_around_the_grand_means():
    plane = importance_performance(FOUR)

    assert (plane.performance, plane.importance) == (60, 60)
    assert [item.quadrant for item in plane.items] == [
        Quadrant.KEEP_UP,
        Quadrant.CONCENTRATE,
        Quadrant.LOW_PRIORITY,
        Quadrant.POSSIBLE_EXCESS,
    ]


@pytest.mark.parametrize(("performance", "importance"), [(61, 80), (80, 59)])
def test_an_item_whose_interval_meets_the_cross_hair_is_unclear(performance, importance):
    plane = importance_performance([rated("e", performance, importance)], 60, 60)

    assert plane.items[0].quadrant is Quadrant.UNCLEAR


def test_an_item_without_an_interval_is_unclear():
    published = totals_only(80, 20, (0, 100))
    plane = importance_performance([Rated("p", published, FOUR[0].importance)], 60, 60)

    assert plane.items[0].quadrant is Quadrant.UNCLEAR


def test_without_items_there_is_no_plane():
    with pytest.raises(NoAnswers):
        importance_performance([])


def test_every_quadrant_has_words():
    assert set(QUADRANT_WORDS) == set(Quadrant)


@pytest.mark.parametrize("end", ["ci_low", "ci_high"])
def test_an_interval_that_touches_the_cross_hair_does_not_clear_it(end):
    line = getattr(FOUR[0].performance, end)
    plane = importance_performance(FOUR[:1], line, 60)

    assert plane.items[0].quadrant is Quadrant.UNCLEAR
