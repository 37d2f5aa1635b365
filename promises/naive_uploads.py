"""A web process with the mistake that P31 must catch: a slow body is read by the only thread."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import sys
from types import FrameType
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from typing_extensions import override

from anju.conf.wsgi import application


class Quiet(WSGIRequestHandler):
    """Answers without a line for each."""

    @override
    def log_message(self, *_args: object) -> None:
        return None


def _end(_number: int, _frame: FrameType | None) -> None:
    os._exit(0)  # whatever it waits for: it is thrown away


def main() -> int:
    """Serve one request after the other on an inherited socket until SIGTERM."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--fd", type=int, required=True)
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, _end)
    server = WSGIServer(("127.0.0.1", 0), Quiet, bind_and_activate=False)
    server.socket.close()
    server.socket = socket.socket(fileno=given.fd)
    server.server_name, server.server_port = server.socket.getsockname()
    server.setup_environ()
    server.set_app(application)
    server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
