"""The outbox: one row is one message to one recipient about one stage of one thing."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from anju.kernel.scope import CompanyRow, company_first
from anju.notify.models.settings import Robot
from anju.notify.rules.ways import State, Way
from anju.notify.rules.words import Kind
from anju.register.models import Account, Company, Person, Project, Unit


def choices(kind: type[StrEnum]) -> list[tuple[str, str]]:
    """Return the stored values of an enumeration; pages take their words from labels.py."""
    return [(member.value, member.value) for member in kind]


class Message(CompanyRow):
    """消息: written in the transaction of the act that it tells of, sent by the worker afterwards.

    `uid` is the key by which a provider recognises a message that it has had before. `values` and
    `sealed` make the words; both and the words themselves are dropped after ninety days.
    """

    part = "project_id"

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    uid = models.CharField(max_length=32)
    recipient = models.CharField(max_length=40)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    robot = models.ForeignKey(Robot, on_delete=models.CASCADE, null=True, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, null=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.SET_NULL, null=True, related_name="+")
    template = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=choices(Kind))
    purpose = models.CharField(max_length=10, blank=True)
    language = models.CharField(max_length=10)
    values = models.JSONField(default=dict)
    sealed = models.TextField(blank=True)
    path = models.CharField(max_length=200, blank=True)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    stage = models.CharField(max_length=60)
    urgent = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=choices(State), default=State.WAITING.value)
    way = models.CharField(max_length=10, choices=choices(Way), blank=True)
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    lease_key = models.CharField(max_length=32, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    told = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    provider_key = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    handed_at = models.DateTimeField(null=True)
    handed_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        """One message a stage at most; found by what is due, whose it is, and what it is about."""

        constraints = [
            company_first(
                "message_one_a_stage", "recipient", "subject_kind", "subject_id", "stage"
            ),
            company_first("message_one_uid", "uid"),
            models.CheckConstraint(
                condition=models.Q(state__in=[one.value for one in State]),
                name="message_state_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False),
                name="message_sent_at_an_instant",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["dead", "let_go"]) | ~models.Q(reason=""),
                name="message_ended_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["company", "state", "due_at", "id"], name="message_due"),
            models.Index(
                fields=["company", "subject_kind", "subject_id", "id"], name="message_of_subject"
            ),
            models.Index(fields=["company", "account", "id"], name="message_of_account"),
            models.Index(fields=["company", "unit", "purpose"], name="message_of_unit"),
            models.Index(fields=["company", "state", "way", "id"], name="message_by_way"),
        ]
