"""Workers that send messages and nothing else, one after the other; also with the mistakes of P05.

Each is a copy of this process, begun as soon as the one before was killed; leases are short.

`first` marks as sent before sending; `key` gives a message a new key with each try.
"""

from __future__ import annotations

import os
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from secrets import token_hex

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anju.conf.settings")
django.setup()

from anju.kernel.pure.clock import utc_now  # noqa: E402 after Django's start
from anju.notify.actions import deliver  # noqa: E402 after Django's start
from anju.notify.models import Message  # noqa: E402 after Django's start
from promises.carrying import NOTICE  # noqa: E402 after Django's start

TEMPLATES = (NOTICE,)  # known here as well, since this process makes the words
MISTAKE, PID = "PROMISE_MISTAKE", "PROMISE_PID"
LEASE = timedelta(seconds=2)
send_all, carry = deliver._send_all, deliver._carry


def marked_first(rows, turn):
    """Mark the whole batch, then send it."""
    ids = [row.pk for row in rows]
    Message.objects.filter(id__in=ids).update(state="sent", sent_at=turn.now())
    send_all(rows, turn)


def another_key(row, made, turn):
    """Send under a key of this try alone."""
    carry(row, replace(made, parcel=replace(made.parcel, uid=token_hex(16))), turn)


def send_for_ever(parent: int) -> None:
    """Send what is due while whoever began us lives."""
    while os.getppid() == parent:
        if not deliver.deliver_due(at=utc_now(), lease=LEASE):
            time.sleep(0.1)


def begin() -> int:
    """Begin a worker as a copy of this process, tell its number, and return it."""
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        send_for_ever(parent)
        os._exit(0)
    told = Path(os.environ[PID])
    told.with_suffix(".new").write_text(str(child))
    told.with_suffix(".new").replace(told)
    return child


if __name__ == "__main__":
    if os.environ.get(MISTAKE) == "first":
        deliver._send_all = marked_first
    if os.environ.get(MISTAKE) == "key":
        deliver._carry = another_key
    while True:  # a worker that was killed is followed by the next
        os.waitpid(begin(), 0)
