"""P20: whoever loses the right to be here is out with the next request, wherever signed in.

Two browsers of each person look at the pages of two served processes; then the account is
disabled, the membership ends, the password changes. Control: a guard that remembers who somebody
was an hour ago must be found.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.test import Client

from anju.kernel.pure.clock import utc_now
from anju.register.access import Actor, Role, actor_of
from anju.register.actions.people import disable
from anju.register.models import Account, Membership
from anju.web import guard
from promises import ground, visitors
from promises.registry import Outcome, Promise
from tests import cast as people

GOAL = "0 requests of 60 succeed after the right has ended; the right shows no later than at once"
LOOKS = 5
PAGE = "/manage/surveys/"


def _disabled(cast: people.Cast, actor: Actor) -> None:
    Account.objects.filter(id=actor.account_id).update(is_active=False)


def _ended(cast: people.Cast, actor: Actor) -> None:
    with cast.inside():
        membership = Membership.objects.get(account_id=actor.account_id)
    disable(actor=cast.administrator, membership_id=membership.pk, at=utc_now())


def _password(cast: people.Cast, actor: Actor) -> None:
    account = Account.objects.get(id=actor.account_id)
    account.set_password("another four plain words")
    account.save()


ENDS: dict[str, tuple[Role, Callable[[people.Cast, Actor], None]]] = {
    "account disabled": (Role.MANAGER, _disabled),
    "membership ended": (Role.DESK, _ended),
    "password changed": (Role.QUALITY, _password),
}


def attempt(folder: Path) -> Outcome:
    """End three rights and count what still succeeds, on every process and in every browser."""
    ground.migrate()
    cast = people.the_cast()
    problems, before, after, slowest = [], 0, 0, 0.0
    with ExitStack() as stack:
        addresses = [stack.enter_context(ground.served()) for _ in range(2)]
        for what, (role, end) in ENDS.items():
            actor = cast.actors[role]
            browsers = [
                visitors.Visitor(address, visitors.session_of(cast.account(role)))
                for address in addresses
                for _ in range(2)
            ]
            seen = [browser.ask(PAGE)[0] for browser in browsers]
            before += seen.count(200)
            end(cast, actor)
            began = time.monotonic()
            late = [browser.ask(PAGE)[0] for _ in range(LOOKS) for browser in browsers]
            slowest = max(slowest, time.monotonic() - began)
            after += late.count(200)
            if seen != [200] * len(browsers):
                problems.append(f"{what}: could not look before: {seen}")
            if 200 in late:
                problems.append(f"{what}: {late.count(200)} of {len(late)} still succeeded")
    if not _control():
        problems.append("control not caught: a guard that remembers")
    told = f"{before} looks before, {after} of 60 after the end; control caught"
    figures = {"after": after, "seconds": round(slowest, 2)}
    evidence = f"{'; '.join(problems)} | {told}" if problems else told
    return Outcome(kept=not problems, evidence=evidence, goal=GOAL, figures=figures)


def _control() -> bool:
    """Say whether a guard that keeps what it knew lets a disabled person in, as it must here."""
    other = people.a_company("第三家物业", "third.example")[1][Role.DESK]
    account = Account.objects.get(id=other.account_id)
    client, known = Client(SERVER_NAME="127.0.0.1"), actor_of(account)

    @cache
    def remembering(_user: Any) -> Actor | None:
        return known

    with patch.object(guard, "actor_of", remembering):
        client.force_login(account)
        Membership.objects.unscoped("control of a promise").filter(account=account).update(
            active=False
        )
        return bool(client.get(PAGE).status_code == 200)


PROMISE = Promise("P20", "Access ends with the next request", attempt)
