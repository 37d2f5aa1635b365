"""What the weekly meeting speaks of, and that it is not closed over an undecided late case."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from anju.kernel.pure.problems import Problem
from anju.reviews.rules.agenda import Box, Item, Matter, Why, agenda, check_closable, missing

NOW = datetime(2026, 3, 2, tzinfo=UTC)
WHOLE = Item("#1", Why.OVERDUE, "加派人手", 3, date(2026, 3, 9))


def test_each_case_is_spoken_of_once_and_the_longest_late_goes_first():
    late, later = NOW - timedelta(days=1), NOW - timedelta(days=9)
    matters = [
        Matter(1, unhappy=True, since=NOW),
        Matter(2, overdue=True, repeated=True, since=late),
        Matter(3, repeated=True, unhappy=True),
        Matter(4, overdue=True, since=later),
        Matter(5, since=NOW),
    ]
    assert agenda(matters) == (
        (4, Why.OVERDUE),
        (2, Why.OVERDUE),
        (3, Why.REPEATED),
        (1, Why.UNHAPPY),
    )


@pytest.mark.parametrize(
    ("item", "gone"),
    [
        (WHOLE, ()),
        (replace(WHOLE, measure=" "), (Box.MEASURE,)),
        (replace(WHOLE, responsible_id=None, due=None), (Box.PERSON, Box.DATE)),
    ],
)
def test_an_item_needs_a_decision_a_person_and_a_date(item, gone):
    assert missing(item) == gone


def test_a_late_case_without_its_date_keeps_the_meeting_open_and_others_do_not():
    check_closable([WHOLE, Item("#2", Why.REPEATED), Item("#3", Why.UNHAPPY)])
    with pytest.raises(Problem, match="E-MEET-OPEN") as refused:
        check_closable([WHOLE, replace(WHOLE, number="#9", due=None)])
    assert refused.value.field == "due"
    assert "#9" in refused.value.text("zh-hans")
