"""Answers and the imports that brought them; answers of a batch that is not live do not exist."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from typing_extensions import override

from anju.kernel.scope import CompanyManager, CompanyQuerySet, CompanyRow, company_first
from anju.register.models import Building, Company, Unit
from anju.register.rules.lying import At, Lies
from anju.survey.models.choices import choices, one_of
from anju.survey.models.questionnaire import Item
from anju.survey.models.wave import Wave
from anju.survey.rules.answering import Channel
from anju.survey.rules.wave import BatchState


class ImportBatch(CompanyRow):
    """One file taken in; its state alone decides whether its answers can be seen."""

    part = "wave__project_id"

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="batches")
    number = models.PositiveIntegerField()
    channel = models.CharField(max_length=8, choices=choices(Channel), default=Channel.FILE)
    file_id = models.BigIntegerField()
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=choices(BatchState))
    job_id = models.BigIntegerField()
    rows = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    live_at = models.DateTimeField(null=True)
    reverted_at = models.DateTimeField(null=True)

    class Meta:
        """One number in a wave, one batch a job, and one live batch for a file."""

        constraints = [
            company_first("batch_one_number", "wave", "number"),
            company_first("batch_one_job", "job_id"),
            company_first(
                "batch_file_live_once",
                "wave",
                "sha256",
                condition=models.Q(state=BatchState.LIVE),
            ),
            one_of("state", BatchState, name="batch_state_known"),
            one_of("channel", Channel, name="batch_channel_known"),
        ]


class ResponseManager(CompanyManager[Any]):
    """Sees the answers of live batches alone; `whole` is for writing and clearing away."""

    @override
    def get_queryset(self) -> CompanyQuerySet[Any]:
        return super().get_queryset().filter(batch__state=BatchState.LIVE)

    def whole(self) -> CompanyQuerySet[Any]:
        """Return the rows of every batch, staged and reverted ones too."""
        return super().get_queryset()


class Response(CompanyRow):
    """One row of answers; `answers` holds an option code or null for each item in printed order."""

    part = "wave__project_id"
    home = Lies(At.FORM)

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="+")
    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="+")
    row = models.PositiveIntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    building = models.ForeignKey(Building, on_delete=models.PROTECT, null=True, related_name="+")
    household = models.CharField(max_length=60, blank=True)
    building_label = models.CharField(max_length=60, blank=True)
    stratum = models.CharField(max_length=60, blank=True)
    use_type = models.CharField(max_length=60, blank=True)
    mode = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True)
    count = models.PositiveIntegerField(default=1)
    weight = models.FloatField(default=1.0)
    answers = models.JSONField(default=list)
    groups = models.JSONField(default=dict)

    objects: ClassVar[ResponseManager] = ResponseManager()

    class Meta:
        """One answer for a row of a batch; read by wave."""

        constraints = [company_first("response_one_row", "batch", "row")]
        indexes = [models.Index(fields=["company", "wave", "id"], name="response_of_wave")]


class OpenAnswer(CompanyRow):
    """What somebody wrote in their own words."""

    part = "response__wave__project_id"
    home = Lies(At.FORM, "response__")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="texts")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, related_name="+")
    heading = models.CharField(max_length=200)
    text = models.TextField()

    class Meta:
        """One text for a column of a row."""

        constraints = [company_first("open_answer_once", "response", "heading")]


class RememberedMapping(CompanyRow):
    """How the columns of a kind of file were read last time."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64)
    version_key = models.BigIntegerField(default=0)
    mapping = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        """One mapping for the columns of a file under a questionnaire; 0 stands for none."""

        constraints = [company_first("mapping_one_kind", "fingerprint", "version_key")]
