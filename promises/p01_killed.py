"""P01: what was acknowledged is kept, once, while the processes that serve are killed with `kill -9`.

Owners send their answers by link, owners and a clerk tell of things, and staff edit findings, each again
and again until somebody says that it is saved; meanwhile one process after the other dies, now and then all. Then everything
acknowledged must be in the database exactly once. Control: a process that says "saved" before it
has written must be found to lose.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from threading import Lock

from anju.fieldwork.actions.links import Link
from anju.improve.models import Finding
from anju.improve.tests.making import a_finding
from anju.kernel import history
from anju.register.access import Role
from anju.survey.models import Response, Wave
from promises import ground, intake
from promises.killed import Killed, killed
from promises.p03_doubles import press, tick
from promises.p19_links import asked
from promises.registry import Outcome, Promise, full
from promises.visitors import TOKEN, Visitor, session_of
from tests import cast as people

STAFF, PATIENCE = 6, 240.0
EDITS, KILLS = 8, 8  # of each editor at least, and before anybody stops
EDITS_FULL, KILLS_FULL = 1_700, 20
GOAL = "0 of what was acknowledged is lost, 0 is there twice, by kill -9 of random processes"


@dataclass
class Tally:
    """What people were told: how many replies never came, and answers that were no good."""

    broken: int = 0
    bad: list[str] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def lost_reply(self) -> None:
        with self.lock:
            self.broken += 1


def _until_saved(tally: Tally, send: object, good: set[int]) -> int:
    """Send again and again until an answer comes that says something; return it."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            status = int(send())  # type: ignore[operator]
        except (OSError, HTTPException):
            status = 0
        if status in good:
            return status
        if status:
            tally.bad.append(f"answered {status}")
            return status
        tally.lost_reply()
        time.sleep(0.05)
    tally.bad.append("never answered")
    return 0


@dataclass(frozen=True, slots=True)
class Work:
    """How long everybody goes on: so many edits each at least, and until so many kills are seen."""

    serving: Killed
    tally: Tally
    edits: int
    kills: int
    homes: int
    until: float

    def goes_on(self, number: int) -> bool:
        """Say whether an editor who has made so many edits makes another."""
        return number < self.edits or not self.seen(self.kills)

    def seen(self, kills: int) -> bool:
        """Say whether so many kills were seen, or nobody waits for them any longer."""
        return self.serving.kills >= kills or time.monotonic() > self.until


def _owner(work: Work, place: int, link: Link) -> None:
    """Send the answer of a home once its share of the kills is over, so that all kills meet some."""
    while not work.seen(place * work.kills // work.homes):
        time.sleep(0.05)
    key = f"key-of-home-{place:08d}"
    address = work.serving.address
    _until_saved(work.tally, lambda: press(address, link, key, patience=20.0), {302})


def _editor(work: Work, session: str, finding: Finding) -> list[str]:
    """Edit one finding some times; return the texts that were acknowledged."""
    address, tally = work.serving.address, work.tally
    visitor, path = Visitor(address, session), f"/manage/findings/{finding.pk}/gap/"
    page: list[str] = []

    def look() -> int:
        status, text = visitor.ask(path)
        page.append(text)
        return status

    _until_saved(tally, look, {200})
    token = TOKEN.search(page[-1])
    saved = []
    for number in itertools.takewhile(work.goes_on, itertools.count()):
        form = {
            "csrfmiddlewaretoken": token[1] if token else "",
            "title": "x",
            "gap": f"edit {number}",
            "version": str(finding.version + number),
        }
        # Told that somebody was faster, the editor knows that it was she, whose reply got lost.
        told = _until_saved(tally, lambda form=form: visitor.ask(path, form)[0], {302, 409})
        saved += [form["gap"]] if told in {302, 409} else []
    return saved


def _texts(cast: people.Cast, finding: Finding) -> list[str]:
    subject = history.Subject(cast.company.pk, "finding", finding.pk)
    rows = history.entries(subject).filter(verb="gap_written").order_by("seq")
    return [str(row.payload["gap"]) for row in rows]


def _staff(cast: people.Cast, work: Work, findings: Sequence[Finding]) -> list[list[str]]:
    session = session_of(cast.account(Role.QUALITY))
    with ThreadPoolExecutor(STAFF) as pool:
        return list(pool.map(lambda one: _editor(work, session, one), findings))


def _wrong(cast: people.Cast, findings: Sequence[Finding], saved: list[list[str]]) -> int:
    """Count acknowledged edits that are not there, and edits that are there twice."""
    wrong = 0
    for finding, told in zip(findings, saved, strict=True):
        there = _texts(cast, finding)
        wrong += len(set(told) - set(there)) + len(there) - len(set(there))
    return wrong


def _answers(cast: people.Cast, links: Sequence[Link]) -> list[str]:
    """Return what is wrong with the answers of homes: rows, entries and counts must agree."""
    with cast.inside():
        rows, wave = Response.objects.count(), Wave.objects.latest("id")
    subject = history.Subject(cast.company.pk, "wave", wave.pk)
    entries = history.entries(subject).filter(verb="answered").count()
    counted = (rows, entries, wave.returned, wave.valid)
    wanted = (len(links),) * 4
    return [] if counted == wanted else [f"answers: rows, entries, counts {counted}, not {wanted}"]


def _cases(cast: people.Cast, told: intake.Told) -> list[str]:
    """Return what is wrong with the words that were acknowledged as cases."""
    found = intake.counted(cast.company.pk)
    missing, twice = intake.lost(told.kept, found["there"])  # type: ignore[arg-type]
    problems = [f"{missing} cases lost, {twice} doubled"] if missing or twice else []
    problems += [f"cases that are not their histories: {found['wrong']}"] if found["wrong"] else []
    problems += ["no case was acknowledged"] if not told.kept else []
    return problems + ([f"answered {sorted(set(told.bad))}"] if told.bad else [])


def attempt(_folder: Path) -> Outcome:
    """Kill while owners and staff work, then count."""
    ground.migrate()
    cast = people.the_cast()
    edits, wanted = (EDITS_FULL, KILLS_FULL) if full() else (EDITS, KILLS)
    links, tally = asked(cast), Tally()
    tick(cast, links)
    findings, office = [a_finding(cast) for _ in range(STAFF)], intake.office(cast)
    with killed() as serving:
        work = Work(serving, tally, edits, wanted, len(links), time.monotonic() + PATIENCE)
        with ThreadPoolExecutor(STAFF) as pool:
            owners = [pool.submit(_owner, work, *one) for one in enumerate(links)]
            told, saved = intake.while_working(
                serving.address, office, lambda: _staff(cast, work, findings)
            )
            for one in owners:
                one.result()
        kills = serving.kills
    problems = [*tally.bad[:3], *_answers(cast, links), *_cases(cast, told)]
    if wrong := _wrong(cast, findings, saved):
        problems.append(f"{wrong} edits lost or doubled")
    if kills < wanted or not tally.broken:
        problems.append(f"{kills} kills, {tally.broken} replies lost: nothing was tried")
    lost = _control(cast)
    if not lost:
        problems.append("control not caught: a process that says saved too early")
    done = len(links) + sum(len(one) for one in saved) + len(told.kept)
    said = (
        f"{done} acknowledged ({len(told.kept)} cases) through {kills} kills, {tally.broken} replies lost on the way,"
        f" 0 lost, 0 doubled; control: {lost} lost"
    )
    figures = {"acknowledged": done, "kills": kills, "broken": tally.broken, "control": lost}
    evidence = f"{'; '.join(problems)} | {said}" if problems else said
    return Outcome(kept=not problems, evidence=evidence, goal=GOAL, figures=figures)


def _control(cast: people.Cast) -> int:
    """Return how many edits a process loses that acknowledges first and writes afterwards."""
    findings = [a_finding(cast) for _ in range(2)]
    with killed("promises.naive_server") as serving:
        work = Work(serving, Tally(), 4, 0, 1, time.monotonic() + PATIENCE)
        saved = _staff(cast, work, findings)
    return _wrong(cast, findings, saved)


PROMISE = Promise("P01", "What was acknowledged is kept when processes are killed", attempt)
