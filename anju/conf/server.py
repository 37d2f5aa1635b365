"""One web process: a buffering server around the WSGI application on a socket it was handed."""

from __future__ import annotations

import argparse
import signal
import socket
import sys
from importlib import import_module
from types import FrameType

from waitress.server import create_server

LARGEST_BODY = 64 * 1024 * 1024


def _end(_number: int, _frame: FrameType | None) -> None:
    """Leave the server's loop; the request in hand is finished first."""
    raise SystemExit(0)


def main() -> int:
    """Serve on an inherited listening socket until SIGTERM."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--fd", type=int, required=True)
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    server = create_server(
        import_module("anju.conf.wsgi").application,
        sockets=[socket.socket(fileno=given.fd)],
        threads=1,
        max_request_body_size=LARGEST_BODY,
        channel_timeout=60,
        connection_limit=500,
        clear_untrusted_proxy_headers=False,
        ident="",
    )
    server.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
