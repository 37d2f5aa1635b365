"""What an office sets: categories, service levels with validity, the ladder, and rates of visits."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from anju.casework.kinds import CaseKind, Evidence, Severity, Spot
from anju.kernel.scope import CompanyRow, company_first
from anju.register.models import Company, Project
from anju.register.rules.rights import Role
from anju.voice.models.columns import member, one_of


class Category(CompanyRow):
    """类别: a node of the tree of topics, its name in both languages and the words that point to it.

    `words` maps a word to its weight. What was used is retired, never removed.
    """

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="below")
    code = models.CharField(max_length=40)
    zh = models.CharField(max_length=60)
    en = models.CharField(max_length=80)
    kind = member(CaseKind, empty=True, default="")
    spot = member(Spot, default=Spot.ANY.value)
    evidence = member(Evidence, default=Evidence.NONE.value)
    words = models.JSONField(default=dict)
    warranty_months = models.PositiveSmallIntegerField(null=True)
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        """One code a company."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            company_first("category_one_code", "code"),
            one_of("kind", CaseKind, name="category_kind_known", empty=True),
            one_of("spot", Spot, name="category_spot_known"),
            one_of("evidence", Evidence, name="category_evidence_known"),
        ]


class ServiceLevel(CompanyRow):
    """服务时限: what is promised for a kind of matter from a day on; never changed, only ended.

    Units: minutes, of work in the usual calendar or real. A promise without minutes is not made.
    """

    part = "project_id"

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    kind = member(CaseKind)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, null=True, related_name="+")
    severity = member(Severity, empty=True, default="")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, related_name="+")
    acknowledge = models.PositiveIntegerField(null=True)
    on_site = models.PositiveIntegerField(null=True)
    resolve = models.PositiveIntegerField(null=True)
    report_back = models.PositiveIntegerField(null=True)
    real_time = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        """A level ends after it began."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("kind", CaseKind, name="level_kind_known"),
            one_of("severity", Severity, name="level_severity_known", empty=True),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("since")),
                name="level_ends_after_it_began",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["company", "kind", "since"], name="level_of_kind")
        ]


class LadderRung(CompanyRow):
    """督办阶梯: after a share of the time, minutes over it, or days, somebody in a role is told."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    share = models.FloatField(null=True)
    over = models.PositiveIntegerField(null=True)
    days = models.PositiveSmallIntegerField(null=True)

    class Meta:
        """One rung a number."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            company_first("rung_one_number", "number")
        ]


class VoiceRule(CompanyRow):
    """What an office sets once; one row a company.

    `together` homes that tell the same `within` so many minutes are one fault. `mailbox_*` say how
    owners reach the manager alone. `texts` are pairs of a short name and words for replies.
    """

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    visit_seed = models.CharField(max_length=40)
    visit_rate = models.FloatField(default=0.2)
    repair_days = models.PositiveSmallIntegerField(default=1)
    complaint_days = models.PositiveSmallIntegerField(default=3)
    other_days = models.PositiveSmallIntegerField(default=3)
    hasten_share = models.FloatField(default=0.5)
    half_life_satisfied = models.FloatField(default=30.0)
    half_life_dissatisfied = models.FloatField(default=180.0)
    reopen_days = models.PositiveSmallIntegerField(default=30)
    together = models.PositiveSmallIntegerField(default=5)
    within = models.PositiveSmallIntegerField(default=30)
    mailbox_page = models.BooleanField(default=True)
    mailbox_mail = models.CharField(max_length=200, blank=True, default="")
    texts = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One row a company."""

        constraints: ClassVar[list[models.BaseConstraint]] = [company_first("voice_rule_one")]
