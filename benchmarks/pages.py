"""What a server spends: an import, a report page over its answers, its PDF.

Runs in a process and a data folder of its own, on SQLite with the settings of an installation,
through the same actions and addresses that people use.
"""

from __future__ import annotations

import csv
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict

from benchmarks.figure import Figure, cpu

SEED = 20261122
IMPORTED, REPORTED = 100_000, 10_000


def measure() -> Iterator[Figure]:
    """Measure in a child, because settings are read once in a process."""
    return apart("benchmarks.pages")


def apart(module: str, more: Mapping[str, str] | None = None) -> Iterator[Figure]:
    """Yield what a module measures in a process and a data folder of its own; `more` is for it."""
    with tempfile.TemporaryDirectory(prefix="anju-bench-") as data:
        env = {name: value for name, value in os.environ.items() if not name.startswith("ANJU_")}
        env |= {"ANJU_DATA": data, "ANJU_SECRET_KEY": "only for benchmarks " + "x" * 40}
        env |= {"DJANGO_SETTINGS_MODULE": "anju.conf.settings", "OPENBLAS_NUM_THREADS": "1"}
        env |= more or {}
        command = [sys.executable, "-m", module]
        done = subprocess.run(command, env=env, stdout=subprocess.PIPE, text=True, check=True)
    for line in done.stdout.splitlines():
        if line.startswith("{"):
            yield Figure(**json.loads(line))


def sheet(items: list[tuple[str, list[str]]], rows: int) -> bytes:
    """Return a CSV of answers to the given items, drawn from a fixed seed."""
    draw, text = random.Random(SEED), io.StringIO()
    writer = csv.writer(text)
    writer.writerow([heading for heading, _ in items])
    for _ in range(rows):
        writer.writerow([draw.choice(answers) for _, answers in items])
    return text.getvalue().encode("utf-8-sig")


def children() -> Iterator[Figure]:
    """Measure here; Django is ready."""
    from tests import cast  # noqa: PLC0415 (after Django's start)

    company = cast.the_cast()
    yield from imported(company, IMPORTED)
    yield from reported(company, REPORTED)


def one_import(company: object, rows: int) -> tuple[int, float, bytes]:
    """Import a made sheet into a new wave; return the wave, the seconds of work, and the sheet."""
    from django.core.files.base import ContentFile  # noqa: PLC0415

    from anju.answers.rules.proposal import Wishes  # noqa: PLC0415
    from anju.kernel.models import Job  # noqa: PLC0415
    from anju.register.access import Verb  # noqa: PLC0415
    from anju.survey.access import file_for  # noqa: PLC0415
    from anju.survey.actions.imports import Order, receive_file, start_import  # noqa: PLC0415
    from anju.survey.forms import item_defs  # noqa: PLC0415
    from anju.survey.previews import import_preview  # noqa: PLC0415
    from tests import cast  # noqa: PLC0415

    assert isinstance(company, cast.Cast)
    actor, at = company.quality, cast.AT
    wave = cast.a_wave(company, population=rows)
    with company.inside():
        items = item_defs(wave.version_id or 0)
    columns = [(item.zh, [level.zh for level in item.scale.levels]) for item in items]
    body = sheet(columns, rows)
    file_id = receive_file(
        actor=actor, wave_id=wave.pk, chunks=ContentFile(body).chunks(), name="a.csv", at=at
    )
    with company.inside():
        stored = file_for(actor, file_id, Verb.IMPORT_ANSWERS)
        mapping = import_preview(wave.pk, stored, wishes=Wishes()).mapping
    began = total_time()
    job_id = start_import(actor=actor, order=Order(wave.pk, file_id, mapping), at=at)
    done(job_id)
    spent = total_time() - began
    if (Job.objects.get(id=job_id).result or {}).get("rows") != rows:
        raise SystemExit("bench: the import did not take every row")
    return wave.pk, spent, body


def total_time() -> float:
    """Return the processor's seconds of this process and of the children that it waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def imported(company: object, rows: int) -> Iterator[Figure]:
    """Measure the import of many rows beside the reading of the same bytes."""
    began = time.monotonic()
    _, spent, body = one_import(company, rows)
    wall = time.monotonic() - began
    limit = cpu(lambda: list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))) / 1000
    note = f"{wall:.1f} s by the clock"
    yield Figure(f"import of {rows:,} rows", spent, "s", 15, limit, "reading the CSV", note)


def reported(company: object, rows: int) -> Iterator[Figure]:
    """Measure the results page of a closed wave, first and again, and its PDF."""
    from django.test import Client  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    from anju.flows import survey_life  # noqa: PLC0415
    from anju.insight.actions.report import start_report  # noqa: PLC0415
    from anju.register.access import Role  # noqa: PLC0415
    from tests import cast  # noqa: PLC0415

    assert isinstance(company, cast.Cast)
    actor, at = company.quality, cast.AT
    wave_id, _, _ = one_import(company, rows)
    job = survey_life.close(actor=actor, wave_id=wave_id, at=at)
    counted = cpu(lambda: done(job), rounds=1)
    yield Figure(f"small tables of {rows:,} answers", counted, "ms", None, None)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(company.account(Role.QUALITY))
    results = reverse("results", args=[wave_id])
    client.get(reverse("surveys"))
    idle = cpu(lambda: client.get("/alive/"))
    first = cpu(lambda: fetched(client, results), rounds=1)
    again = cpu(lambda: fetched(client, results))
    name = f"results page over {rows:,} answers"
    yield Figure(f"{name}, first view", first, "ms", 100, idle, "an empty page")
    yield Figure(f"{name}, second view", again, "ms", 20, idle, "an empty page")
    paper = start_report(actor=actor, wave_id=wave_id, form="pdf", language="zh-hans", at=at)
    began = total_time()
    done(paper)
    yield Figure(f"its PDF in Chinese, {rows:,} answers", total_time() - began, "s")


def done(job_id: int) -> None:
    """Do a background job here and insist that it worked."""
    from anju.kernel.models import Job, JobState  # noqa: PLC0415
    from anju.kernel.tasks import run_job  # noqa: PLC0415

    run_job.call(job_id)
    job = Job.objects.get(id=job_id)
    if job.state != JobState.DONE:
        raise SystemExit(f"bench: job {job.kind} ended as {job.state}: {job.problem}")


def fetched(client: object, address: str) -> None:
    """Get an address, all of its bytes, and insist that it worked."""
    answer = client.get(address)  # type: ignore[attr-defined]
    size = len(b"".join(answer.streaming_content)) if answer.streaming else len(answer.content)
    if answer.status_code != 200 or not size:
        raise SystemExit(f"bench: {address} answered {answer.status_code}")


def main(measured: Callable[[], Iterator[Figure]]) -> None:
    """Start Django on an empty database and print a line of JSON for each figure."""
    from django import setup  # noqa: PLC0415

    setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    for figure in measured():
        print(json.dumps(asdict(figure)), flush=True)


if __name__ == "__main__":
    main(children)
