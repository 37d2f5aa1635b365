"""A survey stands below, above, or where nobody can tell; what cannot be compared says why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from anju.insight.measured.facts import WaveFacts
from anju.insight.reports.survey.standing import Band, Why, standing
from anju.insight.tests.cast import AT, THREE, estate, single
from anju.tally.count import tally

FACTS = WaveFacts("2026年秋季", AT, population=1000, issued=400, target=80)


@pytest.mark.parametrize(
    ("counts", "band"),
    [((60, 60, 80), Band.BELOW), ((40, 60, 100), Band.TIE), ((4, 96, 100), Band.ABOVE)],
)
def test_a_survey_stands_where_its_whole_interval_stands(counts, band):
    found = standing(tally(single(THREE, counts)), FACTS)

    assert (found.band, found.target, found.rate, found.why) == (band, 80, 0.5, None)


def test_more_projects_ask_for_a_wider_interval():
    one = tally(single(THREE, (53, 60, 87)))  # 73.5 percent

    assert standing(one, FACTS).band is Band.BELOW
    assert standing(one, FACTS, level=0.9999).band is Band.TIE


def test_without_a_target_nothing_is_compared():
    found = standing(tally(single(THREE, (60, 60, 80))), replace(FACTS, target=None))

    assert (found.band, found.figure, found.why) == (Band.NONE, None, Why.TARGET)


def test_too_few_homes_have_no_figure_and_no_band():
    found = standing(tally(single(THREE, (1, 1, 2))), FACTS)

    assert (found.band, found.figure, found.why) == (Band.NONE, None, Why.FEW)


def test_an_index_of_many_items_is_not_held_against_a_share():
    found = standing(tally(estate()), FACTS)

    assert (found.band, found.figure, found.why) == (Band.NONE, None, Why.OTHER)


def test_one_answer_has_no_interval_so_nothing_can_be_told():
    found = standing(tally(single(THREE, (0, 0, 200))), FACTS)

    assert found.band in (Band.ABOVE, Band.NONE)
