"""Where a form's script sends what is typed, and where a draft is dropped. Answers in plain data."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anju.drafts.actions import saving
from anju.drafts.actions.saving import Window
from anju.drafts.queries import draft_of
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register.access import Verb
from anju.web.declare import StaffRequest, page
from anju.web.parts.drafts import key_of, saved_words

TOO_BIG = 1_000_000


def _number(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0


@page(Verb.LOOK_AROUND)
@require_POST
def save(request: StaffRequest) -> HttpResponse:
    given, actor = request.POST, request.actor
    key = key_of(given.get("sign", ""))
    typed = QueryDict(given.get("fields", "")[:TOO_BIG], encoding="utf-8")
    name, known = given.get("window", "")[:40], _number(given.get("known", ""))
    window = Window(name, known, wins=given.get("wins", "") == "yes")
    try:
        edition = saving.save(
            actor=actor, key=key, fields=dict(typed.lists()), window=window, at=utc_now()
        )
    except Problem as problem:
        said = {"code": problem.code, "words": problem.text(request.LANGUAGE_CODE)}
        return JsonResponse(said, status=409 if problem.code == "E-DRAFT-OTHER" else 422)
    line = draft_of(actor, key)
    return JsonResponse({"known": edition, "words": saved_words(line) if line else _("No draft")})


@page(Verb.LOOK_AROUND)
@require_POST
def drop(request: StaffRequest) -> HttpResponse:
    saving.drop(actor=request.actor, key=key_of(request.POST.get("sign", "")))
    back = request.POST.get("back", "")
    ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    return redirect(back if ours else "home")
