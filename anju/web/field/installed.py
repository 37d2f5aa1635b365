"""What makes the ground's pages an app that works without signal: the service worker, the manifest."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from anju.web.declare import public

PAGES = ("my-jobs", "my-report", "my-outbox")
FILES = (
    "vendor/tabler/tabler.min.css",
    "anju/tokens.css",
    "anju/theme.css",
    "anju/theme.js",
    "anju/outbox.js",
    "anju/field.js",
    "anju/outbox-page.js",
    "anju/capture.js",
    "anju/icons.svg",
    "anju/mark.svg",
    "anju/mark-192.png",
)


@cache
def _said() -> str:
    """Return the worker's script: what to keep, under a name that changes with any of it."""
    pages = json.dumps([reverse(name) for name in PAGES])
    files = json.dumps([static(name) for name in FILES])
    body = json.dumps(static("anju/field-worker.js"))
    version = sha256(f"{pages}{files}{body}".encode()).hexdigest()[:12]
    return (
        f'const VERSION = "{version}";\nconst PAGES = {pages};\nconst FILES = {files};\n'
        f"importScripts({body});\n"
    )


@public("a script without data; what it keeps it asks for as the person who is signed in")
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    answer = HttpResponse(_said(), content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer


@public("how the app is called and looks on a home screen; no data")
@require_GET
def manifest(request: HttpRequest) -> JsonResponse:
    sizes = (("anju/mark-192.png", "192x192"), ("anju/mark-512.png", "512x512"))
    icons = [{"src": static(name), "sizes": size, "type": "image/png"} for name, size in sizes]
    whole = {"src": static("anju/mark.svg"), "sizes": "any", "type": "image/svg+xml"}
    said = {
        "name": _("Anju: my jobs"),
        "short_name": _("Anju"),
        "start_url": reverse("my-jobs"),
        "scope": reverse("my-jobs"),
        "display": "standalone",
        "icons": [*icons, whole],
    }
    return JsonResponse(said, content_type="application/manifest+json")
