"""What an owner's answer costs: a ten-item survey sent through the whole stack, on both databases.

Beside it in the same run: a page that does nothing, and a bare insert as durable as ours. One
submission is the last press on the owner's page: lookup of the link, limits, validation, key against
doubles, answer, counts, history, one durable commit. Its ten answers were kept before, page by page.

Rounds of both take turns and the median round counts, since a machine is never alone. The time is
this process's own: on PostgreSQL the server's work is not in it, nor in the bare insert beside it.
"""

from __future__ import annotations

import http.client
import os
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from benchmarks.figure import Figure
from benchmarks.pages import apart

ROUNDS, EACH, WARM, CLIENTS = 9, 20, 10, 16
ALONE = WARM + ROUNDS * EACH
AT_ONCE = 320
HOMES = ALONE + CLIENTS + AT_ONCE
SHARE, P99 = 1 / 0.18, 60.0
TYPE = "application/x-www-form-urlencoded"


def measure() -> Iterator[Figure]:
    """Measure in a child, because settings are read once in a process; then again on PostgreSQL."""
    from promises import databases  # noqa: PLC0415
    from tests.gate.postgres import private_cluster, server_folder  # noqa: PLC0415

    yield from apart("benchmarks.submit")
    if server_folder() is None:
        return
    with private_cluster() as server:
        os.environ["ANJU_TEST_DATABASE"] = server
        more: dict[str, str] = {}
        with databases.private(more):
            yield from apart("benchmarks.submit", more)
        del os.environ["ANJU_TEST_DATABASE"]


@dataclass(frozen=True, slots=True)
class Alone:
    """Medians of the rounds of one process: a page that does nothing, an answer, their ratio."""

    noop: float
    sent: float
    ratio: float
    statements: int
    commits: int


def children() -> Iterator[Figure]:
    """Measure here; Django is ready."""
    from django.db import connection  # noqa: PLC0415

    postgres = connection.vendor == "postgresql"
    where = "PostgreSQL" if postgres else "SQLite"
    if postgres:
        office()
    links = answered(HOMES)
    alone = in_process(links[:ALONE])
    bare, how = bare_insert(postgres=postgres)
    asked = f"{alone.statements} statements, {alone.commits} commit(s)"
    told = f"{alone.ratio:.2f} of its rate (≥ 0.18), {alone.sent / bare:.0f} bare inserts; {asked}"
    yield Figure(f"a page that does nothing, {where}", alone.noop, "ms")
    yield Figure(f"a bare insert, {where}", bare, "ms", note=how)
    yield Figure(
        f"a ten-item answer sent, {where}", alone.sent, "ms", round(SHARE * alone.noop, 2),
        alone.noop, "a page that does nothing", told,
    )  # fmt: skip
    yield from at_once(links[ALONE:], where)


def office() -> None:
    """Give the role that serves its rights, as setting up an installation does."""
    from django.conf import settings  # noqa: PLC0415

    from anju.kernel.floor import raise_floor  # noqa: PLC0415

    raise_floor(role=settings.DATABASE_ROLE)


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


def in_process(links: Sequence[str]) -> Alone:
    """Return what a page that does nothing and the sending of an answer take in one process."""
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client = Client(SERVER_NAME="127.0.0.1")

    def look(_number: int) -> None:
        client.get("/alive/")

    def send(number: int) -> None:
        body = urlencode(_form(number))
        answer = client.post(f"/o/s/{links[number]}/check/", body, content_type=TYPE)
        if answer.status_code != 302:
            raise SystemExit(f"bench: an answer was not taken: {answer.status_code}")

    for number in range(WARM - 1):
        look(number)
        send(number)
    with CaptureQueriesContext(connection) as asked:
        send(WARM - 1)
    said = [query["sql"] for query in asked.captured_queries]
    commits = said.count("COMMIT")
    statements = sum(not sql.startswith(("BEGIN", "COMMIT")) for sql in said)
    rounds = [range(start, start + EACH) for start in range(WARM, len(links), EACH)]
    taken = [(_mean(look, numbers), _mean(send, numbers)) for numbers in rounds]
    noop, sent = (statistics.median(column) for column in zip(*taken, strict=True))
    return Alone(noop, sent, statistics.median(a / b for a, b in taken), statements, commits)


def _mean(work: Callable[[int], object], numbers: Sequence[int]) -> float:
    """Return the mean ms of this process's own time: other work on the machine is not in it."""
    began = time.process_time()
    for number in numbers:
        work(number)
    return 1000 * (time.process_time() - began) / len(numbers)


def bare_insert(*, postgres: bool) -> tuple[float, str]:
    """Return the mean ms of one durable insert without anything around it, and how it was made."""
    said = "vs" * 10
    if postgres:
        return _bare_postgres(said), "psycopg, one commit each"
    with tempfile.TemporaryDirectory() as folder:
        plain = sqlite3.connect(Path(folder) / "bare.sqlite3", isolation_level=None)
        plain.execute("PRAGMA journal_mode=WAL")
        plain.execute("PRAGMA synchronous=FULL")
        plain.execute("CREATE TABLE answer (id INTEGER PRIMARY KEY, home TEXT, said TEXT)")
        spent = _mean(
            lambda n: plain.execute("INSERT INTO answer (home, said) VALUES (?, ?)", (n, said)),
            range(400),
        )
    return spent, "synchronous=FULL"


def _bare_postgres(said: str) -> float:
    import psycopg  # noqa: PLC0415

    with psycopg.connect(os.environ["ANJU_DATABASE_OWNER"], autocommit=True) as plain:
        plain.execute("CREATE TABLE bare (id bigserial PRIMARY KEY, home text, said text)")
        return _mean(
            lambda n: plain.execute("INSERT INTO bare (home, said) VALUES (%s, %s)", (n, said)),
            range(400),
        )


def at_once(links: Sequence[str], where: str) -> Iterator[Figure]:
    """Measure sixteen people at once against a served process."""
    from promises import ground  # noqa: PLC0415

    with ground.served() as address:
        place = urlsplit(address).netloc
        idle = _asked(place, [("GET", "/alive/", "")] * AT_ONCE)
        posts = [
            ("POST", f"/o/s/{token}/check/", urlencode(_form(n + HOMES)))
            for n, token in enumerate(links)
        ]
        _asked(place, posts[:CLIENTS])  # the first of a process reads forms and templates
        sent = _asked(place, posts[CLIENTS:])
    quiet = ground.percentile(idle, 0.99)
    name = f"an answer sent, p99 of {CLIENTS} at once, {where}"
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
            line.request(method, path, body or None, {"Content-Type": TYPE} if body else {})
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
