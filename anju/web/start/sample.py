"""The sample project beside one's own: planted in the background, removed by one click."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anju.demo import sample
from anju.kernel.pure.clock import utc_now
from anju.register.access import Verb
from anju.web.declare import StaffRequest, page


@page(Verb.SET_UP)
@require_POST
def plant(request: StaffRequest) -> HttpResponse:
    job_id = sample.start_sample(actor=request.actor, language=request.LANGUAGE_CODE, at=utc_now())
    return redirect("job", job_id)


@page(Verb.SET_UP)
@require_POST
def remove(request: StaffRequest) -> HttpResponse:
    if sample.remove_sample(actor=request.actor, at=utc_now()):
        messages.success(request, _("The sample project was removed. The history keeps what was."))
    else:
        messages.info(request, _("There is no sample project."))
    return redirect("first-steps")
