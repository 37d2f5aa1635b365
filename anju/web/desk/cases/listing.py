"""The work list: chips, filters, one's own lists, a table by the page, and the same for paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from secrets import token_urlsafe

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from anju.kernel.paging import COUNTED
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register.access import Actor, Verb
from anju.voice import listed, lists
from anju.voice.actions import keeping
from anju.voice.counts import open_counts
from anju.web.declare import StaffRequest, page
from anju.web.desk.cases.asking import ME, Asked, asked_of, filter_words, ours_of
from anju.web.desk.cases.drawn import drawn
from anju.web.desk.cases.words import when
from anju.web.parts.pieces import Column, Empty

PAPER_MOST = 200


@dataclass(frozen=True, slots=True)
class Chip:
    """One of the lists that everybody has; a count of 1,001 is told as 1,000+."""

    label: str
    address: str
    on: bool
    count: str = ""


VIEWS: tuple[tuple[str, dict[str, str]], ...] = (
    ("open", {}),
    ("mine", {"person": ME}),
    ("overdue", {"due": "overdue"}),
    ("today", {"due": "today"}),
    ("repeated", {"repeated": "yes"}),
    ("warranty", {"warranty": "yes"}),
    ("visit", {"show": "visit"}),
    ("settled", {"show": "settled"}),
)
WITHIN = frozenset({"project", "kind"})  # filters that every one of these lists keeps


def _counts(request: StaffRequest, asked: Asked, at: datetime) -> Mapping[str, int]:
    """Return how many cases the lists hold that everybody has; none where a filter narrows them all.

    The menu, which is drawn after the page, is told what was counted here.
    """
    if WITHIN & set(asked.plain):
        return {}
    found = open_counts(request.actor, at=at)
    request.overdue = found.overdue
    return asdict(found)


def _chips(asked: Asked, counts: Mapping[str, int]) -> tuple[Chip, ...]:
    names = {
        "open": _("All open"), "mine": pgettext("case", "Mine"), "overdue": pgettext("case", "Overdue"),
        "today": _("Due today"), "repeated": _("Reported again"), "warranty": _("Under warranty"),
        "visit": _("Owner to be asked"), "settled": _("Settled"),
    }  # fmt: skip
    kept = {name: value for name, value in asked.plain.items() if name in WITHIN}
    narrowed = {name: value for name, value in asked.plain.items() if name not in {*kept, "sort"}}
    found = []
    for name, given in VIEWS:
        address = Asked(asked.wanted, {**kept, **given}, {}, {}, {}).address()
        count = counts.get(name)
        told = "" if count is None else "1,000+" if count > COUNTED else str(count)
        found.append(Chip(names[name], address, narrowed == given, told))
    return tuple(found)


def _known(asked: Asked, counts: Mapping[str, int]) -> int | None:
    """Return how many cases the list holds that is asked for, where it is one that was counted."""
    narrowed = {name: value for name, value in asked.plain.items() if name != "sort"}
    return next(
        (counts[name] for name, given in VIEWS if name in counts and given == narrowed), None
    )


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


def _choices(asked: Asked) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return what each filter offers, as a page keeps it."""
    offered = {
        "projects": asked.projects, "kinds": asked.kinds, "people": asked.people, "sorts": asked.sorts,
    }  # fmt: skip
    return {name: tuple(choices.items()) for name, choices in offered.items()}


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
    counts = _counts(request, asked, at)
    found = listed.page(
        request.actor,
        asked.wanted,
        at=at,
        cursor=request.GET.get("page", ""),
        known=_known(asked, counts),
    )
    keep = asked.address()[1:]
    people = asked.nameable if request.actor.may(Verb.STEER_CASES) else {}
    shown = {
        "asked": asked,
        "plain": asked.plain,
        "chips": _chips(asked, counts),
        "columns": _columns(asked),
        "rows": found.rows,
        "drawn": drawn(found.rows, at, choose=bool(people), projects=len(asked.projects) > 1),
        "page": found,
        "keep": f"{keep}&" if keep else "",
        "empty": _empty(asked),
        "views": asked.views,
        "query": keep,
        "people": tuple(people.items()),
        "choices": _choices(asked),
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
        "rows": found.rows,
        "drawn": drawn(found.rows, at),
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
