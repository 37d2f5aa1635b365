"""What the analytics room keeps: the small tables of closed waves and the reports that were made."""

from __future__ import annotations

from django.db import models

from anju.kernel.scope import CompanyRow, company_first
from anju.register.models import Company
from anju.survey.models import Wave


class WaveTally(CompanyRow):
    """The small tables of one closed wave: weighted counts by group, item and level, and sums."""

    part = "wave__project_id"

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="+")
    form = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    people = models.PositiveIntegerField()
    tables = models.JSONField()
    # The digest of the snapshot of columns on disk, and when it was read from the rows.
    columns = models.CharField(max_length=64, blank=True, default="")
    columns_at = models.DateTimeField(null=True)

    class Meta:
        """A wave is closed once."""

        constraints = [company_first("wave_tally_one_a_wave", "wave")]


class ReportRun(CompanyRow):
    """One report as it was made: frozen figures, formulas, data as of, and its file."""

    part = "wave__project_id"

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    form = models.CharField(max_length=8)
    language = models.CharField(max_length=10)
    final = models.BooleanField()
    as_of = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    job_id = models.BigIntegerField()
    file_id = models.BigIntegerField()
    figures = models.JSONField()

    class Meta:
        """Numbered within a wave; one run a job, so that a job done again makes no second."""

        constraints = [
            company_first("report_run_one_number", "wave", "number"),
            company_first("report_run_one_a_job", "job_id"),
        ]
