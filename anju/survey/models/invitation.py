"""Invitations: one for each home of a wave, with what its owner has ticked so far."""

from __future__ import annotations

from django.db import models

from anju.kernel.scope import CompanyRow, company_first
from anju.register.models import Company, Unit
from anju.register.rules.lying import At, Lies
from anju.survey.models.choices import choices
from anju.survey.models.response import Response
from anju.survey.models.wave import Wave
from anju.survey.rules.answering import Contact


class Invitation(CompanyRow):
    """A home that was asked; of its link only the hash is kept."""

    part = "wave__project_id"
    home = Lies(At.UNIT, "unit_id")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="invitations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    token_hash = models.CharField(max_length=64)
    drawn_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    answers = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)
    seen_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    late = models.BooleanField(default=False)
    response = models.ForeignKey(Response, on_delete=models.SET_NULL, null=True, related_name="+")
    contact = models.CharField(max_length=8, choices=choices(Contact), blank=True, default="")
    contact_where = models.CharField(max_length=120, blank=True, default="")
    contact_text = models.CharField(max_length=20, blank=True, default="")
    contact_at = models.DateTimeField(null=True)

    class Meta:
        """One invitation for a home, one home for a link."""

        constraints = [
            company_first("invitation_one_home", "wave", "unit"),
            company_first("invitation_one_number", "wave", "number"),
            company_first("invitation_one_link", "token_hash"),
            models.CheckConstraint(
                condition=models.Q(contact__in=["", *[kind.value for kind in Contact]]),
                name="invitation_contact_known",
            ),
        ]
