"""The reviews that run the office: daily stocktakes and weekly meetings, kept as they were signed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from anju.kernel.scope import CompanyRow, company_first
from anju.register.models import Account, Company, Project
from anju.register.rules.lying import At, Lies
from anju.voice.models import Case


class Stocktake(CompanyRow):
    """日盘点: one project's open complaints at the day's cut-off, signed by a person.

    `every_kind` counts repairs, suggestions and all the rest as well.
    """

    part = "project_id"
    home = Lies(At.WHOLE)

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    taken_at = models.DateTimeField()
    carried = models.PositiveIntegerField()
    new = models.PositiveIntegerField()
    reopened = models.PositiveIntegerField()
    closed = models.PositiveIntegerField()
    open = models.PositiveIntegerField()
    overdue = models.PositiveIntegerField()
    every_kind = models.BooleanField(default=False)
    signed_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One a project and day, and it adds up."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            company_first("stocktake_one_a_day", "project", "day"),
            models.CheckConstraint(
                condition=models.Q(
                    open=models.F("carried")
                    + models.F("new")
                    + models.F("reopened")
                    - models.F("closed")
                ),
                name="stocktake_adds_up",
            ),
        ]


class StocktakeLine(CompanyRow):
    """One open case at the cut-off, as it stood: person, deadline, cause, new promise, progress."""

    part = "stocktake__project_id"
    home = Lies(At.WHOLE)

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    stocktake = models.ForeignKey(Stocktake, on_delete=models.CASCADE, related_name="lines")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    assignee = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=14)
    cause = models.CharField(max_length=500, blank=True, default="")
    progress = models.CharField(max_length=500, blank=True, default="")
    promise = models.DateTimeField(null=True)
    today = models.BooleanField(null=True)
    said_at = models.DateTimeField(null=True)

    class Meta:
        """A case once a stocktake."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            company_first("stocktake_line_once", "stocktake", "case")
        ]


class Meeting(CompanyRow):
    """周例会: what was late or came back, with a decision, a person and a date for each."""

    part = "project_id"
    home = Lies(At.WHOLE)

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One a project and day."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            company_first("meeting_one_a_day", "project", "day")
        ]


class MeetingItem(CompanyRow):
    """A case on the agenda, why it is there, and the four boxes that the meeting fills."""

    part = "meeting__project_id"
    home = Lies(At.WHOLE)

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=14)
    gap = models.CharField(max_length=500, blank=True, default="")
    cause = models.CharField(max_length=500, blank=True, default="")
    responsible = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    measure = models.CharField(max_length=500, blank=True, default="")
    due = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    checked = models.CharField(max_length=14, blank=True, default="")
    checked_at = models.DateTimeField(null=True)

    class Meta:
        """A case once a meeting."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            company_first("meeting_item_once", "meeting", "case")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["company", "due"], name="meeting_item_due")
        ]
