"""Every clock of the product on one page."""

from __future__ import annotations

from datetime import datetime, timedelta

from anju.kernel import clocks, tasks
from anju.kernel.clocks import Clock
from anju.survey.actions import imports


def _recover(at: datetime) -> object:
    return tasks.recover(at=at)


def _forget_slots(at: datetime) -> object:
    return clocks.sweep(before=at - timedelta(days=35))


def _sweep_imports(at: datetime) -> object:
    return imports.sweep(at=at)


SCHEDULE: tuple[Clock, ...] = (
    Clock("jobs: put back what a dead worker left", timedelta(minutes=1), _recover),
    Clock("survey: clear what a dead import left", timedelta(minutes=10), _sweep_imports),
    Clock("clocks: forget old slots", timedelta(days=1), _forget_slots),
)
