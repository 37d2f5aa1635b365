"""What P05 puts between the outbox and the world: a provider that counts, and a carrier to it."""

from __future__ import annotations

import json
import os
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from typing_extensions import override

from anju.notify.carriers.port import NotTaken, Parcel
from anju.notify.rules.words import Kind, Template, Text, register

ADDRESS = "PROMISE_PROVIDER"
NOTICE = register(
    Template("p05.notice", Kind.OTHER, Text("{n}", "第 {n} 条"), Text("{n}", "No. {n}"))
)


class Carrier:
    """Hands a parcel to the provider on this machine, with the key of the message."""

    def send(self, parcel: Parcel) -> str:
        said = json.dumps({"key": parcel.uid, "words": parcel.body}).encode()
        try:
            with urllib.request.urlopen(os.environ[ADDRESS], data=said, timeout=10) as answer:
                return str(answer.read().decode())
        except OSError as fault:
            raise NotTaken("provider") from fault


@dataclass(slots=True)
class Provider:
    """What came in: every request as (key, words), in order; an answer takes a while."""

    address: str = ""
    wait: float = 0.01
    came: list[tuple[str, str]] = field(default_factory=list)
    arrival: threading.Condition = field(default_factory=threading.Condition)

    def take(self, key: str, words: str) -> None:
        with self.arrival:
            self.came.append((key, words))
            self.arrival.notify_all()

    def until(self, count: int, patience: float) -> bool:
        """Wait until so many requests came in; False where they did not."""
        with self.arrival:
            return self.arrival.wait_for(lambda: len(self.came) >= count, timeout=patience)

    def effects(self) -> dict[str, int]:
        """Return words → how often they took effect at a provider that takes each key once."""
        keys: dict[str, set[str]] = {}
        for key, words in self.came:
            keys.setdefault(words, set()).add(key)
        return {words: len(found) for words, found in keys.items()}


@contextmanager
def provider(wait: float) -> Iterator[Provider]:
    """Run a provider on loopback and tell the workers of it."""
    found = Provider(wait=wait)

    class Counter(BaseHTTPRequestHandler):
        @override
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

        def do_POST(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            found.take(said["key"], said["words"])
            time.sleep(found.wait)
            try:
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"taken")
            except OSError:
                return  # whoever asked was killed meanwhile

    server = ThreadingHTTPServer(("127.0.0.1", 0), Counter)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found.address = os.environ[ADDRESS] = f"http://127.0.0.1:{server.server_port}/"
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
