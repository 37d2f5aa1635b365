"""The rows of the register that the ids in addresses stand for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from itertools import count

from anju.kernel import tasks
from anju.register.actions.areas import FirmDraft, ZoneDraft, save_firm, save_region, save_zone
from anju.register.actions.consents import add_care, give_consent
from anju.register.actions.residents import MoveIn, PersonDraft, move_in
from anju.register.models import RosterBatch, Tie, Unit
from anju.roster.actions.taking import RosterOrder, receive_roster, start_roster
from anju.roster.rules.shape import Column, Kind, SheetPlan
from tests.cast import AT, Cast

_number = count(1)


def a_tie(cast: Cast, name: str = "李秀兰") -> Tie:
    """Let somebody move into the first unit of the cast's project."""
    with cast.inside():
        unit = Unit.objects.filter(building__project=cast.project).order_by("id")[0]
    person = PersonDraft(f"{name}{next(_number)}")
    since = date(2020, 1, 1)
    return move_in(actor=cast.desk, unit_id=unit.pk, draft=MoveIn(person, "owner", since), at=AT)


def a_unit(cast: Cast) -> int:
    return int(a_tie(cast).unit_id)


def a_consent(cast: Cast, purpose: str = "survey") -> int:
    person = a_tie(cast).person_id
    given = give_consent(actor=cast.desk, person_id=person, purpose=purpose, channel="phone", at=AT)
    return int(given.pk)


def a_sign(cast: Cast) -> int:
    person = a_tie(cast).person_id
    give_consent(actor=cast.desk, person_id=person, purpose="care", channel="paper", at=AT)
    tag = add_care(actor=cast.manager, person_id=person, kind="alone", purpose="上门前致电", at=AT)
    return int(tag.pk)


def a_zone(cast: Cast) -> int:
    draft = ZoneDraft(f"东区{next(_number)}", None)
    return int(save_zone(actor=cast.quality, project_id=cast.project.id, draft=draft, at=AT).pk)


def a_firm(cast: Cast) -> int:
    draft = FirmDraft("contractor", f"电梯公司{next(_number)}")
    return int(save_firm(actor=cast.quality, draft=draft, at=AT).pk)


def a_region(cast: Cast) -> int:
    name = f"东片{next(_number)}"
    return int(save_region(actor=cast.quality, name=name, project_ids=[], at=AT).pk)


PLAN = SheetPlan("r", Kind.OWNERS, (("房号", Column.UNIT), ("姓名", Column.NAME)), 1)


def a_file(cast: Cast, *, room: str = "3-502") -> int:
    line = f"房号,姓名\r\n{room},王芳{next(_number)}\r\n"
    project_id = cast.project.id
    sent = [line.encode()]
    return receive_roster(
        actor=cast.quality, project_id=project_id, chunks=sent, name="r.csv", at=AT
    )


def a_job(cast: Cast, *, room: str = "3-502", dry: bool = True, done: bool = False) -> int:
    file_id = a_file(cast, room=room)
    order = RosterOrder(cast.project.id, file_id, [PLAN], dry_run=dry)
    job_id = start_roster(actor=cast.quality, order=order, at=AT)
    if done:
        tasks.run_job.func(job_id)
    return job_id


def a_roster(cast: Cast) -> int:
    job_id = a_job(cast, dry=False, done=True)
    with cast.inside():
        return int(RosterBatch.objects.get(job_id=job_id).pk)


OWN: Mapping[str, Callable[[Cast], object]] = {
    "unit_id": a_unit,
    "tie_id": lambda cast: a_tie(cast).pk,
    "resident_id": lambda cast: a_tie(cast).person_id,
    "consent_id": a_consent,
    "care_id": a_sign,
    "zone_id": a_zone,
    "firm_id": a_firm,
    "region_id": a_region,
    "roster_id": a_roster,
}
TOGETHER: Mapping[str, Callable[[Cast], dict[str, object]]] = {
    "roster-columns": lambda cast: {"project_id": cast.project.id, "file_id": a_file(cast)},
    "roster-job": lambda cast: {"job_id": a_job(cast)},
    "roster-start": lambda cast: {"job_id": a_job(cast)},
    "roster-stop": lambda cast: {"job_id": a_job(cast)},
    "roster-marked": lambda cast: {"job_id": a_job(cast, room="9-999", done=True)},
}
