"""Every view declares who may use it; the start-up check refuses a URL that does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, get_resolver

from anju.register.access import Actor, Verb, demand

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


class StaffRequest(HttpRequest):
    """A request whose signed-in person is known; `overdue` is what a page counted, for the menu."""

    actor: Actor
    overdue: int


@dataclass(frozen=True, slots=True)
class Access:
    """What a URL declares: the verb it needs, or why anybody may use it."""

    verb: Verb | None
    why: str = ""


# Views of libraries carry no declaration of ours, so each is named here with its reason.
LIBRARY: dict[str, str] = {
    "account_login": "signing in",
    "account_logout": "signing out; allauth itself asks for a session",
    "account_reauthenticate": "allauth itself asks for a session",
    "account_change_password": "allauth itself asks for a session",
    "account_set_password": "allauth itself asks for a session",
    "account_reset_password": "forgotten password",
    "account_reset_password_done": "forgotten password",
    "account_reset_password_from_key": "the mailed key is the right",
    "account_reset_password_from_key_done": "forgotten password",
    "mfa_authenticate": "the second step of signing in; allauth itself asks for the first",
    "mfa_reauthenticate": "allauth itself asks for a session",
    "mfa_index": "leads to the page of the second step",
    "mfa_activate_totp": "allauth itself asks for a session and the password",
    "mfa_deactivate_totp": "allauth itself asks for a session and the password",
    "mfa_view_recovery_codes": "allauth itself asks for a session and the password",
    "mfa_generate_recovery_codes": "allauth itself asks for a session and the password",
    "mfa_add_webauthn": "allauth itself asks for a session and the password",
    "mfa_reauthenticate_webauthn": "allauth itself asks for a session",
    "mfa_remove_webauthn": "allauth itself asks for a session and the password, and whose it is",
    "account_inactive": "says that an account is disabled",
}


def page(
    verb: Verb,
) -> Callable[[Callable[Concatenate[StaffRequest, P], HttpResponseBase]], View[P]]:
    """Declare that a view needs a signed-in person whose role holds the verb."""

    def declare(view: Callable[Concatenate[StaffRequest, P], HttpResponseBase]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            actor = getattr(request, "actor", None)
            if actor is None:
                return redirect(f"/account/login/?next={request.path}")
            demand(actor, verb)
            return view(request, *args, **kwargs)  # type: ignore[arg-type]

        guarded.access = Access(verb)  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return declare


def public(why: str) -> Callable[[View[P]], View[P]]:
    """Declare that anybody may use a view, and why."""

    def declare(view: View[P]) -> View[P]:
        view.access = Access(None, why)  # type: ignore[attr-defined]
        return view

    return declare


@dataclass(frozen=True, slots=True)
class Declared:
    """One URL pattern of the product with what it declares, or None."""

    route: str
    name: str
    access: Access | None


def _walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[Declared]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
            continue
        name = pattern.name or ""
        access = getattr(pattern.callback, "access", None)
        if access is None and name in LIBRARY:
            access = Access(None, LIBRARY[name])
        yield Declared(route, name, access)


def declared_urls() -> tuple[Declared, ...]:
    """Return every URL pattern of the product with its declaration."""
    return tuple(_walk(get_resolver().url_patterns, "/"))
