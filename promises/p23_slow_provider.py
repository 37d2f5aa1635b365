"""P23: a provider that takes thirty seconds slows no page, and what waited goes out once it is back.

While a worker hangs at the provider, owners tell of things and the desk opens its lists; the slowest
of twenty must be no slower than when nothing is to be sent. Then the provider answers again, and what
waits must go out at five hundred a minute. Control: a process that asks the provider within a
request must be found slow.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from promises import carrying, ground, intake
from promises.messenger import PID
from promises.p05_outbox import posted, waiting
from promises.registry import Outcome, Promise, full
from promises.visitors import Visitor
from tests import cast as people

GOAL = "pages' p95 within 10 % of normal (and 5 ms), at least 500 messages a minute afterwards"
SLOW = 30.0
MESSAGES, FULL_MESSAGES = 600, 3_000
ROUNDS, FULL_ROUNDS = 60, 600
A_MINUTE, ALLOWED, BLUR = 500.0, 1.10, 0.005
PATIENCE = 600.0


def looked(address: str, office: intake.Office, rounds: int, name: str) -> list[float]:
    """Return the seconds of each request of owners and a desk, one after the other."""
    desk, taken = Visitor(address, office.session), []
    for number in range(rounds):
        code = office.codes[number % len(office.codes)]
        for ask in (
            lambda: desk.ask("/desk/cases/")[0],
            lambda code=code: desk.ask(f"/o/r/{code}/")[0],
            lambda code=code, n=number: intake.tell(address, code, f"word-{name}-{n:010d}")[0],
        ):
            began = time.monotonic()
            status = ask()
            taken.append(time.monotonic() - began)
            if status not in {200, *intake.GOOD}:
                raise RuntimeError(f"answered {status}")
    return taken


def p95(values: list[float]) -> float:
    return ground.percentile(values, 0.95)


def _drained(cast: people.Cast, provider: carrying.Provider) -> float:
    """Let the provider answer again; return how many went out a minute until none waits."""
    count, began = waiting(cast, "notice"), time.monotonic()
    provider.wait = 0.01
    while waiting(cast, "notice") and time.monotonic() - began < PATIENCE:
        time.sleep(0.5)
    return 60 * (count - waiting(cast, "notice")) / (time.monotonic() - began)


def attempt(folder: Path) -> Outcome:
    """Measure without, with, and after the slow provider; then the mistake."""
    os.environ["ANJU_SMS_CARRIER"] = f"{carrying.__name__}.Carrier"
    os.environ["ANJU_TRUSTED_PROXY"] = "1"
    os.environ[PID] = str(folder / "worker.pid")
    ground.migrate()
    cast = people.the_cast()
    office, rounds = intake.office(cast), FULL_ROUNDS if full() else ROUNDS
    count = FULL_MESSAGES if full() else MESSAGES
    with carrying.provider(SLOW) as provider:
        with ground.served() as address, ground.worker("promises.messenger"):
            looked(address, office, 5, "warm")
            before = looked(address, office, rounds, "before")
            posted(cast, count, "notice")
            if not provider.until(1, 60.0):
                raise RuntimeError("the provider was never asked")
            during = looked(address, office, rounds, "during")
            left = waiting(cast, "notice")
            rate = _drained(cast, provider)
            after = looked(address, office, rounds, "after")
        effects = provider.effects()
        provider.wait = SLOW
        with ground.served("promises.naive_sender") as address:
            naive = looked(address, office, 2, "naive")
    usual = max(p95(before), p95(after))
    problems = [f"pages took {p95(during):.3f} s"] if p95(during) > ALLOWED * usual + BLUR else []
    problems += [f"{rate:.0f} a minute"] if rate < A_MINUTE else []
    problems += [f"{count - len(effects)} never went out"] if len(effects) != count else []
    problems += ["everything went out at once: nothing was tried"] if left < count // 2 else []
    if max(naive) < ALLOWED * usual + BLUR + 1:
        problems.append("control not caught: asking the provider within a request")
    said = (
        f"p95 {1000 * p95(during):.0f} ms while the provider took {SLOW:.0f} s, {1000 * p95(before):.0f}"
        f" before and {1000 * p95(after):.0f} after; {left} waited and went out at {rate:.0f} a"
        f" minute, none lost; control: {max(naive):.1f} s"
    )
    evidence = f"{'; '.join(problems)} | {said}" if problems else said
    figures = {"p95_during": p95(during), "p95_usual": usual, "a_minute": rate}
    return Outcome(kept=not problems, evidence=evidence, goal=GOAL, figures=figures)


PROMISE = Promise("P23", "A slow provider slows nobody else", attempt)
