"""When a message that could not be sent is tried again, and when it is given up; pure."""

from __future__ import annotations

import hashlib
from datetime import timedelta

MOST_TRIES = 5
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
)
JITTER = 0.2
LEASE = timedelta(seconds=120)
# What was begun inside a lease ends inside it: one sending takes five seconds, or thirty by mail.
BUSY = timedelta(seconds=60)
KEPT = timedelta(days=90)


def wait_after(tries: int, uid: str) -> timedelta | None:
    """Return how long to wait after so many failed tries; None where the message is given up.

    The jitter is a function of message and try, so that a thousand messages that failed together
    do not come back together, and the same message waits the same time wherever it is computed.

    Errors: ValueError where nothing was tried.
    """
    if tries < 1:
        raise ValueError("wait_after is asked after a try")
    if tries >= MOST_TRIES:
        return None
    drawn = hashlib.sha256(f"{uid}\x1f{tries}".encode()).digest()
    share = int.from_bytes(drawn[:4], "big") / 0xFFFFFFFF
    return WAITS[tries - 1] * (1 - JITTER + 2 * JITTER * share)
