"""Second entry: forms drawn to be entered again by another person, and where the two differ."""

from __future__ import annotations

from django.db import models

from anju.fieldwork.rules.second import Settled
from anju.kernel.scope import CompanyRow, company_first
from anju.register.models import Account, Company
from anju.register.rules.lying import At, Lies
from anju.survey.models import Item, Response, Wave


class SecondRound(CompanyRow):
    """One draw: from how many forms, how many, by which seed; `upto` is the last form it saw."""

    part = "wave__project_id"
    home = Lies(At.WHOLE)

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    seed = models.PositiveBigIntegerField()
    percent = models.PositiveSmallIntegerField()
    forms = models.PositiveIntegerField()
    upto = models.BigIntegerField()
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """One number in a wave."""

        constraints = [company_first("second_round_one_number", "wave", "number")]


class SecondForm(CompanyRow):
    """A form that is entered twice; whoever entered it first never enters it again."""

    part = "round__wave__project_id"
    home = Lies(At.FORM, "response__")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(SecondRound, on_delete=models.CASCADE, related_name="forms_drawn")
    number = models.PositiveIntegerField()
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="+")
    first = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(null=True)

    class Meta:
        """Drawn once; two people."""

        constraints = [
            company_first("second_form_one_number", "round", "number"),
            company_first("second_form_once", "response"),
            models.CheckConstraint(
                condition=models.Q(second__isnull=True) | ~models.Q(second=models.F("first")),
                name="second_form_two_people",
            ),
        ]


class SecondDifference(CompanyRow):
    """One item that the two entries of a form read differently, and what the paper says."""

    part = "form__round__wave__project_id"
    home = Lies(At.FORM, "form__response__")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    form = models.ForeignKey(SecondForm, on_delete=models.CASCADE, related_name="differences")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    first_code = models.CharField(max_length=24, blank=True)
    second_code = models.CharField(max_length=24, blank=True)
    settled = models.CharField(
        max_length=8, blank=True, choices=[(kind.value, kind.value) for kind in Settled]
    )
    settled_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        """One for an item of a form."""

        constraints = [
            company_first("second_difference_one_item", "form", "item"),
            models.CheckConstraint(
                condition=models.Q(settled__in=["", *[kind.value for kind in Settled]]),
                name="second_difference_settled_known",
            ),
        ]
