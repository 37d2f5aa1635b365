"""The list of faults, one fault with its cases, and what is done to all of them at once."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anju.intake.actions import faults
from anju.intake.bundles import BundleLine, BundlePage, bundle_for, bundle_lines, bundle_page
from anju.intake.duplicates import ClusterLine, clusters_seen
from anju.kernel.pure import dates
from anju.kernel.pure.clock import utc_now
from anju.register.access import Verb
from anju.voice.access import case_for
from anju.voice.actions.storing import Edition
from anju.voice.labels import label
from anju.web.declare import StaffRequest, page
from anju.web.parts.ask import Ask, Group, ours
from anju.web.parts.edited import edited, seen_version
from anju.web.parts.form import Field
from anju.web.parts.pieces import Empty


def _words(zh: str, en: str) -> str:
    return zh if (get_language() or "").startswith("zh") else en


@dataclass(frozen=True, slots=True)
class Shown:
    """A line with its name in the reader's language."""

    one: BundleLine | ClusterLine
    title: str


@page(Verb.SEE_CASES)
@require_GET
def bundles(request: StaffRequest) -> HttpResponse:
    lines = [Shown(one, _words(one.zh, one.en)) for one in bundle_lines(request.actor)]
    found = clusters_seen(request.actor, utc_now())
    empty = Empty(
        _("No fault that many report"),
        _("Five homes of a building that report the same within half an hour become one fault."),
        icon="users",
    )
    shown = {
        "lines": lines, "empty": empty,
        "clusters": [Shown(one, _words(one.zh, one.en)) for one in found],
    }  # fmt: skip
    return render(request, "desk/faults/list.html", shown)


@page(Verb.SEE_CASES)
@require_GET
def bundle(request: StaffRequest, bundle_id: int) -> HttpResponse:
    found = bundle_page(request.actor, bundle_id)
    rows = [(one, str(label(one.state))) for one in found.members]
    shown = {"found": found, "title": _title(found), "rows": rows, "back": reverse("bundles")}
    shown["steers"] = request.actor.may(Verb.STEER_CASES)
    return render(request, "desk/faults/one.html", shown)


def _title(found: BundlePage) -> str:
    same = found.title == found.zh
    return _words(found.zh, found.en) if same else found.title


@page(Verb.STEER_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def news(request: StaffRequest, bundle_id: int) -> HttpResponse:
    bundle_for(request.actor, bundle_id, Verb.STEER_CASES)
    found = bundle_page(request.actor, bundle_id)

    def form(given: QueryDict) -> tuple[Group, ...]:
        hint = _("Such as: water is back by 16:00. Sent once to each of the owners.")
        when = _("Such as 2026-11-20 16:00. Empty where nobody knows yet.")
        return (
            Group((
                Field("words", _("What they are told"), given.get("words", ""), hint, most=200),
                Field("expected", pgettext("intake", "Expected over by"), given.get("expected", ""), when, optional=True, most=20),
            )),
        )  # fmt: skip

    def act() -> str:
        written = request.POST.get("expected", "").strip()
        zone = ZoneInfo(settings.TIME_ZONE)
        until = dates.instant(written, "expected", zone) if written else None
        told = faults.News(request.POST.get("words", ""), until)
        reached = faults.tell_all(
            actor=request.actor, bundle_id=bundle_id, version=seen_version(request.POST),
            news=told, at=utc_now(),
        )  # fmt: skip
        messages.success(request, _("Told to %(n)s cases, each owner once.") % {"n": reached})
        return reverse("bundle", args=[bundle_id])

    ask = Ask(
        _("Tell all of them"), pgettext("intake", "Tell all"), reverse("bundle", args=[bundle_id]), _title(found),
        intro=_("%(n)s cases are open.") % {"n": found.left},
    )  # fmt: skip
    return edited(request, ask, form, _kept(found), act)


def _kept(found: BundlePage) -> QueryDict:
    kept = QueryDict(mutable=True)
    kept["version"] = str(found.version)
    if found.expected_at is not None:
        kept["expected"] = f"{timezone.localtime(found.expected_at):%Y-%m-%d %H:%M}"
    return kept


@page(Verb.STEER_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: StaffRequest, bundle_id: int) -> HttpResponse:
    found = bundle_page(request.actor, bundle_id)
    me = request.actor.account_id
    people = [(str(one), name) for one, name, _role in found.people if one != me]

    def form(given: QueryDict) -> tuple[Group, ...]:
        words = _("Every owner reads it and can say whether it is solved.")
        return (
            Group((
                Field("by", _("Who did the work"), given.get("by", ""), kind="select", choices=people),
                Field("cause", pgettext("intake", "Cause"), given.get("cause", ""), most=500),
                Field("words", _("What the owners read"), given.get("words", ""), words, kind="area", rows=3),
            )),
        )  # fmt: skip

    def act() -> str:
        by = ours(request.POST.get("by", ""), {int(one) for one, _name in people}, "by")
        over = faults.Over(by, request.POST.get("cause", ""), request.POST.get("words", ""))
        left = faults.end_fault(
            actor=request.actor, bundle_id=bundle_id, version=seen_version(request.POST),
            over=over, at=utc_now(),
        )  # fmt: skip
        messages.success(request, _("The fault is over; its owners are told."))
        if left:
            messages.info(request, _("%(n)s cases are still being closed.") % {"n": left})
        return reverse("bundle", args=[bundle_id])

    ask = Ask(
        pgettext("intake", "End the fault"), _("End it and tell all"), reverse("bundle", args=[bundle_id]),
        _title(found), intro=_("%(n)s cases are open.") % {"n": found.left},
    )  # fmt: skip
    return edited(request, ask, form, _kept(found), act)


@page(Verb.STEER_CASES)
@require_POST
def leave(request: StaffRequest, case_id: int) -> HttpResponse:
    before = case_for(request.actor, case_id, Verb.STEER_CASES).bundle_id
    edition = Edition(case_id, seen_version(request.POST))
    case = faults.leave(actor=request.actor, edition=edition, at=utc_now())
    messages.success(request, _("No. %(n)s goes on alone.") % {"n": case.number})
    return redirect("bundle", before) if before else redirect("bundles")
