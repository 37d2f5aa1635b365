"""Puts one hint away for whoever needs it no more, or brings all of them back."""

from __future__ import annotations

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anju.help.rules.hints import KEYS, USES
from anju.register.access import Verb
from anju.register.actions.hints import forget_hints, keep_hint
from anju.web.declare import StaffRequest, page
from anju.web.start.views import back_to


@page(Verb.LOOK_AROUND)
@require_POST
def away(request: StaffRequest) -> HttpResponse:
    key = request.POST.get("hint", "")
    if key in KEYS:
        keep_hint(account_id=request.actor.account_id, key=key, uses=USES)
    return redirect(back_to(request))


@page(Verb.LOOK_AROUND)
@require_POST
def again(request: StaffRequest) -> HttpResponse:
    forget_hints(account_id=request.actor.account_id)
    notices.success(request, _("Hints are shown again until you have done what they speak of."))
    return redirect("help")
