"""Runs web and worker under one process: starts them, watches them, stops them cleanly."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

PATIENCE = 60.0
ENDING = 5.0
RESTARTS = 5


def free_port(wanted: int, *, most: int = 50) -> int:
    """Return the first port from the wanted one upward that nobody listens on."""
    for port in range(wanted, wanted + most):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise SystemExit(f"No free port between {wanted} and {wanted + most - 1}.")


def listen(bind: str) -> socket.socket:
    """Open the socket that all web processes share; the kernel hands each request to a free one."""
    host, _, port = bind.rpartition(":")
    shared = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    shared.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    shared.bind((host.strip("[]"), int(port)))
    shared.listen(256)
    shared.set_inheritable(True)
    return shared


def web_command(shared: socket.socket) -> list[str]:
    """Return the command of one web process."""
    return [sys.executable, "-m", "anju.conf.server", f"--fd={shared.fileno()}"]


def worker_command() -> list[str]:
    """Return the command that does jobs and strikes clocks."""
    return [sys.executable, "-m", "anju.jobs"]


def answers(address: str) -> bool:
    """Say whether the program at an address is alive."""
    try:
        with urllib.request.urlopen(f"{address}/alive/", timeout=2) as answer:  # noqa: S310 our own loopback address
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@dataclass
class Household:
    """The processes of one running product."""

    commands: Sequence[Sequence[str]]
    handed: Sequence[int] = ()
    children: list[subprocess.Popen[bytes]] = field(default_factory=list)
    stopping: bool = False
    restarts: int = 0

    def start(self, most: int | None = None) -> None:
        """Start the next commands; the pages come first, for somebody waits for them."""
        for command in self.commands[len(self.children) : most]:
            self.children.append(self._spawn(command))

    def _spawn(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        # A process group of its own: Ctrl-C reaches the parent, which stops the children in order.
        return subprocess.Popen(
            command, env=os.environ.copy(), start_new_session=True, pass_fds=tuple(self.handed)
        )

    def wait_until(self, ready: Callable[[], bool]) -> bool:
        """Wait for the first answer; False where a child died or patience ran out."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and not self.stopping:
            if self.children[0].poll() is not None:
                return False
            if ready():
                return True
            time.sleep(0.05)
        return False

    def watch(self) -> int:
        """Replace processes that die, until a signal comes or too many died."""
        while not self.stopping:
            for place, child in enumerate(self.children):
                if child.poll() is None:
                    continue
                self.restarts += 1
                if self.restarts > RESTARTS:
                    self.stop()
                    return 1
                self.children[place] = self._spawn(self.commands[place])
            time.sleep(0.3)
        self.stop()
        return 0

    def stop(self) -> None:
        """Ask every child to end, ask once more, and end by force what will not."""
        self.stopping = True
        for act in (subprocess.Popen.terminate, subprocess.Popen.terminate, subprocess.Popen.kill):
            left = [child for child in self.children if child.poll() is None]
            for child in left:
                act(child)
            self._await(left)

    @staticmethod
    def _await(children: Sequence[subprocess.Popen[bytes]]) -> None:
        until = time.monotonic() + ENDING
        for child in children:
            try:
                child.wait(timeout=max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                continue

    def obey_signals(self) -> None:
        def end(number: int, frame: FrameType | None) -> None:
            self.stopping = True

        signal.signal(signal.SIGINT, end)
        signal.signal(signal.SIGTERM, end)
