"""Reads of codes that hang on walls and doors: what one leads to, which hang in a project; never who scanned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

from anju.kernel.scope import company_scope
from anju.register.access import Actor, NotFound, Verb, project_for, within
from anju.register.models import Building, Company
from anju.voice.actions.receiving import Place
from anju.voice.doors import MOST, home_meant, secret_of
from anju.voice.models import CaseLink
from anju.voice.tokens import company_in, hash_of


@dataclass(frozen=True, slots=True)
class Hung:
    """What a code leads to: a project, and as it may be a building, a common place or one home."""

    company_id: int
    link_id: int
    company: str
    phone: str
    project_id: int
    project: str
    building_id: int | None
    building: str
    unit_id: int | None
    unit: str
    spot: str

    @property
    def words(self) -> str:
        """Where it hangs, as people write it."""
        return " ".join(one for one in (self.project, self.building, self.unit, self.spot) if one)


@dataclass(frozen=True, slots=True)
class HungLine:
    """A code in force, as the office lists it."""

    id: int
    building: str
    unit: str
    spot: str
    made_at: datetime


def hung(token: str) -> Hung | None:
    """Return what a code leads to; None where there is none, or it was taken down."""
    company_id = company_in(token)
    if company_id is None:
        return None
    with company_scope(company_id):
        hashed = hash_of(token)
        rows = CaseLink.objects.filter(token_hash=hashed, revoked_at=None)
        row = rows.select_related("project", "building", "unit").first()
        if row is None or not compare_digest(row.token_hash, hashed):
            return None
        return _hung(row)


def _hung(row: CaseLink) -> Hung:
    company = Company.objects.get(id=row.company_id)
    return Hung(
        company_id=row.company_id, link_id=row.pk, company=company.name, phone=company.phone,
        project_id=row.project_id, project=row.project.name,
        building_id=row.building_id, building=row.building.name if row.building else "",
        unit_id=row.unit_id, unit=row.unit.number if row.unit else "", spot=row.spot,
    )  # fmt: skip


def hung_lines(actor: Actor, project_id: int) -> tuple[HungLine, ...]:
    """Return the codes in force of a project, the youngest first; raises NotFound or Forbidden."""
    project_for(actor, project_id, Verb.SEE_CASES)
    rows = within(actor, CaseLink.objects.filter(revoked_at=None), "project_id")
    rows = rows.filter(project_id=project_id).select_related("building", "unit")
    return tuple(
        HungLine(
            row.pk, row.building.name if row.building else "", row.unit.number if row.unit else "",
            row.spot, row.made_at,
        )
        for row in rows.order_by("-id")[:MOST]
    )  # fmt: skip


def to_print(actor: Actor, link_id: int) -> tuple[Hung, str]:
    """Return a code in force with its secret; raises NotFound or Forbidden.

    A code made under another secret of the installation leads nowhere, so it is not there either.
    """
    rows = CaseLink.objects.filter(id=link_id, revoked_at=None)
    row = within(actor, rows, "project_id").select_related("project", "building", "unit").first()
    if row is None:
        raise NotFound(f"code {link_id}")
    project_for(actor, row.project_id, Verb.SEE_CASES)
    secret = secret_of(row)
    if not compare_digest(hash_of(secret), row.token_hash):
        raise NotFound(f"code {link_id}")
    return _hung(row), secret


def buildings_of(actor: Actor, project_id: int) -> tuple[tuple[int, str], ...]:
    """Return the buildings of a project that an actor reaches; raises NotFound or Forbidden."""
    project_for(actor, project_id, Verb.SEE_CASES)
    rows = within(actor, Building.objects.filter(project_id=project_id), "project_id")
    return tuple((row.pk, row.name) for row in rows.order_by("id")[:MOST])


def place_told(here: Hung, room: str) -> Place:
    """Return where a matter lies: the door's home, the home that was written, or the code's place.

    A number that nobody knows is kept in words: an owner's word is never turned away for it.
    """
    if here.unit_id is not None:
        return Place(here.project_id, here.unit_id)
    written = " ".join(room.split())[:40]
    if not written:
        return Place(here.project_id, None, here.building_id, here.spot)
    home = home_meant(here.project_id, here.building_id, written)
    if home is not None:
        return Place(here.project_id, home.pk)
    return Place(here.project_id, None, here.building_id, f"{here.spot} {written}".strip()[:120])
