"""A web process with the mistake that P04 and P24 must catch: it says “kept” where nothing was written."""

from __future__ import annotations

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anju.conf.settings")
django.setup()

from django.db import InterfaceError, OperationalError  # noqa: E402 after Django's start
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect  # noqa: E402 as above

from anju.conf import server, urls  # noqa: E402 after Django's start
from anju.web import refusals  # noqa: E402 after Django's start
from anju.web.owner.report import door  # noqa: E402 after Django's start

KEPT = "/o/c/kept-somewhere/?new=1"
honest_page = door.page_of


def page(request: HttpRequest, name: str, visit: object, **more: object) -> HttpResponse:
    """Answer a fault as if all were well."""
    if request.method == "POST" and more.get("cause") == "fault":
        return HttpResponseRedirect(KEPT)
    return honest_page(request, name, visit, **more)  # type: ignore[arg-type]


def defect(request: HttpRequest) -> HttpResponse:
    """Answer a database that is away as if all were well."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return HttpResponseRedirect(KEPT)
    return refusals.defect(request)


if __name__ == "__main__":
    door.page_of = page
    urls.handler500 = defect
    sys.exit(server.main())
