"""The style guide: a page for each family of parts; it reads no data of any company."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from anju.web.declare import public
from anju.web.parts.pieces import Tab
from anju.web.styleguide import charts, samples

PAGES = {
    "parts": samples.parts,
    "forms": samples.forms,
    "errors": samples.refused_form,
    "states": samples.states,
    "tables": samples.tables,
    "charts": charts.everything,
    "owner": samples.owner,
    "care": samples.care,
    "print": samples.paper,
}


@public("shows invented samples alone; outside a demonstration it asks for a session")
@require_GET
def guide(request: HttpRequest, name: str = "parts") -> HttpResponse:
    if not settings.DEMO and getattr(request, "actor", None) is None:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    if name not in PAGES:
        raise Http404
    names = samples.page_names()
    tabs = [
        Tab(names[key], reverse("styleguide-page", args=[key]), current=key == name)
        for key in PAGES
    ]
    page = {"tabs": tabs, "heading": names[name], **PAGES[name]()}
    return render(request, f"styleguide/{name}.html", page)
