"""A corrected calendar moves open deadlines with an entry, keeps what was promised, touches no closed case."""

from __future__ import annotations

from datetime import timedelta

import pytest

from anju.casework.kinds import CaseKind
from anju.flows import calendar as acts
from anju.kernel import history, tasks
from anju.kernel.models import Job
from anju.register.access import Role
from anju.register.actions.calendar import HoursDraft
from anju.register.models import CalendarDay
from anju.register.rules.calendar import USUAL, ZONE, read_days
from anju.voice.actions.storing import subject
from anju.voice.models import Case
from anju.voice.tests.making import AT, a_case, closed
from tests.cast import Cast, a_person, the_cast


@pytest.fixture
def cast(db) -> Cast:
    return the_cast()


def the_job() -> Job:
    job = Job.objects.filter(kind="voice.recompute").order_by("-id")[0]
    tasks.run_job.func(job.pk)
    job.refresh_from_db()
    return job


def test_a_day_off_moves_open_deadlines_and_leaves_the_first_promise(cast):
    draft = HoursDraft("办公时间", ZONE, USUAL)
    made = acts.make_calendar(actor=cast.quality, draft=draft, at=AT)
    assert not Job.objects.filter(kind="voice.recompute").exists(), "nothing is open"
    case = a_case(cast)
    worker = a_person(cast.company, Role.WORKER, projects=[cast.project])
    over = closed(cast, worker, kind=CaseKind.COMPLAINT)

    entries = read_days("2026-11-23 off")
    acts.add_days(actor=cast.quality, calendar_id=made.pk, entries=entries, seen=1, at=AT)

    job = the_job()
    assert (job.state, job.result) == ("done", {"cases": 1, "moved": 1})
    with cast.inside():
        again, untouched = Case.objects.get(id=case.pk), Case.objects.get(id=over.pk)
        verbs = list(history.entries(subject(case)).values_list("verb", flat=True))
    assert again.resolve_due - case.resolve_due >= timedelta(days=1)
    assert again.resolve_first == case.resolve_first
    assert "recomputed" in verbs
    assert untouched.resolve_due == over.resolve_due

    acts.undo(actor=cast.quality, calendar_id=made.pk, seen=2, at=AT)
    the_job()
    with cast.inside():
        assert Case.objects.get(id=case.pk).resolve_due == case.resolve_due


def test_every_change_of_a_calendar_counts_open_deadlines_anew(cast):
    a_case(cast)
    draft = HoursDraft("办公时间", ZONE, USUAL)
    made = acts.make_calendar(actor=cast.quality, draft=draft, at=AT)
    act = {"actor": cast.quality, "calendar_id": made.pk, "at": AT}
    acts.change_hours(draft=draft, seen=1, **act)
    acts.add_days(entries=read_days("2026-12-31 off"), seen=2, **act)
    acts.add_days(entries=read_days("2026-12-31 off"), seen=3, **act)
    with cast.inside():
        day = CalendarDay.objects.get(calendar_id=made.pk, origin="own")
    acts.remove_day(day_id=day.pk, seen=3, **act)
    acts.make_usual(**act)
    assert Job.objects.filter(kind="voice.recompute").count() == 5


def test_announced_holidays_are_followed_by_open_deadlines(cast, monkeypatch):
    a_case(cast)
    assert acts.follow_announcements(at=AT) == 0
    assert not Job.objects.filter(kind="voice.recompute").exists()
    monkeypatch.setattr(acts.acts, "follow_announcements", lambda **_: 1)
    assert acts.follow_announcements(at=AT) == 1
    assert Job.objects.filter(kind="voice.recompute").count() == 1
