"""Every address of the product as a request: filled with ids, as somebody, in a language."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote

from django.conf import settings
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse
from typing_extensions import override

from anju.register.models import Account
from anju.web.declare import Declared, declared_urls

KWARG = re.compile(r"<(?:\w+:)?(\w+)>")
# Arguments that are words, not ids of rows.
WORDS: Mapping[str, tuple[object, ...]] = {
    "uidb36": ("1",),
    "name": ("parts", "errors", "nowhere"),
    "form": ("pdf", "xlsx", "csv", "html", "json"),
    "suffix": ("pdf", "xlsx", "csv", "html", "json"),
    "language": ("zh-hans", "en"),
    "role": ("desk", "nowhere"),
    "slug": ("ten-minutes", "nowhere"),
}
LANGUAGES = ("zh-hans", "en")


class NoId(RuntimeError):
    """An address asks for something that the stage has none of."""


def arguments(url: Declared, ids: Mapping[str, Sequence[object]]) -> Iterator[dict[str, object]]:
    """Yield arguments for an address; two ids go through together, words with every id."""
    names = re.findall(r"\(\?P<(\w+)>", url.route) or KWARG.findall(url.route)
    missing = [name for name in names if name not in ids and name not in WORDS]
    if missing:
        raise NoId(f"{url.route} asks for {', '.join(missing)}")
    known = [ids[name] if name in ids else WORDS[name] for name in names]
    if len(known) > 1:  # what lies under a row is asked for under two of them, not under all
        known[0] = known[0][:2]
    for values in itertools.product(*known):
        yield dict(zip(names, values, strict=True))


def places(ids: Mapping[str, Sequence[object]]) -> Iterator[tuple[Declared, dict[str, object]]]:
    """Yield every address of the product, with each of the stage's ids beside it."""
    for url in declared_urls():
        for kwargs in arguments(url, ids):
            yield url, kwargs


def addresses(ids: Mapping[str, Sequence[object]]) -> Iterator[tuple[Declared, str]]:
    """Yield every address of the product, with each of the stage's ids in it."""
    for url, kwargs in places(ids):
        yield url, reverse(url.name, kwargs=kwargs)


def client_of(account_id: int | None, language: str) -> Client:
    """Return a browser of an account, or of nobody, that reads in a language."""
    client = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
    if account_id is not None:
        client.force_login(Account.objects.get(id=account_id))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever a request writes, so that the next one finds the same company."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


SUFFIXES = {".csv": "text/csv", ".xlsx": "spreadsheet", ".pdf": "pdf", ".json": "json"}


def kind_of(answer: HttpResponseBase) -> str:
    """Return what an answer is: its content type, for a nameless download its name's ending."""
    kind = str(answer.headers.get("Content-Type", "text/html"))
    if "octet-stream" not in kind:
        return kind
    told = unquote(str(answer.headers.get("Content-Disposition", ""))).rstrip("'\";")
    return next((word for ending, word in SUFFIXES.items() if told.endswith(ending)), kind)


def body_of(answer: HttpResponseBase) -> bytes:
    """Return the bytes of an answer, a streamed one too."""
    if answer.streaming:
        body = b"".join(answer)
        answer.close()
        return bytes(body)
    return bytes(answer.content)  # type: ignore[attr-defined]


@dataclass
class Form:
    """One form of a page: where it goes, its values as shown, which are text, which are files."""

    action: str
    post: bool
    values: list[tuple[str, str]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


class Forms(HTMLParser):
    """Reads the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.area: str | None = None
        self.select: str | None = None

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            post = given.get("method", "get").lower() == "post"
            self.found.append(Form(given.get("action", ""), post))
        if not self.found:
            return
        if tag == "input" and given.get("name"):
            self._input(self.found[-1], given)
        elif tag == "textarea":
            self.area = given.get("name")
            self.found[-1].texts.append(self.area or "")
        elif tag == "select":
            self.select = given.get("name")
        elif tag == "option" and self.select and "selected" in given:
            self.found[-1].values.append((self.select, given.get("value", "")))
        elif tag == "button" and given.get("name"):
            self.found[-1].values.append((given["name"], given.get("value", "")))

    def _input(self, form: Form, given: dict[str, str]) -> None:
        kind, name = given.get("type", "text"), given["name"]
        if kind == "file":
            form.files.append(name)
        elif kind in {"radio", "checkbox"}:
            if "checked" in given:
                form.values.append((name, given.get("value", "on")))
        else:
            form.values.append((name, given.get("value", "")))
            if kind not in {"hidden", "submit"}:
                form.texts.append(name)

    @override
    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.found[-1].values.append((self.area, data))

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = None
        elif tag == "select":
            self.select = None


def forms_of(body: bytes) -> list[Form]:
    """Return the forms of a page."""
    reader = Forms()
    reader.feed(body.decode("utf-8", "replace"))
    return reader.found
