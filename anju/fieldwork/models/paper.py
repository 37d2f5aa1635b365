"""Paper forms: who entered how many on which day, and what was issued and returned."""

from __future__ import annotations

from django.db import models

from anju.kernel.scope import CompanyRow, company_first
from anju.register.models import Account, Building, Company
from anju.register.rules.lying import At, Lies
from anju.survey.models import ImportBatch, Wave


class EntryBatch(CompanyRow):
    """The forms that one person entered for one wave on one day; the answers lie in `batch`."""

    part = "wave__project_id"

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        """One for a person and a day."""

        constraints = [company_first("entry_batch_one_day", "wave", "account", "day")]


class PaperCount(CompanyRow):
    """How many paper forms a building was given and gave back; None is not counted yet."""

    part = "wave__project_id"
    home = Lies(At.BUILDING, "building_id")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="+")
    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="+")
    issued = models.PositiveIntegerField(null=True)
    returned = models.PositiveIntegerField(null=True)

    class Meta:
        """One line for a building; returned never exceeds issued, whoever writes."""

        constraints = [
            company_first("paper_count_one_building", "wave", "building"),
            models.CheckConstraint(
                condition=models.Q(returned__isnull=True)
                | models.Q(issued__isnull=True)
                | models.Q(returned__lte=models.F("issued")),
                name="paper_returned_within_issued",
            ),
        ]


class PaperRule(CompanyRow):
    """What a wave allows on paper; a wave without a row asks for the home."""

    part = "wave__project_id"

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="+")
    without_home = models.BooleanField(default=False)

    class Meta:
        """One for a wave."""

        constraints = [company_first("paper_rule_one_wave", "wave")]
