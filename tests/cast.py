"""The standing people and homes of the tests, and small makers of what they work on.

Mrs Li owns 3-502. At the company: Chen at the desk and Sun who manages, both for one project,
Zhao Min for quality, and the administrator. Further people come in by `everybody`. Zhao of the
other company must see nothing of theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from itertools import count as numbers

from django.contrib.auth.hashers import make_password

from anju.kernel.scope import company_scope
from anju.register.access import Actor, Reach, Role, actor_of
from anju.register.actions.areas import ZoneDraft, save_zone
from anju.register.actions.places import ProjectDraft, add_building, found_company, save_project
from anju.register.models import (
    Account,
    Building,
    Company,
    Membership,
    MembershipProject,
    Project,
)
from anju.survey.actions.forms import load_library
from anju.survey.actions.waves import create_wave, open_wave
from anju.survey.models import ImportBatch, QuestionnaireVersion, Response, Wave
from anju.survey.rules.wave import BatchState, Mode, WavePlan
from tests.standing import standing

AT = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
PASSWORD = "four plain words here"
MRS_LI = "李秀兰"
HER_BUILDING, HER_UNIT = "3栋", "502"
PEOPLE: Mapping[Role, tuple[str, str]] = {
    Role.ADMINISTRATOR: ("吴管理", "administrator"),
    Role.QUALITY: ("赵敏", "quality"),
    Role.MANAGER: ("孙经理", "manager"),
    Role.DESK: ("陈前台", "desk"),
}
OTHERS: Mapping[Role, tuple[str, str]] = {
    Role.HEAD: ("钱总", "head"),
    Role.STEWARD: ("周管家", "steward"),
    Role.WORKER: ("张师傅", "worker"),
    Role.COMMITTEE: ("何委员", "committee"),
    Role.CONSULTANT: ("林顾问", "consultant"),
}
_number = numbers(1)


@dataclass(frozen=True, slots=True)
class Cast:
    """A company with its people, one project of three buildings and the shipped questionnaires."""

    company: Company
    administrator: Actor
    quality: Actor
    manager: Actor
    desk: Actor
    project: Project

    @property
    def actors(self) -> dict[Role, Actor]:
        return {
            Role.ADMINISTRATOR: self.administrator,
            Role.QUALITY: self.quality,
            Role.MANAGER: self.manager,
            Role.DESK: self.desk,
        }

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Be inside the company, as a signed-in request is."""
        with company_scope(self.company.id):
            yield

    def account(self, role: Role) -> Account:
        """Return the account that stands behind a role, for signing in with `force_login`."""
        return Account.objects.get(id=self.actors[role].account_id)


def a_company(
    name: str = "安和物业", mail: str = "anhe.example"
) -> tuple[Company, dict[Role, Actor]]:
    """Found a company with one person in each role; the passwords are all PASSWORD."""
    company = found_company(name=name, phone="", at=AT)
    return company, {role: a_person(company, role, mail=mail) for role in PEOPLE}


def a_person(
    company: Company, role: Role, *, mail: str = "anhe.example", projects: Sequence[Project] = ()
) -> Actor:
    """Give a company one more person; with projects named, the role reaches these alone."""
    person, box = {**PEOPLE, **OTHERS}[role]
    account = Account(email=f"{box}@{mail}", name=person, password=_hashed())
    account.save()
    with company_scope(company.id):
        Membership(company_id=company.id, account=account, role=role.value).save()
    return reaching(Actor(account.pk, company.id, role, person), projects)


def reaching(actor: Actor, projects: Sequence[Project]) -> Actor:
    """Narrow somebody to the projects named, none of them leaving the whole company."""
    if not projects:
        return actor
    with company_scope(actor.company_id):
        held = Membership.objects.get(account_id=actor.account_id)
        Membership.objects.filter(id=held.pk).update(reach=Reach.PROJECTS.value)
        for project in projects:
            MembershipProject(company_id=actor.company_id, membership=held, project=project).save()
    return replace(actor, parts=frozenset(project.pk for project in projects))


def held_to(actor: Actor, reach: str) -> Actor:
    """Hold somebody closer within her projects, and return her as a request would see her."""
    with company_scope(actor.company_id):
        Membership.objects.filter(account_id=actor.account_id).update(reach=reach)
    found = actor_of(Account.objects.get(id=actor.account_id))
    assert found is not None
    return found


def everybody(cast: Cast) -> dict[Role, Actor]:
    """Return one person of each of the nine roles; those of a project reach the cast's alone."""
    here = [cast.project]
    head = a_person(cast.company, Role.HEAD)
    rest = {role: a_person(cast.company, role, projects=here) for role in list(OTHERS)[1:]}
    return {**cast.actors, Role.HEAD: head, **rest}


def in_another_zone(cast: Cast) -> dict[Role, Actor]:
    """Return a steward and a worker of the cast's project whose zones hold none of its first homes."""
    with cast.inside():
        houses = Building.objects.filter(project=cast.project).order_by("id")
        _, *others = houses.values_list("id", flat=True)
    held = {}
    for role, house in zip((Role.STEWARD, Role.WORKER), others, strict=True):
        near = a_person(cast.company, role, mail="zone.example", projects=[cast.project])
        draft = ZoneDraft(f"西区{house}", near.account_id, [house])
        save_zone(actor=cast.quality, project_id=cast.project.pk, draft=draft, at=AT)
        held[role] = held_to(near, Reach.ZONES.value)
    return held


def keep_all(cast: Cast, keeper: Actor) -> None:
    """Let a consultant keep every survey, as if each had been entrusted before it began."""
    with cast.inside():
        Wave.objects.update(keeper_id=keeper.account_id)


@cache
def _hashed() -> str:
    """Return the password's hash, made once: making it is slow on purpose."""
    return make_password(PASSWORD)


def a_project(
    actor: Actor,
    name: str = "翠湖苑",
    *,
    use_type: str = "residential",
    buildings: Mapping[str, Sequence[str]] | None = None,
) -> Project:
    """Make a project; by default three buildings, Mrs Li's 3-502 among their units."""
    project = save_project(actor=actor, draft=ProjectDraft(name, use_type), at=AT)
    if buildings is None:
        floors = [f"{floor}0{door}" for floor in range(1, 6) for door in (1, 2)]
        buildings = {"1栋": floors, "2栋": floors, HER_BUILDING: floors}
    for building, units in buildings.items():
        add_building(actor=actor, project_id=project.id, name=building, units=units, at=AT)
    return project


def the_cast() -> Cast:
    """Found the company that most tests stand in, or lay a copy of it into the empty database."""
    return standing("the cast", _founded)


def _founded() -> Cast:
    company, actors = a_company()
    quality = actors[Role.QUALITY]
    project = a_project(quality)
    load_library(actor=quality, at=AT, language="zh-hans")
    return Cast(
        company=company,
        administrator=actors[Role.ADMINISTRATOR],
        quality=quality,
        manager=reaching(actors[Role.MANAGER], [project]),
        desk=reaching(actors[Role.DESK], [project]),
        project=project,
    )


def zhao_of_the_other_company() -> Actor:
    """Return the administrator of a company that has nothing to do with the cast's."""
    _, actors = a_company("别家物业", "elsewhere.example")
    return actors[Role.ADMINISTRATOR]


def version_of(cast: Cast, code: str = "short") -> QuestionnaireVersion:
    """Return the published version of a shipped questionnaire."""
    with cast.inside():
        found: QuestionnaireVersion = QuestionnaireVersion.objects.get(questionnaire__code=code)
        return found


def a_plan(cast: Cast, **changes: object) -> WavePlan:
    """Return a plan that is complete: the short form, 25 households, one week in June."""
    plan = WavePlan(
        title=f"2026 H1 ({next(_number)})",
        project_id=cast.project.id,
        version_id=version_of(cast).pk,
        period_label="2026年上半年",
        modes=(Mode.PAPER,),
        population=25,
        fieldwork_from=date(2026, 6, 15),
        fieldwork_to=date(2026, 6, 21),
        goal="了解业主满意度",
        method="入户发放问卷",
    )
    return replace(plan, **changes)  # type: ignore[arg-type]


def a_wave(cast: Cast, **changes: object) -> Wave:
    """Make an open wave from a complete plan."""
    return create_open(cast, a_plan(cast, **changes))


def answers(
    wave: Wave,
    rows: Sequence[Sequence[str | None]],
    *,
    state: BatchState = BatchState.LIVE,
    **columns: object,
) -> ImportBatch:
    """Put rows of option codes straight into a wave, as an import that is done would have."""
    with company_scope(wave.company_id):
        number = ImportBatch.objects.filter(wave=wave).count() + 1
        batch = ImportBatch(
            company_id=wave.company_id,
            wave=wave,
            number=number,
            file_id=0,
            file_name=f"{number}.xlsx",
            sha256=f"{next(_number):064d}",
            state=state,
            job_id=next(_number) + 1_000_000,
            rows=len(rows),
            people=len(rows),
            created_at=AT,
            live_at=AT,
        )
        batch.save()
        made = [
            Response(
                company_id=wave.company_id,
                wave=wave,
                batch=batch,
                row=place + 2,
                answers=list(codes),
                **columns,
            )
            for place, codes in enumerate(rows)
        ]
        Response.objects.bulk_create(made)
        return batch


def create_open(cast: Cast, plan: WavePlan) -> Wave:
    """Make an open wave from any plan."""
    wave = create_wave(actor=cast.quality, plan=plan, at=AT)
    open_wave(actor=cast.quality, wave_id=wave.pk, at=AT)
    with cast.inside():
        found: Wave = Wave.objects.get(id=wave.pk)
        return found
