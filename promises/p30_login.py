"""P30: a password cannot be guessed, and an account cannot be found out, at the sign-in page.

A thousand guesses at one account from many networks on two served processes; how long an answer
takes for known and for unknown names; and what a right password alone opens to each role that
reads data of people or single answers. Controls: counting in each process, and a door that holds
nobody up, must be found.
"""

from __future__ import annotations

import os
import statistics
import time
from contextlib import ExitStack
from datetime import timedelta
from itertools import count
from pathlib import Path
from unittest.mock import patch

from allauth.mfa.totp.internal import auth as totp
from django.core.cache.backends.locmem import LocMemCache
from django.test import Client

from anju.kernel.pure.clock import utc_now
from anju.register.access import Role
from anju.register.actions.places import found_company
from anju.register.models import Account
from anju.register.rules.rights import SECOND_STEP
from anju.web import guard
from promises import ground, visitors
from promises.registry import Outcome, Promise, full
from tests import cast as people

GOAL = (
    "≤ 10 guesses weighed an hour; known and unknown names within 20 ms; 0 roles by password alone"
)
LOGIN, PAGE = "/account/login/", "/manage/surveys/"
MOST, GUESSES, PAIRS, APART = 10, 200, 25, 0.020
_numbers = count(1)
WAIT = 'data-code="E-LOGIN-WAIT"'


class Door:
    """The sign-in page of one served process; each knock comes from another network."""

    def __init__(self, address: str) -> None:
        self.visitor, self.knocks = visitors.Visitor(address, ""), 0
        found = visitors.TOKEN.search(self.visitor.ask(LOGIN)[1])
        self.token = found[1] if found else ""

    def knock(self, name: str, password: str) -> tuple[bool, float]:
        """Return whether a guess was weighed at all, and the seconds that the answer took."""
        form = {"csrfmiddlewaretoken": self.token, "login": name, "password": password}
        self.knocks += 1
        network = f"203.0.{self.knocks // 250}.{self.knocks % 250 + 1}"  # reserved for examples
        self.visitor.more = {"X-Forwarded-For": network}
        began = time.perf_counter()
        status, page = self.visitor.ask(LOGIN, form)
        return status != 429 and WAIT not in page, time.perf_counter() - began


def attempt(folder: Path) -> Outcome:
    """Guess, measure, and see that a count kept in each process would have been found."""
    os.environ["ANJU_TRUSTED_PROXY"] = "1"  # read by the processes that are served
    ground.migrate()
    cast = people.the_cast()
    names = [_account(number) for number in range(PAIRS)]
    guesses = 1_000 if full() else GUESSES
    with ExitStack() as stack:
        doors = [Door(stack.enter_context(ground.served())) for _ in range(2)]
        known, unknown = [], []
        for number, name in enumerate(names):  # in turn, so that both meet the same machine
            known.append(doors[number % 2].knock(name, "wrong words")[1])
            unknown.append(doors[number % 2].knock(f"no-{name}", "wrong words")[1])
        boss = cast.account(Role.ADMINISTRATOR).email
        weighed = sum(doors[n % 2].knock(boss, f"guess {n}")[0] for n in range(guesses))
        opened = doors[0].visitor.ask(PAGE)[0] == 200
    # Pair by pair: whatever else the machine does meets both of a pair.
    apart = abs(statistics.median(a - b for a, b in zip(known, unknown, strict=True)))
    problems = [f"{weighed} guesses were weighed"] if weighed > MOST else []
    problems += ["no guess was weighed at all"] if not weighed else []
    problems += (
        [f"known and unknown names lie {apart * 1000:.0f} ms apart"] if apart > APART else []
    )
    problems += ["a guess opened the door"] if opened else []
    problems += [] if _control(cast) else ["control not caught: a count in each process"]
    opened_by = [role for role in SECOND_STEP if _opens(cast, role)]
    problems += [f"{role}: a password alone opens the pages" for role in sorted(opened_by)]
    with patch.object(guard, "held_up", lambda *_, **__: False):
        if not _opens(cast, Role.QUALITY):
            problems.append("control not caught: a door that holds nobody up")
    told = (
        f"{weighed} of {guesses} guesses weighed on two processes; known {_ms(known)},"
        f" unknown {_ms(unknown)}; {len(SECOND_STEP)} roles need a second step; controls caught"
    )
    figures = {"weighed": weighed, "apart_ms": round(apart * 1000, 1)}
    evidence = f"{'; '.join(problems)} | {told}" if problems else told
    return Outcome(not problems, evidence, GOAL, figures)


def _opens(cast: people.Cast, role: Role) -> bool:
    """Say whether a right password alone opens a page, days of grace over, or a step set up."""
    other = found_company(name=f"第二步{role}", phone="", at=people.AT)
    actor = people.a_person(other, role, mail=f"{role}{next(_numbers)}.example")
    account = Account.objects.get(id=actor.account_id)
    opened = []
    for set_up in (False, True):
        if set_up:
            totp.TOTP.activate(account, totp.generate_totp_secret())
        over = utc_now() - timedelta(days=1)
        Account.objects.filter(id=account.pk).update(second_step_by=over)
        client = Client(SERVER_NAME="127.0.0.1")
        client.post(LOGIN, {"login": account.email, "password": people.PASSWORD})
        opened.append(client.get(PAGE).status_code == 200)
    return any(opened)


def _ms(times: list[float]) -> str:
    return f"{statistics.median(times) * 1000:.0f} ms"


def _account(number: int) -> str:
    account = Account(email=f"known-{number}@anhe.example", name="陈前台")
    account.set_password(people.PASSWORD)
    account.save()
    return account.email


def _control(cast: people.Cast) -> bool:
    """Say whether two processes that count alone weigh more guesses than one may."""
    caches = [LocMemCache(name, {}) for name in ("first", "second")]
    name = cast.account(Role.MANAGER).email
    weighed = 0
    for number in range(4 * MOST):
        with patch("allauth.core.internal.ratelimit.cache", caches[number % 2]):
            answer = Client(SERVER_NAME="127.0.0.1").post(
                LOGIN, {"login": name, "password": f"guess {number}"}
            )
        weighed += WAIT not in answer.content.decode()
    return weighed > MOST


PROMISE = Promise("P30", "A password cannot be guessed, nor an account found out", attempt)
