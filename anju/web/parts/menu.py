"""The menu of a role: which lines, in which order, what waits behind them, and what does not fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from anju.aftercare import visits
from anju.improve.clock import today_of
from anju.improve.waiting import waiting_count
from anju.kernel.at_once import Part, at_once
from anju.kernel.pure.clock import utc_now
from anju.notify.queries import unread_count
from anju.register.access import Actor, Role, Verb
from anju.register.queries import company_named
from anju.voice import listed, lists

MOST_LINES = 7
# Pages that stand elsewhere and belong to a line of the menu all the same.
BESIDE = {
    "cases": ("/desk/bundles/", "/desk/places/"),
    "visits": ("/desk/grievances/",),
    "my-jobs": ("/field/",),
    "projects": ("/manage/register/", "/manage/calendar/", "/desk/homes/"),
    "surveys": ("/desk/paper/",),  # where paper has no line of its own
    "health": ("/manage/jobs/",),  # where the background work has none
}
# What goes into the menu of the account where the seven lines are full, the first of it first.
LESS = ("case-settings", "jobs", "paper-waves", "visits", "questionnaires", "reviews")
GROUND = frozenset({Role.STEWARD, Role.WORKER})


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu."""

    label: str
    address: str
    icon: str
    key: str
    current: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """What a line of the menu is before it is written: who may, where, its sign and its key."""

    verb: Verb
    label: str
    name: str
    icon: str
    key: str


def _every() -> tuple[Line, ...]:
    return (
        Line(Verb.SEE_CASES, _("Cases"), "cases", "message-circle", "c"),
        Line(Verb.WORK_CASES, _("My jobs"), "my-jobs", "list-check", "j"),
        Line(Verb.VISIT_CASES, pgettext("menu", "Return visits"), "visits", "phone", "v"),
        Line(Verb.REVIEW_CASES, _("Reviews"), "reviews", "calendar", "r"),
        Line(Verb.SEE_SURVEYS, _("Surveys"), "surveys", "chart-bar", "s"),
        Line(Verb.SEE_FINDINGS, _("Findings"), "findings", "target", "f"),
        Line(Verb.EDIT_SURVEYS, _("Questionnaires"), "questionnaires", "clipboard-list", "q"),
        Line(Verb.SEE_REGISTER, _("Projects"), "projects", "building", "p"),
        Line(Verb.ENTER_PAPER, _("Paper forms"), "paper-waves", "edit", "n"),
        Line(Verb.SET_CASES, _("Rules for cases"), "case-settings", "settings", "k"),
        Line(Verb.IMPORT_ANSWERS, _("Background work"), "jobs", "refresh", "b"),
        Line(Verb.SEE_HISTORY, _("History"), "history", "history", "h"),
        Line(Verb.MANAGE_PEOPLE, _("People"), "people", "users", "e"),
        Line(Verb.SEE_HEALTH, _("Health"), "health", "heart-rate-monitor", "i"),
    )


def _allowed(verbs: frozenset[Verb], role: Role, *, own: bool) -> list[Line]:
    """Return the lines of a role; who works on the ground has her jobs, who only repairs no list."""
    out = {"cases"} if role is Role.WORKER or own else set()
    if role not in GROUND:
        out.add("my-jobs")
    if Verb.EDIT_SURVEYS in verbs:  # who plans a survey finds its paper forms on its own page
        out.add("paper-waves")
    return [line for line in _every() if line.verb in verbs and line.name not in out]


@lru_cache(maxsize=128)
def _hers(
    verbs: frozenset[Verb], role: Role, _language: str, *, own: bool
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Return the lines of a role, at most seven, and what stands in the account's menu instead.

    The language is part of what is remembered; the words are read in the one that is active.
    """
    lines = _allowed(verbs, role, own=own)
    less: list[Line] = []
    for name in LESS:
        if len(lines) <= MOST_LINES and name != LESS[0]:
            break
        less += [line for line in lines if line.name == name]
        lines = [line for line in lines if line.name != name]
    return tuple(lines), tuple(less)


@lru_cache(maxsize=64)
def verbs_of(role: Role, *, own: bool) -> frozenset[Verb]:
    """Return what a role holds in the table of rights, as `Actor.may` says of each verb."""
    some = Actor(0, 0, role, "", own=own)
    return frozenset(verb for verb in Verb if some.may(verb))


@lru_cache(maxsize=256)
def _address(name: str, _prefix: str) -> str:
    # Where the product is served under a prefix, that is part of what is remembered.
    return reverse(name)


def _at(name: str) -> str:
    return _address(name, get_script_prefix())


def _lines_of(actor: Actor) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    verbs = verbs_of(actor.role, own=actor.own)
    return _hers(verbs, actor.role, get_language() or "", own=actor.own)


def menu_of(
    actor: Actor, here: str, waiting: Mapping[str, int]
) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Return the menu of a role, at most seven lines, and what stands in the account's menu instead.

    `waiting` is how much waits behind each line, see `waiting_of`.
    """
    lines, less = _lines_of(actor)
    at = _line_of(here, [line.name for line in lines])
    return (
        tuple(_entry(line, waiting, current=line.name == at) for line in lines),
        tuple(_entry(line, waiting) for line in less),
    )


def _entry(line: Line, waiting: Mapping[str, int], *, current: bool = False) -> Entry:
    count = waiting.get(line.name, 0)
    return Entry(line.label, _at(line.name), line.icon, line.key, current, count)


def _line_of(here: str, names: Sequence[str]) -> str:
    """Return the line of the menu that a page belongs to; its own line goes before a neighbour's."""
    own = [name for name in names if here.startswith(_at(name))]
    beside = [name for name in names if here.startswith(BESIDE.get(name, ("?",)))]
    return next(iter([*own, *beside]), "")


def _overdue(actor: Actor) -> Part[int]:
    return listed.count(actor, lists.Filter(overdue=True), at=utc_now())


def _mine(actor: Actor) -> Part[int]:
    return listed.count(actor, lists.Filter(person_id=actor.account_id), at=utc_now())


def _owed(actor: Actor) -> Part[int]:
    return visits.owed_count(actor, at=utc_now())


UNREAD = "unread"  # no line of the menu: the bell beside it
COUNTS: Mapping[str, Callable[[Actor], Part[int]]] = {
    "cases": _overdue,
    "my-jobs": _mine,
    "visits": _owed,
    "findings": lambda actor: waiting_count(actor, today_of(utc_now())),
    UNREAD: unread_count,
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits behind the lines of a menu, by their names; and the company's name above them."""

    company: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)


def waiting_of(actor: Actor, known: Mapping[str, int]) -> Waiting:
    """Return what the menu of every page says of its reader's company, by one statement.

    `known` is what the page has counted already, by the line that shows it.
    """
    names = (*(line.name for lines in _lines_of(actor) for line in lines), UNREAD)
    wanted = {name: COUNTS[name](actor) for name in names if name in COUNTS and name not in known}
    named, *found = at_once(company_named(actor.company_id), *wanted.values())
    counts = {**known, **dict(zip(wanted, found, strict=True))}
    return Waiting(next((str(name) for (name,) in named), ""), counts)
