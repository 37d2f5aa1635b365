"""Who is told of an act at a case; written in the transaction of the act, one message a stage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from anju.casework.kinds import EMERGENCY, URGENT, Severity
from anju.notify.actions.post import About, Note, post
from anju.notify.recipients import colleague, owner
from anju.notify.rules.words import LINK, Template, Value, both
from anju.register.models import Company, Membership, MembershipProject
from anju.register.queries import names_of
from anju.register.rules.rights import Reach, Role
from anju.voice import letters
from anju.voice.actions.storing import KIND
from anju.voice.models import Bundle, Case
from anju.voice.names import place_of, title_of
from anju.voice.tokens import hash_of, token_for

FAULTS = "case_bundle"  # what the outbox calls a fault that many report
SEVERITIES = {
    Severity.USUAL.value: both("一般", "usual"),
    Severity.IMPORTANT.value: both("重要", "important"),
    Severity.EMERGENCY.value: both("紧急", "emergency"),
    Severity.CRISIS.value: both("危机", "crisis"),
}


def token_of(case: Case) -> str:
    """Return the secret of an owner's page of a case."""
    return token_for("case", case.company_id, case.number, case.received_at)


def link_hash(case: Case) -> str:
    """Return what the database keeps of it."""
    return hash_of(token_of(case))


def moment(at: datetime | None) -> Value:
    """Return an instant as both languages write it; a pause has no instant."""
    if at is None:
        return both("待定", "to be set")
    local = at.astimezone(ZoneInfo(settings.TIME_ZONE))
    return f"{local:%Y-%m-%d %H:%M}"


def _values(case: Case, **more: Value) -> Mapping[str, Value]:
    return {
        "number": case.number,
        "place": place_of(case),
        "title": title_of(case),
        "due": moment(case.next_due_at),
        "severity": SEVERITIES[case.severity],
        "person": names_of({case.assignee_id}).get(case.assignee_id, "")
        if case.assignee_id
        else both("尚未指定", "nobody yet"),
        "times": case.reopened,
        **more,
    }


def tell_owner(
    case: Case, template: Template, stage: str, *, at: datetime, words: str = ""
) -> None:
    """Write to the owner of a case, once a stage; nobody where no person is known."""
    if case.reporter_id is None or not case.token_hash:
        return
    company = Company.objects.get(id=case.company_id).name
    link = f"{settings.BASE_ADDRESS}/o/c/{token_of(case)}/"
    note = Note(
        owner(case.reporter_id, case.unit_id),
        About(KIND, case.pk, f"{stage}.{case.reopened}"),
        {**_values(case), "company": company, "words": words},
        {LINK: link},
        project_id=case.project_id,
        urgent=case.severity in EMERGENCY,
    )
    post(template, note, at=at)


def tell_staff(
    case: Case,
    template: Template,
    stage: str,
    who: Iterable[int | None],
    *,
    at: datetime,
    more: Mapping[str, Value] | None = None,
) -> None:
    """Write to colleagues, each once a stage; never to whom a complaint is about."""
    for one in dict.fromkeys(who):
        if one is None or one == case.about_id:
            continue
        note = Note(
            colleague(one),
            _about(case, stage),
            _values(case, **(more or {})),
            path=_path(case, stage),
            project_id=case.project_id,
            urgent=case.severity in EMERGENCY,
        )
        post(template, note, at=at)


def fault_words(bundle: Bundle) -> Mapping[str, Value]:
    """Return what a message about a whole fault names: the fault, where it is, how many homes."""
    where = [bundle.project.name, bundle.building.name if bundle.building is not None else ""]
    rows = Case.objects.filter(bundle=bundle, merged_into=None).values_list("unit_id", "id")
    homes = len({unit or -one for unit, one in rows})  # who names no home counts for one
    return {"title": bundle.title, "place": " ".join(filter(None, where)), "homes": homes}


def _of_fault(case: Case, stage: str) -> bool:
    """Say whether a stage is told once for a whole fault: that it is there, and each rung."""
    return case.bundle_id is not None and stage.startswith(("new", "rung."))


def _about(case: Case, stage: str) -> About:
    if _of_fault(case, stage):
        return About(FAULTS, case.bundle_id or 0, stage)
    return About(KIND, case.pk, f"{stage}.{case.reopened}")


def _path(case: Case, stage: str) -> str:
    if _of_fault(case, stage):
        return f"/desk/bundles/{case.bundle_id}/"
    return f"/desk/cases/{case.pk}/"


def in_role(case: Case, *roles: str) -> tuple[int, ...]:
    """Return the colleagues who hold one of the roles and reach the case's project, by id."""
    rows = Membership.objects.filter(active=True, account__is_active=True, role__in=roles)
    here = set(
        MembershipProject.objects.across_parts()
        .filter(project_id=case.project_id)
        .values_list("membership_id", flat=True)
    )
    return tuple(
        row.account_id
        for row in rows.order_by("account_id")
        if row.reach == Reach.COMPANY or row.pk in here
    )


def tell_of_new(case: Case, *, at: datetime, owner: bool = True) -> None:
    """Tell who must act on a new case: the heads of a restricted one, managers of an urgent one.

    One of a fault that many report is told of once, with the fault. `owner` lets the owner be told
    by the act that follows in the same breath.
    """
    if owner:
        tell_owner(case, letters.RECEIVED, "registered", at=at)
    if case.restricted:
        heads = set(in_role(case, Role.HEAD)) - {case.about_id}
        who = sorted(heads) or in_role(case, Role.QUALITY)  # where it speaks of the only head
        tell_staff(case, letters.NEW, "new", who, at=at)
        return
    if case.bundle_id is not None:
        who = in_role(case, Role.MANAGER, Role.DESK)
        tell_staff(case, letters.BUNDLED, "new", who, at=at)
        return
    if case.severity in URGENT:
        roles = (Role.MANAGER, Role.DESK) if case.severity in EMERGENCY else (Role.MANAGER,)
        tell_staff(case, letters.NEW, "new", in_role(case, *roles), at=at)
    if case.severity == Severity.CRISIS:
        tell_staff(case, letters.NEW, "new", in_role(case, Role.HEAD), at=at)
