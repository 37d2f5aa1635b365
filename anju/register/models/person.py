"""People of a project, their ties to units, what they agreed to, and what care they wish.

A person lies in one project: who reaches another project alone must not see her, so somebody with
homes in two projects has a file in each. Accounts that sign in are another table.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from anju.kernel.scope import CompanyRow
from anju.register.models.hidden import BatchedManager
from anju.register.models.place import Company, Project, Unit
from anju.register.models.roster import RosterBatch
from anju.register.rules.lying import At, Lies


class TieKind(models.TextChoices):
    """What somebody is to a unit."""

    OWNER = "owner", _("Owner")
    FAMILY = "family", _("Family")
    TENANT = "tenant", _("Tenant")


class Channel(models.TextChoices):
    """How somebody wishes to be reached; also how a consent was given."""

    PHONE = "phone", _("Telephone")
    SMS = "sms", _("Text message")
    MAIL = "mail", _("E-mail")
    VISIT = "visit", _("Visit")
    PAPER = "paper", _("Paper form")


class Purpose(models.TextChoices):
    """What a consent allows."""

    CONTACT = "contact", _("Visits and calls about the service")
    SURVEY = "survey", _("Invitations to surveys")
    CARE = "care", _("Notes on special care")


class CareKind(models.TextChoices):
    """What a person of the building should know before knocking; never a diagnosis."""

    ALONE = "alone", _("Lives alone")
    OLD = "old", _("Of great age")
    CHILD = "child", _("Small child in the home")
    HELP = "help", _("Needs help with stairs or doors")
    CALL = "call", _("Call before coming")


class Person(CompanyRow):
    """Somebody who lives in or owns a unit; the phone is kept once, in one form."""

    part = "project_id"
    home = Lies(At.PERSON, "id")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="people")
    name = models.CharField(max_length=80)
    initials = models.CharField(max_length=80, blank=True, default="")
    phone = models.CharField(max_length=20, blank=True, default="")
    phone_tail = models.CharField(max_length=4, blank=True, default="")
    phone_written = models.CharField(max_length=40, blank=True, default="")
    language = models.CharField(max_length=10, blank=True, default="")
    channel = models.CharField(max_length=10, choices=Channel.choices, blank=True, default="")
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    batch = models.ForeignKey(RosterBatch, on_delete=models.SET_NULL, null=True, related_name="+")
    batch_row = models.PositiveIntegerField(null=True)

    objects: ClassVar[BatchedManager] = BatchedManager()

    class Meta:
        """Found by name, initials and the end of the phone."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["company", "name"], name="person_by_name"),
            models.Index(fields=["company", "initials"], name="person_by_initials"),
            models.Index(fields=["company", "phone_tail"], name="person_by_tail"),
        ]

    @override
    def __str__(self) -> str:
        return self.name


class Tie(CompanyRow):
    """What a person is to a unit, from a day up to, not including, another; both may be open."""

    part = "unit__building__project_id"
    home = Lies(At.UNIT, "unit_id")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="ties")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="ties")
    kind = models.CharField(max_length=10, choices=TieKind.choices)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    batch = models.ForeignKey(RosterBatch, on_delete=models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[BatchedManager] = BatchedManager()

    class Meta:
        """A stay ends after it begins."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(since__isnull=True)
                | models.Q(until__isnull=True)
                | models.Q(until__gt=models.F("since")),
                name="tie_ends_after_it_begins",
            )
        ]


class Consent(CompanyRow):
    """A yes to one purpose in the words of one version; taken back, never removed."""

    part = "person__project_id"
    home = Lies(At.PERSON, "person_id")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    text_version = models.CharField(max_length=20)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)


class CareTag(CompanyRow):
    """A sign for special care with the purpose that it is kept for; shown against a reason."""

    part = "person__project_id"
    home = Lies(At.PERSON, "person_id")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="care")
    kind = models.CharField(max_length=10, choices=CareKind.choices)
    purpose = models.CharField(max_length=120)
    added_at = models.DateTimeField()

    class Meta:
        """Each sign once a person."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["company", "person", "kind"], name="care_one_sign_a_person"
            )
        ]
