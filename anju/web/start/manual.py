"""The manual as pages: its contents, and one page with the outline beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from anju.help.contents import PAGES, Part
from anju.help.manual import page_of, title_of
from anju.register.access import Actor
from anju.web.declare import Access, public

_TO_A_PLACE = re.compile(r'( id="| href="#)')
_TO_A_PAGE = re.compile(r'<a href="(/[^"#?]*)">(.*?)</a>')


@dataclass(frozen=True, slots=True)
class Line:
    """One page in the list of the manual."""

    slug: str
    title: str
    current: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One part of the manual."""

    name: str
    intro: str
    lines: tuple[Line, ...]
    part: str

    @property
    def open(self) -> bool:
        """Whether the page that is shown belongs to this part."""
        return any(line.current for line in self.lines)


def _words() -> dict[Part, tuple[str, str]]:
    return {
        Part.START: (_("Ten minutes"), _("From an empty company to the first answer.")),
        Part.WORK: (_("By task"), _("What to do, in which order, and what the product does.")),
        Part.FIGURES: (_("Figures"), _("Definition, formula, example and limits of each figure.")),
        Part.RUN: (_("Running it"), _("Install, phones, certificates, backup, upgrade.")),
    }


def _groups(language: str, slug: str = "") -> tuple[Group, ...]:
    words = _words()
    return tuple(
        Group(
            words[part][0],
            words[part][1],
            tuple(
                Line(entry.slug, title_of(entry.slug, language), current=entry.slug == slug)
                for entry in PAGES
                if entry.part is part
            ),
            part.value,
        )
        for part in Part
    )


@public("the manual tells how the product works and nothing of anybody")
@require_GET
def contents(request: HttpRequest) -> HttpResponse:
    return render(request, "help/contents.html", {"groups": _groups(request.LANGUAGE_CODE)})


def _openable(body: SafeString, actor: Actor | None) -> SafeString:
    """Leave out links to pages that this person may not open; their words stay."""
    if actor is None:  # a link leads through signing in
        return body

    def kept(link: re.Match[str]) -> str:
        access = getattr(resolve(link[1]).func, "access", None)
        closed = isinstance(access, Access) and access.verb and not actor.may(access.verb)
        return link[2] if closed else link[0]

    return SafeString(_TO_A_PAGE.sub(kept, body))


@public("the manual tells how the product works and nothing of anybody")
@require_GET
def manual(request: HttpRequest, slug: str) -> HttpResponse:
    found = page_of(slug, request.LANGUAGE_CODE)
    if found is None:
        raise Http404(slug)
    body = _openable(found.body, getattr(request, "actor", None))
    if request.htmx:  # type: ignore[attr-defined]
        answer = render(request, "help/_drawer.html", {"page": found, "body": _apart(body)})
    else:
        shown = {"page": found, "body": body, "groups": _groups(request.LANGUAGE_CODE, slug)}
        answer = render(request, "help/page.html", shown)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _apart(body: SafeString) -> SafeString:
    """Give the places in a text names of their own: it is shown beside a page that has names too."""
    return SafeString(_TO_A_PLACE.sub(r"\1manual-", body))
