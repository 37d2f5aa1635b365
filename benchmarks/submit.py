"""What an owner's answer costs: a ten-item survey sent through the whole stack, on SQLite.

Beside it in the same run: a page that does nothing, and a bare insert as durable as ours. One
submission is the last press on the owner's page: lookup of the link, limits, validation, key against
doubles, answer, counts, history, one durable commit. Its ten answers were kept before, page by page.
"""

from __future__ import annotations

import http.client
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from benchmarks.figure import Figure
from benchmarks.pages import apart

HOMES, WARM, CLIENTS = 320, 10, 16
SHARE, P99 = 1 / 0.18, 60.0
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def measure() -> Iterator[Figure]:
    """Measure in a child, because settings are read once in a process."""
    return apart("benchmarks.submit")


def children() -> Iterator[Figure]:
    """Measure here; Django is ready."""
    links = answered(HOMES)
    alone, many = links[: HOMES // 2], links[HOMES // 2 :]
    noop, sent = in_process(alone)
    bare = bare_insert()
    ratio = f"{noop / sent:.2f} of its rate (≥ 0.18)"
    yield Figure("a page that does nothing", noop, "ms")
    yield Figure("a bare insert, synchronous=FULL", bare, "ms")
    yield Figure(
        "a ten-item answer sent", sent, "ms", SHARE * noop, noop, "a page that does nothing", ratio
    )
    yield from at_once(many)


def answered(homes: int) -> list[str]:
    """Return links of a running survey whose ten items are answered and not yet sent."""
    from django.db import transaction  # noqa: PLC0415

    from anju.fieldwork.actions.answering import Given, save_answer  # noqa: PLC0415
    from anju.fieldwork.actions.links import draw_invitations  # noqa: PLC0415
    from anju.kernel.pure.clock import utc_now  # noqa: PLC0415
    from anju.survey.forms import form_plan  # noqa: PLC0415
    from anju.survey.models import QuestionnaireVersion  # noqa: PLC0415
    from tests import cast  # noqa: PLC0415

    company, now = cast.the_cast(), utc_now()
    floors = [f"{n // 4 + 1}{n % 4 + 1:02d}" for n in range(homes)]
    project = cast.a_project(company.quality, "翠湖苑二期", buildings={"1栋": floors})
    days = {"fieldwork_from": now.date(), "fieldwork_to": now.date() + timedelta(days=9)}
    wave = cast.a_wave(company, project_id=project.pk, population=homes, **days)
    with company.inside():
        items = form_plan(QuestionnaireVersion.objects.get(id=wave.version_id)).items
    choices = {item.code: [item.scale.options[0].code] for item in items if item.scale}
    links = draw_invitations(actor=company.quality, wave_id=wave.pk, at=now)
    with transaction.atomic():
        for link in links:
            save_answer(token=link.token, given=Given(choices, {}), at=now)
    return [link.token for link in links]


def _form(number: int) -> dict[str, str]:
    return {"key": f"bench-{number:020d}", "contact": "none"}


def in_process(links: Sequence[str]) -> tuple[float, float]:
    """Return the mean ms of a page that does nothing and of sending an answer, in one process."""
    from django.test import Client  # noqa: PLC0415

    client = Client(SERVER_NAME="127.0.0.1")

    def send(number: int) -> None:
        answer = client.post(f"/o/s/{links[number]}/check/", _form(number))
        if answer.status_code != 302:
            raise SystemExit(f"bench: an answer was not taken: {answer.status_code}")

    for number in range(WARM):
        client.get("/alive/")
        send(number)
    rest = range(WARM, len(links))
    return _mean(lambda _: client.get("/alive/"), rest), _mean(send, rest)


def _mean(work: Callable[[int], object], numbers: Sequence[int]) -> float:
    """Return the mean ms of this process's own time: other work on the machine is not in it."""
    began = time.process_time()
    for number in numbers:
        work(number)
    return 1000 * (time.process_time() - began) / len(numbers)


def bare_insert() -> float:
    """Return the mean ms of one durable insert without anything around it."""
    with tempfile.TemporaryDirectory() as folder:
        plain = sqlite3.connect(Path(folder) / "bare.sqlite3", isolation_level=None)
        plain.execute("PRAGMA journal_mode=WAL")
        plain.execute("PRAGMA synchronous=FULL")
        plain.execute("CREATE TABLE answer (id INTEGER PRIMARY KEY, home TEXT, said TEXT)")
        said = "vs" * 10
        return _mean(
            lambda n: plain.execute("INSERT INTO answer (home, said) VALUES (?, ?)", (n, said)),
            range(400),
        )


def at_once(links: Sequence[str]) -> Iterator[Figure]:
    """Measure sixteen people at once against a served process."""
    from promises import ground  # noqa: PLC0415

    with ground.served() as address:
        place = urlsplit(address).netloc
        idle = _asked(place, [("GET", "/alive/", "")] * len(links))
        posts = [
            ("POST", f"/o/s/{token}/check/", urlencode(_form(n + HOMES)))
            for n, token in enumerate(links)
        ]
        sent = _asked(place, posts)
    quiet = ground.percentile(idle, 0.99)
    name = f"an answer sent, p99 at {CLIENTS} people at once"
    note = f"median {ground.percentile(sent, 0.5):.0f} ms"
    yield Figure(
        name,
        ground.percentile(sent, 0.99),
        "ms",
        P99,
        quiet,
        "the p99 of a page that does nothing",
        note,
    )


def _asked(place: str, requests: Sequence[tuple[str, str, str]]) -> list[float]:
    """Return the ms of each request, asked by so many at once."""

    def ask(requests: Sequence[tuple[str, str, str]]) -> list[float]:
        taken, line = [], http.client.HTTPConnection(place, timeout=30)
        for method, path, body in requests:
            began = time.perf_counter()
            line.request(method, path, body or None, FORM if body else {})
            answer = line.getresponse()
            answer.read()
            taken.append(1000 * (time.perf_counter() - began))
            if answer.status not in {200, 302}:
                raise SystemExit(f"bench: {path} answered {answer.status}")
        return taken

    with ThreadPoolExecutor(CLIENTS) as people:
        parts = people.map(ask, (requests[start::CLIENTS] for start in range(CLIENTS)))
        return [ms for part in parts for ms in part]


if __name__ == "__main__":
    from benchmarks.pages import main

    main(children)
