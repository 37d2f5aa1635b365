"""P05: every message goes out, and takes effect once, however often the worker is killed.

Four hundred messages to a provider on this machine, some of them to owners of cases whose colleagues
are told as well; the worker is killed twenty times, half of them between sending and marking. And a
building tells of one outage within ten minutes: the office hears of it once. Controls: a worker that
marks first must lose some, one that makes a new key with each try must double one, and reports that
are not counted into their fault must drown the office.
"""

from __future__ import annotations

import os
import random
import signal
import time
from contextlib import ExitStack
from pathlib import Path

from anju.kernel.pure.clock import utc_now
from anju.notify.actions.post import About, Note, post_many
from anju.notify.models import Message
from anju.notify.recipients import owner
from anju.register.models import Person
from anju.voice.actions.seeding import give_defaults
from promises import carrying, casewords, flooded, ground
from promises.messenger import MISTAKE, PID
from promises.registry import Outcome, Promise, full
from tests import cast as people

GOAL = "0 missing, 0 doubled at a provider that honours keys; at most one more a kill at others"
KILLS, FULL_KILLS = 20, 200
EACH = 20
OF_CASES = len(casewords.TO_OWNER)  # of them: a case goes to its owner by so many
FLOOD, FULL_FLOOD, DROWNED = 200, 5_000, 12
PATIENCE = 90.0


def posted(cast: people.Cast, count: int, kind: str) -> None:
    """Post messages to owners, each about a thing of its own; emergencies go at any hour."""
    with cast.inside():
        rows = [
            Person(
                company_id=cast.company.pk,
                project=cast.project,
                name="住户",
                phone="+8613800138000",
            )
            for _ in range(count)
        ]
        made = Person.objects.bulk_create(rows)
        notes = [
            Note(owner(one.pk), About(kind, n, "told"), {"n": f"{kind} {n}"}, urgent=True)
            for n, one in enumerate(made)
        ]
        post_many(carrying.NOTICE, notes, at=utc_now())


def posted_with_cases(cast: people.Cast, chunks: int) -> None:
    """Post so many times EACH messages to owners, the last of each chunk those of a case."""
    owners = casewords.owners(cast, chunks)
    for place in range(chunks):
        posted(cast, EACH - OF_CASES, f"notice{place}")
        casewords.told(owners, place)


def waiting(cast: people.Cast, kind: str) -> int:
    """Return how many messages of things whose kind begins so wait; of all things for no kind."""
    with cast.inside():
        rows = Message.objects.filter(subject_kind__startswith=kind)
        return int(rows.filter(state="waiting").count())


def killed(found: carrying.Provider, kills: int, told: Path) -> int:
    """Kill the worker so often, by chance or just as a request came in; return how many died."""
    chance, died = random.Random(5), 0
    with ground.worker("promises.messenger"):
        while died < kills and found.until(len(found.came) + chance.randint(2, EACH - 4), PATIENCE):
            if died % 2:
                time.sleep(chance.random() * 0.03)
            os.kill(int(told.read_text()), signal.SIGKILL)
            died += 1
            ground.note(f"kill {died}: {len(found.came)} requests")
    return died


def _wait_for(cast: people.Cast, kind: str) -> bool:
    """Wait until a worker has nothing left to send; False where messages still wait after a while."""
    until = time.monotonic() + PATIENCE
    while waiting(cast, kind) and time.monotonic() < until:
        time.sleep(0.2)
    return not waiting(cast, kind)


def finished(cast: people.Cast, kind: str) -> bool:
    """Let a worker come to its end; False where it does not."""
    with ground.worker("promises.messenger"):
        return _wait_for(cast, kind)


def attempt(folder: Path) -> Outcome:
    """Kill, count what came in, and try the two mistakes."""
    os.environ["ANJU_SMS_CARRIER"] = f"{carrying.__name__}.Carrier"
    told = folder / "worker.pid"
    os.environ[PID] = str(told)
    ground.migrate()
    cast = people.the_cast()
    kills = FULL_KILLS if full() else KILLS
    count = kills * EACH
    flood, problems = _flooded(cast)
    with carrying.provider(0.01) as found:
        posted_with_cases(cast, kills)
        died = killed(found, kills, told)
        ended = finished(cast, "")
        effects, extra = found.effects(), len(found.came) - len(set(found.came))
    problems += [*_wrong(cast, count, effects), *casewords.wrong(cast, kills)]
    of_cases = casewords.about_cases(list(effects))
    problems += [] if of_cases == kills * OF_CASES else [f"{of_cases} to owners of {kills} cases"]
    problems += [] if ended else ["messages still wait"]
    problems += [f"only {died} of {kills} kills"] if died < kills else []
    problems += [f"{extra} sent again after {died} kills"] if extra > died else []
    lost, doubled = _control(cast, "first"), _control(cast, "key")
    problems += [] if lost else ["control not caught: marking first"]
    problems += [] if doubled else ["control not caught: a new key with each try"]
    said = (
        f"{count} messages ({of_cases} of cases), {died} kills: {count - len(effects)} missing, {extra}"
        f" sent again under the same key; {flood.cases} reports of one outage: {flood.most_to_one} at most"
        f" to one colleague, then 1 a rung; controls: {lost} lost by marking first, {doubled} doubled by"
        " new keys, drowned without faults"
    )
    return Outcome(
        kept=not problems,
        evidence=f"{'; '.join(problems)} | {said}" if problems else said,
        goal=GOAL,
        figures={"messages": count, "kills": died, "again": extra, "flood": flood.cases},
    )


def _flooded(cast: people.Cast) -> tuple[flooded.Flood, list[str]]:
    """Let a building tell of one outage; its messages are counted where they lie, and not sent."""
    give_defaults(company_id=cast.company.pk, at=flooded.AT)
    many = FULL_FLOOD if full() else FLOOD
    made = flooded.flood(cast, many)
    flooded.grow_late(cast, made)
    problems = flooded.wrong(made, many)
    if not flooded.drowned(cast, DROWNED):
        problems.append("control not caught: reports that are not counted into their fault")
    with cast.inside():
        Message.objects.filter(state="waiting").update(state="let_go", reason="over")
    return made, problems


def _wrong(cast: people.Cast, count: int, effects: dict[str, int]) -> list[str]:
    """Return what is wrong with rows and effects: each message sent, and each once."""
    with cast.inside():
        rows = Message.objects.filter(person__isnull=False, state="sent")
        sent = rows.count()
    twice = sum(1 for n in effects.values() if n > 1)
    problems = [f"{count - len(effects)} missing"] if len(effects) != count else []
    problems += [f"{twice} doubled at a provider that honours keys"] if twice else []
    return problems + ([f"{sent} of {count} rows sent"] if sent != count else [])


def _control(cast: people.Cast, mistake: str) -> int:
    """Return how many messages a worker with a mistake loses or doubles, killed once."""
    count = EACH
    with ExitStack() as stack:
        os.environ[MISTAKE] = mistake
        stack.callback(os.environ.pop, MISTAKE)
        found = stack.enter_context(carrying.provider(0.1))
        posted(cast, count, mistake)
        with ground.worker("promises.messenger"):
            found.until(3, PATIENCE)
            os.kill(int(Path(os.environ[PID]).read_text()), signal.SIGKILL)
            _wait_for(cast, mistake)
        effects = found.effects()
    lost = count - len(effects)
    return lost if mistake == "first" else sum(1 for n in effects.values() if n > 1)


PROMISE = Promise("P05", "A message goes out and takes effect once, whoever dies", attempt)
