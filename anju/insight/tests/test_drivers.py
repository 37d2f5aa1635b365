"""What goes with satisfaction: as published, said in words, and silent where nothing can be told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from anju.insight.measured.facts import Options, WaveFacts
from anju.insight.reports.survey.document import document
from anju.insight.reports.survey.figures import build
from anju.insight.tests.cast import AT, THREE, single
from anju.tally.count import tally

FACTS = WaveFacts("2026年秋季", AT, issued=900)


def answered(n=600, slope=1.5, seed=3, houses=0, labels=("塔楼", "联排")):
    """Answers of owners in two kinds of homes, moved by the kind; the truth is known."""
    chance = np.random.default_rng(seed)
    kind = chance.integers(0, len(labels), n)
    level = np.digitize(slope * kind + chance.logistic(size=n), [-1.0, 1.0])
    order = np.argsort(level, kind="stable")
    found = single(THREE, tuple(int((level == at).sum()) for at in range(3)))
    groups = {"房型": tuple(labels[kind[at]] for at in order)}
    if houses:
        where = chance.integers(0, houses, n)
        groups["building"] = tuple(f"{where[at]}栋" for at in order)
    return replace(found, groups=groups)


def drivers(answers, **options):
    return build(tally(answers), FACTS, options=Options(**options)).drivers


def section(found, language):
    written = document(found, language)
    return next((one for one in written.sections if one.key == "drivers"), None)


def test_a_driver_is_found_as_strong_as_it_was_made():
    found = drivers(answered())

    assert found is not None
    (one,) = found.drivers
    base, other = one.rows
    assert (base.label, base.odds, base.limits, base.people + other.people) == (
        "塔楼",
        None,
        None,
        600,
    )
    assert other.limits is not None
    assert other.limits[0] < np.exp(1.5) < other.limits[1]
    assert (found.n, found.left, one.p_holm < 0.001) == (600, 0, True)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("zh", "其他条件相同时，与“满意度”关系最强的是“房型”"),
        ("en", "All else alike, 房型 goes most with Satisfaction"),
    ],
)
def test_the_finding_is_said_in_words_and_no_cause_is_named(language, title):
    found = section(build(tally(answered()), FACTS), language)

    assert found is not None
    assert found.title == title
    assert (
        "Association, no cause" in found.lead or "不说明原因" in found.lead,
        len(found.rows),
    ) == (True, 2)
    assert found.rows[1].sign == "high"


def test_what_chance_explains_is_not_called_a_finding():
    found = section(build(tally(answered(slope=0.0)), FACTS), "en")

    assert found is not None
    assert found.title == "Nothing goes with Satisfaction beyond chance"
    assert found.rows[1].sign == "tie"


def test_buildings_widen_the_limits_and_the_report_says_so():
    alone, together = drivers(answered(houses=0)), drivers(answered(houses=12))

    assert alone is not None
    assert together is not None
    assert (alone.clustered, together.clustered) == (False, True)
    notes = section(build(tally(answered(houses=12)), FACTS), "en").notes
    assert any("answering alike" in note for note in notes)


def test_a_group_of_four_stays_out_of_the_model_and_is_counted_as_left_out():
    known = answered(300, labels=("塔楼", "联排", "洋房"))
    labels = ("商铺",) * 4 + known.groups["房型"][4:]
    hidden = tally(replace(known, groups={"房型": labels}))
    found = build(hidden, FACTS).drivers

    assert found is not None
    shown = [row.label for row in found.drivers[0].rows]
    assert ("商铺" in shown, len(shown)) == (False, 2)  # one more is kept back with it
    assert (found.n + found.left, found.left > 4) == (300, True)
    notes = section(build(hidden, FACTS), "zh").notes
    assert any(f"{found.left}人" in note for note in notes)


def test_two_details_that_say_the_same_are_refused_in_words():
    known = answered()
    twice = replace(known, groups={**known.groups, "楼型": known.groups["房型"]})
    found = section(build(tally(twice), FACTS), "zh")

    assert found is not None
    assert (found.title, "重复" in found.lead, found.rows) == (
        "无法分析哪些因素与满意度有关",
        True,
        (),
    )


@pytest.mark.parametrize(
    "answers", [answered(n=8), single(THREE, (20, 20, 20)), answered(labels=("塔楼",))]
)
def test_without_enough_to_tell_apart_there_is_no_section(answers):
    assert section(build(tally(answers), FACTS), "zh") is None


def test_an_item_that_only_two_levels_answer_has_shares_and_no_model():
    known = answered()
    two = replace(known, levels=np.where(known.levels == 1, 2, known.levels).astype(np.int16))
    assert drivers(two) is None
