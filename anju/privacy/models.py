"""Who looked at what about whom, links by which owners see it, and who was erased."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from anju.kernel.scope import CompanyRow, company_first
from anju.privacy.rules.looks import Grade, Reason, What
from anju.register.models import Account, Company, Person, Project
from anju.register.rules.lying import At, Lies


class Look(CompanyRow):
    """One look at a person's data; an entry of the person's history seals it."""

    part = "project_id"
    home = Lies(At.PERSON, "person_id")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="looks")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=10, choices=[(one.value, one.value) for one in What])
    grade = models.CharField(max_length=2, choices=[(one.value, one.value) for one in Grade])
    reason = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Reason])
    # The words may name somebody, so the history holds only their seal, which the salt opens.
    words = models.CharField(max_length=200, blank=True, default="")
    salt = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        """Read by person, and counted by who looked."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["company", "person", "at"], name="look_at_person"),
            models.Index(fields=["company", "account", "at"], name="look_by_account"),
        ]


class FileLink(CompanyRow):
    """A link by which an owner sees once who looked; only its hash is kept."""

    part = "project_id"
    home = Lies(At.PERSON, "person_id")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        """One person for a link."""

        constraints = [company_first("file_link_one_person", "token_hash")]


class Erasure(CompanyRow):
    """A person was erased: the number under which what is kept of her goes on."""

    part = "project_id"
    home = Lies(At.PERSON, "person_id")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="erasures")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=10)
    counts = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        """A person is erased once."""

        constraints = [company_first("erased_once", "person")]
