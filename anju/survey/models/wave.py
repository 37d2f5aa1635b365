"""A wave: one time of asking in one project, with its frame, its counts and its plan."""

from __future__ import annotations

from django.db import models
from typing_extensions import override

from anju.kernel.scope import CompanyRow, company_first
from anju.register.models import Account, Building, Company, Project
from anju.register.rules.lying import At, Lies
from anju.survey.models.choices import choices, one_of
from anju.survey.models.questionnaire import QuestionnaireVersion
from anju.survey.rules.answering import Privacy
from anju.survey.rules.counts import StratumKind, TotalsKind
from anju.survey.rules.wave import Base, Design, Source, WaveState


class Wave(CompanyRow):
    """调查: a plan, then answers, then results that stand for ever; None is unknown."""

    part = "project_id"

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.PROTECT, null=True, related_name="waves"
    )
    base_wave = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=choices(WaveState), default=WaveState.DRAFT)
    source = models.CharField(max_length=12, choices=choices(Source), default=Source.OWN)
    title = models.CharField(max_length=120)
    period_label = models.CharField(max_length=60, blank=True)
    design = models.CharField(max_length=8, choices=choices(Design), default=Design.UNKNOWN)
    base = models.CharField(max_length=12, choices=choices(Base), default=Base.HOUSEHOLDS)
    modes = models.JSONField(default=list)
    privacy = models.CharField(
        max_length=12, choices=choices(Privacy), default=Privacy.CONFIDENTIAL
    )
    population = models.PositiveIntegerField(null=True)
    planned = models.PositiveIntegerField(null=True)
    fieldwork_from = models.DateField(null=True)
    fieldwork_to = models.DateField(null=True)
    scale_minimum = models.FloatField(null=True)
    target = models.FloatField(null=True)
    goal = models.TextField(blank=True)
    method = models.TextField(blank=True)
    consultant = models.CharField(max_length=120, blank=True)
    # An independent consultant who alone handles the answers; none: the quality department does.
    keeper = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    issued = models.PositiveIntegerField(null=True)
    returned = models.PositiveIntegerField(null=True)
    valid = models.PositiveIntegerField(null=True)
    refused = models.PositiveIntegerField(null=True)
    unreachable = models.PositiveIntegerField(null=True)
    short_reason = models.TextField(blank=True)
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """One title in a project; returned never exceeds issued, whoever writes."""

        constraints = [
            company_first("wave_one_title", "project", "title"),
            one_of("state", WaveState, name="wave_state_known"),
            one_of("privacy", Privacy, name="wave_privacy_known"),
            models.CheckConstraint(
                condition=models.Q(returned__isnull=True)
                | models.Q(issued__isnull=True)
                | models.Q(returned__lte=models.F("issued")),
                name="wave_returned_within_issued",
            ),
        ]
        indexes = [models.Index(fields=["company", "project", "id"], name="wave_of_project")]

    @override
    def __str__(self) -> str:
        return self.title


class WaveStratum(CompanyRow):
    """One line of a wave's frame: a building, a use type or a stratum."""

    part = "wave__project_id"
    home = Lies(At.BUILDING, "building_id")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="frame")
    kind = models.CharField(max_length=12, choices=choices(StratumKind))
    label = models.CharField(max_length=60)
    building = models.ForeignKey(Building, on_delete=models.PROTECT, null=True, related_name="+")
    population = models.PositiveIntegerField(null=True)
    issued = models.PositiveIntegerField(null=True)
    returned = models.PositiveIntegerField(null=True)
    planned = models.PositiveIntegerField(null=True)

    class Meta:
        """One line for a label of a kind."""

        constraints = [company_first("frame_one_label", "wave", "kind", "label")]


class PublishedTotal(CompanyRow):
    """An index that others published with its bases; external, so it enters no index of ours."""

    part = "wave__project_id"
    home = Lies(At.WHOLE)

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="totals")
    label = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=choices(TotalsKind))
    numerator = models.FloatField()
    denominator = models.FloatField()
    issued = models.PositiveIntegerField(null=True)
    returned = models.PositiveIntegerField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        """One figure for a label."""

        constraints = [company_first("total_one_label", "wave", "label")]
