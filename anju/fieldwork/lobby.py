"""Reads of lobby links: what one leads to, which are in force; never which home answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

from anju.fieldwork.invitations import last_moment
from anju.fieldwork.models import Lobby
from anju.fieldwork.rules.links import Moments, Standing, company_of_token, standing, token_hash
from anju.fieldwork.tokens import lobby_token
from anju.kernel.scope import company_scope
from anju.register.models import Building, Company
from anju.survey.keepers import keeper_name
from anju.survey.models import Invitation, Wave
from anju.survey.rules.answering import Privacy


@dataclass(frozen=True, slots=True)
class Door:
    """What the page behind a lobby's link shows; `building` is empty for the whole project."""

    company_id: int
    lobby_id: int
    company: str
    phone: str
    project: str
    building: str
    title: str
    privacy: Privacy
    keeper: str
    standing: Standing
    ends: datetime | None


@dataclass(frozen=True, slots=True)
class LobbyLine:
    """A place where a poster can hang: a building or the whole project, and its link if any."""

    building_id: int | None
    building: str
    asked: int
    lobby_id: int | None
    made_at: datetime | None


def lobby_of(token: str) -> Lobby | None:
    """Return the lobby of a link; call it inside the company that the link names."""
    hashed = token_hash(token)
    rows = Lobby.objects.select_related("wave__project", "building")
    found: Lobby | None = rows.filter(token_hash=hashed).first()
    return found if found is not None and compare_digest(found.token_hash, hashed) else None


def lobby_standing(row: Lobby, at: datetime) -> Standing:
    """Return what a lobby's link leads to: it lives as long as its survey."""
    ends = last_moment(row.wave.fieldwork_to)
    moments = Moments(
        opened=row.wave.opened_at,
        ends=ends,
        closed=row.wave.closed_at,
        expires=at,
        revoked=row.revoked_at,
        seen=None,
        submitted=None,
    )
    return standing(moments, at)


def door_of(token: str, *, at: datetime) -> Door | None:
    """Return what a lobby's link leads to; None where there is no such link."""
    company_id = company_of_token(token)
    if company_id is None:
        return None
    with company_scope(company_id):
        row = lobby_of(token)
        return _door(row, at) if row is not None else None


def _door(row: Lobby, at: datetime) -> Door:
    company = Company.objects.get(id=row.company_id)
    return Door(
        company_id=row.company_id,
        lobby_id=row.pk,
        company=company.name,
        phone=company.phone,
        project=row.wave.project.name,
        building=row.building.name if row.building else "",
        title=row.wave.title,
        privacy=Privacy(row.wave.privacy),
        keeper=keeper_name(row.wave),
        standing=lobby_standing(row, at),
        ends=last_moment(row.wave.fieldwork_to),
    )


def lobby_lines(wave_id: int) -> tuple[LobbyLine, ...]:
    """Return the places for posters of a wave, the whole project first; the caller looked it up."""
    wave = Wave.objects.get(id=wave_id)
    rows = {
        row.building_id: row for row in Lobby.objects.filter(wave=wave, revoked_at__isnull=True)
    }
    asked: dict[int, int] = {}
    homes = Invitation.objects.filter(wave=wave).values_list("unit__building_id", flat=True)
    for building_id in homes:
        asked[building_id] = asked.get(building_id, 0) + 1
    buildings = Building.objects.filter(project_id=wave.project_id).order_by("id")
    places: list[tuple[int | None, str, int]] = [(None, "", sum(asked.values()))]
    places += [(one.pk, one.name, asked.get(one.pk, 0)) for one in buildings]
    return tuple(_line(place, rows.get(place[0])) for place in places)


def _line(place: tuple[int | None, str, int], row: Lobby | None) -> LobbyLine:
    building_id, name, asked = place
    made = row.made_at if row is not None else None
    return LobbyLine(building_id, name, asked, row.pk if row is not None else None, made)


def token_in_force(lobby_id: int) -> str | None:
    """Return the secret of a lobby's link; None where it was ended, or made under another secret."""
    row = Lobby.objects.filter(id=lobby_id, revoked_at__isnull=True).first()
    if row is None:
        return None
    token = lobby_token(row)
    return token if compare_digest(token_hash(token), row.token_hash) else None
