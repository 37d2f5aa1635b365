"""The pages for what cannot be answered: 400, 403, 404, 500, 503, each with a way on."""

from __future__ import annotations

import sys
from secrets import token_hex

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from anju.kernel.pure.problems import Problem
from anju.web.guard import STATUS, refusal

AGAIN_IN = 10  # seconds after which it is worth trying again while the database is away
log = structlog.get_logger("anju.web")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return refusal(request, _too_long(), STATUS["E-FORM-LONG"])
    if isinstance(exception, TooManyFieldsSent):
        return refusal(request, _too_many(), STATUS["E-FORM-FIELDS"])
    return render(request, "400.html", status=400)


def _too_long() -> Problem:
    return Problem(
        "E-FORM-LONG",
        "form",
        "The texts of this page are longer than {most} MB together. Nothing was saved. Go back with"
        " your browser, where what you typed still stands, and shorten the longest text.",
        "本页文字合计超过 {most} MB，没有保存任何内容。请用浏览器返回上一页"
        "（已输入的内容仍在），缩短最长的一段文字后再提交。",
        most=settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2**20,
    )


def _too_many() -> Problem:
    return Problem(
        "E-FORM-FIELDS",
        "form",
        "This page sent more than {most:,} fields. Nothing was saved. Go back, and fill in fewer at"
        " a time.",
        "本页提交的栏目超过 {most:,} 项，没有保存任何内容。请返回上一页，分几次填写。",
        most=settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def defect(request: HttpRequest) -> HttpResponse:
    """Say that something of ours broke, or that the database cannot take or give anything now."""
    raised = sys.exc_info()[1]
    if isinstance(raised, OperationalError | InterfaceError):
        log.error("database", path=request.path, said=str(raised)[:200])
        answer = HttpResponse(render_to_string("503.html"), status=503)
        answer["Retry-After"] = str(AGAIN_IN)
        return answer
    reference = token_hex(4)
    log.error("defect", reference=reference, path=request.path)
    # Without the request: whatever broke must not break this page too.
    return HttpResponse(render_to_string("500.html", {"reference": reference}), status=500)
