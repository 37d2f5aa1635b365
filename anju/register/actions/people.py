"""Writes of accounts: add a colleague, change a role, disable; scoped like any data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.db import transaction

from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_line
from anju.kernel.scope import company_scope
from anju.register.access import (
    REACHES,
    USUAL_REACH,
    Actor,
    Reach,
    Role,
    Verb,
    colleague_for,
    demand,
)
from anju.register.editions import refuse_late
from anju.register.models import Account, Membership, MembershipProject, Project

EMAIL_MOST = 254


@dataclass(frozen=True, slots=True)
class Reaching:
    """How far somebody's role goes; the projects count only where it is not the whole company.

    Zones are not named here: hers are those that name her as steward, in these projects alone.
    """

    reach: str
    project_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ColleagueDraft:
    """What an administrator wrote about a new colleague."""

    name: str
    email: str
    password: str
    role: str
    language: str = "zh-hans"
    reach: Reaching | None = None


def _written(value: str) -> str:
    cleaned = value.strip()
    try:
        validate_email(cleaned)
        MaxLengthValidator(EMAIL_MOST)(cleaned)  # its column could not hold it
    except ValidationError as wrong:
        raise Problem(
            "E-EMAIL",
            "email",
            "Write one e-mail address, for example desk@example.com.",
            "请填写一个电子邮箱地址，例如 desk@example.com。",
        ) from wrong
    return cleaned.lower()


def _email(value: str) -> str:
    cleaned = _written(value)
    if Account.objects.filter(email__iexact=cleaned).exists():
        raise Problem(
            "E-EMAIL-TAKEN",
            "email",
            "This e-mail address already has an account. Use another address.",
            "该邮箱已有账号。请使用另一个邮箱。",
        )
    return cleaned


def valid_password(value: str) -> str:
    """Return a password that may be kept. Error: E-PASSWORD."""
    try:
        validate_password(value)
    except ValidationError as weak:
        raise Problem(
            "E-PASSWORD",
            "password",
            "Choose a password of at least 10 characters that is not a common one.",
            "密码至少 10 个字符，且不能是常见密码。",
        ) from weak
    return value


def check_draft(draft: ColleagueDraft) -> ColleagueDraft:
    """Return a draft whose name, address and password can stand; needs no database, so that
    set-up may refuse before it makes one. Raises as `appoint` does.
    """
    clean_line(draft.name, "name", most=80)
    _written(draft.email)
    valid_password(draft.password)
    return draft


def _role(value: str) -> Role:
    if value not in list(Role):
        raise Problem("E-CHOICE", "role", "Choose a role from the list.", "请从列表中选择角色。")
    return Role(value)


def _reach(role: Role, wanted: Reaching | None) -> Reaching:
    """Return how far a role goes: as wanted, else as is usual for it; refuses what cannot be."""
    kept = wanted or Reaching(USUAL_REACH[role].value)
    if kept.reach not in list(Reach):
        raise Problem(
            "E-CHOICE",
            "reach",
            "Choose from the list what the person sees.",
            "请从列表中选择可见范围。",
        )
    if role == Role.ADMINISTRATOR and kept.reach != Reach.COMPANY:
        raise Problem(
            "E-REACH",
            "reach",
            "An administrator looks after the whole company. Choose the whole company, or another"
            " role.",
            "管理员负责全公司。请选择“全公司”，或换一个角色。",
        )
    if Reach(kept.reach) not in REACHES[role]:
        raise Problem(
            "E-REACH",
            "reach",
            "Only stewards and repair workers can be held to their zones, and only repair workers"
            " to what they are named at. Choose some projects, or another role.",
            "只有楼栋管家和维修人员可以只看本人责任区，只有维修人员可以只看本人负责的问题。"
            "请选择“部分项目”，或换一个角色。",
        )
    return kept


def _keep_reach(membership: Membership, wanted: Reaching) -> None:
    """Store how far a membership reaches; a project that is not there is refused by its field."""
    narrow = wanted.reach != Reach.COMPANY
    chosen = wanted.project_ids if narrow else ()
    if narrow and not chosen and Project.objects.exists():
        raise Problem(
            "E-REACH",
            "project",
            "Tick at least one project, or choose the whole company.",
            "请至少勾选一个项目，或选择“全公司”。",
        )
    found = set(Project.objects.filter(id__in=chosen).values_list("id", flat=True))
    if found != set(chosen):
        raise Problem(
            "E-REF",
            "project",
            "One of the projects was not found. Choose from the list.",
            "找不到其中一个项目。请从列表中选择。",
        )
    Membership.objects.filter(id=membership.id).update(reach=wanted.reach)
    MembershipProject.objects.filter(membership=membership).delete()
    MembershipProject.objects.bulk_create(
        MembershipProject(
            company_id=membership.company_id, membership=membership, project_id=project_id
        )
        for project_id in sorted(found)
    )


@transaction.atomic
def appoint(
    *, company_id: int, draft: ColleagueDraft, at: datetime, actor_id: int | None = None
) -> Membership:
    """Create an account with a role in a company; the caller has checked the right to do so."""
    role = _role(draft.role)
    account = Account(
        name=clean_line(draft.name, "name", most=80),
        email=_email(draft.email),
        language=draft.language,
    )
    account.set_password(valid_password(draft.password))
    account.save()
    with company_scope(company_id):
        membership = Membership(company_id=company_id, account=account, role=role.value)
        membership.save()
        _keep_reach(membership, _reach(role, draft.reach))
    subject = history.Subject(company_id, "account", account.pk)
    history.write(subject, "appointed", actor_id=actor_id, at=at, payload={"role": role.value})
    return membership


def add_colleague(*, actor: Actor, draft: ColleagueDraft, at: datetime) -> Membership:
    """Add a colleague to the actor's own company."""
    demand(actor, Verb.MANAGE_PEOPLE)
    return appoint(company_id=actor.company_id, draft=draft, at=at, actor_id=actor.account_id)


def _refuse_last(membership: Membership) -> None:
    others = Membership.objects.filter(role=Role.ADMINISTRATOR.value, active=True)
    if membership.role == Role.ADMINISTRATOR and not others.exclude(id=membership.id).exists():
        raise Problem(
            "E-LAST-ADMINISTRATOR",
            "role",
            "This is the last administrator. Make somebody else administrator first.",
            "这是最后一名管理员。请先指定另一名管理员。",
        )


@transaction.atomic
def change_role(
    *,
    actor: Actor,
    membership_id: int,
    role: str,
    at: datetime,
    reach: Reaching | None = None,
    version: int | None = None,
) -> None:
    """Give a colleague another role and reach; a company keeps at least one administrator.

    Errors: E-STALE, E-CHOICE, E-REACH, E-REF, E-LAST-ADMINISTRATOR.
    """
    with company_scope(actor.company_id):
        _one_at_a_time()
        found = colleague_for(actor, membership_id)
        membership = Membership.objects.select_for_update(no_key=True).get(id=found.id)
        refuse_late(history.Subject(actor.company_id, "account", membership.account_id), version)
        wanted = _role(role)
        if wanted != Role.ADMINISTRATOR:
            _refuse_last(membership)
        Membership.objects.filter(id=membership.id).update(role=wanted.value)
        _keep_reach(membership, _reach(wanted, reach))
        _tell(actor, membership.account_id, "role_changed", at, wanted.value)


def _one_at_a_time() -> None:
    """Let whoever changes colleagues wait: two who take each other's role away would leave nobody."""
    rows = Membership.objects.filter(role=Role.ADMINISTRATOR.value).order_by("id")
    list(rows.select_for_update(no_key=True).values_list("id", flat=True))


@transaction.atomic
def disable(*, actor: Actor, membership_id: int, at: datetime) -> None:
    """Take a colleague's access away; it ends with the next request.

    Errors: E-LAST-ADMINISTRATOR.
    """
    with company_scope(actor.company_id):
        _one_at_a_time()
        membership = colleague_for(actor, membership_id)
        _refuse_last(membership)
        Membership.objects.filter(id=membership.id).update(active=False)
        _tell(actor, membership.account_id, "disabled", at, membership.role)


@transaction.atomic
def enable(*, actor: Actor, membership_id: int, at: datetime) -> None:
    """Give a disabled colleague access again."""
    with company_scope(actor.company_id):
        membership = colleague_for(actor, membership_id)
        Membership.objects.filter(id=membership.id).update(active=True)
        _tell(actor, membership.account_id, "enabled", at, membership.role)


def _tell(actor: Actor, account_id: int, verb: str, at: datetime, role: str) -> None:
    subject = history.Subject(actor.company_id, "account", account_id)
    history.write(subject, verb, actor_id=actor.account_id, at=at, payload={"role": role})
