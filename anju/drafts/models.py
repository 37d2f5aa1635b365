"""The one table of this room."""

from __future__ import annotations

from django.db import models

from anju.kernel.scope import CompanyRow, company_first
from anju.register.models import Account, Company


class Draft(CompanyRow):
    """草稿: the fields of one form as its writer left them; object 0 stands for a new one."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    form = models.CharField(max_length=60)
    object_id = models.BigIntegerField(default=0)
    fields = models.TextField()
    edition = models.PositiveIntegerField(default=1)
    window = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()

    class Meta:
        """One draft for a person, a form and an object."""

        constraints = [company_first("draft_once", "account", "form", "object_id")]
        indexes = [models.Index(fields=["company", "at"], name="draft_age")]
