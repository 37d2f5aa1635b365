"""A finding: a gap with its facts, the cause, the people, and where it came from."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from anju.improve.rules.boxes import Origin, Party
from anju.improve.rules.states import FindingState
from anju.kernel.scope import CompanyRow, company_first
from anju.register.models import Account, Company, Project
from anju.survey.models import Item, Wave


def choices(kind: type[StrEnum]) -> list[tuple[str, str]]:
    """Return the stored values of an enumeration; pages take their words from labels.py."""
    return [(member.value, member.value) for member in kind]


def one_of(column: str, kind: type[StrEnum], *, name: str) -> models.CheckConstraint:
    """Return a constraint by which the database itself accepts the enumeration's values alone."""
    known = [member.value for member in kind]
    return models.CheckConstraint(condition=models.Q(**{f"{column}__in": known}), name=name)


class Finding(CompanyRow):
    """问题: figures are facts of the day on which it was opened and never change.

    A comment is named by its id alone: its row may be erased with its writer's data.
    """

    part = "project_id"

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, null=True, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, related_name="+")
    open_answer_id = models.BigIntegerField(null=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="pieces")
    ancestor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="later")
    origin = models.CharField(max_length=12, choices=choices(Origin))
    state = models.CharField(max_length=14, choices=choices(FindingState))
    version = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=200, blank=True)
    gap = models.TextField(blank=True)
    figure = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    n = models.PositiveIntegerField(null=True)
    rate = models.FloatField(null=True)
    certain = models.BooleanField(default=False)
    threshold = models.FloatField(null=True)
    formula = models.CharField(max_length=120, blank=True)
    cause = models.TextField(blank=True)
    party = models.CharField(max_length=12, choices=choices(Party), blank=True)
    responsible = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    checker = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        """One finding for an item of a wave; no share without its base; nobody checks herself."""

        constraints = [
            company_first("finding_one_number", "number"),
            company_first(
                "finding_one_a_low_item",
                "wave",
                "item",
                condition=models.Q(parent__isnull=True, origin__in=["low_item", "process"]),
            ),
            company_first(
                "finding_one_a_comment",
                "open_answer_id",
                condition=models.Q(open_answer_id__isnull=False, parent__isnull=True),
            ),
            one_of("origin", Origin, name="finding_origin_known"),
            one_of("state", FindingState, name="finding_state_known"),
            models.CheckConstraint(
                condition=models.Q(figure__isnull=True)
                | models.Q(n__isnull=False, threshold__isnull=False) & ~models.Q(formula=""),
                name="finding_figure_has_its_base",
            ),
            models.CheckConstraint(
                condition=models.Q(responsible__isnull=True)
                | models.Q(checker__isnull=True)
                | ~models.Q(responsible=models.F("checker")),
                name="finding_checker_is_another",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="waived")
                | (~models.Q(reason="") & models.Q(decided_by__isnull=False)),
                name="finding_waived_by_name",
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="finding_not_its_own_part",
            ),
        ]
        indexes = [
            models.Index(fields=["company", "state", "id"], name="finding_by_state"),
            models.Index(fields=["company", "project", "state"], name="finding_of_project"),
            models.Index(fields=["company", "responsible", "state"], name="finding_of_person"),
        ]
