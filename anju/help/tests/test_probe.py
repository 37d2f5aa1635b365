"""Trying addresses: our own program, nobody, a stranger, and one that never answers."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from typing_extensions import override

from anju.help.probe import Trial, numbers, try_address


@contextmanager
def serving(status: int, body: bytes, headers: tuple[tuple[str, str], ...] = ()) -> Iterator[str]:
    """Answer every request with one answer, on a free port of this machine."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        @override
        def log_message(self, *args):
            return None

    server = HTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "body", "headers", "trial"),
    [
        (200, b'{"alive": true}', (), Trial.ANSWERS),
        (200, b'{"alive": "true"}', (), Trial.STRANGER),
        (200, b"[]", (), Trial.STRANGER),
        (200, b"<html>a router</html>", (), Trial.STRANGER),
        (400, b"", (), Trial.STRANGER),
        (302, b"", (("Location", "http://127.0.0.1:9/"),), Trial.STRANGER),
    ],
)
def test_what_answers_is_told_from_what_is_ours(status, body, headers, trial):
    with serving(status, body, headers) as address:
        assert try_address(address).trial is trial


def test_where_nothing_listens_nobody_answers():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{held.getsockname()[1]}"
        assert try_address(address).trial is Trial.NOBODY


def test_one_that_never_answers_is_silent_in_the_time_given():
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        address = f"http://127.0.0.1:{mute.getsockname()[1]}"
        assert try_address(address, patience=0.05).trial is Trial.SILENT


def test_no_number_of_this_machine_is_a_loopback():
    assert not [number for number in numbers() if number.startswith("127.")]
