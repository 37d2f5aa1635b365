"""What decides about messages beside the messages: wishes, group robots, the hold."""

from __future__ import annotations

from django.db import models

from anju.kernel.scope import CompanyRow, company_first
from anju.notify.rules.robots import RobotKind
from anju.register.models import Account, Company, Person
from anju.register.rules.lying import At, Lies


class Preference(CompanyRow):
    """What a colleague wants to be told at once; without a row, all four kinds."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    kinds = models.JSONField(default=list)
    by_mail = models.BooleanField(default=False)
    digest = models.BooleanField(default=True)

    class Meta:
        """One row for a person in a company."""

        constraints = [company_first("preference_one_a_person", "account")]


class Robot(CompanyRow):
    """群机器人: a group of colleagues in a chat; its address is a secret and is kept sealed."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=[(one.value, one.value) for one in RobotKind])
    host = models.CharField(max_length=120)
    sealed = models.TextField()
    kinds = models.JSONField(default=list)
    active = models.BooleanField(default=True)
    added_at = models.DateTimeField()

    class Meta:
        """One name in a company."""

        constraints = [company_first("robot_one_name", "name")]


class Follower(CompanyRow):
    """An owner who wishes to be told through the company's official account; her id there is sealed."""

    part = "person__project_id"
    home = Lies(At.PERSON, "person_id")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    sealed = models.TextField()
    since = models.DateTimeField()

    class Meta:
        """One row a person."""

        constraints = [company_first("follower_one_a_person", "person")]


class Hold(CompanyRow):
    """Nothing goes out of a company while this row is open: a backup was brought back."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    why = models.CharField(max_length=20)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        """At most one that is open."""

        constraints = [
            company_first("hold_one_open", condition=models.Q(ended_at__isnull=True)),
        ]
