"""Clock slots: each job of the schedule is done once a slot, however many workers run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, transaction

from anju.kernel.models import ClockSlot


@dataclass(frozen=True, slots=True)
class Clock:
    """A line of the schedule: name, how often, and the function that takes the slot's instant."""

    name: str
    every: timedelta
    strike: Callable[[datetime], object]


def slot_of(at: datetime, every: timedelta) -> datetime:
    """Return the start of the slot that an instant falls in, counted from the epoch."""
    seconds = int(every.total_seconds())
    return datetime.fromtimestamp(int(at.timestamp()) // seconds * seconds, tz=UTC)


def take(clock: Clock, *, at: datetime, worker: str) -> ClockSlot | None:
    """Insert the slot's row; None where another worker already holds it."""
    try:
        with transaction.atomic():
            return ClockSlot.objects.create(
                clock=clock.name, slot=slot_of(at, clock.every), worker=worker
            )
    except IntegrityError:
        return None


def sweep(*, before: datetime) -> int:
    """Forget finished slots older than an instant; return how many."""
    return ClockSlot.objects.filter(slot__lt=before).delete()[0]
