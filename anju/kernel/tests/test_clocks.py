"""A clock strikes once a slot, however many workers run."""

from datetime import UTC, datetime, timedelta

import pytest

from anju.jobs import runner
from anju.kernel import clocks
from anju.kernel.clocks import Clock
from anju.kernel.models import ClockSlot

AT = datetime(2026, 11, 2, 1, 2, 3, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_an_instant_falls_into_the_slot_that_began_before_it():
    assert clocks.slot_of(AT, timedelta(minutes=1)) == AT.replace(second=0)
    assert clocks.slot_of(AT, timedelta(days=1)) == AT.replace(hour=0, minute=0, second=0)


def test_a_second_worker_does_not_strike_the_same_slot(monkeypatch):
    struck = []
    clock = Clock("test", timedelta(minutes=1), struck.append)
    monkeypatch.setattr(runner, "SCHEDULE", (clock,))

    assert runner.strike_due(AT, worker="one") == 1
    assert runner.strike_due(AT + timedelta(seconds=20), worker="two") == 0
    assert runner.strike_due(AT + timedelta(seconds=60), worker="two") == 1

    assert struck == [AT, AT + timedelta(seconds=60)]
    assert list(ClockSlot.objects.order_by("id").values_list("worker", flat=True)) == ["one", "two"]


def test_a_clock_that_fails_does_not_stop_the_others(monkeypatch):
    struck = []

    def fail(at):
        raise ZeroDivisionError

    every = timedelta(minutes=1)
    monkeypatch.setattr(
        runner, "SCHEDULE", (Clock("bad", every, fail), Clock("good", every, struck.append))
    )

    assert runner.strike_due(AT, worker="one") == 2

    assert struck == [AT]
    assert "ZeroDivisionError" in ClockSlot.objects.get(clock="bad").problem


def test_old_slots_are_forgotten():
    clocks.take(Clock("test", timedelta(minutes=1), print), at=AT, worker="one")

    assert clocks.sweep(before=AT) == 1


def test_every_clock_of_the_product_has_a_name_of_its_own():
    names = [clock.name for clock in runner.SCHEDULE]

    assert len(set(names)) == len(names)
