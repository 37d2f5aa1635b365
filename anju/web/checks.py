"""The start-up check: a URL that does not declare who may use it stops the product."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error

from anju.web.declare import declared_urls


def every_url_declares_access(
    app_configs: Sequence[Any] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Return an error for each URL without a declaration."""
    return [
        Error(
            f"URL {url.route} ({url.name or 'unnamed'}) does not declare who may use it",
            hint="Decorate the view with @page(Verb.…) or @public('why').",
            id="anju.E001",
        )
        for url in declared_urls()
        if url.access is None
    ]
