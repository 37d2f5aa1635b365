"""The list of findings grouped by state, and the same as one table for paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from anju.improve import queries
from anju.improve.clock import today_of
from anju.improve.labels import label
from anju.improve.queries import Filter
from anju.improve.rules.states import FindingState
from anju.improve.waiting import waiting_for
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register.access import Actor, Verb, visible_projects
from anju.survey.access import visible_waves
from anju.web.declare import StaffRequest, page
from anju.web.manage.findings.words import Card, card_of

ORDER = (
    FindingState.OPEN,
    FindingState.NOT_EFFECTIVE,
    FindingState.DONE,
    FindingState.RUNNING,
    FindingState.SET,
    FindingState.SPLIT,
    FindingState.CANDIDATE,
    FindingState.VERIFIED,
    FindingState.WAIVED,
)
FEW, MANY = 5, 100
PAPER_MOST = 500
Choices = dict[str, str]


@dataclass(frozen=True, slots=True)
class Chip:
    """One link of the filter: a state, what is late, what is mine."""

    label: str
    count: int
    address: str
    on: bool


@dataclass(frozen=True, slots=True)
class GroupView:
    """The findings of one state; `more` leads to all of them."""

    label: str
    count: int
    cards: tuple[Card, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: the filter, and the choices that stand beside it."""

    wanted: Filter
    projects: Choices
    waves: Choices
    people: Choices

    @property
    def plain(self) -> dict[str, str]:
        """The filter as it stands in an address."""
        wanted = self.wanted
        given = {
            "project": wanted.project_id,
            "wave": wanted.wave_id,
            "person": wanted.person_id,
            "state": wanted.state.value if wanted.state else None,
            "overdue": "yes" if wanted.overdue else None,
        }
        return {name: str(value) for name, value in given.items() if value is not None}

    def address(self, **changes: str) -> str:
        """Return the query with some of it changed; an empty value takes a filter away."""
        both = {**self.plain, **changes}
        return "?" + urlencode({name: value for name, value in both.items() if value})


def _one(request: StaffRequest, name: str, known: Choices) -> str:
    value = request.GET.get(name, "")
    if value in {"", *known}:
        return value
    raise Problem(
        "E-FILTER",
        name,
        "This filter does not exist here. Choose one of the list.",
        "没有这个筛选值。请从列表中选择。",
    )


def _waves(request: StaffRequest) -> Choices:
    """Return the surveys with findings, and the one that is asked for though it has none."""
    found = {str(key): name for key, name in queries.waves_named(request.actor).items()}
    asked = request.GET.get("wave", "")
    known = asked in found or not request.actor.may(Verb.SEE_SURVEYS)
    if asked.isascii() and asked.isdigit() and not known:
        rows = visible_waves(request.actor).filter(id=int(asked[:18]))
        found |= {str(key): title for key, title in rows.values_list("id", "title")}
    return found


def _projects(actor: Actor) -> dict[int, str]:
    """Return the projects to choose from: those that she reaches, or those of what names her."""
    if not actor.may(Verb.SEE_REGISTER):
        return queries.projects_named(actor)
    return dict(visible_projects(actor).order_by("name").values_list("id", "name"))


def asked_of(request: StaffRequest) -> Asked:
    """Read the filter of a list; raises E-FILTER for what the list does not offer."""
    actor = request.actor
    projects = {str(key): name for key, name in _projects(actor).items()}
    waves = _waves(request)
    people = {str(key): name for key, name in queries.people_named(actor).items()}
    mine = {str(actor.account_id): actor.name, **people}
    project, wave = _one(request, "project", projects), _one(request, "wave", waves)
    person = _one(request, "person", mine)
    state = _one(request, "state", {one.value: "" for one in FindingState})
    late = _one(request, "overdue", {"yes": ""})
    wanted = Filter(
        project_id=int(project) if project else None,
        wave_id=int(wave) if wave else None,
        person_id=int(person) if person else None,
        state=FindingState(state) if state else None,
        overdue=bool(late),
    )
    return Asked(wanted, projects, waves, people)


def _chips(request: StaffRequest, asked: Asked, today: date) -> tuple[Chip, ...]:
    actor, wanted = request.actor, asked.wanted
    base = queries.chosen(actor, replace(wanted, state=None, overdue=False), today)
    found = queries.counts(base)
    me = str(actor.account_id)
    everybody = replace(wanted, state=None, overdue=False, person_id=actor.account_id)
    mine = queries.chosen(actor, everybody, today).count()
    every = asked.address(state="", overdue="")
    whole = wanted.state is None and not wanted.overdue
    chips = [Chip(_("All"), sum(found.values()), every, on=whole)]
    late = queries.overdue_count(base, today)
    chips.append(
        Chip(_("Overdue"), late, asked.address(state="", overdue="yes"), on=wanted.overdue)
    )
    is_mine = wanted.person_id == actor.account_id
    chips.append(Chip(_("Mine"), mine, asked.address(person="" if is_mine else me), on=is_mine))
    for state in ORDER:
        if state in found:
            to = asked.address(state=state.value, overdue="")
            chips.append(Chip(str(label(state)), found[state], to, on=wanted.state is state))
    return tuple(chips)


def _groups(request: StaffRequest, asked: Asked, today: date) -> tuple[GroupView, ...]:
    actor = request.actor
    rows = queries.chosen(actor, asked.wanted, today)
    found = queries.counts(rows)
    most = MANY if asked.wanted.state is not None or asked.wanted.overdue else FEW
    ids = [
        key
        for state in ORDER
        if state in found
        for key in rows.filter(state=state).order_by("-id").values_list("id", flat=True)[:most]
    ]
    cards = [card_of(line, actor, today) for line in queries.lines(rows.filter(id__in=ids), today)]
    groups = []
    for state in ORDER:
        if state in found:
            mine = tuple(card for card in reversed(cards) if card.line.state is state)
            more = asked.address(state=state.value) if len(mine) < found[state] else ""
            groups.append(GroupView(str(label(state)), found[state], mine, more))
    return tuple(groups)


@page(Verb.SEE_FINDINGS)
@require_GET
def findings(request: StaffRequest) -> HttpResponse:
    today = today_of(utc_now())
    asked = asked_of(request)
    every = queries.chosen(request.actor, Filter(), today)
    shown = {
        "asked": asked,
        "plain": asked.plain,
        "chips": _chips(request, asked, today),
        "groups": _groups(request, asked, today),
        "any": every.exists(),
        "paper": asked.address(),
        "waiting": waiting_for(request.actor, today),
        "filtered": bool(asked.plain),
    }
    return render(request, "manage/findings/list.html", shown)


@page(Verb.SEE_FINDINGS)
@require_GET
def table(request: StaffRequest) -> HttpResponse:
    today = today_of(utc_now())
    asked = asked_of(request)
    rows = queries.chosen(request.actor, asked.wanted, today)
    total = rows.count()
    ids = list(rows.order_by("-id").values_list("id", flat=True)[:PAPER_MOST])
    lines = queries.lines(rows.filter(id__in=ids), today)
    filters = (
        asked.projects.get(asked.plain.get("project", "")),
        asked.waves.get(asked.plain.get("wave", "")),
        asked.people.get(asked.plain.get("person", "")),
        str(label(asked.wanted.state)) if asked.wanted.state else None,
        _("overdue") if asked.wanted.overdue else None,
    )
    shown = {
        "cards": [card_of(line, request.actor, today) for line in lines],
        "total": total,
        "cut": total > PAPER_MOST,
        "today": today,
        "filters": [word for word in filters if word],
        "back": asked.address(),
        "signatures": (_("Drawn up by"), _("Responsible leader"), _("Date")),
    }
    return render(request, "manage/findings/table.html", shown)
