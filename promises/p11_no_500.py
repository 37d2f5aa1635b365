"""P11: whatever is sent to whatever address, the answer is never a defect of ours.

Every address × GET and POST, with ids, questions, forms, bodies and files that are hostile or
broken, from a fixed seed. What one request writes is taken back before the next.
Control: a view that raises must be found by the same look.
"""

from __future__ import annotations

import importlib
import itertools
import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from anju.register.access import Role
from promises import ground, hostile, stage, walk
from promises.registry import Outcome, Promise, full

SEED, QUICK, LONG = 20261122, 3_000, 100_000
GOAL = "0 status 500, 0 traceback, every refusal with its code"
CODE = re.compile(r"\bE-[A-Z]+(-[A-Z]+)*\b")
HOSTILE_PATHS = (
    "1 OR 1=1", "..%2f..%2f", "-1", str(2**63), "9" * 30, "%00", "'", ");--", "１２", "a" * 3_000,
    "1/" * 500, "%ff%fe", ".csv", "%2e%2e",
)  # fmt: skip
SHELL = ("/account/logout", "/theme", "/language")
NUMBER = re.compile(r"/\d+(?=[/.])")


@dataclass
class Seen:
    """What came back: how often each status, and every answer that must not be."""

    asked: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def look(self, answer: HttpResponseBase, said: str) -> None:
        """Judge one answer: 5xx, a traceback, or a refusal of a form without its code."""
        self.asked += 1
        status = int(answer.status_code)
        self.statuses[status] += 1
        raised = getattr(answer, "exc_info", None)
        if status >= 500 or raised is not None:
            why = f"{raised[0].__name__}: {str(raised[1])[:160]}" if raised else str(status)
            self.wrong.append(f"{said} → {why}")
            return
        body = walk.body_of(answer)
        if b"Traceback (most recent call last)" in body:
            self.wrong.append(f"{said} → a traceback is shown")
        if status in {409, 413, 415, 422} and not CODE.search(body.decode("utf-8", "replace")):
            self.wrong.append(f"{said} → {status} without a code")


@dataclass(frozen=True, slots=True)
class Target:
    """An address with the forms that its page shows."""

    name: str
    kwargs: Mapping[str, object]
    forms: tuple[walk.Form, ...] = ()

    @property
    def path(self) -> str:
        """Return the address as it is now: the sign of a photo holds for minutes."""
        return reverse(self.name, kwargs=dict(self.kwargs))


def targets(made: stage.Stage, clients: Sequence[Client]) -> list[Target]:
    """Return every address, with the forms that its page shows the first who may see it.

    Those of the shell are taken once, at home.
    """
    found = []
    for url, kwargs in walk.places(made.ids):
        path = Target(url.name, kwargs).path
        shown = next(filter(None, (_shown(client, path) for client in clients)), [])
        kept = [form for form in shown if form.post and _of_page(form, path)]
        found.append(Target(url.name, kwargs, tuple(kept)))
    return found


def _shown(client: Client, path: str) -> list[walk.Form]:
    """Return the forms that a page shows somebody, none where there is no page for her."""
    answer = client.get(path)
    html = "html" in answer.headers.get("Content-Type", "") and answer.status_code == 200
    return walk.forms_of(walk.body_of(answer)) if html else []


def _of_page(form: walk.Form, path: str) -> bool:
    """Say whether a form is the page's own, not one of the shell around every page."""
    return path == "/manage/surveys/" or not form.action.startswith(SHELL)


def hostile_path(chance: random.Random, path: str) -> str:
    """Return the address, now and then with an id that nobody has."""
    if chance.random() > 0.2 or not NUMBER.search(path):
        return path
    return NUMBER.sub(lambda _: "/" + chance.choice(HOSTILE_PATHS), path, count=1)


def filled(chance: random.Random, form: walk.Form) -> dict[str, list[object]]:
    """Return a form's values, most of them as shown, some hostile, some left out, some twice."""
    data: dict[str, list[object]] = {}
    for name, value in form.values:
        data.setdefault(name, []).append(value)
    for name in form.texts:
        data.setdefault(name, [""])
    twist(chance, data)
    for name in form.files:
        if chance.random() < 0.9:
            data[name] = [hostile.file(chance)]
    return data


def twist(chance: random.Random, data: dict[str, list[object]]) -> None:
    """Make some values hostile, leave some out, send some twice."""
    for name in list(data):
        fate = chance.random()
        if fate < 0.4:
            data[name] = [hostile.word(chance)]
        elif fate < 0.45:
            del data[name]
        elif fate < 0.5:
            data[name] = [*data[name], hostile.word(chance)]


def one(chance: random.Random, client: Client, target: Target) -> tuple[HttpResponseBase, str]:
    """Send one request and return the answer with what was sent, short."""
    path = hostile_path(chance, target.path)
    if chance.random() < (0.25 if target.forms else 0.8):
        asked = hostile.query(chance)
        return client.get(path, asked), f"GET {path[:120]} {str(asked)[:200]}"
    if not target.forms or chance.random() < 0.15:
        kind, body = hostile.raw(chance)
        sent = client.generic("POST", path, body, content_type=kind)
        return sent, f"POST {path[:120]} {kind} {body[:60]!r}"
    form = chance.choice(target.forms)
    data = filled(chance, form)
    return client.post(
        form.action or path, data
    ), f"POST {form.action or path[:120]} {str(data)[:400]}"


def fuzz(clients: Sequence[Client], places_: Sequence[Target], count: int, seed: int) -> Seen:
    """Send so many requests, each address in turn, and judge every answer."""
    chance, seen = random.Random(seed), Seen()
    names = sorted({target.name for target in places_})
    under = {name: [target for target in places_ if target.name == name] for name in names}
    signed_in = [deepcopy(client.cookies) for client in clients]
    while seen.asked < count:
        for name in names[: count - seen.asked]:
            target = chance.choice(under[name])
            with walk.undone():
                number = chance.randrange(len(clients))
                answer, said = one(chance, clients[number], target)
                seen.look(answer, said)
            # Whoever signed out by a form is signed in again, as the row of the session is.
            clients[number].cookies = deepcopy(signed_in[number])
    return seen


def _control(client: Client) -> bool:
    """Say whether a view that raises is found."""
    queries: Any = importlib.import_module("anju.register.queries")
    kept, seen = queries.project_lines, Seen()

    def broken() -> tuple[()]:
        raise ZeroDivisionError

    queries.project_lines = broken
    try:
        seen.look(client.get("/manage/projects/"), "control")
    finally:
        queries.project_lines = kept
    return bool(seen.wrong)


def attempt(folder: Path) -> Outcome:
    """Send the requests of this form of the promise and judge them all."""
    ground.migrate()
    made = stage.build(lambda most: f"词{next(_numbers)}"[:most])
    boss = made.cast.administrator.account_id
    clients = [walk.client_of(boss, "zh-hans"), walk.client_of(boss, "en")]
    clients += [walk.client_of(made.cast.actors[Role.QUALITY].account_id, "zh-hans")]
    found = targets(made, clients[1:])
    seen = fuzz([*clients, walk.client_of(None, "en")], found, LONG if full() else QUICK, SEED)
    kinds = sorted({_kind(line) for line in seen.wrong})
    problems = [f"{len(seen.wrong)} bad answers of {len(kinds)} kinds"] if seen.wrong else []
    problems += [next(line for line in seen.wrong if _kind(line) == kind) for kind in kinds[:15]]
    if seen.statuses[200] + seen.statuses[422] < seen.asked // 4:
        problems.append("too few pages were reached to judge by")
    problems += [] if _control(clients[0]) else ["control not caught: a view that raises"]
    statuses = dict(sorted(seen.statuses.items()))
    told = (
        f"{seen.asked} requests to {len(found)} addresses, seed {SEED}: {len(seen.wrong)} bad;"
        f" statuses {statuses}; control caught"
    )
    figures = {"requests": seen.asked, "bad": len(seen.wrong), "addresses": len(found)}
    evidence = f"{' || '.join(problems)} | {told}" if problems else told
    return Outcome(kept=not problems, evidence=evidence, goal=GOAL, figures=figures)


def _kind(line: str) -> str:
    return NUMBER.sub("/n", line.split(" ")[1])[:60] + line.rpartition("→")[2][:40]


_numbers = itertools.count(1)
PROMISE = Promise("P11", "No request whatever meets a defect of ours", attempt)
