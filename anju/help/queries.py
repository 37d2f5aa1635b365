"""Reads for the first steps: what a company has already, and what it put away or accepted."""

from __future__ import annotations

from dataclasses import dataclass

from anju.help.rules.addresses import Reach, reach_of
from anju.help.rules.first_steps import Found
from anju.kernel import history
from anju.register.models import Company, Membership, Person, Project, Unit
from anju.survey.models import Response, Wave
from anju.terms.settings import confirmed
from anju.voice.beginning import first_cases

PUT_AWAY, TAKEN_UP = "first_steps_put_away", "first_steps_taken_up"
DEFAULTS = "defaults_accepted"


@dataclass(frozen=True, slots=True)
class Begun:
    """What was decided about the first steps; it is read from the company's own history."""

    put_away: bool
    defaults: bool
    demonstration: bool


def begun(company_id: int) -> Begun:
    """Return what a company decided about its first steps."""
    subject = history.Subject(company_id, "company", company_id)
    rows = history.entries(subject).filter(verb__in=(PUT_AWAY, TAKEN_UP, DEFAULTS))
    verbs = list(rows.order_by("seq").values_list("verb", flat=True))
    last = [verb for verb in verbs if verb != DEFAULTS][-1:]
    shown = Company.objects.filter(id=company_id, demonstration=True).exists()
    return Begun(put_away=last == [PUT_AWAY], defaults=DEFAULTS in verbs, demonstration=shown)


def found(company_id: int, *, address: str, without: frozenset[int] = frozenset()) -> Found:
    """Return what the company in force has, leaving out projects such as the sample.

    `address` is the base address of the installation. Counts stop where nothing more is told by
    them: every page of an administrator asks until the steps are done.
    """
    waves = Wave.objects.exclude(project_id__in=without)
    cases = first_cases(without)
    return Found(
        projects=Project.objects.exclude(id__in=without)[:1].count(),
        units=Unit.objects.exclude(building__project_id__in=without)[:1].count(),
        residents=Person.objects.exclude(project_id__in=without)[:1].count(),
        colleagues=Membership.objects.filter(active=True)[:2].count(),
        defaults=begun(company_id).defaults,
        reached=reach_of(address) is not Reach.HERE,
        times=confirmed(company_id),
        posters=cases.posters,
        cases=cases.came,
        closed=cases.closed,
        visited=cases.visited,
        opened=waves.filter(opened_at__isnull=False)[:1].count(),
        answers=Response.objects.exclude(wave__project_id__in=without)[:1].count(),
    )


@dataclass(frozen=True, slots=True)
class Own:
    """The newest things of a company's own, to which the steps lead."""

    project_id: int | None
    wave_id: int | None


def own(*, without: frozenset[int] = frozenset()) -> Own:
    """Return the first project and the newest open survey that are not the sample's."""
    projects = Project.objects.exclude(id__in=without).order_by("id")
    waves = Wave.objects.exclude(project_id__in=without).filter(state="open").order_by("-id")
    return Own(
        projects.values_list("id", flat=True).first(), waves.values_list("id", flat=True).first()
    )
