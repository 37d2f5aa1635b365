"""Service levels: what holds now, what comes, what was; a new row; and a trial of an invented call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anju.casework.kinds import EMERGENCY, CaseKind, Severity
from anju.casework.promises import Promised
from anju.casework.settings import read_minutes, spelled
from anju.kernel.pure import dates
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register.access import Actor, Verb, visible_projects
from anju.register.calendars import usual_calendar
from anju.terms import settings as read
from anju.terms.actions import levels as acts
from anju.terms.actions.levels import LevelDraft
from anju.terms.actions.settings import accept_settings
from anju.terms.settings import LevelLine, Tried
from anju.voice.labels import options
from anju.web.declare import StaffRequest, page
from anju.web.operate.casing.words import (
    category_choices,
    level_name,
    minutes_words,
    promised_names,
)
from anju.web.parts.ask import Ask, Gathering, Group, all_refused, asked, given_or, member, ours
from anju.web.parts.form import Field, Refusal, with_problem
from anju.web.parts.steps import moment, step_lines


@dataclass(frozen=True, slots=True)
class Row:
    """A service level as the table shows it; `ends` offers to end it, `undo` to take it back."""

    id: int
    name: str
    times: tuple[tuple[str, str], ...]
    real_time: bool
    since: date
    until: date | None
    ends: bool
    undo: bool
    change: str


@dataclass(frozen=True, slots=True)
class Found:
    """One promise of the trial: what, when, and how it was counted."""

    name: str
    when: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrialShown:
    """The trial as the page shows it; without `found` it was not tried yet."""

    fields: tuple[Field, ...]
    refusals: tuple[Refusal, ...] = ()
    found: tuple[Found, ...] = ()
    start: str = ""


FOREVER = date(2001, 1, 1)  # rows that ship hold from before anybody began


def _row(line: LevelLine, today: date) -> Row:
    times = tuple((name, minutes_words(line.minutes.get(one))) for one, name in promised_names())
    fresh = line.since >= today
    return Row(
        line.id, level_name(line), times, line.real_time, line.since, line.until,
        ends=not line.base and (line.until is None or line.until > today), undo=fresh,
        change=_change(line),
    )  # fmt: skip


def _change(line: LevelLine) -> str:
    """Return the form of a new row that begins with what this one says."""
    said: dict[str, object] = {"kind": line.kind, "severity": line.severity}
    said |= {"category": line.category_id or "", "project": line.project_id or ""}
    said |= {one.value: spelled(many) for one, many in line.minutes.items()}
    said |= {"real_time": "yes"} if line.real_time else {}
    return f"{reverse('case-settings-level-new')}?{urlencode(said)}"


def _rows(lines: Sequence[LevelLine], today: date) -> tuple[Row, ...]:
    order = [kind.value for kind in CaseKind]
    ranked = sorted(lines, key=lambda one: (order.index(one.kind), not one.base, one.id))
    return tuple(_row(line, today) for line in ranked)


def _urgent(line: LevelLine) -> bool:
    return line.severity in {one.value for one in EMERGENCY}


@page(Verb.SET_CASES)
@require_GET
def case_settings(request: StaffRequest) -> HttpResponse:
    now = utc_now()
    today = read.local_day(now)
    lines = read.level_lines(request.actor, today)
    trial = _trial(request, now)
    shown = {
        "names": [name for _one, name in promised_names()],
        "usual": _rows([line for line in lines.now if not _urgent(line)], today),
        "urgent": _rows([line for line in lines.now if _urgent(line)], today),
        "later": _rows(lines.later, today),
        "past": _rows(lines.past, today),
        "forever": FOREVER,
        "fresh": not read.confirmed(request.actor.company_id),
        "trial": trial,
    }
    status = 422 if trial.refusals else 200
    return render(request, "manage/casing/times.html", shown, status=status)


@page(Verb.SET_CASES)
@require_POST
def accept(request: StaffRequest) -> HttpResponse:
    accept_settings(actor=request.actor, at=utc_now())
    messages.success(request, _("The categories and times are in use. Each can be changed here."))
    return redirect("case-settings")


def _trial_fields(given: QueryDict, actor: Actor, now: datetime) -> tuple[Field, ...]:
    zone = usual_calendar(at=now).zone
    categories = (("", _("any")), *category_choices(read.category_lines()))
    start = given.get("start", f"{now.astimezone(zone):%Y-%m-%d %H:%M}")
    kind, severity = given.get("kind", CaseKind.REPAIR.value), given.get("severity", "usual")
    return (
        Field("start", _("The call comes at"), start, most=20),
        Field("kind", pgettext("case settings", "Kind"), kind, kind="select", choices=options(CaseKind)),
        Field("severity", pgettext("case settings", "Severity"), severity, kind="select", choices=options(Severity)),
        Field("category", pgettext("case settings", "Category"), given.get("category", ""), kind="select",
              choices=categories, optional=True),
        Field("project", pgettext("case settings", "Project"), given.get("project", ""), kind="select",
              choices=(("", _("any")), *_projects(actor)), optional=True),
    )  # fmt: skip


def _projects(actor: Actor) -> tuple[tuple[str, str], ...]:
    rows = visible_projects(actor).order_by("name", "id").values_list("id", "name")
    return tuple((str(key), name) for key, name in rows)


def _trial(request: StaffRequest, now: datetime) -> TrialShown:
    given = request.GET
    fields = _trial_fields(given, request.actor, now)
    if "start" not in given:
        return TrialShown(fields)
    try:
        tried = _tried(given, request.actor, usual_calendar(at=now).zone)
        found = read.try_out(tried)
    except Problem as problem:
        return TrialShown(*with_problem(fields, problem, request.LANGUAGE_CODE))
    shown = tuple(
        Found(name, moment(due.instant, found.zone), step_lines(due.steps, found.zone))
        for one, name in promised_names()
        if (due := found.due.get(one)) is not None and due.instant is not None
    )
    return TrialShown(fields, found=shown, start=moment(tried.start, found.zone))


def _tried(given: QueryDict, actor: Actor, zone: ZoneInfo) -> Tried:
    category, project = given.get("category", ""), given.get("project", "")
    known = {line.id for line in read.category_lines()}
    projects = {int(key) for key, _name in _projects(actor)}
    return Tried(
        member(CaseKind, given.get("kind", ""), "kind").value,
        member(Severity, given.get("severity", ""), "severity").value,
        ours(category, known, "category") if category else None,
        ours(project, projects, "project") if project else None,
        dates.instant(given.get("start", ""), "start", zone),
    )


def _level_fields(given: QueryDict, actor: Actor, today: date) -> tuple[Group, ...]:
    anything = (("", _("any")),)
    said = {name: str(given.get(name, "")) for name in given}
    kept: Mapping[str, str] = {"since": today.isoformat(), **said}
    hint = _("Minutes or hours, for example 30, 8h or 1h30. Empty: not promised.")
    times = tuple(
        Field(one.value, name, kept.get(one.value, ""), hint=hint if not place else "",
              optional=True, most=20)
        for place, (one, name) in enumerate(promised_names())
    )  # fmt: skip
    severities = tuple(pair for pair in options(Severity) if pair[0] != Severity.USUAL)
    return (
        Group((
            Field("kind", pgettext("case settings", "Kind"), kept.get("kind", ""), kind="select",
                  choices=options(CaseKind)),
            Field("severity", pgettext("case settings", "Severity"), kept.get("severity", ""), kind="select",
                  choices=(*anything, *severities), optional=True),
            Field("category", pgettext("case settings", "Category"), kept.get("category", ""), kind="select",
                  choices=(*anything, *category_choices(read.category_lines())), optional=True),
            Field("project", pgettext("case settings", "Project"), kept.get("project", ""), kind="select",
                  choices=(*anything, *_projects(actor)), optional=True),
        ), _("What it is for"), _("The nearest row wins: project before category before severity.")),
        Group((
            *times,
            Field("real_time", _("Real minutes, day and night, as for an emergency"),
                  kept.get("real_time", ""), kind="check"),
            Field("since", _("Holds from"), kept.get("since", ""), kind="date"),
        ), _("What is promised")),
    )  # fmt: skip


@page(Verb.SET_CASES)
@require_http_methods(["GET", "POST"])
def new_level(request: StaffRequest) -> HttpResponse:
    now = utc_now()
    today = read.local_day(now)
    groups = _level_fields(given_or(request, request.GET), request.actor, today)
    ask = Ask(
        _("New service level"),
        _("Save service level"),
        reverse("case-settings"),
        _("Rules for cases"),
        _(
            "It ends the row that holds for the same until then. Cases that came before keep theirs."
        ),
    )
    gathering = Gathering()
    draft = _draft(request, gathering, today) if request.method == "POST" else None
    if gathering.problems:
        groups, refusals = all_refused(groups, gathering.problems, request.LANGUAGE_CODE)
        shown = {"ask": ask, "groups": groups, "refusals": refusals, "title": ask.title}
        return render(request, ask.template, shown, status=422)

    def act() -> str:
        assert draft is not None
        acts.add_level(actor=request.actor, draft=draft, at=now)
        messages.success(request, _("The service level was saved."))
        return reverse("case-settings")

    return asked(request, ask, groups, act)


def _draft(request: StaffRequest, gathering: Gathering, today: date) -> LevelDraft:
    sent = request.POST
    minutes = {
        one: many
        for one in Promised
        if (many := _minutes(gathering, sent.get(one.value, ""), one.value)) is not None
    }
    severity, category, project = (
        sent.get(name, "") for name in ("severity", "category", "project")
    )
    known = {line.id for line in read.category_lines()}
    projects = {int(key) for key, _name in _projects(request.actor)}
    read_one = gathering.read
    return LevelDraft(
        kind=read_one(lambda: member(CaseKind, sent.get("kind", ""), "kind"), CaseKind.REPAIR),
        minutes=minutes,
        since=read_one(lambda: dates.day(sent.get("since", ""), "since"), today),
        severity=read_one(lambda: member(Severity, severity, "severity"), None)
        if severity
        else None,
        category_id=read_one(lambda: ours(category, known, "category"), 0) if category else None,
        project_id=read_one(lambda: ours(project, projects, "project"), 0) if project else None,
        real_time=bool(sent.get("real_time")),
    )


def _minutes(gathering: Gathering, text: str, field: str) -> int | None:
    return gathering.read(lambda: read_minutes(text, field), None)


@page(Verb.SET_CASES)
@require_POST
def end(request: StaffRequest, level_id: int) -> HttpResponse:
    acts.end_level(actor=request.actor, level_id=level_id, at=utc_now())
    messages.success(request, _("The row has ended. The more general one holds again."))
    return redirect("case-settings")


@page(Verb.SET_CASES)
@require_POST
def take_back(request: StaffRequest, level_id: int) -> HttpResponse:
    acts.take_back_level(actor=request.actor, level_id=level_id, at=utc_now())
    messages.success(request, _("The row was taken back. The one before it holds on."))
    return redirect("case-settings")
