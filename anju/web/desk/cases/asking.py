"""Reads a work list's address: its filters and order by name, and refuses every other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anju.casework.kinds import CaseKind
from anju.intake import desks
from anju.kernel.pure.problems import Problem
from anju.register.access import Verb
from anju.voice.labels import label, options
from anju.voice.lists import Filter, Order, Show
from anju.voice.search import found
from anju.web.declare import StaffRequest

Choices = Mapping[str, str]
FOUND_MOST = 200
NAMES = (
    "show", "kind", "project", "person", "due", "repeated", "warranty", "restricted", "q", "sort",
)  # fmt: skip
NOBODY = "none"
ME = "me"


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for, and the choices that stand beside it."""

    wanted: Filter
    plain: dict[str, str]
    kinds: Choices
    projects: Choices
    people: Choices
    sorts: Choices = field(default_factory=dict)
    views: tuple[desks.ViewLine, ...] = ()
    nameable: Mapping[int, str] = field(default_factory=dict)

    def address(self, **changes: str) -> str:
        """Return the query with some of it changed; an empty value takes a filter away."""
        both = {**self.plain, **changes}
        return "?" + urlencode({name: both[name] for name in NAMES if both.get(name)})

    @property
    def filtered(self) -> bool:
        """Whether anything but the part and the order was chosen."""
        return bool(set(self.plain) - {"show", "sort"})


def asked_of(request: StaffRequest) -> Asked:
    """Read the filters of a list; raises E-FILTER or E-SORT naming what there is, and E-SEARCH."""
    given = request.GET
    for name in given:
        if name not in {*NAMES, "page"}:
            raise _refused("E-FILTER", name, NAMES)
    actor = request.actor
    around = desks.around(actor)
    projects = {str(key): name for key, name in around.projects.items()}
    people = {str(key): name for key, name in around.answering.items()}
    mine = {ME: _("me"), NOBODY: _("nobody yet"), **people, str(actor.account_id): actor.name}
    kinds = dict(options(CaseKind))
    plain = {name: given.get(name, "") for name in NAMES if given.get(name, "")}
    show = _one(plain, "show", [one.value for one in Show]) or Show.OPEN.value
    order = _one(plain, "sort", [one.value for one in Order], code="E-SORT")
    kind = _one(plain, "kind", list(kinds))
    project = _one(plain, "project", list(projects))
    person = _one(plain, "person", list(mine))
    due = _one(plain, "due", ["overdue", "today"])
    wanted = Filter(
        show=Show(show),
        kind=CaseKind(kind) if kind else None,
        project_id=int(project) if project else None,
        person_id=_person(person, actor.account_id),
        nobody=person == NOBODY,
        overdue=due == "overdue",
        today=due == "today",
        repeated=bool(_one(plain, "repeated", ["yes"])),
        warranty=bool(_one(plain, "warranty", ["yes"])),
        restricted=bool(_one(plain, "restricted", ["yes"])) and actor.may(Verb.SEE_RESTRICTED),
        order=Order(order) if order else _usual(Show(show)),
    )
    if "q" in plain:
        wanted = replace(wanted, ids=found(actor, plain["q"], most=FOUND_MOST))
    sorts = {
        Order.DUE.value: _("Due first"),
        Order.NEWEST.value: _("Newest first"),
        Order.OLDEST.value: _("Oldest first"),
        Order.NUMBER.value: _("By number"),
    }
    return Asked(wanted, plain, kinds, projects, mine, sorts, around.views, around.nameable)


def ours_of(query: str) -> str:
    """Return an address as this list writes it: of what was sent, the names that it knows."""
    given = QueryDict(query[:2_000])
    return urlencode({name: given[name] for name in NAMES if given.get(name)})


def _usual(show: Show) -> Order:
    """Return the order of a list for which none was asked: what is due first, else the newest."""
    return Order.DUE if show in {Show.OPEN, Show.VISIT} else Order.NEWEST


def _person(value: str, me: int) -> int | None:
    if value in {"", NOBODY}:
        return None
    return me if value == ME else int(value)


def _one(plain: Mapping[str, str], name: str, known: list[str], code: str = "E-FILTER") -> str:
    value = plain.get(name, "")
    if value in {"", *known}:
        return value
    raise _refused(code, name, known)


def _refused(code: str, name: str, known: list[str] | tuple[str, ...]) -> Problem:
    return Problem(
        code,
        name[:40],
        "This list knows no “{name}” like that. It knows: {known}.",
        "该列表没有这样的“{name}”。可用：{known}。",
        name=name[:40],
        known=", ".join(known[:20]),
    )


def filter_words(asked: Asked) -> tuple[str, ...]:
    """Return what narrows a list, for paper and for the sentence of an empty one."""
    wanted = asked.wanted
    told = (
        asked.projects.get(asked.plain.get("project", "")),
        str(label(wanted.kind)) if wanted.kind else None,
        asked.people.get(asked.plain.get("person", "")),
        pgettext("case", "overdue") if wanted.overdue else None,
        _("due today") if wanted.today else None,
        _("reported again") if wanted.repeated else None,
        _("under warranty") if wanted.warranty else None,
        _("restricted") if wanted.restricted else None,
        asked.plain.get("q"),
    )
    return tuple(one for one in told if one)
