"""P22: no address that somebody types in leads to a machine inside.

Sixty addresses, a redirect and a name that changes between two look-ups; every line that our
client opens would lead to a trap on this machine, whatever address it was opened to. Controls: a
filter that trusts `is_private`, a client that follows, and one that looks the name up again must
each reach the trap.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from typing_extensions import override

from anju.notify.outbound import MOST_BYTES, PATIENCE, Answer, Unreachable, send
from promises.registry import Outcome, Promise

GOAL = "0 connections to the trap: 60 addresses, a redirect, a name that changes; answers cut"
NAME = "robot.example.com"
# What a resolver may answer for a name that somebody else owns.
INSIDE = """
127.0.0.1 127.255.255.254 0.0.0.0 10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.0.1
169.254.169.254 100.64.0.1 100.100.100.200 192.0.0.8 192.0.0.170 192.0.2.1 198.18.0.1 198.51.100.1
203.0.113.1 192.88.99.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 ::1 :: fe80::1
fe80::1%lo fec0::1 fc00::1 fd00::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254
64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::a00:1 2002:7f00:1:: 2002:a9fe:a9fe:: 2001::1
2001:db8::1 ::7f00:1 100::1
""".split()  # noqa: SIM905 (forty addresses are read more easily than forty quoted ones)
# What somebody may type in.
TYPED = """
http://robot.example.com/ file:///etc/passwd gopher://robot.example.com/ ftp://robot.example.com/
https://127.0.0.1/ https://2130706433/ https://0x7f.1/ https://127.1/ https://[::1]/
https://[::ffff:127.0.0.1]/ https://[64:ff9b::a9fe:a9fe]/ https://100.100.100.200/
https://user:pass@robot.example.com/ https://robot.example.com@127.0.0.1/
https://robot.example.com:8443/ https://localhost/ https://①②⑦.0.0.1/ https://robot.example.com./
""".split()  # noqa: SIM905
ALLOWED = frozenset(
    {NAME, "127.0.0.1", "2130706433", "0x7f.1", "127.1", "::1", "localhost", "100.100.100.200"}
)
GOOD = "93.184.215.14"


class Trap(BaseHTTPRequestHandler):
    """Counts whoever comes, and answers as it is told."""

    came = 0
    where = ""
    long = False

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._answer()

    def _answer(self) -> None:
        Trap.came += 1
        to = Trap.where if self.path != "/inside" else ""
        self.send_response(302 if to else 200)
        if to:
            self.send_header("Location", to)
        self.end_headers()
        if Trap.long:
            self.wfile.write(b"x" * (2 * MOST_BYTES))


@contextmanager
def trap() -> Iterator[int]:
    """Run the trap and yield its port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Trap)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


def _call(port: int, url: str, answers: list[str]) -> tuple[str, int]:
    """Call an address with a resolver and lines of our own; return why it ended, and look-ups."""
    looked = 0

    def look_up(_host: str) -> list[str]:
        nonlocal looked
        looked += 1
        return [answers[min(looked, len(answers)) - 1]]

    def line(_address: str, _host: str, patience: float) -> socket.socket:
        return socket.create_connection(("127.0.0.1", port), timeout=patience)

    try:
        found: Answer = send(
            url, body=b"{}", headers={}, allowed=ALLOWED, look_up=look_up, open_line=line
        )
    except Unreachable as fault:
        return fault.code, looked
    return f"answered {found.status}", looked


def attempt(folder: Path) -> Outcome:
    """Try every address, and count who reached the trap."""
    problems: list[str] = []
    with trap() as port:
        for address in INSIDE:
            why, _ = _call(port, f"https://{NAME}/", [address])
            problems += [f"{address}: {why}"] if why != "address_refused" else []
        for url in TYPED:
            why, _ = _call(port, url, [GOOD])
            problems += [f"{url}: {why}"] if why != "address_refused" else []
        reached = Trap.came
        problems += [f"{reached} connections reached the trap"] if reached else []
        problems += _turned(port) + _cut(port) + _slow()
        controls = _controls(port)
    tried = len(INSIDE) + len(TYPED)
    missed = [name for name, caught in controls.items() if not caught]
    problems += [f"control not caught: {name}" for name in missed]
    told = f"{tried} addresses, {reached} reached the trap; controls caught: {', '.join(controls)}"
    evidence = f"{'; '.join(problems)} | {told}" if problems else told
    return Outcome(
        kept=not problems,
        evidence=evidence,
        goal=GOAL,
        figures={"addresses": tried, "reached": reached},
    )


def _turned(port: int) -> list[str]:
    """Try a redirect inside and a name whose second answer is inside; both from a good address."""
    Trap.came, Trap.where = 0, f"http://127.0.0.1:{port}/inside"
    why, _ = _call(port, f"https://{NAME}/", [GOOD])
    problems = (
        [f"redirect: {why}, {Trap.came} calls"] if (why, Trap.came) != ("redirected", 1) else []
    )
    Trap.came, Trap.where = 0, ""
    why, looked = _call(port, f"https://{NAME}/", [GOOD, "127.0.0.1"])
    if (why, looked) != ("answered 200", 1):
        problems.append(f"changing name: {why}, looked up {looked} times")
    return problems


def _cut(port: int) -> list[str]:
    Trap.long = True
    why, _ = _call(port, f"https://{NAME}/", [GOOD])
    Trap.long = False
    return [] if why == "answer_too_long" else [f"long answer: {why}"]


def _slow() -> list[str]:
    """Call a server that lets a byte drip now and then, for ever."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        stop = threading.Event()

        def drip() -> None:
            line, _ = server.accept()
            with line:
                line.sendall(b"HTTP/1.1 200 OK\r\n")
                while not stop.wait(0.5):
                    try:
                        line.sendall(b"X-A: b\r\n")
                    except OSError:
                        return

        threading.Thread(target=drip, daemon=True).start()
        why, _ = _call(server.getsockname()[1], f"https://{NAME}/", [GOOD])
        stop.set()
    return [] if why == "too_slow" else [f"dripping answer after {PATIENCE:.0f} s: {why}"]


def _controls(port: int) -> dict[str, bool]:
    """Say of each mistake that it reaches the trap, as it must."""
    let_in = [one for one in INSIDE if _naive(one)]
    Trap.came, Trap.where = 0, f"http://127.0.0.1:{port}/inside"
    urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).read()
    follows = Trap.came == 2
    Trap.came, Trap.where = 0, ""
    answers = iter([GOOD, "127.0.0.1"])
    if not ipaddress.ip_address(next(answers)).is_private:
        again = next(answers)  # what a client does that is handed the name
        urllib.request.urlopen(f"http://{again}:{port}/", timeout=5).read()
    return {
        f"is_private lets {len(let_in)} in": bool(let_in),
        "following": follows,
        "looking up again": Trap.came == 1,
    }


def _naive(address: str) -> bool:
    try:
        return not ipaddress.ip_address(address).is_private
    except ValueError:
        return False


PROMISE = Promise("P22", "No address that somebody types in leads to a machine inside", attempt)
