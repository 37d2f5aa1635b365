"""Walks a signed-in person's links, one page of each kind, and hands every page on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.http import HttpRequest
from django.test import Client
from django.urls import Resolver404, resolve

from tests.templates.page import Page, read

# Files, and what lies outside: seen, never followed.
ELSEWHERE = re.compile(r"^(https?:|mailto:|tel:|#|data:)")
OF_A_KIND = 3  # pages of one kind that are looked at: 40 buildings teach nothing that 3 do not


@dataclass(frozen=True, slots=True)
class Visit:
    """A page that was reached, and from where."""

    address: str
    status: int
    page: Page | None
    text: str
    origin: str


def kind_of(address: str) -> str:
    """Return the name of the view behind an address, with the query's names."""
    parts = urlsplit(address)
    query = re.findall(r"(?:^|&)([^=&]+)=", parts.query)
    return f"{resolve(parts.path).view_name} {sorted(query)}"


def resolves(address: str) -> bool:
    """Say whether an address is one of ours; an empty one is the page itself."""
    path = urlsplit(address).path
    try:
        return not path or bool(resolve(path))
    except Resolver404:
        return path.startswith(("/static/", "/files/"))


def walk(client: Client, start: str = "/") -> Iterator[Visit]:
    """Yield every page that links lead to, at most a few of each kind; GET only."""
    waiting, seen, taken = [(start, "the start")], {start}, dict[str, int]()
    while waiting:
        address, origin = waiting.pop(0)
        answer = client.get(address, follow=True)
        if not str(answer.headers.get("Content-Type", "")).startswith("text/html"):
            yield Visit(address, answer.status_code, None, "", origin)
            continue
        request: HttpRequest = answer.wsgi_request
        text = answer.content.decode()
        page = read(text)
        yield Visit(address, answer.status_code, page, text, origin)
        for link in page.links:
            target = urljoin(request.get_full_path(), link).split("#", maxsplit=1)[0]
            if ELSEWHERE.match(link) or target in seen or not resolves(target):
                continue
            seen.add(target)
            kind = kind_of(target)
            taken[kind] = taken.get(kind, 0) + 1
            if taken[kind] <= OF_A_KIND:
                waiting.append((target, address))
