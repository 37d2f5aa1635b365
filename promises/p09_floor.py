"""P09: with the scope gone round on purpose, PostgreSQL shows no row of another company.

A company whose tables are all filled is looked at by another one, in a process that has the role
of pages and jobs. Controls: with the floor of one table taken away its rows are seen; with one
policy dropped, and as the owner of the tables, the product refuses to serve.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from django.db import connection

from anju.kernel.floor import POLICY, company_tables
from promises import databases, filled, ground, stage
from promises.registry import Outcome, Promise
from tests.gate import postgres

GOAL = "every table filled; 0 rows of another company seen or changed in 6 ways; controls found"
LOOK = (
    "import sys; from promises import ground; ground.begin(); from promises import floored;"
    " floored.tell(int(sys.argv[1]), int(sys.argv[2]))"
)
_numbers = count(1)
ELSEWHERE = "SQLite has no such floor: one company a file (decision 0002)"


@dataclass(frozen=True, slots=True)
class Side:
    """Who looks, and whose rows must not be seen."""

    mine: int
    other: int

    def look(self, env: dict[str, str]) -> dict[str, Any]:
        """Look past the scope in a process with this environment."""
        command = [sys.executable, "-c", LOOK, str(self.mine), str(self.other)]
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr[-800:])
        told: dict[str, Any] = json.loads(done.stdout)
        return told


def attempt(folder: Path) -> Outcome:
    """Fill a company, look at it as another; on SQLite in a PostgreSQL of the promise's own."""
    if connection.vendor == "postgresql":
        return _attempt()
    if postgres.server_folder() is None:
        return Outcome(kept=True, evidence=ELSEWHERE, goal=GOAL, not_run=(ELSEWHERE,))
    with postgres.private_cluster() as server:
        env = {**os.environ, "ANJU_TEST_DATABASE": server}
        os.environ["ANJU_TEST_DATABASE"] = server
        with databases.private(env):
            command = [sys.executable, "-m", "promises", "--child", "p09_floor", str(folder)]
            subprocess.run(command, env=env, check=True)
    told = json.loads((folder / "outcome.json").read_text(encoding="utf-8"))
    return Outcome(**{**told, "not_run": tuple(told["not_run"])})


def _attempt() -> Outcome:
    ground.migrate()
    built = stage.build(lambda most: f"词{next(_numbers)}"[:most])
    side = Side(built.stranger.company_id, built.cast.company.pk)
    empty = filled.empty_tables(side.other)
    office = ground.as_office()
    told = side.look(office)
    # A table without a row shows no row of anybody's: it would pass without a floor.
    problems = [f"no row on the stage: {', '.join(empty)}"] if empty else []
    problems += [f"{way}: {count} rows seen" for way, count in told["seen"].items() if count]
    problems += [f"{told['touched']} rows could be changed"] if told["touched"] else []
    problems += [f"refused to serve: {told['refused']}"] if told["refused"] else []
    problems += _controls(side, office)
    tables = len(company_tables())
    evidence = (
        f"0 rows seen of {tables - len(empty)} filled tables out of {tables}, in"
        f" {len(told['seen'])} ways, 0 changed; controls caught"
    )
    figures = {"tables": tables, "filled": tables - len(empty)}
    said = f"{'; '.join(problems)} | {evidence}" if problems else evidence
    return Outcome(not problems, said, GOAL, figures)


@contextmanager
def _without(broken: str, mended: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(broken)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(mended)


def _controls(side: Side, office: dict[str, str]) -> list[str]:
    """Return the controls that were not caught."""
    missed = []
    table = "ALTER TABLE register_project {} ROW LEVEL SECURITY"
    with _without(table.format("DISABLE"), table.format("ENABLE")):
        told = side.look(office)
        if not (told["seen"]["plain SQL"] and told["seen"]["base manager"]):
            missed.append("control not caught: a table without its floor")
        if "register_project" not in told["refused"]:
            missed.append("control not caught: served without the floor of one table")
    rename = "ALTER POLICY {} ON register_project RENAME TO {}"
    with _without(rename.format(POLICY, "other"), rename.format("other", POLICY)):
        if "register_project" not in side.look(office)["refused"]:
            missed.append("control not caught: served with one policy dropped")
    if "owns" not in side.look({**office, "ANJU_AS_OWNER": "1"})["refused"]:
        missed.append("control not caught: served as the owner of the tables")
    return missed


PROMISE = Promise("P09", "Below the scope the database itself keeps companies apart", attempt)
