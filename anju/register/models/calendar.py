"""Working calendars of a company: every version is kept, so that a past deadline can be explained."""

from __future__ import annotations

from django.db import models

from anju.kernel.scope import CompanyRow, company_first
from anju.register.models.place import Company
from anju.worktime.hours import DayKind


class DayOrigin(models.TextChoices):
    """Who says so: the State Council's notice, or the company."""

    ANNOUNCED = "announced"
    OWN = "own"


class WorkCalendar(CompanyRow):
    """A named calendar and the number of its present version, which is its lock as well."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    usual = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One name, and at most one usual calendar, in a company."""

        constraints = [
            company_first("calendar_one_name", "name"),
            company_first("calendar_one_usual", condition=models.Q(usual=True)),
        ]


class CalendarVersion(CompanyRow):
    """Zone and hours of a calendar from one change to the next; never altered."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    calendar = models.ForeignKey(WorkCalendar, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    zone = models.CharField(max_length=60)
    hours = models.JSONField()  # seven texts, Monday first
    follows = models.BooleanField(default=True)
    known_until = models.PositiveSmallIntegerField(null=True)
    actor_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        """One row a version."""

        constraints = [company_first("calendar_one_version", "calendar", "number")]


class CalendarDay(CompanyRow):
    """A dated exception, in force from the version `since` up to, not including, `until`."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    calendar = models.ForeignKey(WorkCalendar, on_delete=models.PROTECT, related_name="days")
    day = models.DateField()
    origin = models.CharField(max_length=10, choices=DayOrigin.choices)
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in DayKind])
    zh = models.CharField(max_length=40, blank=True, default="")
    en = models.CharField(max_length=80, blank=True, default="")
    hours = models.CharField(max_length=120, blank=True, default="")
    since = models.PositiveIntegerField()
    until = models.PositiveIntegerField(null=True)

    class Meta:
        """One meaning a day for each origin and version."""

        constraints = [
            company_first("calendar_day_one_meaning", "calendar", "day", "origin", "since"),
            company_first(
                "calendar_day_one_in_force",
                "calendar",
                "day",
                "origin",
                condition=models.Q(until__isnull=True),
            ),
        ]
