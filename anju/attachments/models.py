"""The one table of this room: which file belongs to what, and who gave it."""

from __future__ import annotations

from django.db import models

from anju.attachments.rules.kinds import Kind
from anju.kernel.scope import CompanyRow, company_first
from anju.register.models import Account, Company, Project


class Attachment(CompanyRow):
    """附件: a photo or document of one subject in a project; removed ones wait to be put back.

    The subject is a kind and an id, as in the history: this room knows no room above it.
    """

    part = "project_id"

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Kind])
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    preview_sha256 = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField()
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    taken_at = models.DateTimeField(null=True)
    added_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    removed_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        """One content is one attachment of a subject; a photo has its preview."""

        constraints = [
            company_first("attachment_once", "subject_kind", "subject_id", "sha256"),
            models.CheckConstraint(
                condition=models.Q(kind__in=[one.value for one in Kind]),
                name="attachment_kind_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="photo") | ~models.Q(preview_sha256=""),
                name="attachment_photo_has_preview",
            ),
        ]
        indexes = [models.Index(fields=["company", "removed_at"], name="attachment_removed")]
