"""Plants the demonstration company once, through the same actions that people use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from anju.demo.asking import ask
from anju.demo.calendars import plant_calendars
from anju.demo.cases.planting import plant_cases
from anju.demo.estates import plant_project
from anju.demo.findings import Team, follow_up
from anju.demo.kept import keep_one
from anju.demo.office import Crew, furnish
from anju.demo.places import COMPANY, PEOPLE, PLACES
from anju.demo.residents import settle
from anju.demo.story import Scene, published, surveys
from anju.kernel import history
from anju.kernel.scope import company_scope
from anju.register.access import USUAL_REACH, Actor, Reach, Role
from anju.register.actions.places import found_company
from anju.register.models import Account, Company, Membership, MembershipProject, Project
from anju.survey.actions.forms import load_library

MAIL = "demo.example"
FOUNDED_BEFORE = timedelta(days=500)
FIRST = 23  # the number of the first owner: so Mrs Li of 3-502 has her name


@dataclass(frozen=True, slots=True)
class Planted:
    """The demonstration company, the e-mail of each role, and whether it was planted just now."""

    company_id: int
    accounts: Mapping[Role, str]
    fresh: bool


def _accounts() -> dict[Role, str]:
    return {role: f"{role.value}@{MAIL}" for role in PEOPLE}


def plant(*, at: datetime, language: str = "zh-hans") -> Planted:
    """Make the demonstration company with days counted back from `at`; a second time does nothing.

    All of it or none: it is one transaction.
    """
    known = Company.objects.filter(demonstration=True).order_by("id").first()
    if known is not None:
        return Planted(known.pk, _accounts(), fresh=False)
    with transaction.atomic():
        company_id = _plant(at, language)
    return Planted(company_id, _accounts(), fresh=True)


def _plant(at: datetime, language: str) -> int:
    start = at - FOUNDED_BEFORE
    company = found_company(
        name=COMPANY.text(language), phone="0000-555-0101", at=start, demonstration=True
    )
    with company_scope(company.pk):
        actors = {role: _person(company, role, start, language) for role in PEOPLE}
        quality = actors[Role.QUALITY]
        projects = {place: plant_project(quality, place, start, language) for place in PLACES}
        _reach(company, projects[PLACES[0]])
        _settle(projects.values(), start, language)
        load_library(actor=quality, at=start + timedelta(hours=2), language=language)
        plant_calendars(quality, start + timedelta(hours=1), language)
        scene = Scene(quality, projects, at, language)
        surveys(scene)
        follow_up(scene, Team(quality, actors[Role.MANAGER]))
        _live(scene, actors)
    return company.pk


def _live(scene: Scene, actors: Mapping[Role, Actor]) -> None:
    """Let the office's days go on: its areas and people, and a survey that is on its way."""
    quality, manager = actors[Role.QUALITY], actors[Role.MANAGER]
    crew = Crew(quality, manager, actors[Role.DESK], actors[Role.STEWARD])
    furnish(scene, crew)
    ask(scene, crew, published("repair").pk)
    keep_one(scene, actors[Role.CONSULTANT], published("short"))
    plant_cases(scene, crew, {role: actor.account_id for role, actor in actors.items()})


def _settle(projects: Iterable[Project], at: datetime, language: str) -> None:
    """Let invented owners live in every home."""
    number = FIRST
    for project in projects:
        number = settle(project, at=at, language=language, first=number)


def _person(company: Company, role: Role, at: datetime, language: str) -> Actor:
    """Create an account that signs in by the demonstration's role switch alone."""
    name = PEOPLE[role].text(language)
    account = Account(email=f"{role.value}@{MAIL}", name=name, language=language)
    account.set_unusable_password()
    account.save()
    member = Membership(company_id=company.pk, account=account, role=role.value)
    member.save()
    subject = history.Subject(company.pk, "account", account.pk)
    history.write(subject, "appointed", actor_id=None, at=at, payload={"role": role.value})
    return Actor(account.pk, company.pk, role, name)


def _reach(company: Company, project: Project) -> None:
    """Let whoever does not answer for the whole company see the first project, a steward her zones."""
    limited = [role.value for role, reach in USUAL_REACH.items() if reach == Reach.PROJECTS]
    members = Membership.objects.filter(role__in=limited)
    members.update(reach=Reach.PROJECTS.value)
    MembershipProject.objects.bulk_create(
        MembershipProject(company_id=company.pk, membership=member, project=project)
        for member in members
    )
    members.filter(role=Role.STEWARD.value).update(reach=Reach.ZONES.value)
