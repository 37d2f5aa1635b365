"""The process whose acknowledged writes a power cut must not take: `python -m promises.writer`.

`prepare` makes a database and a company, `write` adds projects until it is ended and prints each
number after its commit, `read` prints what is there. With `weak` the database is told not to wait
for the disk: the mistake that must be caught.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from itertools import count

from django.db import connection, connections
from django.db.backends.signals import connection_created

from promises import ground

ground.begin()

from anju.kernel import history  # noqa: E402 after Django's start
from anju.kernel.durability import refuse_unless_durable  # noqa: E402 after Django's start
from anju.kernel.pure.clock import utc_now  # noqa: E402 after Django's start
from anju.kernel.scope import company_scope  # noqa: E402 after Django's start
from anju.register.access import Actor, Role  # noqa: E402 after Django's start
from anju.register.actions.places import ProjectDraft, save_project  # noqa: E402 as above
from anju.register.models import Project  # noqa: E402 after Django's start
from tests.cast import a_company  # noqa: E402 after Django's start

THREADS = 3
_lock = threading.Lock()


def prepare() -> None:
    """Make the database, a company and who writes in it; print both ids."""
    ground.migrate()
    company, actors = a_company()
    quality = actors[Role.QUALITY]
    sys.stdout.write(json.dumps([quality.account_id, company.pk]))


def _weaken(**_given: object) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous=OFF")
        else:
            cursor.execute("SET synchronous_commit=off")


def write(actor: Actor, begin: int, *, weak: bool) -> None:
    """Add projects on a few threads; a number is printed when its project was acknowledged."""
    if weak:
        connection_created.connect(_weaken, weak=False)
    else:
        refuse_unless_durable()
    numbers = count(begin)

    def work() -> None:
        while True:
            with _lock:
                number = next(numbers)
            save_project(
                actor=actor, draft=ProjectDraft(f"写入{number}", "residential"), at=utc_now()
            )
            os.write(1, f"{number}\n".encode())

    threads = [threading.Thread(target=work, daemon=True) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def read(company_id: int) -> None:
    """Print the numbers of the projects that are there, and whether all of it is whole."""
    with company_scope(company_id):
        rows = dict(Project.objects.values_list("id", "name"))
    whole = all(history.verify(history.Subject(company_id, "project", key)) >= 1 for key in rows)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            whole = whole and cursor.fetchone() == ("ok",)
    sys.stdout.write(json.dumps({"there": [int(n[2:]) for n in rows.values()], "whole": whole}))
    connections.close_all()


def main(words: list[str]) -> None:
    """Do one of the three."""
    if words[0] == "prepare":
        prepare()
    elif words[0] == "read":
        read(int(words[2]))
    else:
        actor = Actor(int(words[1]), int(words[2]), Role.QUALITY)
        write(actor, int(words[3]), weak=words[0] == "weak")


if __name__ == "__main__":
    main(sys.argv[1:])
