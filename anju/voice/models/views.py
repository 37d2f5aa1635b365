"""Lists of cases that somebody keeps under a name."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from anju.kernel.scope import CompanyRow, company_first
from anju.register.models import Account, Company


class SavedView(CompanyRow):
    """A list that somebody keeps under a name: its filters and order as an address writes them."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)
    at = models.DateTimeField()

    class Meta:
        """One name a person."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            company_first("view_one_name", "account", "name")
        ]
