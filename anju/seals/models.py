"""The one table of this room."""

from __future__ import annotations

from django.db import models

from anju.kernel.scope import CompanyRow, company_first
from anju.register.models import Company


class Seal(CompanyRow):
    """封存: what all histories of a company came to on one day; `fault` is what was found broken."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    last_entry = models.BigIntegerField()
    entries = models.PositiveIntegerField()
    chains = models.PositiveIntegerField()
    heads = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    fault = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        """One seal a day."""

        constraints = [company_first("seal_one_a_day", "day")]
