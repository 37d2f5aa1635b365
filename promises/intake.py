"""Owners and a clerk who tell of things over HTTP, and what of it is there: for P01, P03, P04, P23, P24.

As a program, `python -m promises.intake prepare` makes the ground in a database of its own and prints
codes and a session; `count` prints how often each told word is there, and whether all is whole.
"""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPException
from threading import Lock
from typing import TypeVar
from urllib.error import HTTPError, URLError

from typing_extensions import override

from promises import ground

ground.begin()

from anju.kernel.pure.clock import utc_now  # noqa: E402 after Django's start
from anju.kernel.scope import company_scope  # noqa: E402 after Django's start
from anju.register.access import Role  # noqa: E402 after Django's start
from anju.register.models import Building, Company  # noqa: E402 after Django's start
from anju.voice.actions.hanging import hang  # noqa: E402 after Django's start
from anju.voice.actions.receiving import Place  # noqa: E402 after Django's start
from anju.voice.actions.seeding import give_defaults  # noqa: E402 after Django's start
from anju.voice.doors import secret_of  # noqa: E402 after Django's start
from anju.voice.models import Case, CaseLink  # noqa: E402 after Django's start
from anju.voice.refold import faults  # noqa: E402 after Django's start
from promises.visitors import TOKEN, Visitor, session_of  # noqa: E402 after Django's start
from tests.cast import Cast, the_cast  # noqa: E402 after Django's start

Result = TypeVar("Result")
MARK = "漏水 "
KEPT, SAID = 302, 303  # how an owner's and a clerk's page answer to what is kept
GOOD = frozenset({KEPT, SAID})
MOST_LOOKED = 300  # cases of which every column is held against its history
BETWEEN = 0.05


@dataclass(frozen=True, slots=True)
class Office:
    """Where things are told: the codes that hang in the houses, and a clerk's session."""

    codes: tuple[str, ...]
    session: str
    company_id: int


def office(cast: Cast) -> Office:
    """Hang a code in each house of the cast's project, and sign the desk in."""
    at = utc_now()
    give_defaults(company_id=cast.company.pk, at=at)
    with cast.inside():
        houses = list(Building.objects.order_by("id").values_list("id", flat=True))
    for house in houses:
        hang(actor=cast.desk, place=Place(cast.project.pk, building_id=house), at=at)
    with cast.inside():
        codes = tuple(secret_of(row) for row in CaseLink.objects.order_by("id"))
    return Office(codes, session_of(cast.account(Role.DESK)), cast.company.pk)


def counted(company_id: int) -> dict[str, object]:
    """Return how often each told word is there, and what is not whole among the cases."""
    with company_scope(company_id):
        rows = Case.objects.filter(words__startswith=MARK)
        there = Counter(words.split(" ")[1] for words in rows.values_list("words", flat=True))
        some = rows.select_related("level", "category", "project", "unit").order_by("id")
        wrong = [case.number for case in some[:MOST_LOOKED] if faults(case, at=utc_now())]
    return {"there": there, "wrong": wrong}


class _Stay(urllib.request.HTTPRedirectHandler):
    @override
    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        return None


def form(key: str) -> dict[str, str]:
    """Return what the last press of an owner's report by a code sends."""
    return {
        "kind": "repair", "what": "other", "words": f"{MARK}{key}", "key": key, "step": "3",
        "act": "send", "anonymous": "1",
    }  # fmt: skip


def tell(address: str, code: str, key: str, *, patience: float = 30.0) -> tuple[int, str]:
    """Send an owner's word once by a code; status 0 where no reply was waited for."""
    body = urllib.parse.urlencode(form(key)).encode()
    # Each from a network of its own, as owners are; the limits are another promise.
    number = sum(key.encode()) * 7919 + len(key)
    network = f"10.{number % 251}.{number // 251 % 251}.{hash(key) % 251}"
    request = urllib.request.Request(
        f"{address}/o/r/{code}/tell/", data=body, headers={"X-Forwarded-For": network}
    )
    try:
        with urllib.request.build_opener(_Stay).open(request, timeout=patience) as answer:
            return int(answer.status), str(answer.read().decode("utf-8", "replace"))
    except HTTPError as refused:
        return int(refused.code), refused.read().decode("utf-8", "replace")
    except (URLError, TimeoutError, ConnectionError, HTTPException):
        return 0, ""


class Clerk:
    """A clerk at the desk who takes calls by the form."""

    path = "/desk/cases/new/"

    def __init__(self, address: str, session: str) -> None:
        self.visitor = Visitor(address, session)
        self.token = ""

    def take(self, key: str) -> int:
        """Take one call; 0 where no reply came."""
        try:
            if not self.token:
                status, page = self.visitor.ask(self.path)
                found = TOKEN.search(page)
                if status != 200 or found is None:
                    return status
                self.token = found[1]
            form = {
                "csrfmiddlewaretoken": self.token, "who": "3-502", "first": "1", "key": key,
                "words": f"{MARK}{key}", "kind": "repair", "channel": "phone",
            }  # fmt: skip
            return self.visitor.ask(self.path, form)[0]
        except (OSError, HTTPException):
            return 0


@dataclass
class Told:
    """What tellers were told: keys acknowledged, and every answer with its instant."""

    kept: list[str] = field(default_factory=list)
    answers: list[tuple[float, int]] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def note(self, status: int, key: str) -> bool:
        with self.lock:
            self.answers.append((time.time(), status))
            if status in GOOD:
                self.kept.append(key)
        return status in GOOD

    @property
    def bad(self) -> list[int]:
        """Answers that are neither kept, nor “not saved, again”, nor none at all."""
        return [status for _, status in self.answers if status not in {*GOOD, 503, 0}]


def telling(
    address: str, at: Office, told: Told, until: float, *, hands: int = 3, name: str = ""
) -> None:
    """Let owners and a clerk tell until an instant, each word again and again until it is kept."""

    def one(hand: int) -> None:
        clerk = Clerk(address, at.session)
        for number in itertools.count():
            key = f"word-told-{name}-{hand}-{number:06d}"
            kept = False
            while not kept:
                status = clerk.take(key) if hand == 0 else tell(address, at.codes[number % len(at.codes)], key)[0]  # fmt: skip
                kept = told.note(status, key)
                if time.time() > until:
                    return
                time.sleep(BETWEEN)

    with ThreadPoolExecutor(hands) as pool:
        for done in [pool.submit(one, hand) for hand in range(hands)]:
            done.result()


def while_working(address: str, at: Office, work: Callable[[], Result]) -> tuple[Told, Result]:
    """Let owners and a clerk tell of things until some work is done; return what they were told."""
    told, limit = Told(), [time.time() + 12 * 3600]

    def keep_telling() -> None:
        for number in itertools.count():
            if time.time() >= limit[0]:
                return
            telling(address, at, told, min(limit[0], time.time() + 2), name=str(number))

    teller = threading.Thread(target=keep_telling)
    teller.start()
    try:
        made = work()
    finally:
        limit[0] = time.time()
        teller.join(timeout=90)
    return told, made


def lost(kept: Sequence[str], there: dict[str, int]) -> tuple[int, int]:
    """Return how many acknowledged words are not there, and how many are there twice."""
    return len(set(kept) - set(there)), sum(many > 1 for many in there.values())


def asked(command: str) -> dict[str, object]:
    """Run this program in a process with the settings in force now, and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "promises.intake", command],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stderr.strip()[-300:]}")
    found: dict[str, object] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def main(command: str) -> None:
    """Prepare or count."""
    if command == "prepare":
        ground.migrate()
        made = office(the_cast())
        told = {"codes": made.codes, "session": made.session, "company": made.company_id}
        sys.stdout.write(json.dumps(told))
        return
    first = Company.objects.order_by("id").values_list("id", flat=True)[0]
    sys.stdout.write(json.dumps(counted(first)))


if __name__ == "__main__":
    main(sys.argv[1])
