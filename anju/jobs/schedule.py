"""Every clock of the product on one page."""

from __future__ import annotations

from datetime import datetime, timedelta

from anju.kernel import clocks, idempotency, limits, tasks
from anju.kernel.clocks import Clock
from anju.register.actions import roster
from anju.register.actions.calendar import follow_announcements
from anju.survey.actions import imports


def _recover(at: datetime) -> object:
    return tasks.recover(at=at)


def _forget_slots(at: datetime) -> object:
    return clocks.sweep(before=at - timedelta(days=35))


def _sweep_imports(at: datetime) -> object:
    return imports.sweep(at=at)


def _follow_announcements(at: datetime) -> object:
    return follow_announcements(at=at)


def _sweep_rosters(at: datetime) -> object:
    return roster.sweep_rosters(at=at)


def _forget_keys(at: datetime) -> object:
    return idempotency.sweep(at=at)


def _forget_buckets(at: datetime) -> object:
    return limits.sweep(at=at)


SCHEDULE: tuple[Clock, ...] = (
    Clock("jobs: put back what a dead worker left", timedelta(minutes=1), _recover),
    Clock("survey: clear what a dead import left", timedelta(minutes=10), _sweep_imports),
    Clock("register: take over announced holidays", timedelta(days=1), _follow_announcements),
    Clock("register: forget what no undo needs", timedelta(days=1), _sweep_rosters),
    Clock("keys: forget answers of a month ago", timedelta(days=1), _forget_keys),
    Clock("limits: forget full buckets", timedelta(days=1), _forget_buckets),
    Clock("clocks: forget old slots", timedelta(days=1), _forget_slots),
)
