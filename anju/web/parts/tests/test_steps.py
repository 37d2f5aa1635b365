"""Every kind of step has its sentence in both languages."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from anju.register.rules.calendar import USUAL, read_week
from anju.web.parts.steps import duration, last_moment, step_lines
from anju.worktime.deadlines import Pause, WorkingCalendar, due

ZONE = ZoneInfo("Asia/Shanghai")
OFFICE = WorkingCalendar(ZONE, read_week(USUAL))
START = datetime(2026, 11, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Paused until Mon 2 Nov 2026, 11:00. nobody at home"),
        ("zh-hans", "暂停至 2026年11月2日 星期一 11:00。nobody at home"),
    ],
)
def test_a_pause_is_told_with_its_reason(language, words):
    pause = Pause(START + timedelta(hours=1), START + timedelta(hours=2), "nobody at home")
    with override(language):
        assert words in step_lines(due(START, 90, OFFICE, [pause]).steps, ZONE)


def test_a_pause_that_lasts_and_a_long_account_have_their_sentences():
    with override("en"):
        open_ = step_lines(due(START, 90, OFFICE, [Pause(START)]).steps, ZONE)
        long = step_lines(due(START, 60_000, OFFICE).steps, ZONE)

    assert open_ == ("Paused until its end, which is not known yet. ",)
    assert any(line.startswith("Working time day after day until") for line in long)


def test_an_instant_that_is_no_end_of_day_is_told_as_it_is():
    with override("en"):
        assert last_moment(START, ZONE) == "Mon 2 Nov 2026, 09:00"
        assert last_moment(datetime(2026, 11, 2, 16, tzinfo=UTC), ZONE) == "Mon 2 Nov 2026, 24:00"
        assert duration(timedelta(seconds=61)) == "2 minutes"
        assert duration(timedelta(hours=2)) == "2 hours"
