"""The tree of categories: names in both languages, words with weights, evidence, guarantee."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anju.casework.kinds import CaseKind, Evidence, Spot
from anju.casework.learned import LEAST_CASES
from anju.casework.settings import read_words, written
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.numbers import whole
from anju.register.access import Verb
from anju.terms import settings as read
from anju.terms.actions import settings as acts
from anju.terms.actions.settings import CategoryDraft
from anju.terms.settings import CategoryLine
from anju.voice.labels import label, options
from anju.voice.learned import learned_now
from anju.web.declare import StaffRequest, page
from anju.web.operate.casing.words import category_choices, named
from anju.web.parts.ask import Ask, Group, asked, given_or, kept_values, member, ours
from anju.web.parts.edited import edited, seen_version
from anju.web.parts.form import Field

both = require_http_methods(["GET", "POST"])
WORDS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Node:
    """A category as the list shows it."""

    id: int
    deep: int
    name: str
    other: str
    kind: str
    evidence: str
    words: str
    more: int
    warranty: int | None


def _node(line: CategoryLine) -> Node:
    words = list(line.words)
    return Node(
        line.id, line.deep, named(line.zh, line.en), named(line.en, line.zh),
        str(label(CaseKind(line.kind))) if line.kind else "",
        "" if line.evidence == Evidence.NONE else str(label(Evidence(line.evidence))),
        _(", ").join(words[:WORDS_SHOWN]), max(0, len(words) - WORDS_SHOWN), line.warranty_months,
    )  # fmt: skip


@page(Verb.SET_CASES)
@require_GET
def categories(request: StaffRequest) -> HttpResponse:
    lines = read.category_lines(retired=True)
    shown = {
        "live": [_node(line) for line in read.category_lines()],
        "retired": [_node(line) for line in lines if line.retired],
        "learned": _learned(),
    }
    return render(request, "manage/casing/categories.html", shown)


def _learned() -> str:
    """Say what the company's own cases have taught, with the base on which that was measured."""
    found = learned_now(today=utc_now().date())
    if found is None:
        least = {"n": LEAST_CASES}
        return _("From %(n)s sorted cases on, a guess is also learned from your own.") % least
    said = {
        "trained": found.trained, "held": found.held, "spoken": found.spoken,
        "right": f"{100 * (found.precision or 0):.0f} %",
        "low": f"{100 * found.low:.0f}", "high": f"{100 * found.high:.0f} %",
    }  # fmt: skip
    if not found.spoken:
        words = _(
            "Learned from %(trained)s cases; of the %(held)s later ones it dared none. Silent."
        )
    elif found.speaks:
        words = _(
            "Learned from %(trained)s cases. Of %(spoken)s guesses among the %(held)s later ones,"
            " %(right)s were right (%(low)s–%(high)s). It speaks where the words above are silent."
        )
    else:
        words = _(
            "Learned from %(trained)s cases. Of %(spoken)s guesses among the %(held)s later ones,"
            " %(right)s were right (%(low)s–%(high)s). Too few or too often wrong: it is silent."
        )
    return words % said


def _groups(given: QueryDict, own: int | None) -> tuple[Group, ...]:
    lines = tuple(line for line in read.category_lines() if line.id != own and line.deep < 2)
    value = given.get
    top, every = (("", _("none: at the top")),), (("", _("any")),)
    return (
        Group((
            Field("zh", _("Name in Chinese"), value("zh", ""), most=acts.NAME_ZH),
            Field("en", _("Name in English"), value("en", ""), most=acts.NAME_EN),
            Field("parent", pgettext("case settings", "Below"), value("parent", ""), kind="select",
                  choices=(*top, *category_choices(lines)), optional=True),
        )),
        Group((
            Field("kind", pgettext("case settings", "Usually a"), value("kind", ""), kind="select",
                  choices=(*every, *options(CaseKind)), optional=True),
            Field("spot", pgettext("case settings", "Where"), value("spot", Spot.ANY.value), kind="select",
                  choices=options(Spot)),
            Field("evidence", _("Photos that it asks for"), value("evidence", Evidence.NONE.value),
                  kind="select", choices=options(Evidence)),
            Field("warranty", _("Months of guarantee"), value("warranty", ""), optional=True,
                  inputmode="numeric", most=3),
            Field("words", _("Words that point to it"), value("words", ""), kind="area", rows=6,
                  optional=True,
                  hint=_("One a line. A number behind it is its weight, 1 without: pressure 0.8")),
        ), _("How it is recognised and what it asks for")),
    )  # fmt: skip


def _draft(sent: QueryDict) -> CategoryDraft:
    parent, kind, warranty = (sent.get(name, "") for name in ("parent", "kind", "warranty"))
    known = {line.id for line in read.category_lines()}
    return CategoryDraft(
        zh=sent.get("zh", ""),
        en=sent.get("en", ""),
        parent_id=ours(parent, known, "parent") if parent else None,
        kind=member(CaseKind, kind, "kind") if kind else None,
        spot=member(Spot, sent.get("spot", ""), "spot"),
        evidence=member(Evidence, sent.get("evidence", ""), "evidence"),
        words=read_words(sent.get("words", ""), "words"),
        warranty_months=whole(warranty, "warranty", high=600) if warranty.strip() else None,
    )


def _ask(title: str) -> Ask:
    there = reverse("case-settings-categories")
    return Ask(title, _("Save category"), there, pgettext("tab", "Categories"))


@page(Verb.SET_CASES)
@both
def new_category(request: StaffRequest) -> HttpResponse:
    def act() -> str:
        acts.save_category(actor=request.actor, draft=_draft(request.POST), at=utc_now())
        messages.success(request, _("The category was saved."))
        return reverse("case-settings-categories")

    groups = _groups(given_or(request, request.GET), None)
    return asked(request, _ask(_("New category")), groups, act)


@page(Verb.SET_CASES)
@both
def category(request: StaffRequest, category_id: int) -> HttpResponse:
    row = read.category_for(request.actor, category_id, Verb.SET_CASES)
    kept = kept_values(
        {
            "zh": row.zh, "en": row.en, "parent": row.parent_id, "kind": row.kind,
            "spot": row.spot, "evidence": row.evidence, "warranty": row.warranty_months,
            "words": written(row.words), "version": row.version,
        },
        {},
    )  # fmt: skip

    def act() -> str:
        acts.save_category(
            actor=request.actor,
            draft=_draft(request.POST),
            at=utc_now(),
            category_id=category_id,
            version=seen_version(request.POST),
        )
        messages.success(request, _("The category was saved."))
        return reverse("case-settings-categories")

    ask = replace(_ask(named(row.zh, row.en)), intro=_("Its code for programs: %s") % row.code)
    return edited(request, ask, lambda given: _groups(given, category_id), kept, act)


@page(Verb.SET_CASES)
@require_POST
def move(request: StaffRequest, category_id: int) -> HttpResponse:
    up = request.POST.get("to") == "up"
    acts.move_category(actor=request.actor, category_id=category_id, up=up, at=utc_now())
    return redirect("case-settings-categories")


@page(Verb.SET_CASES)
@require_POST
def retire(request: StaffRequest, category_id: int) -> HttpResponse:
    acts.retire_category(actor=request.actor, category_id=category_id, at=utc_now())
    messages.success(
        request, _("The category is offered no more. Below the list you bring it back.")
    )
    return redirect("case-settings-categories")


@page(Verb.SET_CASES)
@require_POST
def bring_back(request: StaffRequest, category_id: int) -> HttpResponse:
    acts.bring_back_category(actor=request.actor, category_id=category_id, at=utc_now())
    messages.success(request, _("The category is offered again."))
    return redirect("case-settings-categories")
