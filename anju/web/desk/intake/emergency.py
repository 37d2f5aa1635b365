"""The steps of an emergency with its clock, on the screen and on paper."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from anju.intake.emergencies import emergency_of
from anju.kernel.pure.clock import utc_now
from anju.register.access import Verb
from anju.web.declare import StaffRequest, page
from anju.web.desk.intake.procedures import procedure_for


@page(Verb.TAKE_CASES)
@require_GET
def procedure(request: StaffRequest, case_id: int) -> HttpResponse:
    found = emergency_of(request.actor, case_id)
    steps = procedure_for(fire=found.fire)
    until = found.received_at + timedelta(seconds=steps.seconds)
    left = int((until - utc_now()).total_seconds())
    shown = {"found": found, "steps": steps, "until": until, "left": max(0, left)}
    return render(request, "desk/intake/emergency.html", shown)
