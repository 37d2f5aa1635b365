"""Keys by which other programs of a company call ours; only hashes are kept."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from anju.kernel.scope import CompanyRow, company_first
from anju.register.models.account import Account
from anju.register.models.place import Company


class ProgramKey(CompanyRow):
    """程序密钥: what a program shows; it reaches the projects named, an empty list is all of them."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    token_hash = models.CharField(max_length=64)
    projects = models.JSONField(default=list)
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """One row a key."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            company_first("program_key_one", "token_hash")
        ]
