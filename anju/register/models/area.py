"""What lies across projects and buildings: regions, zones with their steward, partner firms."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from anju.kernel.scope import CompanyRow, company_first
from anju.register.models.account import Account
from anju.register.models.place import Building, Company, Project, Unit
from anju.register.rules.lying import At, Lies


class PartnerKind(models.TextChoices):
    """What a firm is to the company."""

    CONTRACTOR = "contractor", _("Contractor")
    BUILDER = "builder", _("Builder")
    DEVELOPER = "developer", _("Developer")


class Partner(CompanyRow):
    """A firm that works for the company's estates or built them; shared by all projects."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=PartnerKind.choices)
    name = models.CharField(max_length=120)
    contact = models.CharField(max_length=80, blank=True, default="")
    phone = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        """One name in a company."""

        constraints = [company_first("partner_one_name", "name")]

    @override
    def __str__(self) -> str:
        return self.name


class Zone(CompanyRow):
    """责任区: buildings or single units of a project that one steward answers for."""

    part = "project_id"
    home = Lies(At.ZONE, "id")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="zones")
    name = models.CharField(max_length=60)
    steward = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="zones"
    )

    class Meta:
        """One name in a project."""

        constraints = [company_first("zone_one_name", "project", "name")]

    @override
    def __str__(self) -> str:
        return self.name


class ZonePlace(CompanyRow):
    """A building of a zone, or a single unit of it where the unit is named; each in one zone."""

    part = "zone__project_id"
    home = Lies(At.ZONE, "zone_id")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="places")
    building = models.ForeignKey(Building, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        """A building lies in one zone, and so does a unit."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            company_first("zone_of_a_building", "building", condition=models.Q(unit__isnull=True)),
            company_first("zone_of_a_unit", "unit", condition=models.Q(unit__isnull=False)),
        ]
