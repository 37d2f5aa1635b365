"""Company, project, building, unit: the frame that every count refers to."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from anju.kernel.scope import CompanyRow, company_first


class UseType(models.TextChoices):
    """业态: what a project's units are used for."""

    RESIDENTIAL = "residential", _("Residential")
    APARTMENT = "apartment", _("Apartment")
    VILLA = "villa", _("Villa")
    COMMERCIAL = "commercial", _("Commercial")
    OFFICE = "office", _("Office")
    OTHER = "other", _("Other")


class Company(models.Model):
    """A property-management company; the wall that no row crosses."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, blank=True, default="")
    demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return self.name


class Project(CompanyRow):
    """项目: a residential estate, an office building, a shopping street."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    use_type = models.CharField(max_length=20, choices=UseType.choices)
    target = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)

    class Meta:
        """One name in a company."""

        constraints = [company_first("project_one_name", "name")]

    @override
    def __str__(self) -> str:
        return self.name


class Building(CompanyRow):
    """楼栋 of a project."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="buildings")
    name = models.CharField(max_length=60)

    class Meta:
        """One name in a project."""

        constraints = [company_first("building_one_name", "project", "name")]

    @override
    def __str__(self) -> str:
        return self.name


class Unit(CompanyRow):
    """房屋: one home, shop or office with a number."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="units")
    number = models.CharField(max_length=30)
    floor = models.SmallIntegerField(null=True, blank=True)

    class Meta:
        """One number in a building."""

        constraints = [company_first("unit_one_number", "building", "number")]

    @override
    def __str__(self) -> str:
        return self.number
