"""The demonstration's role switch, and the answer to whoever looks for a sign-up."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from anju.demo.queries import account_for_role
from anju.web.declare import public

BACKEND = "anju.register.sessions.Backend"


@public("says that an administrator makes accounts")
@require_GET
def no_signup(request: HttpRequest) -> HttpResponse:
    return render(request, "account/no_signup.html", status=404)


@public("signs a visitor of a demonstration in; 404 everywhere else")
@require_POST
def enter_demonstration(request: HttpRequest) -> HttpResponse:
    account = account_for_role(request.POST.get("role", "")) if settings.DEMO else None
    if account is None:
        raise Http404
    login(request, account, backend=BACKEND)
    return redirect("home")
