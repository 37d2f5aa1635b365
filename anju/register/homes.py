"""Which homes somebody's zones hold, and every query narrowed to them; what others hold is not hers.

The zones are those that name her as steward: who changes the steward changes what both see.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import Q, QuerySet

from anju.kernel.scope import Narrow, current_company
from anju.register.models import Tie, Unit, Zone, ZonePlace
from anju.register.rules.lying import At, Lies
from anju.register.rules.rights import Actor, Homes


def homes_of(account_id: int, parts: frozenset[int]) -> Homes:
    """Return the homes of the zones that name an account as steward, in the projects named."""
    zones = Zone.objects.filter(steward_id=account_id, project_id__in=parts)
    held = frozenset(zones.values_list("id", flat=True))
    rows = list(ZonePlace.objects.filter(zone__in=held).values_list("building_id", "unit_id"))
    whole = frozenset(building for building, unit in rows if unit is None)
    units = frozenset(unit for _building, unit in rows if unit is not None)
    others = ZonePlace.objects.filter(building__in=whole, unit__isnull=False)
    taken = frozenset(others.exclude(zone__in=held).values_list("unit_id", flat=True))
    return Homes(held, whole, taken, units)


def narrowing(actor: Actor) -> Narrow:
    """Return what holds every query of a request to an actor's homes; None where nothing does."""
    return partial(kept_to, actor.homes) if actor.homes is not None else None


def kept_to(homes: Homes, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return those of the rows that lie at the homes; a table that lies nowhere keeps all."""
    lies: Lies | None = getattr(rows.model, "home", None)
    return rows if lies is None else rows.filter(_within(homes, lies))


def _within(homes: Homes, lies: Lies) -> Q:
    if lies.at is At.UNIT:
        return _in(lies.path, _units(homes).values("id"))
    if lies.at is At.PERSON:
        ties = Tie._base_manager.filter(company_id=current_company(), unit__in=_units(homes))
        return _in(lies.path, ties.values("person_id"))
    if lies.at is At.BUILDING:
        partly = _units(homes).filter(id__in=homes.units).values("building_id")
        return _in(lies.path, homes.buildings) | _in(lies.path, partly)
    if lies.at is At.ZONE:
        return _in(lies.path, homes.zones)
    if lies.at is At.FORM:
        unit, building = f"{lies.path}unit_id", f"{lies.path}building_id"
        named = _in(unit, _units(homes).values("id"))
        return named | (Q(**{f"{unit}__isnull": True}) & _in(building, homes.buildings))
    return Q(pk__in=())


def _in(path: str, found: object) -> Q:
    return Q(**{f"{path}__in": found})


def _units(homes: Homes) -> QuerySet[Unit]:
    """Return the units of the homes; a subquery, so it names its company itself."""
    rows: QuerySet[Unit] = Unit._base_manager.filter(company_id=current_company()).order_by()
    whole = Q(building_id__in=homes.buildings) & ~Q(id__in=homes.without)
    return rows.filter(whole | Q(id__in=homes.units))
