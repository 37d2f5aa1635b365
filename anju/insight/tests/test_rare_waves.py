"""Waves that are rarely met: counts that contradict, mixed scales, other items, nobody in pairs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from anju.insight.measured.facts import Frame, Options, Published, WaveFacts
from anju.insight.reports.survey import accounts, tables
from anju.insight.reports.survey.contrasts import Earlier
from anju.insight.reports.survey.document import document
from anju.insight.reports.survey.figures import build
from anju.insight.reports.survey.render import rows
from anju.insight.tests.cast import AT, FIVE, SEVEN, THREE, estate, estate_facts, pairs, single
from anju.insight.tests.cast import weighty as rated
from anju.kernel.pure.problems import Problem
from anju.stats.scales import Level, scale
from anju.tally.count import tally
from anju.tally.scores import default_recipe, item_shares, points_span
from anju.tally.tables import merge

FACTS = WaveFacts("t", AT, population=60)
BELOW = scale("below", [Level("a", -1, "差", "bad"), Level("b", 0, "中", "so"), Level("c", 1, "好", "good")])  # fmt: skip
TWO = single(THREE, (2, 9, 9))


def two_items(one, other, **named):
    """Return the same people's answers to two items on scales of our choice."""
    answers = single(one, (6, 7, 7))
    items = (answers.items[0], replace(answers.items[0], code="R", scale=other))
    levels = np.repeat(answers.levels, 2, axis=1)
    return replace(answers, items=items, levels=levels, **named)


@pytest.mark.parametrize("name", ["population", "issued", "returned"])
def test_more_households_than_a_count_allows_are_refused_with_both_numbers(name):
    counted = tally(TWO)

    with pytest.raises(Problem, match="E-COUNT") as refused:
        accounts.check(counted, WaveFacts("t", AT, **{name: 19}))

    assert refused.value.field == name
    assert dict(refused.value.params)["answered"] == 20
    assert dict(refused.value.params)["most"] == 19


def test_counts_that_fit_or_are_unknown_are_let_through():
    accounts.check(tally(TWO), WaveFacts("t", AT, population=20, issued=20))
    accounts.check(tally(TWO), WaveFacts("t", AT))
    accounts.check(None, WaveFacts("t", AT, population=0))


@pytest.mark.parametrize(
    ("end", "said"),
    [(None, "7 days"), (date(2026, 6, 30), "7 days"), (date(2026, 6, 18), "3 of them after")],
)
def test_days_of_fieldwork_after_the_period_are_told(end, said):
    facts = replace(
        FACTS,
        fieldwork_from=date(2026, 6, 15),
        fieldwork_to=date(2026, 6, 21),
        period_end=end,
    )

    told = [row.value.en for row in accounts.process(tally(TWO), facts) if row.known]

    assert [words for words in told if said in words]


def test_two_scales_in_one_index_are_warned_of():
    other = scale("points3", [Level(str(n), n, str(n), str(n)) for n in (1, 5, 9)])
    found = build(tally(two_items(THREE, other)), FACTS)
    alike = build(tally(two_items(THREE, THREE)), FACTS)

    codes = {caution.code for caution in found.warnings}
    assert codes - {caution.code for caution in alike.warnings}


def test_several_people_of_one_household_are_warned_of():
    shared = replace(TWO, households=("same", "same", *(f"h{n}" for n in range(18))))

    codes = {caution.code for caution in build(tally(shared), FACTS).warnings}

    assert codes - {caution.code for caution in build(tally(TWO), FACTS).warnings}


def test_values_below_nought_are_no_points():
    answers = two_items(BELOW, BELOW)
    counted = tally(answers)

    assert points_span(counted.items, counted.recipe) is None
    with pytest.raises(Problem, match="E-FORMULA"):
        build(counted, FACTS, options=Options(formula="points_share"))
    keys = [one.key for one in build(counted, FACTS).under]
    assert not [key for key in keys if key.startswith("points_share")]
    keys = [one.key for one in build(tally(single(BELOW, (6, 7, 7))), FACTS).under]
    assert keys
    assert not [key for key in keys if key.startswith("points_share")]


def test_an_index_may_weigh_items_instead_of_dimensions():
    items = two_items(THREE, THREE).items
    recipe = replace(default_recipe(items), by_item=True, weights=(("Q", 0.75), ("R", 0.25)))

    assert item_shares(items, recipe).tolist() == [0.75, 0.25]


def test_a_score_that_only_one_part_has_survives_the_merging():
    one, other = tally(TWO), tally(single(THREE, (1, 1, 1)))
    whole = replace(other.groups[0], scores={**other.groups[0].scores, "own": _any_score()})
    both = merge(one, replace(other, groups=(whole,)))

    assert both.whole.scores["own"] == _any_score()


def _any_score():
    return next(iter(tally(estate()).whole.scores.values()))


def test_an_earlier_wave_that_asked_for_nothing_alike_gives_no_change_and_says_so():
    earlier = Earlier(
        tally(replace(TWO, items=(replace(TWO.items[0], purpose="awareness"),))), FACTS
    )
    found = build(tally(TWO), FACTS, earlier=earlier)

    assert found.overall.contrast.change is None
    for language in ("zh", "en"):
        key = document(found, language).keys[1]
        assert key.figure == "–"
        assert key.note


def test_a_pair_that_nobody_answered_is_told_as_unknown():
    answers = pairs(n=20)
    levels = answers.levels.copy()
    levels[:, :2] = -1
    found = build(tally(replace(answers, levels=levels)), FACTS)

    assert [row.gap.figure is None for row in found.gaps.rows].count(True) == 1
    (section,) = [s for s in document(found, "en").sections if s.key == "gaps"]
    assert [row.said for row in section.rows if row.said]


def test_gaps_of_nobody_at_all_still_make_a_document():
    answers = pairs(n=20)
    levels = answers.levels.copy()
    levels[:, ::2] = -1  # every expectation

    found = build(tally(replace(answers, levels=levels)), FACTS)

    assert found.gaps.overall.figure is None
    assert document(found, "zh").sections


def test_importance_of_a_single_item_makes_no_plane():
    answers = rated()
    one = replace(answers, items=answers.items[:2], levels=answers.levels[:, :2])
    silent = rated()
    levels = silent.levels.copy()
    levels[:, 2:] = -1

    assert build(tally(one), FACTS).plane is None
    assert build(tally(replace(silent, levels=levels)), FACTS).plane is None


@pytest.mark.parametrize(("answers", "section"), [(pairs(), "gap"), (rated(), "importance")])
def test_gaps_and_importance_stand_in_the_tidy_table(answers, section):
    text = rows.made(build(tally(answers), WaveFacts("t", AT)), "en").decode("utf-8-sig")

    assert [line for line in text.splitlines() if line.startswith(f"{section},")]


def test_items_that_enter_no_index_stand_in_the_tidy_table_and_in_the_report():
    found = build(tally(estate()), estate_facts())
    text = rows.made(found, "en").decode("utf-8-sig")
    other = [line for line in text.splitlines() if line.startswith("other,")]

    assert len(other) == 2  # knows, does not know
    assert "others" in [section.key for section in document(found, "en").sections]


@pytest.mark.parametrize("total", [(19, 20), (950, 1000)], ids=["people", "rounded share"])
def test_published_people_are_counted_back_from_their_share(total):
    published = Published("三月", "people", *total, 25, 20)
    found = build(None, WaveFacts("t", AT, issued=25, returned=20, totals=(published,)))

    figure = found.external[0].figure
    assert (figure.n, figure.estimate) == (20, pytest.approx(0.95))
    assert figure.has_interval
    (section,) = [s for s in document(found, "en").sections if s.key == "external"]
    assert [mark.kind for mark in section.rows[0].marks][-1] == "dot"


def test_a_group_whose_homes_nobody_counted_is_measured_against_its_forms():
    answers = single(THREE, (4, 10, 6), building=("A", "B") * 10)
    frames = (Frame("building", "A", None, 12), Frame("building", "B", 15, 15))
    found = build(tally(answers), replace(FACTS, frames=frames))

    populations = {row.label: row.shown.figure.population for row in found.breakdowns[0].rows}
    assert populations == {"A": 12, "B": 15}


def test_one_bar_of_a_long_scale_is_left_to_the_data():
    found = build(tally(single(SEVEN, (3,) * 7)), FACTS)

    assert not [s for s in document(found, "en").sections if s.key.startswith("spread")]
    assert tables.MOST_LEVELS < 7


def test_not_applicable_is_shown_and_never_counted():
    found = build(tally(single(FIVE, (2, 3, 4, 5, 6, 7))), FACTS)

    assert found.items[0].share.figure.n == 20
    assert found.items[0].not_applicable == 7


def test_the_least_points_of_a_form_raise_the_lower_bound_of_a_published_total():
    total = Published("三月", "points", 1920, 2000, 25, 20)
    floor = [
        build(None, WaveFacts("t", AT, issued=25, totals=(total,), scale_minimum=least))
        .external[0]
        .figure.bounds.low
        for least in (None, 20.0)
    ]

    assert floor[1] > floor[0]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_a_file_said_of_itself_stands_in_the_report(language):
    found = build(tally(TWO), replace(FACTS, notes=("第一行不是标题", "second")))

    (section,) = [s for s in document(found, language).sections if s.key == "notes"]
    assert [row.label for row in section.rows] == ["第一行不是标题", "second"]
    assert section.aside


def test_weights_of_the_file_are_named_in_the_method():
    weighted = replace(TWO, weight=np.linspace(0.5, 2.0, 20))

    said = [row.value.en for row in build(tally(weighted), FACTS).method]
    plain = [row.value.en for row in build(tally(TWO), FACTS).method]

    assert "by the weights in the file" in said
    assert "by the weights in the file" not in plain
