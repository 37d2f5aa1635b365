"""Makes findings and measures as people would; for tests."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from anju.improve.actions.boxes import People, name_people, write_cause
from anju.improve.actions.measures import Evidence, MeasureEdition, finish, set_measure, start
from anju.improve.actions.opening import Draft, open_by_hand
from anju.improve.actions.storing import Edition
from anju.improve.models import Finding, Measure
from anju.improve.rules.boxes import MeasureDraft
from anju.kernel.files import keep
from anju.register.models import Project
from tests.cast import AT, Cast

DUE = date(2027, 3, 31)
LATER = AT + timedelta(days=3)


def people_of(cast: Cast) -> People:
    """Return the manager as responsible and the quality department as checker."""
    return People(cast.manager.account_id, cast.quality.account_id)


def a_draft(due: date = DUE) -> MeasureDraft:
    """Return a measure with everything that it needs."""
    return MeasureDraft("每晚巡查三次", due, "每周巡查打点率", "98% 以上")


def a_finding(cast: Cast, *, project: Project | None = None, at: datetime = AT) -> Finding:
    """Open a finding by hand with its gap alone."""
    place = project or cast.project
    return open_by_hand(
        actor=cast.quality,
        draft=Draft(place.pk, "东门夜间无人巡逻", "22 点以后东门一带没有巡逻。"),
        at=at,
    )


def a_ready_finding(cast: Cast) -> Finding:
    """Open a finding whose measure alone is missing."""
    finding = a_finding(cast)
    edition = Edition(finding.pk)
    write_cause(actor=cast.quality, edition=edition, text="路线两年未变", party="property", at=AT)
    name_people(actor=cast.quality, edition=edition, people=people_of(cast), at=AT)
    return now(cast, finding)


def now(cast: Cast, finding: Finding) -> Finding:
    """Return a finding as it is stored."""
    with cast.inside():
        found: Finding = Finding.objects.get(id=finding.pk)
        return found


def a_measure(cast: Cast) -> Measure:
    """Set a measure on a finding that is ready for it."""
    edition = Edition(a_ready_finding(cast).pk)
    return set_measure(actor=cast.quality, edition=edition, draft=a_draft(), at=AT)


def a_running_measure(cast: Cast) -> Measure:
    """Set a measure and start it."""
    measure = a_measure(cast)
    start(actor=cast.manager, edition=MeasureEdition(measure.pk), at=AT)
    return measure


def a_done_measure(cast: Cast) -> Measure:
    """Set a measure, start it, and report it done with words and a file."""
    measure = a_running_measure(cast)
    company, who = cast.company.id, cast.manager.account_id
    kept = keep([b"%PDF-1.7 duty book"], name="book.pdf", company_id=company, actor_id=who, at=AT)
    shown = Evidence("值班本第 12 页", kept.id)
    finish(actor=cast.manager, edition=MeasureEdition(measure.pk), evidence=shown, at=LATER)
    return measure
