"""One home on one page: who lives there, how to reach them, what happened; all of it masked."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from anju.kernel.pure.clock import utc_now
from anju.privacy.queries import home_file as file_of
from anju.register.access import Verb
from anju.web.declare import StaffRequest, page


@page(Verb.SEE_FILE)
@require_GET
def home_file(request: StaffRequest, unit_id: int) -> HttpResponse:
    found = file_of(request.actor, unit_id, timezone.localdate(utc_now()))
    return render(request, "desk/homes/file.html", {"file": found})
