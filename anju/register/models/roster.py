"""Spreadsheets of homes, people and staff that came in: the batch, and what an undo brings back."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from anju.kernel.scope import CompanyRow, company_first
from anju.register.models.place import Company, Project
from anju.register.rules.lying import At, Lies


class RosterState(models.TextChoices):
    """Where a spreadsheet that came in stands."""

    STAGED = "staged", _("being stored")
    LIVE = "live", _("in use")
    UNDONE = "undone", _("undone")


class RosterBatch(CompanyRow):
    """One file taken into the register of one project."""

    part = "project_id"
    home = Lies(At.WHOLE)

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="rosters")
    number = models.PositiveIntegerField()
    file_id = models.BigIntegerField()
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=RosterState.choices)
    added = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    job_id = models.BigIntegerField()
    actor_id = models.BigIntegerField(null=True)
    live_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        """Numbered in turn, and a file in use once, in a project."""

        constraints = [
            company_first("roster_one_number", "project", "number"),
            company_first(
                "roster_one_live_file",
                "project",
                "sha256",
                condition=models.Q(state=RosterState.LIVE),
            ),
        ]


class RosterChange(CompanyRow):
    """A row that an import changed or made besides units and people; kept until undo is over."""

    part = "batch__project_id"
    home = Lies(At.WHOLE)

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(RosterBatch, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10)
    row_id = models.BigIntegerField()
    version = models.PositiveIntegerField(default=0)
    before = models.JSONField(null=True)
