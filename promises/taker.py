"""A process that takes acts from a limit as fast as it can, for P21: `python -m promises.taker`.

With `alone` it keeps its own count, as a cache within a process would: the mistake to be caught.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module

from anju.kernel.pure.clock import utc_now
from promises.ground import begin

PAUSE = 0.002  # between tries, so that several takers share two processors with the database


def alone(burst: int, a_minute: float) -> Callable[[datetime], int]:
    """Return a taker whose bucket only this process knows."""
    bucket = {"left": float(burst), "at": 0.0}

    def take(at: datetime) -> int:
        now = at.timestamp()
        passed = now - (bucket["at"] or now)
        bucket["left"] = min(float(burst), bucket["left"] + passed * a_minute / 60)
        bucket["at"] = now
        if bucket["left"] < 1:
            return 1
        bucket["left"] -= 1
        return 0

    return take


def main(mode: str, burst: int, a_minute: float, begins: float, seconds: float) -> None:
    """Take from the instant on that is named, for so many seconds; print how many were granted."""
    begin()
    limits = import_module("anju.kernel.limits")
    limit = limits.Limit("promise", burst, a_minute)
    own = alone(burst, a_minute)
    time.sleep(max(0.0, begins - time.time()))
    until, tried, granted = time.monotonic() + seconds, 0, list[float]()
    while time.monotonic() < until:
        at = utc_now()
        wait = own(at) if mode == "alone" else limits.take(limit, "somebody", at=at)
        tried += 1
        granted += [at.timestamp()] if not wait else []
        if wait and wait > timedelta(hours=1).total_seconds():
            raise RuntimeError("a limit that never opens again")
        time.sleep(PAUSE)
    sys.stdout.write(json.dumps({"tried": tried, "granted": granted}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4]), float(sys.argv[5]))
