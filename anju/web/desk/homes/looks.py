"""Who looked at a person's data: on the page, on paper for her at the desk, and by a link."""

from __future__ import annotations

import segno
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from anju.kernel.pure.clock import utc_now
from anju.privacy.actions.links import make_link
from anju.privacy.actions.looks import check_looks
from anju.privacy.queries import looks_at
from anju.privacy.rules.links import LASTS
from anju.register.access import Verb
from anju.register.queries import company_name
from anju.web.declare import StaffRequest, page
from anju.web.desk.homes.looking import back_to


@page(Verb.SEE_LOOKS)
@never_cache
@require_GET
def looks(request: StaffRequest, resident_id: int) -> HttpResponse:
    found = looks_at(request.actor, resident_id)
    _count, altered = check_looks(request.actor.company_id, person_id=resident_id)
    shown = {"found": found, "back": back_to(resident_id), "altered": len(altered)}
    return render(request, "desk/homes/looks.html", shown)


@page(Verb.SEE_LOOKS)
@never_cache
@require_GET
def printed(request: StaffRequest, resident_id: int) -> HttpResponse:
    found = looks_at(request.actor, resident_id)
    shown = {
        "found": found,
        "back": reverse("resident-looks", args=[resident_id]),
        "company": company_name(request.actor.company_id),
        "at": utc_now(),
        "signatures": (_("Given out by"), _("Received by"), _("Date")),
    }
    return render(request, "desk/homes/looks_print.html", shown)


@page(Verb.SEE_LOOKS)
@never_cache
@require_POST
def link(request: StaffRequest, resident_id: int) -> HttpResponse:
    at = utc_now()
    token = make_link(actor=request.actor, person_id=resident_id, at=at)
    address = f"{settings.BASE_ADDRESS}{reverse('file-link', args=[token])}"
    shown = {
        "found": looks_at(request.actor, resident_id),
        "back": back_to(resident_id),
        "address": address,
        "until": at + LASTS,
        "code": str(segno.make(address, error="m").svg_data_uri(scale=4, border=3)),
    }
    return render(request, "desk/homes/looks_link.html", shown)
