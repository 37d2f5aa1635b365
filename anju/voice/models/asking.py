"""Return visits, every attempt to reach an owner, her verdict, and what was said against one."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from anju.casework.kinds import Mode, VisitState
from anju.casework.visits import Solved
from anju.kernel.scope import CompanyRow, company_first
from anju.register.models import Account, Company
from anju.register.rules.lying import At, Lies
from anju.voice.models.case import Case
from anju.voice.models.columns import member, one_of


class ReturnVisit(CompanyRow):
    """回访: owed once for each closing, and a second time after 28 days."""

    part = "case__project_id"
    home = Lies(At.FORM, "case__")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="visits")
    number = models.PositiveSmallIntegerField()
    second = models.BooleanField(default=False)
    state = member(VisitState, default=VisitState.DUE.value)
    due_at = models.DateTimeField()
    from_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Numbered within its case."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            company_first("visit_one_number", "case", "number"),
            one_of("state", VisitState, name="visit_state_known"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["company", "state", "due_at", "id"], name="visit_due"),
            models.Index(fields=["company", "from_at"], name="visit_from"),
        ]


class VisitAttempt(CompanyRow):
    """One try to reach an owner, by whom and how; in vain or not."""

    part = "visit__case__project_id"
    home = Lies(At.FORM, "visit__case__")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    visit = models.ForeignKey(ReturnVisit, on_delete=models.CASCADE, related_name="attempts")
    by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    mode = member(Mode)
    reached = models.BooleanField(default=False)
    words = models.CharField(max_length=500, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        """Known modes alone."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("mode", Mode, name="attempt_mode_known")
        ]


class Verdict(CompanyRow):
    """业主评价: the owner's own word; `by` is the caller who wrote it down, None the owner herself.

    Never changed. `reasons` are codes with a sign: `+speed`, `-manner`.
    """

    part = "case__project_id"
    home = Lies(At.FORM, "case__")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="verdicts")
    visit = models.ForeignKey(
        ReturnVisit, on_delete=models.PROTECT, null=True, related_name="verdicts"
    )
    solved = member(Solved)
    score = models.PositiveSmallIntegerField(null=True)
    reasons = models.JSONField(default=list)
    words = models.TextField(blank=True, default="")
    mode = member(Mode)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """A score lies on the scale of five."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("solved", Solved, name="verdict_solved_known"),
            one_of("mode", Mode, name="verdict_mode_known"),
            models.CheckConstraint(
                condition=models.Q(score__isnull=True) | models.Q(score__range=(1, 5)),
                name="verdict_score_of_five",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["company", "at"], name="verdict_at")
        ]


class Dispute(CompanyRow):
    """An objection to a verdict, and its answer; the verdict itself stays as it is."""

    part = "verdict__case__project_id"
    home = Lies(At.FORM, "verdict__case__")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    verdict = models.ForeignKey(Verdict, on_delete=models.CASCADE, related_name="disputes")
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=500)
    at = models.DateTimeField()
    answer = models.CharField(max_length=500, blank=True, default="")
    answered_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
