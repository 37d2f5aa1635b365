"""What is on, what is off and what is wrong with this installation; no domain word, no page text."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from anju.kernel.durability import read_settings
from anju.kernel.models import ClockSlot, Job, JobState

WORKER_SILENT = timedelta(minutes=3)
BACKUP_OLD = timedelta(days=2)
DISK_LOW = 2 * 1024**3


class Light(StrEnum):
    """How one part stands."""

    GOOD = "good"
    OFF = "off"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Reading:
    """One part of the installation: its name, how it stands, and the figures for the sentence."""

    part: str
    light: Light
    figures: dict[str, str] = field(default_factory=dict)


def _worker(at: datetime) -> Reading:
    last = ClockSlot.objects.order_by("-slot").values_list("slot", flat=True).first()
    if last is None:
        return Reading("worker", Light.BAD, {"seen": ""})
    light = Light.GOOD if at - last < WORKER_SILENT else Light.BAD
    return Reading("worker", light, {"seen": last.isoformat()})


def _backup(at: datetime) -> Reading:
    folder = Path(settings.DATA) / "backups"
    newest = max((p.stat().st_mtime for p in folder.glob("*.tar")), default=None)
    if newest is None:
        return Reading("backup", Light.OFF, {"made": ""})
    made = datetime.fromtimestamp(newest, tz=UTC)
    light = Light.GOOD if at - made < BACKUP_OLD else Light.BAD
    return Reading("backup", light, {"made": made.isoformat()})


def _disk() -> Reading:
    free = shutil.disk_usage(settings.DATA).free
    light = Light.GOOD if free > DISK_LOW else Light.BAD
    return Reading("disk", light, {"free": f"{free / 1024**3:.1f}"})


def _durability() -> Reading:
    wrong = [s for s in read_settings() if not s.right]
    said = ", ".join(f"{s.name}={s.found}" for s in wrong)
    figures = {"vendor": connection.vendor, "wrong": said}
    return Reading("durability", Light.BAD if wrong else Light.GOOD, figures)


def _steps() -> Reading:
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    return Reading("steps", Light.BAD if waiting else Light.GOOD, {"waiting": str(waiting)})


def _failed(at: datetime) -> Reading:
    recent = Job.objects.filter(state=JobState.FAILED, finished_at__gte=at - timedelta(days=7))
    count = recent.count()
    return Reading("jobs", Light.BAD if count else Light.GOOD, {"failed": str(count)})


def readings(*, at: datetime) -> tuple[Reading, ...]:
    """Return how every part of the installation stands, worst things not hidden."""
    encrypted = settings.BASE_ADDRESS.startswith("https://")
    return (
        Reading(
            "https", Light.GOOD if encrypted else Light.OFF, {"address": settings.BASE_ADDRESS}
        ),
        Reading("mail", Light.GOOD if settings.EMAIL_CONFIGURED else Light.OFF),
        _worker(at),
        _durability(),
        _backup(at),
        _disk(),
        _steps(),
        _failed(at),
    )
