"""What a million cases cost: work list, filters, a case, a search; on both databases, beside ten thousand.

Cases and their entries are made by the database itself from one real case, so the figures are those of
reading alone; the chains of these entries are not valid, and nothing here says so. `BENCH_CASES` gives
another number than a million; `BENCH_ONLY` one database. Pages are asked for as the office's own role.
Growth has a goal for lists, a case and registering one; a search looks at all of ten thousand cases
and at the newest twenty thousand of a million, so it has the goal of its time alone.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, replace
from functools import partial
from typing import TYPE_CHECKING

from benchmarks import peers
from benchmarks.cases_planted import fill, many
from benchmarks.figure import Figure, cpu
from promises import databases
from tests.gate.postgres import private_cluster, server_folder

if TYPE_CHECKING:  # Django's settings are read by the children alone
    from anju.register.access import Actor

FEW, BESIDE = 10_000, 100_000
LIST = "page: work list"
PAGE_MS, MODEL_MS, SEARCH_MS, GROWTH = 6.0, 1.5, 200.0, 1.2
WARM = 6  # looks before a page is measured: a process that serves has its statements prepared
TURNS = 5  # small and large are measured in turns: a machine is not equally quick all the time


def measure() -> Iterator[Figure]:
    """Measure on SQLite, and on PostgreSQL where its programs are."""
    only = os.environ.get("BENCH_ONLY", "")
    for name in ("sqlite", "postgresql"):
        if only not in {"", name} or (name == "postgresql" and server_folder() is None):
            continue
        with ExitStack() as stack:
            if name == "postgresql":
                os.environ["ANJU_TEST_DATABASE"] = stack.enter_context(private_cluster())
                stack.callback(os.environ.pop, "ANJU_TEST_DATABASE")
            yield from _of(name, _ground(stack), _ground(stack))


def _ground(stack: ExitStack) -> dict[str, str]:
    """Return the surroundings of a company of its own: its folder, its database."""
    data = stack.enter_context(tempfile.TemporaryDirectory(prefix="anju-bench-"))
    env = {key: one for key, one in os.environ.items() if not key.startswith("ANJU_")}
    env |= {"ANJU_DATA": data, "ANJU_SECRET_KEY": "only for benchmarks " + "x" * 40}
    env |= {"DJANGO_SETTINGS_MODULE": "anju.conf.settings", "OPENBLAS_NUM_THREADS": "1"}
    stack.enter_context(databases.private(env))
    return env


def _of(name: str, small: Mapping[str, str], large: Mapping[str, str]) -> Iterator[Figure]:
    """Fill two companies and measure them in turns; then many at once, the day's stock, and a peer."""
    yield _filled(name, small, FEW)
    beside: dict[int, float] = {}
    if name == "sqlite" and many() >= BESIDE:
        yield _filled(name, large, BESIDE)
        for count, env in ((FEW, small), (BESIDE, large)):
            seen = {one.name: one.value for one in _asked(env, "measure", count)}
            beside[count] = seen[LIST]
    yield _filled(name, large, many())
    yield from _in_turns(name, small, large)
    for part in ("crowd", "stock"):
        for figure in _asked(large, part, many()):
            yield _named(f"{name} {many():,}", figure)
    if beside:
        yield from peers.beside(beside)


def _in_turns(name: str, small: Mapping[str, str], large: Mapping[str, str]) -> Iterator[Figure]:
    """Measure few and many cases turn by turn: medians of each, and of how they stand in a turn."""
    turns = [
        (_asked(small, "measure", FEW), _asked(large, "measure", many())) for _ in range(TURNS)
    ]
    for place, count in enumerate((FEW, many())):
        for seen in zip(*(turn[place] for turn in turns), strict=True):
            yield _named(f"{name} {count:,}", _middle(seen))
    for pairs in zip(*(zip(*turn, strict=True) for turn in turns), strict=True):
        what, ratios = pairs[0][0].name, [two.value / one.value for one, two in pairs]
        goal = None if what.startswith("search") else GROWTH
        note = f"{min(ratios):.2f} to {max(ratios):.2f} in {TURNS} turns"
        yield Figure(f"{name}: growth of {what}", statistics.median(ratios), "×", goal, note=note)


def _filled(name: str, env: Mapping[str, str], count: int) -> Figure:
    made, _ = _child(env, "fill", str(count))
    return Figure(f"{name}: {count:,} cases", made[0], "s", note=f"to make; {made[1]:.0f} MB")


def _asked(env: Mapping[str, str], part: str, count: int) -> list[Figure]:
    """Return what a part measures, asked as the role that pages have."""
    office = {key: one for key, one in env.items() if key != "ANJU_AS_OWNER"}
    return _child(office, part, str(count))[1]


def _middle(seen: Sequence[Figure]) -> Figure:
    """Return the median of one measurement taken several times."""
    return sorted(seen, key=lambda one: one.value)[len(seen) // 2]


def _named(before: str, figure: Figure) -> Figure:
    return replace(figure, name=f"{before}: {figure.name}")


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
        for _ in range(WARM):
            look()
        value, clock = cpu(look, rounds=9), wall(look)
        goal = PAGE_MS if name.endswith("list") else None
        yield Figure(f"page: {name}", value, "ms", goal, idle, "an empty page", f"{clock:.1f} ms by the clock")  # fmt: skip
    yield modelled(actor)
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


def modelled(actor: Actor) -> Figure:
    """Measure the query of a work list and what it becomes, without the page around it."""
    from django.db import transaction  # noqa: PLC0415

    from anju.kernel.pure.clock import utc_now  # noqa: PLC0415
    from anju.kernel.scope import company_scope  # noqa: PLC0415
    from anju.voice import listed  # noqa: PLC0415
    from anju.voice.lists import Filter  # noqa: PLC0415

    def read() -> None:
        if not listed.page(actor, Filter(), at=utc_now(), known=0).rows:
            raise SystemExit("bench: an empty work list")

    with company_scope(actor.company_id), transaction.atomic():
        read()
        value = cpu(read, rounds=25)
    return Figure("query and view model of the work list", value, "ms", MODEL_MS)


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
