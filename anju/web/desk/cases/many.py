"""Many cases at once: given to somebody, with an undo of the whole, or their people reminded."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from anju.intake import desks
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register.access import Verb
from anju.voice.actions import many
from anju.voice.actions.handling import Named
from anju.web.declare import StaffRequest, page
from anju.web.desk.cases.asking import ours_of
from anju.web.parts.ask import ours

KEPT = "cases-given"  # in the session: what was given last, so that it can be taken back
NUMBER_MOST = 18


def ids_of(request: StaffRequest) -> list[int]:
    """Return the cases that were chosen: ticked one by one, or named in one field with commas.

    What is no number stands as 0, under which there is no case, so that the act is refused with it.
    """
    given = [*request.POST.getlist("case"), *request.POST.get("ids", "").split(",")]
    named = [one.strip() for one in given if one.strip()]
    return [
        int(one) if one.isascii() and one.isdigit() and len(one) <= NUMBER_MOST else 0
        for one in named
    ]


def _back(request: StaffRequest) -> str:
    query = ours_of(request.POST.get("query", ""))
    return reverse("cases") + (f"?{query}" if query else "")


@page(Verb.STEER_CASES)
@require_POST
def chosen(request: StaffRequest) -> HttpResponse:
    ids = ids_of(request)
    if not ids:
        raise Problem(
            "E-CHOICE", "case", "Choose at least one case of the list.", "请至少选择一张单。"
        )
    if request.POST.get("act") == "remind":
        return _reminded(request, ids)
    return _given(request, ids)


def _given(request: StaffRequest, ids: list[int]) -> HttpResponse:
    actor, at, key = request.actor, utc_now(), request.POST.get("key", "")
    who = ours(request.POST.get("person", ""), set(desks.nameable(actor)), "person")
    why = request.POST.get("why", "")
    given = many.give_many(
        actor=actor, ids=ids, named=Named(who, batch=key), why=why or _("Given together"), at=at
    )
    request.session[KEPT] = {"ids": list(given), "batch": key}
    told = {"n": len(given), "name": desks.nameable(actor).get(who, "")}
    words = ngettext(
        "%(n)d case was given to %(name)s.", "%(n)d cases were given to %(name)s.", len(given)
    )
    messages.success(request, words % told, extra_tags=reverse("cases-undo"))
    return redirect(_back(request))


def _reminded(request: StaffRequest, ids: list[int]) -> HttpResponse:
    key = request.POST.get("key", "")
    n = many.remind_many(actor=request.actor, ids=ids, key=key, at=utc_now())
    if n:
        words = ngettext("%d person was reminded.", "%d people were reminded.", n) % n
        messages.success(request, words)
    else:
        messages.warning(request, _("Nobody is named at these cases. Give them to somebody."))
    return redirect(_back(request))


@page(Verb.STEER_CASES)
@require_POST
def undo(request: StaffRequest) -> HttpResponse:
    kept = request.session.get(KEPT)
    if not kept:
        raise Problem(
            "E-UNDO-USED", "cases", "There is nothing to undo any more.", "没有可撤销的操作。"
        )
    done = many.take_back_many(
        actor=request.actor, ids=kept["ids"], batch=kept["batch"],
        why=_("Given together, undone"), at=utc_now(),
    )  # fmt: skip
    del request.session[KEPT]
    words = ngettext("%d case went back.", "%d cases went back.", done.back) % done.back
    if done.kept:
        mine = ngettext(
            "%d had nobody before and is yours now.", "%d had nobody before and are yours now.",
            done.kept,
        )  # fmt: skip
        words = f"{words} {mine % done.kept}"
    messages.success(request, words)
    return redirect("cases")
