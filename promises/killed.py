"""Served pages whose processes are killed at random while people use them."""

from __future__ import annotations

import random
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from promises import ground

PROCESSES, EVERY = 2, 0.7


class Killed:
    """Some web processes on one socket; one after the other is killed and started again."""

    def __init__(self, module: str) -> None:
        self.module, self.kills = module, 0
        self.shared = socket.socket()
        self.shared.bind((ground.LOOPBACK, 0))
        self.shared.listen(256)
        self.shared.set_inheritable(True)
        self.address = f"http://{ground.LOOPBACK}:{self.shared.getsockname()[1]}"
        self.running = [self._begin() for _ in range(PROCESSES)]
        self.stop = threading.Event()
        self.killer = threading.Thread(target=self._kill)

    def _begin(self) -> subprocess.Popen[bytes]:
        number = self.shared.fileno()
        command = [sys.executable, "-m", self.module, f"--fd={number}"]
        return subprocess.Popen(
            command, pass_fds=[number], env=ground.as_office(), stderr=subprocess.DEVNULL
        )

    def _kill(self) -> None:
        chance = random.Random(20261122)
        while not self.stop.wait(EVERY * (0.5 + chance.random())):
            # Mostly one of them; now and then all at once, as when a machine goes down.
            struck = range(PROCESSES) if chance.random() < 0.2 else [chance.randrange(PROCESSES)]
            for place in struck:
                self.running[place].kill()
                self.running[place].wait()
                self.kills += 1
            for place in struck:
                self.running[place] = self._begin()
            # A process needs seconds to come up; without a pause nobody would ever be served.
            self.stop.wait(ground.awake(self.address))

    def end(self) -> None:
        """Kill no more, and end what runs."""
        self.stop.set()
        self.killer.join()
        for process in self.running:
            process.terminate()
            process.wait(timeout=ground.PATIENCE)
        self.shared.close()


@contextmanager
def killed(module: str = "anju.conf.server") -> Iterator[Killed]:
    """Serve, and kill from now on until the block ends."""
    made = Killed(module)
    ground.awake(made.address)
    made.killer.start()
    try:
        yield made
    finally:
        made.end()
