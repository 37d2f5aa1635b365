"""One figure under every formula: estimate and test group agree, weighted or not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from anju.insight.measured.choice import index_measure, measure_of, primary
from anju.insight.measured.facts import Options, WaveFacts
from anju.insight.measured.measure import about, estimate, shown, valid
from anju.insight.measured.measure import tested as group_of
from anju.insight.reports.survey import tables
from anju.insight.reports.survey.document import document
from anju.insight.reports.survey.figures import build
from anju.insight.tests.cast import AT, FIVE, THREE, estate, single
from anju.stats.results import Bounds
from anju.stats.scales import Level, scale
from anju.stats.suppress import State
from anju.tally.count import tally

TEN = scale("nps", [Level(str(n), n, str(n), str(n)) for n in range(11)])
ANSWERS = single(TEN, (1, 0, 2, 1, 1, 2, 3, 4, 5, 6, 5), by=("B",) * 1 + ("A",) * 12 + ("B",) * 17)
FACTS = WaveFacts("t", AT, population=60)


@pytest.mark.parametrize("name", ["share_top", "mean_index", "points_share", "nps"])
@pytest.mark.parametrize("weighted", [False, True])
def test_the_group_that_is_tested_has_the_mean_that_is_printed(name, weighted):
    random = np.random.default_rng(4)
    weight = random.uniform(0.5, 2.0, 30) if weighted else np.ones(30)
    counted = tally(replace(ANSWERS, weight=weight))
    measure = measure_of(0, counted.items[0], name)
    found = estimate(measure, counted.whole, 60, 0.95)
    group = group_of(measure, counted.whole, 60)
    assert group.mean == pytest.approx(found.estimate)
    assert group.n == found.n == valid(measure, counted.whole) == 30
    assert group.N == 60


@pytest.mark.parametrize("name", ["share_top", "mean_index", "points_share", "nps"])
def test_every_formula_breaks_down_by_group(name):
    found = build(tally(ANSWERS), FACTS, options=Options(formula=name)).breakdowns[0]
    assert {row.label: row.verdict for row in found.rows} == {"B": "high", "A": "low"}


def test_a_base_smaller_than_the_answers_is_not_used():
    counted = tally(ANSWERS)
    measure = measure_of(0, counted.items[0], "share_top")
    assert estimate(measure, counted.whole, 10, 0.95).population is None
    assert group_of(measure, counted.whole, 10).N is None


def test_a_composite_is_tested_on_one_score_a_person():
    counted = tally(estate())
    measure = index_measure(counted)
    found = estimate(measure, counted.whole, 486, 0.95)
    assert group_of(measure, counted.whole, 486).mean == pytest.approx(found.estimate)


def test_several_items_of_points_break_down_by_building():
    counted = tally(estate())
    measure = primary(counted, "points_share", None)
    group = counted.of_kind("building")[0]
    assert group_of(measure, group, 80).mean == pytest.approx(
        estimate(measure, group, 80, 0.95).estimate
    )


def test_a_group_without_the_score_has_no_households():
    counted = tally(single(FIVE, (1, 1, 1, 1, 1, 0)))
    measure = index_measure(tally(estate()))
    assert about(measure, counted.whole).households == 0
    assert valid(measure, counted.whole) == 0


def test_equal_scores_are_told_as_a_range_of_the_index():
    counted = tally(single(THREE, (0, 0, 8)))
    found = estimate(measure_of(0, counted.items[0], "mean_index"), counted.whole, 10, 0.95)
    assert shown(found, State.BAND, 5).band == Bounds(80.0, 100.0)
    nps = estimate(measure_of(0, TEN_ITEM, "nps"), tally(ANSWERS).whole, 60, 0.95)
    assert shown(nps, State.BAND, 5).band is None
    assert shown(None, State.SHOWN, 5).state is State.EMPTY


TEN_ITEM = tally(ANSWERS).items[0]


@pytest.mark.parametrize(
    ("band", "printed"), [(Bounds(0.8, 1.0), "80–100%"), (Bounds(80.0, 100.0), "80–100")]
)
def test_a_range_is_printed_with_its_unit(band, printed):
    assert tables.range_text(band) == printed


def test_a_document_of_ranges_says_why():
    labels = ("A",) * 6 + ("B",) * 7 + ("C",) * 7
    found = build(tally(single(THREE, (6, 7, 7), block=labels)), FACTS)
    section = next(s for s in document(found, "zh").sections if s.key == "by-block")
    row = next(row for row in section.rows if row.label == "A")
    assert row.cells[0] == "0–20%"
    whole = build(tally(single(THREE, (0, 0, 20))), FACTS)
    assert document(whole, "en").keys[0].figure == "80–100%"


def test_a_target_that_is_met_or_missed_stands_beside_the_headline():
    for target, sign in ((20.0, "high"), (99.0, "low"), (77.0, "tie")):
        facts = replace(FACTS, target=target)
        key = document(build(tally(ANSWERS), facts), "zh").keys[1]
        assert (key.label, key.sign) == ("与目标相比", sign)
