"""Codes that hang on walls and doors: made and taken down by staff."""

from __future__ import annotations

from datetime import datetime
from secrets import token_hex

from django.db import transaction

from anju.kernel import history
from anju.kernel.pure.text import clean_line
from anju.kernel.scope import company_scope
from anju.register.access import Actor, NotFound, Verb, project_for, within
from anju.register.models import Building, Unit
from anju.voice.actions.receiving import LINE, Place, missing
from anju.voice.doors import MOST, home_meant, secret_of
from anju.voice.models import CaseLink
from anju.voice.tokens import hash_of

KIND = "case_link"


@transaction.atomic
def hang(*, actor: Actor, place: Place, at: datetime, door: str = "") -> int:
    """Make the code of a place, or return the one in force; `door` is a home's number as written.

    Errors: NotFound, Forbidden, E-REF, E-TEXT-*.
    """
    with company_scope(actor.company_id):
        project = project_for(actor, place.project_id, Verb.STEER_CASES)
        building, unit = _looked_up(actor, place, door)
        spot = clean_line(place.spot, "spot", most=LINE) if place.spot.strip() else ""
        same = CaseLink.objects.filter(
            project=project, building=building, unit=unit, spot=spot, revoked_at=None
        )
        known = same.first()
        if known is not None:
            return int(known.pk)
        row = CaseLink(
            company_id=actor.company_id, project=project, building=building, unit=unit,
            spot=spot, made_at=at, token_hash=token_hex(32),
        )  # fmt: skip
        row.save()
        row.token_hash = hash_of(secret_of(row))
        row.save(update_fields=["token_hash"])
        _tell(actor, row, "code_made", at)
        return int(row.pk)


@transaction.atomic
def hang_lobbies(*, actor: Actor, project_id: int, at: datetime) -> int:
    """Make the code of every building's lobby that has none; return how many buildings there are.

    Errors: NotFound, Forbidden.
    """
    with company_scope(actor.company_id):
        project_for(actor, project_id, Verb.STEER_CASES)
        rows = within(actor, Building.objects.filter(project_id=project_id), "project_id")
        keys = list(rows.order_by("id").values_list("id", flat=True)[:MOST])
        for key in keys:
            hang(actor=actor, place=Place(project_id, None, key), at=at)
        return len(keys)


def _looked_up(actor: Actor, place: Place, door: str) -> tuple[Building | None, Unit | None]:
    building = None
    if place.building_id is not None:
        rows = Building.objects.filter(id=place.building_id, project_id=place.project_id)
        building = within(actor, rows, "project_id").first()
        if building is None:
            raise missing("building")
    if not door.strip():
        return building, None
    unit = home_meant(place.project_id, place.building_id, door)
    if unit is None:
        raise missing("door")
    return unit.building, unit


@transaction.atomic
def take_down(*, actor: Actor, link_id: int, at: datetime) -> int:
    """End a code: it leads nowhere from here on; return its project. Errors: NotFound, Forbidden."""
    with company_scope(actor.company_id):
        rows = within(actor, CaseLink.objects.filter(id=link_id, revoked_at=None), "project_id")
        row = rows.first()
        if row is None:
            raise NotFound(f"code {link_id}")
        project_for(actor, row.project_id, Verb.STEER_CASES)
        row.revoked_at = at
        row.save(update_fields=["revoked_at"])
        _tell(actor, row, "code_ended", at)
        return int(row.project_id)


def _tell(actor: Actor, row: CaseLink, verb: str, at: datetime) -> None:
    subject = history.Subject(row.company_id, KIND, row.pk)
    said: dict[str, history.Plain] = {"project": row.project_id, "building": row.building_id}
    history.write(subject, verb, actor_id=actor.account_id, at=at, payload=said)
