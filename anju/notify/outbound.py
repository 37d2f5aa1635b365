"""The one client that calls addresses outside: resolved once, checked, and called as checked.

It follows no redirect, waits five seconds at most, and reads one megabyte at most.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from typing_extensions import override

from anju.kernel.pure.problems import Problem
from anju.notify.rules.targets import PORT, may_connect, parse_target

PATIENCE = 5.0
MOST_BYTES = 1_048_576
Resolve = Callable[[str], Sequence[str]]
Dial = Callable[[str, str, float], socket.socket]


class Unreachable(Exception):
    """Nothing was sent, or no whole answer came; `final` where trying again is vain."""

    def __init__(self, code: str, *, final: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.final = final


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status and the body; headers are nobody's business here."""

    status: int
    body: bytes


def resolve(host: str) -> tuple[str, ...]:
    """Return the addresses of a name, each once, in the resolver's order."""
    found = socket.getaddrinfo(host, PORT, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def dial(address: str, host: str, patience: float) -> socket.socket:
    """Open an encrypted connection to an address; the certificate must be the host's."""
    line = socket.create_connection((address, PORT), timeout=patience)
    try:
        return ssl.create_default_context().wrap_socket(line, server_hostname=host)
    except BaseException:
        line.close()
        raise


class _Pinned(http.client.HTTPConnection):
    """A connection that exists already: it never looks up a name."""

    def __init__(self, host: str, line: socket.socket) -> None:
        super().__init__(host, PORT, timeout=PATIENCE)
        self.default_port = PORT
        self.sock = line

    @override
    def connect(self) -> None:
        raise Unreachable("closed")


def send(
    url: str,
    *,
    body: bytes,
    headers: Mapping[str, str],
    allowed: frozenset[str],
    look_up: Resolve = resolve,
    open_line: Dial = dial,
) -> Answer:
    """Post once and return the answer; raises Unreachable.

    Every address of the name must be one that may be called: a name with one inside address among
    good ones is refused whole, so that no order of answers leads inside.
    """
    until = time.monotonic() + PATIENCE
    try:
        target = parse_target(url, allowed=allowed)
    except Problem:
        raise Unreachable("address_refused", final=True) from None
    address = _address_of(target.host, look_up)
    try:
        line = open_line(address, target.host, max(0.1, until - time.monotonic()))
    except (OSError, ValueError) as fault:
        raise Unreachable("no_connection") from fault
    watch = threading.Timer(max(0.1, until - time.monotonic()), _cut, [line])
    watch.start()
    try:
        answer = _ask(_Pinned(target.host, line), target.path, body, headers)
    except (OSError, http.client.HTTPException, ValueError) as fault:
        raise Unreachable(_slow_or("no_answer", until)) from fault
    finally:
        watch.cancel()
        line.close()
    if time.monotonic() >= until:  # cut short, so that it may not be the whole answer
        raise Unreachable("too_slow")
    return answer


def _slow_or(code: str, until: float) -> str:
    return "too_slow" if time.monotonic() >= until else code


def _cut(line: socket.socket) -> None:
    """End a conversation from outside: whoever waits for its next byte wakes up."""
    with contextlib.suppress(OSError):
        socket.socket.shutdown(line, socket.SHUT_RDWR)


def _address_of(host: str, look_up: Resolve) -> str:
    try:
        found = look_up(host)
    except (OSError, UnicodeError) as fault:
        raise Unreachable("unknown_name") from fault
    if not found or not all(may_connect(one) for one in found):
        raise Unreachable("address_refused", final=True)
    return found[0]


def _ask(line: _Pinned, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    line.request("POST", path, body=body, headers={**headers, "Connection": "close"})
    # Closed by itself: the connection keeps its socket open as long as an answer is being read.
    with contextlib.closing(line.getresponse()) as answer:
        if 300 <= answer.status < 400:
            raise Unreachable("redirected", final=True)
        return Answer(answer.status, _body(answer))


def _body(answer: http.client.HTTPResponse) -> bytes:
    parts, size = [], 0
    while part := answer.read1(65_536):
        size += len(part)
        if size > MOST_BYTES:
            raise Unreachable("answer_too_long", final=True)
        parts.append(part)
    return b"".join(parts)
