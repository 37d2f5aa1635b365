"""Answer scales of a company: codes, values, printed order, the answers that count as satisfied."""

from __future__ import annotations

from django.db import models
from typing_extensions import override

from anju.kernel.scope import CompanyRow, company_first
from anju.register.models import Company


class Scale(CompanyRow):
    """A named set of answers; never changed once an item uses it, so that old figures stay true."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=24)
    zh = models.CharField(max_length=80, blank=True)
    en = models.CharField(max_length=80, blank=True)
    choose_any = models.BooleanField(default=False)

    class Meta:
        """One code in a company."""

        constraints = [company_first("scale_one_code", "code")]

    @override
    def __str__(self) -> str:
        return self.code


class ScaleOption(CompanyRow):
    """One answer; its value comes from its code, never from its printed place."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    scale = models.ForeignKey(Scale, on_delete=models.CASCADE, related_name="options")
    code = models.CharField(max_length=24)
    order = models.PositiveSmallIntegerField()
    zh = models.CharField(max_length=120, blank=True)
    en = models.CharField(max_length=120, blank=True)
    value = models.FloatField(null=True)
    top = models.BooleanField(default=False)

    class Meta:
        """One code in a scale."""

        constraints = [company_first("scale_option_one_code", "scale", "code")]
