"""Reads one rendered page and says what is wrong with it. Knows HTML; knows no page of ours."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from typing_extensions import override

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
SHAPES = frozenset({"path", "circle", "line", "rect", "use", "polyline", "ellipse", "polygon"})
FOREIGN = frozenset({"script", "style", "svg", "code", "pre", "kbd", "samp", "title"})
UNLABELLED = frozenset({"hidden", "submit", "button", "image", "reset"})
ENGLISH = re.compile(r"\b[A-Za-z]{2,}(?:[ ,;:'’]+[A-Za-z]{2,}){2,}")
REQUESTS = ("hx-get", "hx-post", "hx-put", "hx-delete", "hx-patch")

Attributes = dict[str, str]


@dataclass
class Page(HTMLParser):
    """What was read of one page."""

    faults: list[str] = field(default_factory=list)
    open: list[tuple[str, Attributes]] = field(default_factory=list)
    headings: int = 0
    inputs: list[Attributes] = field(default_factory=list)
    labelled: set[str] = field(default_factory=set)
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    fragments: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    language: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        given = {name: value or "" for name, value in attrs}
        for name in sorted({name for name in names if names.count(name) > 1}):
            self.faults.append(f"<{tag}> has {name} twice")
        self._forbidden(tag, given)
        self._collect(tag, given)
        if tag not in VOID:
            self.open.append((tag, given))

    @override
    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    @override
    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1][0] == tag:
            self.open.pop()
        else:
            inside = self.open[-1][0] if self.open else "nothing"
            self.faults.append(f"line {self.getpos()[0]}: </{tag}> closes {inside}")

    @override
    def handle_data(self, data: str) -> None:
        shown = not any(
            tag in FOREIGN or ("lang" in given and tag != "html") or given.get("translate") == "no"
            for tag, given in self.open
        )
        if shown and data.strip():
            self.words.append(data.strip())

    def _forbidden(self, tag: str, given: Attributes) -> None:
        for name in given:
            if name == "style" or re.fullmatch(r"on[a-z]+|hx-on.*", name):
                self.faults.append(f"<{tag}> has {name}")

    def _collect(self, tag: str, given: Attributes) -> None:
        self.headings += tag == "h1"
        self.language = given.get("lang", "") if tag == "html" else self.language
        if "id" in given:
            self.ids.append(given["id"])
        if tag in {"input", "select", "textarea"}:
            inside = any(name == "label" for name, _ in self.open)
            self.inputs.append(given | ({"aria-label": "inside its label"} if inside else {}))
        if tag == "label" and "for" in given:
            self.labelled.add(given["for"])
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        self.fragments += [given[name] for name in REQUESTS if name in given]


def read(text: str) -> Page:
    """Read a page to its end."""
    page = Page()
    page.feed(text)
    page.close()
    page.faults += [f"<{tag}> is never closed" for tag, _ in page.open]
    return page


def faults(page: Page, resolves: Callable[[str], bool]) -> Iterator[str]:
    """Yield every fault of a whole page; `resolves` says whether an address is one of ours."""
    yield from page.faults
    if page.headings != 1:
        yield f"{page.headings} h1, not one"
    for name in sorted({name for name in page.ids if page.ids.count(name) > 1}):
        yield f"the id {name} stands twice"
    for given in page.inputs:
        named = given.keys() & {"aria-label", "aria-labelledby"} or given.get("id") in page.labelled
        if not named and given.get("type") not in UNLABELLED:
            yield f"the input {given.get('name', '?')} has no label"
    for address in page.fragments:
        if not resolves(address):
            yield f"{address} leads nowhere"
    if page.language.startswith("zh"):
        yield from (f"not translated: {found}" for found in untranslated(page.words))


def untranslated(words: list[str]) -> Iterator[str]:
    """Yield visible runs of three English words and more; names and formula ids are shorter."""
    for text in words:
        if found := ENGLISH.search(text):
            yield found.group()
