"""What the form of a measure asks, and how it is read."""

from __future__ import annotations

from django.http import QueryDict
from django.utils.translation import gettext as _

from anju.improve.rules.boxes import MeasureDraft
from anju.kernel.pure.dates import day
from anju.web.parts.form import Field


def measure_fields(given: QueryDict, *, optional: bool = False) -> tuple[Field, ...]:
    """Return the fields of a measure, filled with what was given."""
    return (
        Field(
            "text",
            _("What is done"),
            given.get("text", ""),
            kind="area",
            rows=4,
            most=2000,
            optional=optional,
        ),
        Field("due", _("Due on"), given.get("due", ""), kind="date", most=10, optional=optional),
        Field(
            "metric",
            _("How success is seen"),
            given.get("metric", ""),
            most=200,
            optional=optional,
            hint=_("What is counted or looked at, over which time."),
        ),
        Field("target", _("Target"), given.get("target", ""), most=200, optional=optional),
    )


def measure_of(given: QueryDict) -> MeasureDraft:
    """Read a measure as it was written; raises E-DATE-* for a day that is none."""
    return MeasureDraft(
        text=given.get("text", ""),
        due=day(given.get("due", ""), "due"),
        metric=given.get("metric", ""),
        target=given.get("target", ""),
    )
