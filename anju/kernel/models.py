"""Tables of the ground: history, jobs, clock slots, files. Plain company and actor columns."""

from __future__ import annotations

import json
from typing import Any

from django.db import models


class HistoryEntry(models.Model):
    """One act, chained to the act before it; the database refuses to change or remove it."""

    id = models.BigAutoField(primary_key=True)
    company_id = models.BigIntegerField()
    actor_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    seq = models.PositiveIntegerField()
    verb = models.CharField(max_length=60)
    at = models.DateTimeField()
    said = models.TextField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        """One number, one entry."""

        constraints = [
            models.UniqueConstraint(
                fields=["company_id", "kind", "subject_id", "seq"], name="history_one_entry_a_seq"
            )
        ]
        indexes = [models.Index(fields=["company_id", "id"], name="history_newest")]

    @property
    def payload(self) -> dict[str, Any]:
        """What the room that wrote the entry wanted remembered."""
        found: dict[str, Any] = json.loads(self.said)["payload"]
        return found


class JobState(models.TextChoices):
    """Where a background job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job(models.Model):
    """A piece of long work with progress that a person can leave and find again."""

    id = models.BigAutoField(primary_key=True)
    company_id = models.BigIntegerField()
    actor_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=60)
    argument = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=JobState.choices, default=JobState.WAITING)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    step = models.CharField(max_length=120, default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.JSONField(null=True)
    result = models.JSONField(null=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        """Listed by company, newest first."""

        indexes = [
            models.Index(fields=["company_id", "id"], name="job_newest"),
            models.Index(fields=["company_id", "state"], name="job_by_state"),
        ]

    @property
    def open(self) -> bool:
        return self.state in (JobState.WAITING, JobState.RUNNING)

    @property
    def percent(self) -> int | None:
        """Whole percent done, or None while the total is not known."""
        return min(100, self.done * 100 // self.total) if self.total else None


class ClockSlot(models.Model):
    """Proof that one clock struck once at one instant; the unique key is the lease."""

    id = models.BigAutoField(primary_key=True)
    clock = models.CharField(max_length=60)
    slot = models.DateTimeField()
    worker = models.CharField(max_length=80)
    finished_at = models.DateTimeField(null=True)
    problem = models.TextField(default="")

    class Meta:
        """Two workers cannot take the same slot."""

        constraints = [models.UniqueConstraint(fields=["clock", "slot"], name="clock_slot_once")]


class StoredFile(models.Model):
    """A file kept under its content's hash, outside the web root."""

    id = models.BigAutoField(primary_key=True)
    company_id = models.BigIntegerField()
    actor_id = models.BigIntegerField(null=True)
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        """Found by company and content."""

        indexes = [models.Index(fields=["company_id", "sha256"], name="file_by_content")]


class KeptAnswer(models.Model):
    """What one request with one key led to, so that the same request again leads to the same."""

    id = models.BigAutoField(primary_key=True)
    company_id = models.BigIntegerField()
    scope = models.CharField(max_length=80)
    key = models.CharField(max_length=64)
    request_hash = models.CharField(max_length=64)
    answer = models.CharField(max_length=200, default="")
    at = models.DateTimeField()

    class Meta:
        """One answer for a key of one sender."""

        constraints = [
            models.UniqueConstraint(fields=["company_id", "scope", "key"], name="kept_answer_once")
        ]


class Bucket(models.Model):
    """How many more acts somebody has at hand; in the database, so that all workers share it."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=80, unique=True)
    left = models.FloatField()
    at = models.DateTimeField()
