"""What an office may set: times, words, the tree, the ladder, the figures."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.casework import settings as rules
from anju.casework.promises import Promised
from anju.casework.settings import RungText
from anju.kernel.pure.problems import Problem
from anju.worktime.deadlines import MOST_MINUTES

TODAY = date(2026, 11, 20)
HEAR, COME, SOLVE = Promised.ACKNOWLEDGE, Promised.ON_SITE, Promised.RESOLVE


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("30", 30), ("3０分钟", 30), ("8h", 480), ("1h30", 90), ("4 小时", 240), ("2时5分", 125), (" ", None)],
)  # fmt: skip
def test_a_time_is_read_as_offices_write_it(text, minutes):
    assert rules.read_minutes(text, "x") == minutes


@pytest.mark.parametrize("text", ["soon", "1e3", "30 20", "1h2h3h", "-5", "1.5h"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(Problem, match="E-NUM-FORMAT"):
        rules.read_minutes(text, "x")


@pytest.mark.parametrize("text", ["0", str(MOST_MINUTES + 1), "87600h"])
def test_a_promise_of_nothing_or_of_ten_years_is_out_of_range(text):
    with pytest.raises(Problem, match="E-SLA-RANGE"):
        rules.read_minutes(text, "x")


@given(st.integers(1, MOST_MINUTES))
def test_a_time_that_was_spelled_is_read_again(minutes):
    assert rules.read_minutes(rules.spelled(minutes), "x") == minutes


def test_nothing_promised_is_spelled_as_nothing():
    assert rules.spelled(None) == ""


def test_steps_are_due_one_after_the_other():
    rules.check_times({HEAR: 30, SOLVE: 30})
    with pytest.raises(Problem, match="E-SLA-ORDER") as raised:
        rules.check_times({HEAR: 30, COME: 240, SOLVE: 120})
    assert raised.value.field == "resolve"
    with pytest.raises(Problem, match="E-SLA-EMPTY"):
        rules.check_times({})


def test_a_new_row_never_begins_in_the_past():
    rules.check_since(TODAY, TODAY)
    with pytest.raises(Problem, match="E-SLA-ORDER"):
        rules.check_since(TODAY - timedelta(days=1), TODAY)


def test_words_are_read_with_their_weights_and_written_again():
    words = rules.read_words("水管，漏水\n水压 0.8\npipe=2\n\n", "words")

    assert words == {"水管": 1.0, "漏水": 1.0, "水压": 0.8, "pipe": 2.0}
    assert rules.read_words(rules.written(words), "words") == words


@pytest.mark.parametrize("text", ["字" * 31, "\n".join(f"词{n}号" for n in range(81))])
def test_too_many_or_too_long_words_are_refused(text):
    with pytest.raises(Problem, match="E-CAT-WORD"):
        rules.read_words(text, "words")


def test_a_weight_beyond_three_is_refused():
    with pytest.raises(Problem, match="E-NUM-RANGE"):
        rules.read_words("水管 9", "words")


def test_a_category_lies_neither_below_itself_nor_too_deep():
    rules.check_parent(None, [2, 1])
    for line_up in ([5, 1], [3, 2, 1]):
        with pytest.raises(Problem, match="E-CAT-PARENT"):
            rules.check_parent(5, line_up)


def test_a_ladder_is_numbered_in_its_order_and_empty_lines_fall_out():
    lines = [
        RungText("assignee", "share", "70"),
        RungText("manager", "over", ""),
        RungText("manager", "over", "8h"),
        RungText("head", "days", "30"),
    ]

    found = rules.read_ladder(lines, ("assignee", "manager", "head"))

    assert [(one.number, one.share, one.over, one.days) for one in found] == [
        (1, 0.7, None, None),
        (2, None, 480, None),
        (3, None, None, 30),
    ]


def test_a_ladder_without_a_rung_or_with_a_strange_role_is_refused():
    with pytest.raises(Problem, match="E-LADDER-EMPTY"):
        rules.read_ladder([RungText("head", "days", " ")], ("head",))
    for line in (RungText("owner", "days", "3"), RungText("head", "moons", "3")):
        with pytest.raises(Problem, match="E-CHOICE"):
            rules.read_ladder([line], ("head",))


def test_figures_are_read_as_percentages_and_days():
    given = {
        "visit_rate": "25", "hasten_share": "50", "repair_days": "1", "complaint_days": "3",
        "other_days": "3", "half_life_satisfied": "30", "half_life_dissatisfied": "180",
        "reopen_days": "30", "together": "5", "within": "30",
    }  # fmt: skip

    found = rules.read_figures(given)

    assert (found.visit_rate, found.hasten_share, found.half_life_dissatisfied) == (
        0.25,
        0.5,
        180.0,
    )
    with pytest.raises(Problem, match="E-NUM-RANGE"):
        rules.read_figures({**given, "visit_rate": "101"})
