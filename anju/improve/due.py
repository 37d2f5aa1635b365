"""Which measures are about to be late, or are: for whoever tells the people who answer for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings

from anju.improve.models import Measure
from anju.improve.queries import LIVE, title_of
from anju.improve.rules.nearing import Nearing, nearing
from anju.survey.rules.questionnaire import Words

LOOK_AHEAD = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class DueLine:
    """A measure that is soon due or late, with who answers for its finding."""

    finding_id: int
    finding_number: int
    number: int
    project_id: int
    title: Words
    due: date
    responsible_id: int
    how: Nearing


def due_lines(at: datetime) -> tuple[DueLine, ...]:
    """Return the measures of the company in force that are soon due or late, earliest first."""
    rows = Measure.objects.filter(
        state__in=LIVE, finding__responsible__isnull=False, due__lte=(at + LOOK_AHEAD).date()
    ).select_related("finding", "finding__item")
    found = []
    for row in rows.order_by("due", "id"):
        how = nearing(row.set_at, row.due, at, zone=settings.TIME_ZONE)
        responsible = row.finding.responsible_id
        if how is Nearing.EARLY or responsible is None:
            continue
        found.append(
            DueLine(
                row.finding.pk,
                row.finding.number,
                row.number,
                row.finding.project_id,
                title_of(row.finding),
                row.due,
                responsible,
                how,
            )
        )
    return tuple(found)
