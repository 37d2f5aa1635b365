"""People, zones, firms and spreadsheets for the stage, in whatever words it is built with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from anju.kernel import tasks
from anju.kernel.pure.clock import utc_now
from anju.kernel.scope import company_scope
from anju.privacy.actions.links import make_link
from anju.privacy.actions.looks import look
from anju.privacy.rules.looks import What, Why
from anju.register.access import Actor, Role
from anju.register.actions.areas import FirmDraft, ZoneDraft, save_firm, save_region, save_zone
from anju.register.actions.calendar import HoursDraft, add_days, change_hours, make_calendar
from anju.register.actions.consents import add_care, give_consent
from anju.register.actions.residents import MoveIn, PersonDraft, move_in
from anju.register.actions.stays import end_stay
from anju.register.models import Building, CalendarDay, RosterBatch, Unit
from anju.register.rules.calendar import NEVER_CLOSED, USUAL, ZONE, read_days
from anju.roster.actions.taking import RosterOrder, receive_roster, start_roster
from anju.roster.rules.shape import Column, Kind, SheetPlan
from tests.cast import AT, Cast

Word = Callable[[int], str]
PLAN = SheetPlan("r", Kind.OWNERS, (("房号", Column.UNIT), ("姓名", Column.NAME)), 1)
HOMES = SheetPlan("r", Kind.UNITS, (("楼栋", Column.BUILDING), ("房号", Column.UNIT)), 1)


def settled(cast: Cast, word: Word) -> tuple[dict[str, tuple[object, ...]], list[int]]:
    """Let somebody live in the first unit, with all that a register can hold; return the ids."""
    quality, manager = cast.quality, cast.actors[Role.MANAGER]
    with cast.inside():
        building = Building.objects.filter(project=cast.project).order_by("id")[0]
        unit = Unit.objects.filter(building=building).order_by("id")[0]
    said = PersonDraft(word(80), "13800138000")
    tie = move_in(
        actor=quality, unit_id=unit.pk, draft=MoveIn(said, "owner", date(2020, 1, 1)), at=AT
    )
    other = MoveIn(PersonDraft(word(80)), "tenant", date(2021, 1, 1))
    gone = move_in(actor=quality, unit_id=unit.pk, draft=other, at=AT)
    end_stay(actor=quality, tie_id=gone.pk, until=date(2022, 1, 1), version=1, at=AT)
    person = tie.person_id
    yes = [
        give_consent(actor=quality, person_id=person, purpose=purpose, channel="paper", at=AT)
        for purpose in ("care", "survey")
    ]
    sign = add_care(actor=manager, person_id=person, kind="alone", purpose=word(120), at=AT)
    why = Why("other", word(190))
    look(actor=manager, person_id=person, what=What.PHONE, why=why, key="k" * 16, at=AT)
    secret = make_link(actor=manager, person_id=person, at=utc_now())
    zone = save_zone(
        actor=quality,
        project_id=cast.project.pk,
        draft=ZoneDraft(word(60), cast.desk.account_id, [building.pk]),
        at=AT,
    )
    firm = save_firm(actor=quality, draft=FirmDraft("builder", word(120), word(80)), at=AT)
    region = save_region(actor=quality, name=word(60), project_ids=[cast.project.pk], at=AT)
    jobs = [_sent(cast, quality, room) for room in ("1-101", "1-102", "9-999")]
    jobs.append(_taken(cast, quality, "楼栋,房号\r\n9栋,101\r\n", HOMES))
    with cast.inside():
        rosters = tuple(RosterBatch.objects.order_by("id").values_list("id", flat=True))
    ids: dict[str, tuple[object, ...]] = {
        "unit_id": (unit.pk,),
        "tie_id": (tie.pk,),
        "resident_id": (person, gone.person_id),
        "consent_id": tuple(one.pk for one in yes),
        "care_id": (sign.pk,),
        "secret": (secret, "1-nowhere"),
        "zone_id": (zone.pk,),
        "firm_id": (firm.pk,),
        "region_id": (region.pk,),
        "roster_id": rosters,
    }
    return ids, jobs


def _sent(cast: Cast, actor: Actor, room: str) -> int:
    """Take a list of one owner in; of an unknown room, it comes back with its fault."""
    return _taken(cast, actor, f"房号,姓名\r\n{room},王芳{room}\r\n", PLAN)


def _taken(cast: Cast, actor: Actor, lines: str, plan: SheetPlan) -> int:
    file_id = receive_roster(
        actor=actor, project_id=cast.project.pk, chunks=[lines.encode()], name="r.csv", at=AT
    )
    order = RosterOrder(cast.project.pk, file_id, [plan], dry_run=False)
    job_id = start_roster(actor=actor, order=order, at=AT)
    tasks.run_job.func(job_id)
    return job_id


def calendars(actor: Actor, word: Word) -> dict[str, tuple[object, ...]]:
    """Make a calendar that was changed, with days of the company's own, and one as it began."""
    made = make_calendar(actor=actor, draft=HoursDraft(word(60), ZONE, USUAL), at=AT)
    days = read_days(f"2026-12-30 off {word(40)}\n2026-12-31 08:30-12:00 {word(40)}")
    add_days(actor=actor, calendar_id=made.pk, entries=days, seen=1, at=AT)
    longer = HoursDraft(word(60), ZONE, NEVER_CLOSED)
    change_hours(actor=actor, calendar_id=made.pk, draft=longer, seen=2, at=AT)
    other = HoursDraft(word(60), ZONE, NEVER_CLOSED, follows=False)
    second = make_calendar(actor=actor, draft=other, at=AT)
    with company_scope(actor.company_id):
        own = CalendarDay.objects.filter(calendar=made, origin="own").order_by("id")
        told = tuple(own.values_list("id", flat=True))
    return {"calendar_id": (made.pk, second.pk), "day_id": told}
