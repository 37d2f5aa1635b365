"""A million cases made by the database itself, from one real case: for the bench of cases alone.

The chains of their entries are not valid. Verbs, kinds and instants are, so that a stocktake adds up;
the youngest cases came in just now, one every 97 seconds. Three hundred projects hold them.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

OPEN, PROJECTS, APART = 2_000, 300, 97
HOMES = (
    "SELECT u.id, u.building_id, b.project_id, ROW_NUMBER() OVER (ORDER BY u.id) - 1 AS place,"
    " COUNT(*) OVER () AS homes FROM register_unit u JOIN register_building b ON b.id = u.building_id"
)
VERBS = ("received", "accept", "schedule", "start", "finish", "report_back", "verdict", "confirm")
WAITING = 2  # so many of them an open case has; the others are notes


def many() -> int:
    """Return how many cases are wanted."""
    return int(os.environ.get("BENCH_CASES", "1000000"))


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
        with _unreferred(cursor, connection.vendor):
            cursor.execute(_cases(connection.vendor, ground), [first + 1, count])
            cursor.execute(_entries(connection.vendor), [first])
        # What the database's own housekeeping does within a minute of such an import.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    print(json.dumps([time.monotonic() - began, _megabytes()]), flush=True)


@contextmanager
def _unreferred(cursor: CursorWrapper, vendor: str) -> Iterator[None]:
    """Lay PostgreSQL's foreign keys of both tables aside, so that they are checked once, at the end."""
    if vendor != "postgresql":
        yield
        return
    cursor.execute(
        "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)"
        " FROM pg_constraint WHERE contype = 'f'"
        " AND conrelid IN ('voice_case'::regclass, 'kernel_historyentry'::regclass)"
    )
    keys = cursor.fetchall()
    for table, name, _ in keys:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    yield
    for table, name, says in keys:
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {says}")


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
    some = {"1栋": ["101", "102", "201", "202"]}
    for number in range(4, PROJECTS - 1):
        cast.a_project(company.quality, f"项目{number}", buildings=some)
    cast.a_person(company.company, Role.WORKER, projects=[company.project])
    return int(case.pk)


def _dialect(vendor: str) -> tuple[str, str, str, str, str]:
    """Return how a database says numbers, when a case came, ended and is due, and a telephone."""
    from anju.kernel.pure.clock import utc_now  # noqa: PLC0415

    now = utc_now() - timedelta(hours=2)
    base = now - timedelta(seconds=APART * many())
    if vendor == "postgresql":
        series = "SELECT n::int AS n FROM generate_series(%s::int, %s::int) AS n"
        came = f"(timestamptz '{base:%Y-%m-%d %H:%M:%S}+00' + n * interval '{APART} seconds')"
        later = f"(timestamptz '{now:%Y-%m-%d %H:%M:%S}+00' + (n % 200 - 60) * interval '1 hour')"
        phone = "'+86139' || lpad((n % 400000)::text, 8, '0')"
        ended = f"({came} + interval '70 minutes')"
    else:
        series = (
            "SELECT n FROM (WITH RECURSIVE s(n) AS (SELECT %s UNION ALL SELECT n + 1 FROM s WHERE n < %s)"
            " SELECT n FROM s)"
        )
        form = "'%%Y-%%m-%%d %%H:%%M:%%S'"
        start = f"'{base:%Y-%m-%d %H:%M:%S}'".replace("%", "%%")
        came = f"strftime({form}, {start}, '+' || (n * {APART}) || ' seconds')"
        ended = f"strftime({form}, {start}, '+' || (n * {APART} + 4200) || ' seconds')"
        later = f"strftime({form}, '{now:%Y-%m-%d %H:%M:%S}', (n %% 200 - 60) || ' hours')"
        phone = "'+86139' || printf('%%08d', n %% 400000)"
    return series, came, ended, later, phone


def _cases(vendor: str, ground: int) -> str:
    """Return the statement that makes cases of given numbers; the parameters are first and last."""
    from anju.voice.models import Case  # noqa: PLC0415

    series, came, ended, later, phone = _dialect(vendor)
    mod = "%%"
    phone, later = phone.replace("n % ", "n %% "), later.replace("n % ", "n %% ")
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


def _entries(vendor: str) -> str:
    """Return the statement that gives the youngest cases their entries; the parameter is the last old one.

    A case is closed by its sixth entry, 70 minutes after it came: as its row says.
    """
    at = "c.received_at + (v.seq - 1) * interval '14 minutes'"
    if vendor == "sqlite":
        at = "strftime('%%Y-%%m-%%d %%H:%%M:%%S', c.received_at, '+' || ((v.seq - 1) * 14) || ' minutes')"
    verbs = " UNION ALL ".join(
        f"SELECT {place} AS seq, '{verb}' AS verb" for place, verb in enumerate(VERBS, start=1)
    )
    return (
        "INSERT INTO kernel_historyentry (company_id, kind, subject_id, seq, actor_id, verb, at, said,"
        " previous, digest) SELECT c.company_id, 'case', c.id, v.seq, c.first_receiver_id,"
        f" CASE WHEN c.settled_at IS NULL AND v.seq > {WAITING} THEN 'note' ELSE v.verb END,"
        f' {at}, CASE WHEN v.seq = 1 THEN \'{{"payload":{{"kind":"\' || c.kind || \'"}}}}\''
        " ELSE '{\"payload\":{}}' END, 'bench', 'bench' FROM voice_case c"
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
