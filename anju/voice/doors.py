"""The secret of a code that hangs, and the one home that a writing means; reads alone."""

from __future__ import annotations

from django.db.models import Value
from django.db.models.functions import Replace

from anju.register.models import Building, Unit
from anju.register.rules.units import KEY_MOST, normalise, unit_key
from anju.voice.models import CaseLink
from anju.voice.tokens import token_for

MOST = 500  # codes or houses of a project looked at


def secret_of(row: CaseLink) -> str:
    """Return the secret of a code, made again."""
    return token_for("place", row.company_id, row.pk, row.made_at)


def home_meant(project_id: int, building_id: int | None, written: str) -> Unit | None:
    """Return the one home of a building, or of a project, that a writing means; None where unclear.

    The caller is inside the company.
    """
    key = normalise(written)[:KEY_MOST]
    if not key or not key.isprintable():
        return None
    units = Unit.objects.select_related("building").filter(building__project_id=project_id)
    keys = [key]
    if building_id is not None:
        units = units.filter(building_id=building_id)
        name = Building.objects.values_list("name", flat=True).get(id=building_id)
        keys.append(unit_key(name, written))
    bare = units.annotate(bare=Replace("key", Value("-"), Value("")))
    ways = (
        units.filter(key__in=keys),
        units.filter(key__endswith=f"-{key}"),
        bare.filter(bare__in=[one.replace("-", "") for one in keys]),
    )
    for way in ways:
        found = list(way.order_by("id")[:2])
        if found:
            return found[0] if len(found) == 1 else None
    return None
