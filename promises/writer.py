"""The process whose acknowledged writes a power cut must not take: `python -m promises.writer`.

`prepare` makes a database and a company, `write` works until it is ended and prints the name of each
thing after its commit: a project added (p), an owner's word by the code of the lobby (c), a worker's
press on the way (w). `read` prints what is there. With `weak` the database is told not to wait for
the disk: the mistake that must be caught.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable
from itertools import count

from django.db import connection, connections
from django.db.backends.signals import connection_created
from django.test import Client
from django.urls import reverse

from promises import ground, intake

ground.begin()

from anju.casework.kinds import CaseKind, Channel  # noqa: E402 after Django's start
from anju.casework.onsite import Step  # noqa: E402 after Django's start
from anju.casework.states import CaseVerb  # noqa: E402 after Django's start
from anju.kernel import history  # noqa: E402 after Django's start
from anju.kernel.durability import refuse_unless_durable  # noqa: E402 after Django's start
from anju.kernel.pure.clock import utc_now  # noqa: E402 after Django's start
from anju.kernel.scope import company_scope  # noqa: E402 after Django's start
from anju.register.access import Actor, Role  # noqa: E402 after Django's start
from anju.register.actions.places import ProjectDraft, save_project  # noqa: E402 as above
from anju.register.models import Account, Project  # noqa: E402 after Django's start
from anju.voice.actions.handling import Named, accept  # noqa: E402 after Django's start
from anju.voice.actions.receiving import Place, Report, receive  # noqa: E402 as above
from anju.voice.actions.storing import Edition  # noqa: E402 after Django's start
from anju.voice.models import Case  # noqa: E402 after Django's start
from anju.voice.refold import entries_of, faults  # noqa: E402 after Django's start
from tests.cast import a_person, the_cast  # noqa: E402 after Django's start

ADDED, JOB = "写入", "接单 "  # how a project's name and a job's words begin
MOST_LOOKED = 200  # newest cases of which every column is held against its history
KEPT = 302
BREATH = 0.05  # seconds between two projects, so that whoever tells and works has the database too


def prepare() -> None:
    """Make the database, a company, a code on its wall and who writes; print what names them."""
    ground.migrate()
    cast = the_cast()
    worker = a_person(cast.company, Role.WORKER, projects=[cast.project])
    office = intake.office(cast)
    made = {
        "company": cast.company.pk, "project": cast.project.pk, "codes": office.codes,
        "quality": cast.quality.account_id, "desk": cast.desk.account_id,
        "worker": worker.account_id,
    }  # fmt: skip
    sys.stdout.write(json.dumps(made))


def _weaken(**_given: object) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous=OFF")
        else:
            cursor.execute("SET synchronous_commit=off")


class Writers:
    """Those who write at one company, each on a thread of her own; a name is told once it is kept."""

    def __init__(self, who: dict[str, object], begin: int) -> None:
        self.company, self.project = int(str(who["company"])), int(str(who["project"]))
        self.codes = [str(code) for code in who["codes"]]  # type: ignore[attr-defined]
        self.quality, self.desk, self.worker = (
            Actor(int(str(who[role.value])), self.company, role)
            for role in (Role.QUALITY, Role.DESK, Role.WORKER)
        )
        self.numbers, self.lock = count(begin), threading.Lock()
        self.browser = Client(SERVER_NAME=ground.LOOPBACK)
        self.browser.force_login(Account.objects.get(id=self.worker.account_id))

    def next(self) -> int:
        """Return a number that nobody had, in this process or before it."""
        with self.lock:
            return next(self.numbers)

    def add(self, number: int) -> str:
        """Add a project."""
        draft = ProjectDraft(f"{ADDED}{number}", "residential")
        save_project(actor=self.quality, draft=draft, at=utc_now())
        time.sleep(BREATH)
        return f"p{number}"

    def tell(self, number: int) -> str:
        """Tell of something by the code in the lobby, from a network of its own."""
        key = f"told-by-an-owner-{number}"
        network = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        browser = Client(SERVER_NAME=ground.LOOPBACK, REMOTE_ADDR=network)
        page = f"/o/r/{self.codes[number % len(self.codes)]}/tell/"
        return f"c{key}" if browser.post(page, intake.form(key)).status_code == KEPT else ""

    def press(self, number: int) -> str:
        """Give a worker a job, and let him press that he has come."""
        report = Report(CaseKind.SERVICE, Place(self.project), f"{JOB}{number}", Channel.PHONE)
        case = receive(actor=self.desk, report=report, at=utc_now())
        named = Named(self.worker.account_id)
        accept(actor=self.desk, edition=Edition(case.pk), named=named, at=utc_now())
        sent = {"case": case.pk, "what": Step.ARRIVE.value, "id": f"pressed-on-the-way-{number}"}
        page = self.browser.post(reverse("my-press"), sent, headers={"Accept": "application/json"})
        return f"w{number}" if page.status_code == 200 else ""


def write(who: dict[str, object], begin: int, *, weak: bool) -> None:
    """Let everybody write, each again and again; a name is printed when its thing was acknowledged."""
    if weak:
        connection_created.connect(_weaken, weak=False)
        connections.close_all()
    else:
        refuse_unless_durable()
    writers = Writers(who, begin)

    def work(act: Callable[[int], str]) -> None:
        while True:
            if name := act(writers.next()):
                os.write(1, f"{name}\n".encode())

    acts = (writers.add, writers.tell, writers.press)
    threads = [threading.Thread(target=work, args=(act,), daemon=True) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _cases() -> tuple[list[str], bool]:
    """Return the names of words and presses that are there, and whether the newest cases are whole."""
    rows = Case.objects.select_related("level", "category", "project", "unit")
    cases = list(rows.order_by("-id"))
    whole = not any(faults(case, at=utc_now()) for case in cases[:MOST_LOOKED])
    told = [_name("c", case, intake.MARK) for case in cases if case.words.startswith(intake.MARK)]
    jobs = [case for case in cases if case.words.startswith(JOB) and _begun(case)]
    return told + [_name("w", case, JOB) for case in jobs], whole


def _name(kind: str, case: Case, mark: str) -> str:
    return f"{kind}{case.words.removeprefix(mark)}"


def _begun(case: Case) -> bool:
    return any(entry.verb == CaseVerb.START for entry in entries_of(case))


def read(company_id: int) -> None:
    """Print the names of what is there, and whether all of it is whole."""
    with company_scope(company_id):
        added = Project.objects.filter(name__startswith=ADDED)
        rows = dict(added.values_list("id", "name"))
        there, whole = _cases()
        subjects = [history.Subject(company_id, "project", key) for key in rows]
        whole = whole and all(history.verify(one) >= 1 for one in subjects)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            whole = whole and cursor.fetchone() == ("ok",)
    there += [f"p{name.removeprefix(ADDED)}" for name in rows.values()]
    sys.stdout.write(json.dumps({"there": there, "whole": whole}))
    connections.close_all()


def main(words: list[str]) -> None:
    """Do one of the three."""
    if words[0] == "prepare":
        prepare()
        return
    who = json.loads(words[1])
    if words[0] == "read":
        read(int(who["company"]))
    else:
        write(who, int(words[2]), weak=words[0] == "weak")


if __name__ == "__main__":
    main(sys.argv[1:])
