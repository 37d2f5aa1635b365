"""Questionnaires as versioned data: sections and items; a published version never changes."""

from __future__ import annotations

from django.db import models
from typing_extensions import override

from anju.kernel.scope import CompanyRow, company_first
from anju.register.models import Company
from anju.survey.models.choices import choices, one_of
from anju.survey.models.scale import Scale
from anju.survey.rules.questionnaire import Dimension, Purpose, ServiceLine, Side, VersionState


class Questionnaire(CompanyRow):
    """A form that lives through versions; its titles are kept with each version."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=24)
    from_file = models.BooleanField(default=False)

    class Meta:
        """One code in a company."""

        constraints = [company_first("questionnaire_one_code", "code")]

    @override
    def __str__(self) -> str:
        return self.code


class QuestionnaireVersion(CompanyRow):
    """One wording of a form."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=choices(VersionState))
    title_zh = models.CharField(max_length=120, blank=True)
    title_en = models.CharField(max_length=120, blank=True)
    purpose_zh = models.TextField(blank=True)
    purpose_en = models.TextField(blank=True)
    intro_zh = models.TextField(blank=True)
    intro_en = models.TextField(blank=True)
    outro_zh = models.TextField(blank=True)
    outro_en = models.TextField(blank=True)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        """One number in a questionnaire, and at most one draft at a time."""

        constraints = [
            company_first("version_one_number", "questionnaire", "number"),
            company_first(
                "version_one_draft", "questionnaire", condition=models.Q(state=VersionState.DRAFT)
            ),
            one_of("state", VersionState, name="version_state_known"),
        ]


class Section(CompanyRow):
    """A heading of a version."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.CASCADE, related_name="sections"
    )
    code = models.CharField(max_length=24)
    order = models.PositiveSmallIntegerField()
    zh = models.CharField(max_length=120, blank=True)
    en = models.CharField(max_length=120, blank=True)

    class Meta:
        """One code in a version."""

        constraints = [company_first("section_one_code", "version", "code")]


class Item(CompanyRow):
    """One question; without a scale it asks for free text."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.CASCADE, related_name="items"
    )
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="items")
    code = models.CharField(max_length=60)
    order = models.PositiveSmallIntegerField()
    zh = models.CharField(max_length=300, blank=True)
    en = models.CharField(max_length=300, blank=True)
    scale = models.ForeignKey(Scale, on_delete=models.PROTECT, null=True, related_name="items")
    purpose = models.CharField(max_length=20, choices=choices(Purpose))
    dimension = models.CharField(max_length=20, choices=choices(Dimension), blank=True)
    service_line = models.CharField(max_length=20, choices=choices(ServiceLine), blank=True)
    department = models.CharField(max_length=60, blank=True)
    pair = models.CharField(max_length=24, blank=True)
    side = models.CharField(max_length=12, choices=choices(Side), blank=True)
    double_barrelled = models.BooleanField(default=False)

    class Meta:
        """One code in a version; listed by version."""

        constraints = [
            company_first("item_one_code", "version", "code"),
            one_of("purpose", Purpose, name="item_purpose_known"),
        ]

    @override
    def __str__(self) -> str:
        return self.code
