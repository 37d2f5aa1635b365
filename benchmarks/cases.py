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

from benchmarks import peers
from benchmarks.cases_planted import fill, many
from benchmarks.figure import Figure, cpu
from promises import databases
from tests.gate.postgres import private_cluster, server_folder

FEW, BESIDE = 10_000, 100_000
LIST = "page: work list"
PAGE_MS, MODEL_MS, SEARCH_MS, GROWTH = 6.0, 1.5, 200.0, 1.2


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
    """Fill and measure, compare; then many at once, the day's stock, and a peer beside."""
    seen: dict[int, dict[str, float]] = {}
    office = {key: one for key, one in env.items() if key != "ANJU_AS_OWNER"}
    beside = {BESIDE} if name == "sqlite" and many() >= BESIDE else set()
    for count in sorted({FEW, many()} | beside):
        made, _ = _child(env, "fill", str(count))
        _, figures = _child(office, "measure", str(count))
        yield Figure(f"{name}: {count:,} cases", made[0], "s", note=f"to make; {made[1]:.0f} MB")
        for figure in figures:
            seen.setdefault(count, {})[figure.name] = figure.value
            yield Figure(f"{name} {count:,}: {figure.name}", *list(asdict(figure).values())[1:])
    for what, before in seen[FEW].items():
        ratio = seen[many()][what] / max(before, 0.01)
        yield Figure(f"{name}: growth of {what}", ratio, "×", GROWTH)
    for part in ("crowd", "stock"):
        for figure in _child(office, part, str(many()))[1]:
            yield Figure(f"{name} {many():,}: {figure.name}", *list(asdict(figure).values())[1:])
    if beside:
        yield from peers.beside({count: seen[count][LIST] for count in (FEW, BESIDE)})


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
    yield registered(idle)


def registered(idle: float) -> Figure:
    """Measure what the desk's form costs that registers a case: guesses, promises, history, commit."""
    from django.test import Client  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    from anju.kernel.scope import company_scope  # noqa: PLC0415
    from anju.register.access import Role  # noqa: PLC0415
    from anju.register.models import Account, Company, Unit  # noqa: PLC0415

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(Account.objects.get(email__startswith=Role.DESK.value))
    with company_scope(Company.objects.get().pk):
        homes = list(
            Unit.objects.filter(building__project__name="翠湖苑").values_list("id", flat=True)[:20]
        )

    def send(home: int) -> None:
        given = {
            "place": f"u{home}",
            "words": f"厨房水管漏水，第 {home} 户",
            "key": f"bench-{time.monotonic_ns()}",
        }
        answer = client.post(reverse("case-new"), given)
        if answer.status_code not in {302, 303}:
            raise SystemExit(f"bench: a case was not taken: {answer.status_code}")

    send(homes[0])
    every = iter(homes * 2)
    value, clock = cpu(lambda: send(next(every)), rounds=9), wall(lambda: send(next(every)))
    return Figure(
        "a case registered",
        value,
        "ms",
        None,
        idle,
        "an empty page",
        f"{clock:.1f} ms by the clock",
    )


def main(words: list[str]) -> None:
    """Fill or measure, in a process that has the settings."""
    from django import setup  # noqa: PLC0415

    setup()
    from benchmarks import crowd, stock  # noqa: PLC0415

    if words[0] == "fill":
        fill(int(words[1]))
        return
    parts = {"crowd": crowd.looked, "stock": stock.taken}
    figures = measured(int(words[1])) if words[0] == "measure" else parts[words[0]]()
    for figure in figures:
        print(json.dumps(asdict(figure)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
