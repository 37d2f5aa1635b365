"""What a work list costs when many look at once: sixteen signed-in people, two served processes.

Measured by the clock of whoever waits, so it means something only on a machine that does nothing else:
the sixteen run on it as well. Beside it, in turns, the same crowd asks a page that does nothing; the
figures are the medians of the turns.
"""

from __future__ import annotations

import http.client
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from benchmarks.figure import Figure

CLIENTS, PROCESSES, EACH, WARM, TURNS = 16, 2, 40, 10, 5
P99 = 120.0


def looked() -> Iterator[Figure]:
    """Measure the work list at many looks at once; Django is ready and the cases are there."""
    from django.conf import settings  # noqa: PLC0415 (after Django's start)
    from django.test import Client  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    from anju.register.access import Role  # noqa: PLC0415
    from anju.register.models import Account  # noqa: PLC0415
    from promises import ground  # noqa: PLC0415

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(Account.objects.get(email__startswith=Role.QUALITY.value))
    name = settings.SESSION_COOKIE_NAME
    cookie = f"{name}={client.cookies[name].value}"
    with ground.served(processes=PROCESSES) as address:
        place = urlsplit(address).netloc
        crowd(place, reverse("cases"), cookie, WARM)  # the first of a process reads templates
        pairs = [
            (crowd(place, "/alive/", cookie, EACH)[0], crowd(place, reverse("cases"), cookie, EACH))
            for _ in range(TURNS)
        ]
    slowest = [ground.percentile(taken, 0.99) for _, (taken, _) in pairs]
    idle = statistics.median(ground.percentile(one, 0.99) for one, _ in pairs)
    middle = statistics.median(ground.percentile(taken, 0.5) for _, (taken, _) in pairs)
    rate = statistics.median(len(taken) / seconds for _, (taken, seconds) in pairs)
    every = ", ".join(f"{one:.0f}" for one in slowest)
    yield Figure(
        f"work list, p99 of {CLIENTS} at once on {PROCESSES} processes",
        statistics.median(slowest), "ms", P99, idle, "the p99 of a page that does nothing",
        f"of {TURNS} turns with {every}; median {middle:.0f} ms, {rate:.0f} pages a second",
    )  # fmt: skip


def crowd(place: str, path: str, cookie: str, each: int) -> tuple[list[float], float]:
    """Return the ms of each look, and the seconds that all took."""

    def look(_person: int) -> list[float]:
        line, taken = http.client.HTTPConnection(place, timeout=30), []
        for _ in range(each):
            began = time.perf_counter()
            line.request("GET", path, headers={"Cookie": cookie})
            answer = line.getresponse()
            body = answer.read()
            taken.append(1000 * (time.perf_counter() - began))
            if answer.status != 200 or not body:
                raise SystemExit(f"bench: {path} answered {answer.status}")
        line.close()
        return taken

    began = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as people:
        every = [ms for one in people.map(look, range(CLIENTS)) for ms in one]
    return every, time.perf_counter() - began
