"""Company, region, project, building, unit: the frame that every count refers to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from anju.kernel.scope import CompanyRow, company_first
from anju.register.models.hidden import BatchedManager
from anju.register.rules.lying import At, Lies
from anju.register.rules.rights import GRACE_DAYS


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
    # How long somebody who must set up a second step at sign-in may put it off.
    second_step_days = models.PositiveSmallIntegerField(default=GRACE_DAYS)
    created_at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return self.name


class UnitUse(models.TextChoices):
    """用途: what one unit serves as."""

    HOME = "home", _("Home")
    SHOP = "shop", _("Shop")
    OFFICE = "office", _("Office")
    PARKING = "parking", _("Parking space")
    STORAGE = "storage", _("Storage")
    OTHER = "other", _("Other")


class Region(CompanyRow):
    """片区: projects that one office looks after; a company may do without."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)

    class Meta:
        """One name in a company."""

        constraints = [company_first("region_one_name", "name")]

    @override
    def __str__(self) -> str:
        return self.name


class Project(CompanyRow):
    """项目: a residential estate, an office building, a shopping street."""

    part = "id"

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    use_type = models.CharField(max_length=20, choices=UseType.choices)
    target = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    region = models.ForeignKey(
        Region, on_delete=models.SET_NULL, null=True, blank=True, related_name="projects"
    )

    class Meta:
        """One name in a company."""

        constraints = [company_first("project_one_name", "name")]

    @override
    def __str__(self) -> str:
        return self.name


class Building(CompanyRow):
    """楼栋 of a project."""

    part = "project_id"
    home = Lies(At.BUILDING, "id")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="buildings")
    name = models.CharField(max_length=60)
    # The spreadsheet that made it, by its number: the table of those stands below this one.
    batch_id = models.BigIntegerField(null=True)

    objects: ClassVar[BatchedManager] = BatchedManager()

    class Meta:
        """One name in a project."""

        constraints = [company_first("building_one_name", "project", "name")]

    @override
    def __str__(self) -> str:
        return self.name


class Unit(CompanyRow):
    """房屋: one home, shop or office with a number."""

    part = "building__project_id"
    home = Lies(At.UNIT, "id")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="units")
    number = models.CharField(max_length=30)
    # The number in one spelling with its building in front: how every other writing finds it.
    key = models.CharField(max_length=100, blank=True, default="")
    floor = models.SmallIntegerField(null=True, blank=True)
    area = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    use = models.CharField(max_length=10, choices=UnitUse.choices, blank=True, default="")
    handover = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    batch_id = models.BigIntegerField(null=True)

    objects: ClassVar[BatchedManager] = BatchedManager()

    class Meta:
        """One number in a building; found by its key."""

        constraints = [company_first("unit_one_number", "building", "number")]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["company", "key"], name="unit_by_key")
        ]

    @override
    def __str__(self) -> str:
        return self.number
