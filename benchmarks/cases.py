"""What a million cases cost: work list, filters, a case, a search; on both databases, beside ten thousand.

Cases and their entries are made by the database itself from one real case, so the figures are those of
reading alone; the chains of these entries are not valid, and nothing here says so. `BENCH_CASES` gives
another number than a million; `BENCH_ONLY` one database. Pages are asked for as the office's own role.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict
from functools import partial
from pathlib import Path

from benchmarks.figure import Figure, cpu
from promises import databases
from tests.gate.postgres import private_cluster, server_folder

FEW, OPEN, ENTRIES = 10_000, 2_000, 8
PAGE_MS, MODEL_MS, SEARCH_MS, GROWTH = 6.0, 1.5, 200.0, 1.2
HOMES = (
    "SELECT u.id, u.building_id, b.project_id, ROW_NUMBER() OVER (ORDER BY u.id) - 1 AS place,"
    " COUNT(*) OVER () AS homes FROM register_unit u JOIN register_building b ON b.id = u.building_id"
)
VERBS = ("received", "accept", "schedule", "start", "finish", "report_back", "verdict", "confirm")


def many() -> int:
    """Return how many cases are wanted."""
    return int(os.environ.get("BENCH_CASES", "1000000"))


def measure() -> Iterator[Figure]:
    """Measure on SQLite, and on PostgreSQL where its programs are."""
    only = os.environ.get("BENCH_ONLY", "")
    for name in ("sqlite", "postgresql"):
        if only not in {"", name} or (name == "postgresql" and server_folder() is None):
            continue
        with ExitStack() as stack:
            data = stack.enter_context(tempfile.TemporaryDirectory(prefix="anju-bench-"))
            env = {key: one for key, one in os.environ.items() if not key.startswith("ANJU_")}
            env |= {"ANJU_DATA": data, "ANJU_SECRET_KEY": "only for benchmarks " + "x" * 40}
            env |= {"DJANGO_SETTINGS_MODULE": "anju.conf.settings", "OPENBLAS_NUM_THREADS": "1"}
            if name == "postgresql":
                os.environ["ANJU_TEST_DATABASE"] = stack.enter_context(private_cluster())
                stack.callback(os.environ.pop, "ANJU_TEST_DATABASE")
                stack.enter_context(databases.private(env))
            yield from _of(name, env)


def _of(name: str, env: Mapping[str, str]) -> Iterator[Figure]:
    """Fill and measure twice, and compare."""
    seen: dict[int, dict[str, float]] = {}
    for count in (FEW, many()):
        made, _ = _child(env, "fill", str(count))
        office = {key: one for key, one in env.items() if key != "ANJU_AS_OWNER"}
        _, figures = _child(office, "measure", str(count))
        yield Figure(f"{name}: {count:,} cases", made[0], "s", note=f"to make; {made[1]:.0f} MB")
        for figure in figures:
            seen.setdefault(count, {})[figure.name] = figure.value
            yield Figure(f"{name} {count:,}: {figure.name}", *list(asdict(figure).values())[1:])
    for what, before in seen[FEW].items():
        ratio = seen[many()][what] / max(before, 0.01)
        yield Figure(f"{name}: growth of {what}", ratio, "×", GROWTH)


def _child(env: Mapping[str, str], *words: str) -> tuple[tuple[float, float], list[Figure]]:
    command = [sys.executable, "-m", "benchmarks.cases", *words]
    done = subprocess.run(command, env=dict(env), stdout=subprocess.PIPE, text=True, check=True)
    made, figures = (0.0, 0.0), []
    for line in done.stdout.splitlines():
        if line.startswith("{"):
            figures.append(Figure(**json.loads(line)))
        elif line.startswith("["):
            made = tuple(json.loads(line))
    return made, figures


def fill(count: int) -> None:
    """Bring the cases up to a count; print the seconds that it took and the database's size."""
    from django.db import connection  # noqa: PLC0415 (after Django's start)

    from anju.cli import start  # noqa: PLC0415

    Path(os.environ["ANJU_DATA"], "static").mkdir(exist_ok=True)
    start.migrate()
    ground = _ground()
    began = time.monotonic()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET statement_timeout = 0")  # for this connection alone
        cursor.execute("SELECT COALESCE(MAX(number), 0) FROM voice_case")
        first = int(cursor.fetchone()[0])
        cursor.execute(_cases(connection.vendor, ground), [first + 1, count])
        cursor.execute(_entries(), [first])
        cursor.execute("ANALYZE")
    print(json.dumps([time.monotonic() - began, _megabytes()]), flush=True)


def _ground() -> int:
    """Return the one real case that all others are made from; made the first time."""
    from anju.register.access import Role  # noqa: PLC0415
    from anju.register.models import Company  # noqa: PLC0415
    from anju.voice.models import Case  # noqa: PLC0415
    from anju.voice.tests.making import a_case  # noqa: PLC0415
    from tests import cast  # noqa: PLC0415

    if Company.objects.exists():
        found = Case.objects.unscoped("bench: the one real case").order_by("number")
        return int(found[0].pk)
    company = cast.the_cast()
    case = a_case(company)
    houses = {f"{house}栋": [f"{floor}0{door}" for floor in range(1, 26) for door in (1, 2, 3, 4)] for house in range(1, 11)}  # fmt: skip
    for number in range(4):
        cast.a_project(company.quality, f"项目{number}", buildings=houses)
    cast.a_person(company.company, Role.WORKER, projects=[company.project])
    return int(case.pk)


def _cases(vendor: str, ground: int) -> str:
    """Return the statement that makes cases of given numbers; the parameters are first and last."""
    from anju.voice.models import Case  # noqa: PLC0415

    if vendor == "postgresql":
        series = "SELECT n::int AS n FROM generate_series(%s::int, %s::int) AS n"
        came = "timestamptz '2023-01-01' + n * interval '97 seconds'"
        later = "timestamptz '2026-11-18' + (n % 200) * interval '1 hour'"
        phone = "'+86139' || lpad((n % 400000)::text, 8, '0')"
        ended = f"({came} + interval '3 days')"
    else:
        series = (
            "SELECT n FROM (WITH RECURSIVE s(n) AS (SELECT %s UNION ALL SELECT n + 1 FROM s WHERE n < %s)"
            " SELECT n FROM s)"
        )
        came = "strftime('%%Y-%%m-%%d %%H:%%M:%%S', '2023-01-01', '+' || (n * 97) || ' seconds')"
        ended = "strftime('%%Y-%%m-%%d %%H:%%M:%%S', '2023-01-04', '+' || (n * 97) || ' seconds')"
        later = "strftime('%%Y-%%m-%%d %%H:%%M:%%S', '2026-11-18', '+' || (n %% 200) || ' hours')"
        phone = "'+86139' || printf('%%08d', n %% 400000)"
    mod = "%%"
    phone, later = phone.replace("n % ", "n %% "), later.replace("(n % ", "(n %% ")
    is_open = f"(n <= {OPEN})"
    own = {
        "number": "n",
        "project_id": "u.project_id",
        "building_id": "u.building_id",
        "unit_id": "u.id",
        "received_at": came,
        "clock_from": came,
        "state": f"CASE WHEN {is_open} THEN 'accepted' ELSE 'settled' END",
        "outcome": f"CASE WHEN {is_open} THEN '' ELSE 'confirmed' END",
        "kind": f"CASE WHEN n {mod} 8 = 0 THEN 'complaint' WHEN n {mod} 8 = 1 THEN 'enquiry' ELSE 'repair' END",
        "next_due_at": f"CASE WHEN {is_open} THEN {later} END",
        "closed_at": f"CASE WHEN {is_open} THEN NULL ELSE {ended} END",
        "settled_at": f"CASE WHEN {is_open} THEN NULL ELSE {ended} END",
        "rung_at": "NULL",
        "assignee_id": "c.first_receiver_id",
        "executor_id": "c.first_receiver_id",
        "words": f"'第 ' || n || ' 件：' || CASE n {mod} 4 WHEN 0 THEN '厨房水管漏水' WHEN 1 THEN '楼道灯不亮' WHEN 2 THEN '电梯有异响' ELSE '车位被占' END",
        "phone": phone,
        "token_hash": "'bench' || n",
        "client_id": "''",
    }
    names = [str(field.column) for field in Case._meta.concrete_fields if field.column != "id"]
    chosen = ", ".join(own.get(name, f"c.{name}") for name in names)
    return (
        f"INSERT INTO voice_case ({', '.join(names)}) SELECT {chosen} FROM ({series}) AS g"
        f" JOIN ({HOMES}) AS u ON u.place = n {mod} u.homes JOIN voice_case c ON c.id = {ground}"
        " ORDER BY n"
    )


def _entries() -> str:
    """Return the statement that gives the youngest cases their entries; the parameter is the last old one."""
    verbs = " UNION ALL ".join(
        f"SELECT {place} AS seq, '{verb}' AS verb" for place, verb in enumerate(VERBS, start=1)
    )
    return (
        "INSERT INTO kernel_historyentry (company_id, kind, subject_id, seq, actor_id, verb, at, said,"
        " previous, digest) SELECT c.company_id, 'case', c.id, v.seq, c.first_receiver_id, v.verb,"
        " c.received_at, '{\"payload\":{}}', 'bench', 'bench' FROM voice_case c"
        f" CROSS JOIN ({verbs}) AS v WHERE c.number > %s ORDER BY c.id, v.seq"
    )


def _megabytes() -> float:
    from django.conf import settings  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    if connection.vendor == "sqlite":
        return Path(settings.DATABASES["default"]["NAME"]).stat().st_size / 1e6
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return float(cursor.fetchone()[0]) / 1e6


def wall(work: Callable[[], object], rounds: int = 7) -> float:
    """Return the median by the clock of some work, in ms: what the database does counts as well."""
    taken = []
    for _ in range(rounds):
        began = time.monotonic()
        work()
        taken.append(1000 * (time.monotonic() - began))
    return statistics.median(taken)


def measured(count: int) -> Iterator[Figure]:
    """Measure the pages of the desk and of a manager; Django is ready."""
    from django.test import Client  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    from anju.kernel.scope import company_scope  # noqa: PLC0415
    from anju.register.access import Role, actor_of  # noqa: PLC0415
    from anju.register.models import Account  # noqa: PLC0415
    from anju.voice import search  # noqa: PLC0415
    from anju.voice.models import Case  # noqa: PLC0415
    from benchmarks.pages import fetched  # noqa: PLC0415

    account = Account.objects.get(email__startswith=Role.QUALITY.value)
    actor = actor_of(account)
    if actor is None:
        raise SystemExit("bench: nobody to look")
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(account)
    with company_scope(actor.company_id):
        newest = Case.objects.order_by("-number").values_list("id", flat=True)[0]
    listed, one = reverse("cases"), reverse("case", args=[newest])
    fetched(client, listed)
    idle = cpu(lambda: client.get("/alive/"))
    pages = {
        "work list": listed,
        "list of open complaints": f"{listed}?kind=complaint",
        "list of all, newest first": f"{listed}?show=all&sort=newest",
        "one case": one,
    }
    for name, address in pages.items():
        look = partial(fetched, client, address)
        value, clock = cpu(look, rounds=9), wall(look)
        goal = PAGE_MS if name.endswith("list") else None
        yield Figure(f"page: {name}", value, "ms", goal, idle, "an empty page", f"{clock:.1f} ms by the clock")  # fmt: skip
    texts = {
        "a number": str(count),
        "a phone": "13900000777",
        "words": "电梯有异响",
        "words nowhere": "直升机",
    }
    for name, text in texts.items():
        with company_scope(actor.company_id):
            yield Figure(f"search for {name}", wall(partial(search.cases_like, actor, text)), "ms", SEARCH_MS)  # fmt: skip


def main(words: list[str]) -> None:
    """Fill or measure, in a process that has the settings."""
    from django import setup  # noqa: PLC0415

    setup()
    if words[0] == "fill":
        fill(int(words[1]))
        return
    for figure in measured(int(words[1])):
        print(json.dumps(asdict(figure)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
