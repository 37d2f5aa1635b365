"""The day adds up, and nobody signs over a hole."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from anju.casework.stocktake import Day, Lacks, Line, check_signable, check_sum, lacking
from anju.kernel.pure.problems import Problem

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SOON, AGO = NOW + timedelta(hours=3), NOW - timedelta(hours=3)
GOOD = Line("C-1", 3, SOON)
LATE = Line("C-2", 3, AGO, "缺配件", SOON)


@pytest.mark.parametrize(
    ("line", "lacks"),
    [
        (GOOD, ()),
        (LATE, ()),
        (replace(GOOD, due_at=None), ()),
        (replace(GOOD, assignee_id=None), (Lacks.PERSON,)),
        (replace(LATE, cause="  "), (Lacks.CAUSE,)),
        (replace(LATE, promise=None), (Lacks.PROMISE,)),
        (replace(LATE, promise=AGO), (Lacks.PROMISE,)),
        (Line("C-3", None, AGO), (Lacks.PERSON, Lacks.CAUSE, Lacks.PROMISE)),
    ],
)
def test_an_open_case_needs_a_person_and_when_late_a_cause_and_a_promise(line, lacks):
    assert lacking(line, NOW) == lacks


def test_a_sheet_is_signed_only_when_every_line_is_whole():
    check_signable([GOOD, LATE], NOW)
    with pytest.raises(Problem, match="E-STOCK-OPEN") as refused:
        check_signable([GOOD, replace(LATE, cause="")], NOW)
    assert refused.value.field == "cause"
    assert "C-2" in refused.value.text("zh-hans")


def test_a_day_that_does_not_add_up_says_by_how_much():
    check_sum(Day(carried=10, new=3, reopened=1, closed=4, open=10))
    with pytest.raises(Problem, match="E-STOCK-SUM") as refused:
        check_sum(Day(carried=10, new=3, reopened=1, closed=4, open=11))
    assert "10" in str(refused.value)
    assert "11" in str(refused.value)
