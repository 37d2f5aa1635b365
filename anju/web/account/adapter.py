"""How allauth behaves here: nobody signs up alone, links use the declared base address."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from typing_extensions import override

from anju.kernel.pure.clock import utc_now
from anju.register.access import actor_of
from anju.register.actions.second_step import ask_for_second_step


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator; a redirect leaves our own address never."""

    @override
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    @override
    def is_safe_url(self, url: str | None) -> bool:
        if not url or "\\" in url or any(ord(c) < 33 for c in url):
            return False
        parts = urlsplit(url)
        return not parts.scheme and not parts.netloc and url.startswith("/") and url[:2] != "//"

    @override
    def post_login(
        self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any
    ) -> HttpResponseBase:
        answer: HttpResponseBase = super().post_login(request, user, **kwargs)
        actor = None if settings.DEMO else actor_of(user)
        if actor is None:
            return answer
        found = ask_for_second_step(actor=actor, at=utc_now())
        waits = found.demanded and not found.set_up
        return redirect("second-step") if waits else answer

    @override
    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # allauth counts for each host and port that a browser names; whoever names another port
        # would begin anew. One account is one count.
        return str(credentials.get("email", credentials.get("username", ""))).strip().lower()

    @override
    def get_reset_password_from_key_url(self, key: str) -> str:
        path = urlsplit(super().get_reset_password_from_key_url(key)).path
        return f"{settings.BASE_ADDRESS}{path}"
