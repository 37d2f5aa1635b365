"""Colleagues and zones of a spreadsheet: accounts without a password yet, zones with a steward."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.register.models import (
    Account,
    Membership,
    MembershipProject,
    RosterBatch,
    RosterChange,
    Zone,
    ZonePlace,
)
from anju.register.rules.rights import Reach
from anju.roster.rules.rows import StaffRow


def store_staff(
    batch: RosterBatch,
    rows: Iterable[StaffRow],
    buildings: Mapping[str, int],
    units: Mapping[str, int],
) -> None:
    """Add accounts that are new, and give each zone its steward and its places.

    A new account has no password: its owner asks for one by e-mail, or an administrator helps.
    Errors: E-ZONE-TAKEN where a building or unit lies in another zone already.
    """
    for row in rows:
        account_id = _account(batch, row)
        if not row.zone:
            continue
        zone = _zone(batch, row, account_id)
        for key in row.buildings:
            _place(batch, zone, ZonePlace(zone=zone, building_id=buildings[key]), key)
        for key in row.units:
            building = buildings[key.partition("-")[0]]
            _place(batch, zone, ZonePlace(zone=zone, building_id=building, unit_id=units[key]), key)


def _account(batch: RosterBatch, row: StaffRow) -> int:
    known = Account.objects.filter(email__iexact=row.email).first()
    if known is not None:
        return int(known.pk)
    account = Account(email=row.email, name=row.name)
    account.set_unusable_password()
    account.save()
    member = Membership(company_id=batch.company_id, account=account, role=row.role.value)
    member.reach = Reach.PROJECTS.value
    member.save()
    MembershipProject(
        company_id=batch.company_id, membership=member, project_id=batch.project_id
    ).save()
    subject = history.Subject(batch.company_id, "account", account.pk)
    history.write(
        subject,
        "appointed",
        actor_id=batch.actor_id,
        at=batch.live_at,
        payload={"role": row.role.value},
    )
    _note(batch, "account", account.pk)
    return int(account.pk)


def _zone(batch: RosterBatch, row: StaffRow, account_id: int) -> Zone:
    zone: Zone | None = Zone.objects.filter(project_id=batch.project_id, name=row.zone).first()
    if zone is None:
        zone = Zone(
            company_id=batch.company_id,
            project_id=batch.project_id,
            name=row.zone,
            steward_id=account_id,
        )
        zone.save()
        _note(batch, "zone", zone.pk)
    elif zone.steward_id != account_id:
        before = {"steward": zone.steward_id}
        _note(batch, "steward", zone.pk, before=before)
        Zone.objects.filter(id=zone.pk).update(steward_id=account_id)
    return zone


def _place(batch: RosterBatch, zone: Zone, place: ZonePlace, key: str) -> None:
    """Put a building or unit into a zone, where it is not there already."""
    taken = ZonePlace.objects.filter(building_id=place.building_id, unit_id=place.unit_id)
    held = taken.select_related("zone").first()
    if held is not None and held.zone_id != zone.pk:
        raise Problem(
            "E-ZONE-TAKEN",
            "zone",
            "{place} lies in the zone “{zone}” already. Take it out there first.",
            "{place} 已属于责任区“{zone}”。请先从那里移出。",
            place=key,
            zone=held.zone.name,
        )
    if held is None:
        place.company_id = batch.company_id
        place.save()
        _note(batch, "place", place.pk)


def _note(
    batch: RosterBatch, kind: str, row_id: int, *, before: dict[str, int | None] | None = None
) -> None:
    RosterChange(
        company_id=batch.company_id, batch=batch, kind=kind, row_id=row_id, before=before
    ).save()


def drop_staff(batch: RosterBatch) -> None:
    """Take back what the staff sheet of an import made; its accounts must not have been used.

    Errors: E-UNDO-USED where somebody has signed in with a new account.
    """
    made = RosterChange.objects.filter(batch=batch)

    def ids(kind: str) -> list[int]:
        return list(made.filter(kind=kind).values_list("row_id", flat=True))

    accounts = Account.objects.filter(id__in=ids("account"))
    if accounts.filter(last_login__isnull=False).exists():
        raise Problem(
            "E-UNDO-USED",
            "batch",
            "Somebody has signed in with an account of this import. It can no longer be undone.",
            "已有人使用该次导入的账号登录，无法再撤销。",
        )
    ZonePlace.objects.filter(id__in=ids("place")).delete()
    for change in made.filter(kind="steward"):
        Zone.objects.filter(id=change.row_id).update(steward_id=(change.before or {})["steward"])
    Zone.objects.filter(id__in=ids("zone")).delete()
    members = Membership.objects.filter(account_id__in=ids("account"))
    MembershipProject.objects.filter(membership__in=members).delete()
    members.delete()
    accounts.delete()
