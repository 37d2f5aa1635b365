"""A measure against a gap, and each look at whether it was done and helped."""

from __future__ import annotations

from django.db import models

from anju.improve.models.finding import Finding, choices, one_of
from anju.improve.rules.states import MeasureState, MeasureVerb
from anju.kernel.scope import CompanyRow, company_first
from anju.register.models import Account, Company


class Measure(CompanyRow):
    """措施: what, until when, and by what one will see that it helped.

    `told_at` is the instant at which owners were told; nothing tells them yet, so it stays empty.
    """

    part = "finding__project_id"

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="measures")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=14, choices=choices(MeasureState))
    text = models.TextField()
    due = models.DateField()
    metric = models.TextField()
    target = models.CharField(max_length=200)
    set_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    evidence = models.TextField(blank=True)
    evidence_file_id = models.BigIntegerField(null=True)
    for_owners = models.BooleanField(default=False)
    owner_words = models.TextField(blank=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        """Numbered within a finding; what is reported done has evidence and a name."""

        constraints = [
            company_first("measure_one_number", "finding", "number"),
            one_of("state", MeasureState, name="measure_state_known"),
            models.CheckConstraint(
                condition=~models.Q(state__in=["done", "verified", "not_effective"])
                | (
                    models.Q(done_by__isnull=False, done_at__isnull=False)
                    & (~models.Q(evidence="") | models.Q(evidence_file_id__isnull=False))
                ),
                name="measure_done_has_evidence",
            ),
            models.CheckConstraint(
                condition=models.Q(for_owners=False) | ~models.Q(owner_words=""),
                name="measure_owners_are_told_words",
            ),
        ]
        indexes = [models.Index(fields=["company", "state", "due"], name="measure_by_due")]


class Checkpoint(CompanyRow):
    """验证: one look at a measure by somebody who did not do it; never changed."""

    part = "measure__finding__project_id"

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="checkpoints")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    doer = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    checker = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=12, choices=choices(MeasureVerb))
    words = models.TextField()

    class Meta:
        """Numbered within a measure; the checker is not the doer, whoever writes the row."""

        constraints = [
            company_first("checkpoint_one_number", "measure", "number"),
            models.CheckConstraint(
                condition=models.Q(verb__in=["verify", "refute", "return"]),
                name="checkpoint_verb_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(doer=models.F("checker")),
                name="checkpoint_checker_is_another",
            ),
        ]
