"""Where a request came from, as the limits count it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def network_of(request: HttpRequest) -> str:
    """Return the address that a request came from; the proxy's word counts where one is trusted."""
    told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-1].strip()
    trusted = getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0)
    return str(told if trusted and told else request.META.get("REMOTE_ADDR", ""))
