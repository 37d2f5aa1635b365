"""The work list: chips, filters, one's own lists, a table by the page, and the same for paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from anju.intake import desks
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register.access import Actor, Verb
from anju.voice import lists
from anju.voice.actions import keeping
from anju.voice.lists import CaseLine, Filter, Show
from anju.web.declare import StaffRequest, page
from anju.web.desk.cases.asking import ME, Asked, asked_of, filter_words, ours_of
from anju.web.desk.cases.words import (
    by_when,
    code_of,
    due_sign,
    promise_words,
    signs_of,
    state_sign,
    title_of,
    turn_of,
    when,
)
from anju.web.parts.pieces import Column, Empty, Sign, Turn

PAPER_MOST = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the work list, already in words."""

    line: CaseLine
    code: str
    title: str
    address: str
    signs: tuple[Sign, ...]
    state: Sign
    turn: Turn
    promise: str
    due: str
    late: Sign | None


@dataclass(frozen=True, slots=True)
class Chip:
    """One of the lists that everybody has; a count of 1,001 is told as 1,000+."""

    label: str
    address: str
    on: bool
    count: str = ""


def rows_of(lines: tuple[CaseLine, ...], at: datetime) -> tuple[Row, ...]:
    """Return cases as the work list shows them."""
    return tuple(
        Row(
            line, code_of(line.number), title_of(line), reverse("case", args=[line.id]),
            signs_of(line, row=True), state_sign(line), turn_of(line), promise_words(line),
            by_when(line.due_at), due_sign(line, at),
        )
        for line in lines
    )  # fmt: skip


VIEWS: tuple[tuple[str, dict[str, str], Filter | None], ...] = (
    ("open", {}, Filter()),
    ("mine", {"person": ME}, None),
    ("overdue", {"due": "overdue"}, Filter(overdue=True)),
    ("today", {"due": "today"}, Filter(today=True)),
    ("repeated", {"repeated": "yes"}, None),
    ("warranty", {"warranty": "yes"}, None),
    ("visit", {"show": "visit"}, Filter(show=Show.VISIT)),
    ("settled", {"show": "settled"}, None),
)


def _chips(request: StaffRequest, asked: Asked, at: datetime) -> tuple[Chip, ...]:
    names = {
        "open": _("All open"), "mine": pgettext("case", "Mine"), "overdue": pgettext("case", "Overdue"),
        "today": _("Due today"), "repeated": _("Reported again"), "warranty": _("Under warranty"),
        "visit": _("Owner to be asked"), "settled": _("Settled"),
    }  # fmt: skip
    me = request.actor.account_id
    wanted = [(name, one) for name, _given, one in VIEWS if one is not None]
    counts = lists.counted(request.actor, [*wanted, ("mine", Filter(person_id=me))], at=at)
    kept = {name: value for name, value in asked.plain.items() if name in {"project", "kind"}}
    narrowed = {name: value for name, value in asked.plain.items() if name not in {*kept, "sort"}}
    found = []
    for name, given, _one in VIEWS:
        address = Asked(asked.wanted, {**kept, **given}, {}, {}, {}).address()
        count = counts.get(name)
        told = "" if count is None else "1,000+" if count > 1_000 else str(count)
        found.append(Chip(names[name], address, narrowed == given, "" if kept else told))
    return tuple(found)


def _columns(asked: Asked) -> tuple[Column, ...]:
    order = asked.wanted.order

    def sorts(title: str, one: lists.Order, way: str) -> Column:
        return Column(title, asked.address(sort=one.value), way if order is one else "")

    return (
        sorts(_("Number"), lists.Order.NUMBER, "ascending"),
        Column(_("Where")),
        Column(pgettext("case", "What")),
        Column(_("Stage")),
        Column(_("Whose turn")),
        sorts(_("Next promise"), lists.Order.DUE, "ascending"),
        Column(_("Late or left")),
        Column(_("Times"), number=True),
        Column(pgettext("case", "Responsible")),
    )


def _ways(actor: Actor) -> tuple[tuple[str, str], ...]:
    """Return where the pages beside the list are, for whom they are."""
    every = (
        (Verb.SEE_CASES, _("Faults that many report"), "bundles"),
        (Verb.STEER_CASES, _("Codes to report by"), "case-places"),
        (Verb.REVIEW_CASES, _("Open grievances"), "grievances"),
        (Verb.STEER_CASES, _("Links for firms"), "tickets"),
    )
    return tuple((title, reverse(name)) for verb, title, name in every if actor.may(verb))


def _empty(asked: Asked) -> Empty:
    everything = reverse("cases")
    if asked.filtered and not (asked.wanted.overdue and len(asked.plain) == 1):
        told = _("Narrowed by: %s.") % _(", ").join(filter_words(asked))
        title = _("No case fits these filters")
        return Empty(title, told, "adjustments-horizontal", _("Clear filters"), everything)
    if asked.wanted.overdue:
        sentence = _("Every open promise can still be kept.")
        return Empty(_("Nothing is overdue"), sentence, "circle-check", _("All open"), everything)
    return Empty(
        _("No case here"),
        _("What owners say by phone, at the desk, by link or to a colleague becomes a case here."),
        "inbox",
    )


@page(Verb.SEE_CASES)
@require_GET
def cases(request: StaffRequest) -> HttpResponse:
    at, asked = utc_now(), asked_of(request)
    rows = lists.chosen(request.actor, asked.wanted, at=at)
    found = lists.page_of(rows, asked.wanted.order, cursor=request.GET.get("page", ""))
    keep = asked.address()[1:]
    shown = {
        "asked": asked,
        "plain": asked.plain,
        "chips": _chips(request, asked, at),
        "columns": _columns(asked),
        "rows": rows_of(lists.lines(found.rows), at),
        "page": found,
        "keep": f"{keep}&" if keep else "",
        "empty": _empty(asked),
        "views": desks.views_of(request.actor),
        "query": keep,
        "people": desks.nameable(request.actor) if request.actor.may(Verb.STEER_CASES) else {},
        "key": token_urlsafe(16),
        "ways": _ways(request.actor),
        "may_restricted": request.actor.may(Verb.SEE_RESTRICTED),
    }
    return render(request, "desk/cases/list.html", shown)


@page(Verb.SEE_CASES)
@require_GET
def table(request: StaffRequest) -> HttpResponse:
    at, asked = utc_now(), asked_of(request)
    rows = lists.chosen(request.actor, asked.wanted, at=at)
    found = lists.page_of(rows, asked.wanted.order, size=PAPER_MOST)
    shown = {
        "rows": rows_of(lists.lines(found.rows), at),
        "page": found,
        "columns": [column.label for column in _columns(asked)],
        "filters": filter_words(asked),
        "at": when(at),
        "back": reverse("cases") + asked.address(),
    }
    return render(request, "desk/cases/table.html", shown)


@page(Verb.SEE_CASES)
@require_POST
def keep_view(request: StaffRequest) -> HttpResponse:
    query = ours_of(request.POST.get("query", ""))
    try:
        kept = keeping.keep_view(
            actor=request.actor, name=request.POST.get("name", ""), query=query, at=utc_now()
        )
        messages.success(request, _("“%s” is kept among your lists.") % kept.name)
    except Problem as problem:
        messages.error(request, problem.text(request.LANGUAGE_CODE))
    return redirect(f"{reverse('cases')}?{query}" if len(query) <= keeping.QUERY_MOST else "cases")


@page(Verb.SEE_CASES)
@require_POST
def drop_view(request: StaffRequest, view_id: int) -> HttpResponse:
    name = keeping.drop_view(actor=request.actor, view_id=view_id)
    messages.success(request, _("“%s” was removed from your lists.") % name)
    return redirect("cases")
