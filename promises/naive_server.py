"""A web process with the mistake that P01 must catch: it says "saved" first and writes afterwards."""

from __future__ import annotations

import os
import sys
import threading

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anju.conf.settings")
django.setup()

from anju.conf import server  # noqa: E402 after Django's start
from anju.improve.actions import boxes  # noqa: E402 after Django's start
from anju.kernel.pure.problems import Problem  # noqa: E402 after Django's start

LATER = 0.5
written = boxes.write_gap


def at_leisure(**given: object) -> None:
    """Take the order and carry it out when there is time."""

    def work() -> None:
        try:
            written(**given)  # type: ignore[arg-type]
        except Problem:
            return

    threading.Timer(LATER, work).start()


if __name__ == "__main__":
    boxes.write_gap = at_leisure
    sys.exit(server.main())
