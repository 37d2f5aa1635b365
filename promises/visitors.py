"""People who use the pages while something heavy happens: one who looks, one who writes."""

from __future__ import annotations

import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.base_user import AbstractBaseUser
from typing_extensions import override

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PAUSE = 0.05


@dataclass
class Visits:
    """How long each answer took, in seconds, and every answer that was no good."""

    looks: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)


def session_of(account: AbstractBaseUser) -> str:
    """Return a session's key for an account, as signing in would have made it."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(account.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    store.create()
    return str(store.session_key)


class _Stay(urllib.request.HTTPRedirectHandler):
    @override
    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        return None


class Visitor:
    """A browser without a screen: cookies kept, redirects shown, not followed."""

    def __init__(self, address: str, session: str, network: str = "") -> None:
        self.address = address
        self.more = {"X-Forwarded-For": network} if network else {}
        self.cookies = {settings.SESSION_COOKIE_NAME: session}
        self.opener = urllib.request.build_opener(_Stay)

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Return status and text of an answer; a form makes it a POST with the token."""
        body = urllib.parse.urlencode(form).encode() if form is not None else None
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        request = urllib.request.Request(
            f"{self.address}{path}",
            data=body,
            headers={"Cookie": cookies, "Referer": f"{self.address}{path}", **self.more},
        )
        try:
            answer = self.opener.open(request, timeout=60)
        except urllib.error.HTTPError as refused:
            answer = refused
        with answer:
            for line in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = line.partition(";")[0].partition("=")
                self.cookies[name] = value
            return int(answer.status), answer.read().decode("utf-8", "replace")


@contextmanager
def visiting(address: str, session: str, paths: Sequence[str]) -> Iterator[Visits]:
    """Look at pages in turn and add projects by the form, on two threads, until the block ends."""
    visits, stop = Visits(), threading.Event()
    threads = [
        threading.Thread(target=_look, args=(Visitor(address, session), paths, visits, stop)),
        threading.Thread(target=_write, args=(Visitor(address, session), visits, stop)),
    ]
    for thread in threads:
        thread.start()
    try:
        yield visits
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=90)


def _timed(work: object, times: list[float]) -> tuple[int, str]:
    began = time.monotonic()
    answer: tuple[int, str] = work()  # type: ignore[operator]
    times.append(time.monotonic() - began)
    return answer


def _look(visitor: Visitor, paths: Sequence[str], visits: Visits, stop: threading.Event) -> None:
    number = 0
    while not stop.wait(PAUSE):
        path = paths[number % len(paths)]
        number += 1
        try:
            status, _ = _timed(lambda path=path: visitor.ask(path), visits.looks)
        except OSError as broken:
            visits.bad.append(f"GET {path}: {broken}")
            continue
        if status != 200:
            visits.bad.append(f"GET {path}: {status}")


def _write(visitor: Visitor, visits: Visits, stop: threading.Event) -> None:
    number, path = 0, "/manage/projects/new/"
    while not stop.wait(PAUSE * 4):
        number += 1
        try:
            _, page = visitor.ask(path)
            token = TOKEN.search(page)
            form = {
                "csrfmiddlewaretoken": token[1] if token else "",
                "name": f"写入中 {time.monotonic_ns()} {number}",
                "use_type": "residential",
            }
            status, _ = _timed(lambda form=form: visitor.ask(path, form), visits.writes)
        except OSError as broken:
            visits.bad.append(f"POST {path}: {broken}")
            continue
        if status != 302:
            visits.bad.append(f"POST {path}: {status}")
