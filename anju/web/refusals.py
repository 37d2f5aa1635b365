"""The pages for what cannot be answered: 400, 403, 404, 500, each with a way on."""

from __future__ import annotations

from secrets import token_hex

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

log = structlog.get_logger("anju.web")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def defect(request: HttpRequest) -> HttpResponse:
    reference = token_hex(4)
    log.error("defect", reference=reference, path=request.path)
    # Without the request: whatever broke must not break this page too.
    return HttpResponse(render_to_string("500.html", {"reference": reference}), status=500)
