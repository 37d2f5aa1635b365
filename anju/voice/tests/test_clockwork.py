"""The clocks of cases: nobody is flooded with messages after a clock was wrong."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pytest

from anju.jobs.schedule import SCHEDULE
from anju.kernel import history
from anju.notify.models import Message
from anju.voice.actions import clockwork, seeding
from anju.voice.actions.storing import subject
from anju.voice.models import Case, VoiceRule
from anju.voice.tests.making import AT, a_case
from tests.cast import Cast, the_cast

LATER = AT + timedelta(days=40)


@pytest.fixture
def cast(db) -> Cast:
    return the_cast()


def test_many_cases_due_at_once_are_one_message_and_an_entry_each(cast):
    made = [a_case(cast, f"第{n}件") for n in range(3)]
    with cast.inside():
        before = Message.objects.count()
    with patch.object(clockwork, "STORM", 2):
        assert clockwork.escalate_due(at=LATER) == 3
        assert clockwork.escalate_due(at=LATER) == 0
    with cast.inside():
        new = Message.objects.order_by("id")[before:]
        assert {message.template for message in new} == {"case.storm"}
        for case in made:
            entries = history.entries(subject(case)).filter(verb="escalated")
            assert entries.count() == 6
        assert not Case.objects.filter(rung_at__isnull=False).exists()


def test_as_many_as_a_day_brings_are_told_one_by_one(cast):
    a_case(cast)
    clockwork.escalate_due(at=LATER)
    with cast.inside():
        told = set(Message.objects.values_list("template", flat=True))
    assert "case.late" in told
    assert "case.storm" not in told


def test_the_clocks_of_cases_strike(cast):
    clocks = {clock.name: clock for clock in SCHEDULE}
    clocks["cases: settings for who has none"].strike(AT)
    with cast.inside():
        assert VoiceRule.objects.exists()
    assert seeding.give_all(at=AT) == 0
    assert clocks["cases: tell who must hear of late ones"].every == timedelta(minutes=1)
