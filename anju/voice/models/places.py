"""Links that lead to cases: codes on walls and doors, a foreman's or caller's ticket, codes to look.

Only hashes are kept; an address itself is made again from the secret, never read from here.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from anju.kernel.scope import CompanyRow, company_first
from anju.register.models import Building, Company, Partner, Project, Unit
from anju.register.rules.lying import At, Lies


class CaseLink(CompanyRow):
    """A code that hangs somewhere: of a project, a building, a common place or one home's door."""

    part = "project_id"
    home = Lies(At.FORM)

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    building = models.ForeignKey(Building, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    spot = models.CharField(max_length=120, blank=True, default="")
    token_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """One row a code."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            company_first("case_link_one", "token_hash")
        ]


class Ticket(CompanyRow):
    """A firm's way in: a link for its foreman, opened with a code that is sent to his phone."""

    part = "project_id"
    home = Lies(At.WHOLE)

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64)
    phone = models.CharField(max_length=20)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """One row a link."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            company_first("ticket_one", "token_hash")
        ]


class LookCode(CompanyRow):
    """A one-time code sent to a phone, to look at earlier cases or to open a foreman's list."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    phone = models.CharField(max_length=20)
    purpose = models.CharField(max_length=10)
    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """Looked up by phone, youngest first."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["company", "phone", "made_at"], name="look_code_of_phone")
        ]
