"""Look-ups and reads of zones, partner firms and regions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q

from anju.register.access import Actor, NotFound, Verb, demand, within
from anju.register.models import Membership, Partner, Project, Region, Unit, Zone, ZonePlace
from anju.register.rules.masking import mask_phone
from anju.register.rules.rights import Reach


@dataclass(frozen=True, slots=True)
class ZoneLine:
    """A zone with its steward, and the buildings and units it holds, by name."""

    id: int
    name: str
    steward: str
    steward_id: int | None
    building_ids: tuple[int, ...]
    buildings: tuple[str, ...]
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FirmLine:
    """A partner firm; its phone with the middle hidden."""

    id: int
    kind: str
    kind_label: str
    name: str
    contact: str
    phone: str


@dataclass(frozen=True, slots=True)
class RegionLine:
    """A region with its projects."""

    id: int
    name: str
    project_ids: tuple[int, ...]
    projects: tuple[str, ...]


def zone_for(actor: Actor, zone_id: int, verb: Verb) -> Zone:
    """Return a zone with its project for an act; raises NotFound or Forbidden."""
    rows = Zone.objects.select_related("project").filter(id=zone_id)
    found: Zone | None = within(actor, rows, "project_id").first()
    if found is None:
        raise NotFound(f"zone {zone_id}")
    demand(actor, verb)
    return found


def firm_for(actor: Actor, firm_id: int, verb: Verb) -> Partner:
    """Return a partner firm for an act; raises NotFound or Forbidden."""
    found: Partner | None = Partner.objects.filter(id=firm_id).first()
    if found is None:
        raise NotFound(f"firm {firm_id}")
    demand(actor, verb)
    return found


def region_for(actor: Actor, region_id: int, verb: Verb) -> Region:
    """Return a region for an act; raises NotFound or Forbidden."""
    found: Region | None = Region.objects.filter(id=region_id).first()
    if found is None:
        raise NotFound(f"region {region_id}")
    demand(actor, verb)
    return found


def zone_lines(project_id: int) -> tuple[ZoneLine, ...]:
    """Return the zones of a project by name, each with its places."""
    held: defaultdict[int, list[ZonePlace]] = defaultdict(list)
    places = ZonePlace.objects.select_related("building", "unit")
    for place in places.filter(zone__project_id=project_id).order_by("building_id", "unit_id"):
        held[place.zone_id].append(place)
    zones = Zone.objects.select_related("steward").filter(project_id=project_id).order_by("name")
    return tuple(_zone_line(zone, held[zone.pk]) for zone in zones)


def _zone_line(zone: Zone, places: Iterable[ZonePlace]) -> ZoneLine:
    whole = [place for place in places if place.unit is None]
    return ZoneLine(
        id=zone.pk,
        name=zone.name,
        steward=zone.steward.name if zone.steward else "",
        steward_id=zone.steward_id,
        building_ids=tuple(place.building_id for place in whole),
        buildings=tuple(place.building.name for place in whole),
        units=tuple(f"{place.building.name} {place.unit.number}" for place in places if place.unit),
    )


def zone_line(zone: Zone) -> ZoneLine:
    """Return one zone, looked up for the actor before, with its places."""
    places = ZonePlace.objects.select_related("building", "unit").filter(zone=zone)
    return _zone_line(zone, list(places.order_by("building_id", "unit_id")))


def zone_of(unit: Unit) -> ZoneLine | None:
    """Return the zone that a unit, looked up for the actor before, lies in: its own, or its house's."""
    held = ZonePlace.objects.filter(Q(unit=unit) | Q(building=unit.building_id, unit=None))
    place = held.select_related("zone__steward").order_by(F("unit").asc(nulls_last=True)).first()
    return None if place is None else _zone_line(place.zone, ())


def zones_of_buildings(building_ids: Iterable[int]) -> dict[tuple[int, int | None], Zone]:
    """Return zones by building and unit; under a building with None lies what has no zone of its own."""
    places = ZonePlace.objects.filter(building_id__in=set(building_ids)).select_related("zone")
    return {(place.building_id, place.unit_id): place.zone for place in places}


def firm_lines() -> tuple[FirmLine, ...]:
    """Return the partner firms of the company by name."""
    return tuple(
        FirmLine(
            firm.pk,
            firm.kind,
            str(firm.get_kind_display()),
            firm.name,
            firm.contact,
            mask_phone(firm.phone),
        )
        for firm in Partner.objects.order_by("name")
    )


def region_lines() -> tuple[RegionLine, ...]:
    """Return the regions of the company by name, each with the projects that the reader reaches."""
    held: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = Project.objects.filter(region__isnull=False).order_by("name")
    for region_id, key, name in rows.values_list("region_id", "id", "name"):
        held[region_id].append((key, name))
    return tuple(
        RegionLine(
            region.pk,
            region.name,
            tuple(key for key, _ in held[region.pk]),
            tuple(name for _, name in held[region.pk]),
        )
        for region in Region.objects.order_by("name")
    )


def stewards(project_id: int) -> tuple[tuple[int, str], ...]:
    """Return account and name of everybody who may answer for a zone of a project."""
    active = Membership.objects.filter(active=True).exclude(reach=Reach.OWN.value)
    everywhere = active.filter(reach=Reach.COMPANY.value)
    here = active.filter(reached__project_id=project_id)
    rows = (everywhere | here).distinct().order_by("account__name", "id")
    return tuple(rows.values_list("account_id", "account__name"))
