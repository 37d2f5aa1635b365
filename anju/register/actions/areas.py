"""Writes of zones, partner firms and regions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_line
from anju.kernel.scope import company_scope
from anju.register.access import Actor, Verb, demand, project_for
from anju.register.actions.residents import choice
from anju.register.areas import firm_for, region_for, stewards, zone_for
from anju.register.editions import refuse_late
from anju.register.models import (
    Building,
    Partner,
    PartnerKind,
    Project,
    Region,
    Unit,
    Zone,
    ZonePlace,
)
from anju.register.rules.phones import phone_of
from anju.register.rules.spellings import Spellings, unknown_unit
from anju.register.rules.units import normalise

UNITS_MOST = 500


@dataclass(frozen=True, slots=True)
class ZoneDraft:
    """What was written about a zone: whole buildings, and single units as they are written."""

    name: str
    steward_id: int | None
    building_ids: Sequence[int] = ()
    units: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class FirmDraft:
    """What was written about a partner firm; `phone` None leaves the one on record."""

    kind: str
    name: str
    contact: str = ""
    phone: str | None = ""


def _name_taken(field: str, name: str) -> Problem:
    return Problem(
        "E-NAME-TAKEN",
        field,
        "“{name}” is there already. Choose another name.",
        "已有“{name}”。请换一个名称。",
        name=name,
    )


@transaction.atomic
def save_zone(
    *,
    actor: Actor,
    project_id: int,
    draft: ZoneDraft,
    at: datetime,
    zone_id: int | None = None,
    version: int | None = None,
) -> Zone:
    """Make or change a zone; a building or unit lies in one zone.

    Errors: E-STALE, E-NAME-TAKEN, E-REF, E-UNIT with the nearest, E-ZONE-TAKEN.
    """
    with company_scope(actor.company_id):
        project = project_for(actor, project_id, Verb.EDIT_REGISTER)
        zone = (
            zone_for(actor, zone_id, Verb.EDIT_REGISTER)
            if zone_id is not None
            else Zone(company_id=actor.company_id, project=project)
        )
        _not_late(zone, "zone", version)
        zone.name = clean_line(draft.name, "name", most=60)
        if Zone.objects.filter(project=project, name=zone.name).exclude(id=zone.pk).exists():
            raise _name_taken("name", zone.name)
        zone.steward_id = _steward(project.pk, draft.steward_id)
        zone.save()
        _keep_places(zone, draft)
        _tell(actor, "zone", zone.pk, "changed" if zone_id else "created", at)
        return zone


def _not_late(row: Zone | Partner | Region, kind: str, version: int | None) -> None:
    """Refuse an edit of what was changed since its form was opened; a new thing is never late."""
    if row.pk is not None:
        type(row)._default_manager.select_for_update(no_key=True).get(id=row.pk)
        refuse_late(history.Subject(row.company_id, kind, row.pk), version)


def _steward(project_id: int, account_id: int | None) -> int | None:
    if account_id is None or account_id in dict(stewards(project_id)):
        return account_id
    raise Problem(
        "E-REF",
        "steward",
        "This person was not found. Choose from the list.",
        "找不到此人。请从列表中选择。",
    )


def _keep_places(zone: Zone, draft: ZoneDraft) -> None:
    wanted: list[tuple[int, int | None]] = [
        (key, None) for key in _buildings(zone, draft.building_ids)
    ]
    wanted += _units(zone, draft.units)
    ZonePlace.objects.filter(zone=zone).delete()
    for building_id, unit_id in dict.fromkeys(wanted):
        held = ZonePlace.objects.select_related("zone", "building").filter(
            building_id=building_id, unit_id=unit_id
        )
        taken = held.first()
        if taken is not None:
            raise Problem(
                "E-ZONE-TAKEN",
                "building" if unit_id is None else "units",
                "{place} lies in the zone “{zone}” already. Take it out there first.",
                "{place} 已属于责任区“{zone}”。请先从那里移出。",
                place=taken.building.name,
                zone=taken.zone.name,
            )
        ZonePlace(
            company_id=zone.company_id, zone=zone, building_id=building_id, unit_id=unit_id
        ).save()


def _buildings(zone: Zone, ids: Sequence[int]) -> list[int]:
    rows = Building.objects.filter(project_id=zone.project_id, id__in=ids)
    found = list(rows.order_by("id").values_list("id", flat=True))
    if set(found) != set(ids):
        raise Problem(
            "E-REF",
            "building",
            "One of the buildings was not found. Choose from the list.",
            "找不到其中一栋楼。请从列表中选择。",
        )
    return found


def _units(zone: Zone, written: Sequence[str]) -> list[tuple[int, int | None]]:
    """Return building and unit of each unit number, in whatever writing; E-UNIT for unknown ones."""
    if not written:
        return []
    rows = Unit.objects.filter(building__project_id=zone.project_id)
    known = {
        key: (building, unit)
        for key, building, unit in rows.values_list("key", "building_id", "id")
    }
    spellings, found = Spellings(known), list[tuple[int, int | None]]()
    for text in written[:UNITS_MOST]:
        whole = spellings.find(normalise(text))
        if not whole:
            problem = unknown_unit(text, spellings.close(normalise(text)))
            raise Problem(problem.code, "units", problem.en, problem.zh, **problem.params)
        found.append(known[whole])
    return found


@transaction.atomic
def save_firm(
    *,
    actor: Actor,
    draft: FirmDraft,
    at: datetime,
    firm_id: int | None = None,
    version: int | None = None,
) -> Partner:
    """Make or change a partner firm; E-STALE, E-NAME-TAKEN, E-PHONE, E-CHOICE."""
    demand(actor, Verb.EDIT_REGISTER)
    with company_scope(actor.company_id):
        firm = (
            firm_for(actor, firm_id, Verb.EDIT_REGISTER)
            if firm_id is not None
            else Partner(company_id=actor.company_id)
        )
        _not_late(firm, "partner", version)
        firm.kind = choice(draft.kind, tuple(PartnerKind.values), "kind")
        firm.name = clean_line(draft.name, "name", most=120)
        if Partner.objects.filter(name=firm.name).exclude(id=firm.pk).exists():
            raise _name_taken("name", firm.name)
        firm.contact = clean_line(draft.contact, "contact", most=80) if draft.contact else ""
        if draft.phone is not None:
            firm.phone = phone_of(draft.phone, "phone")
        firm.save()
        _tell(actor, "partner", firm.pk, "changed" if firm_id else "created", at)
        return firm


@transaction.atomic
def save_region(
    *,
    actor: Actor,
    name: str,
    project_ids: Sequence[int],
    at: datetime,
    region_id: int | None = None,
    version: int | None = None,
) -> Region:
    """Make or change a region and say which projects lie in it; E-STALE, E-NAME-TAKEN, E-REF."""
    demand(actor, Verb.EDIT_REGISTER)
    with company_scope(actor.company_id):
        region = (
            region_for(actor, region_id, Verb.EDIT_REGISTER)
            if region_id is not None
            else Region(company_id=actor.company_id)
        )
        _not_late(region, "region", version)
        region.name = clean_line(name, "name", most=60)
        if Region.objects.filter(name=region.name).exclude(id=region.pk).exists():
            raise _name_taken("name", region.name)
        region.save()
        wanted = Project.objects.filter(id__in=project_ids)
        if wanted.count() != len(set(project_ids)):
            raise Problem(
                "E-REF",
                "project",
                "One of the projects was not found. Choose from the list.",
                "找不到其中一个项目。请从列表中选择。",
            )
        Project.objects.filter(region=region).exclude(id__in=project_ids).update(region=None)
        wanted.update(region=region)
        _tell(actor, "region", region.pk, "changed" if region_id else "created", at)
        return region


def _tell(actor: Actor, kind: str, row_id: int, verb: str, at: datetime) -> None:
    subject = history.Subject(actor.company_id, kind, row_id)
    history.write(subject, verb, actor_id=actor.account_id, at=at)
