"""P03: impatient owners leave one answer each: double presses, lost answers, two tabs.

Thirty homes send their answer six times with one key, two requests at a time over two served
processes, and read none of the answers in half the cases; so do owners who tell of something, and a
clerk who presses twice. Control: the same with a new key a
press and the mark of a page that knew the last sending must change the answer more than once.
"""

from __future__ import annotations

import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from secrets import token_urlsafe
from urllib.error import URLError

from typing_extensions import override

from anju.fieldwork.actions.answering import Given, Wish, save_answer, stamp, submit
from anju.fieldwork.actions.links import Link
from anju.fieldwork.invitations import asking
from anju.kernel import history
from anju.kernel.pure.clock import utc_now
from anju.survey.forms import form_plan
from anju.survey.models import QuestionnaireVersion, Response, Wave
from promises import ground, intake
from promises.p19_links import asked
from promises.registry import Outcome, Promise
from tests import cast as people

GOAL = "0 doubled and 0 lost of 30 answers sent 6 times each, half of the replies never read"
TIMES, IMPATIENT, WORDS = 6, 0.1, 20


class _Stay(urllib.request.HTTPRedirectHandler):
    @override
    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        return None


def press(address: str, link: Link, key: str, *, patience: float) -> int:
    """Send once; 0 where the owner did not wait for the reply."""
    body = urllib.parse.urlencode({"key": key, "known": "", "contact": "none"}).encode()
    request = urllib.request.Request(f"{address}/o/s/{link.token}/check/", data=body)
    opener = urllib.request.build_opener(_Stay)
    try:
        with opener.open(request, timeout=patience) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return int(refused.code)
    except (URLError, TimeoutError, ConnectionError):
        return 0


def tick(cast: people.Cast, links: tuple[Link, ...]) -> None:
    with cast.inside():
        form = form_plan(QuestionnaireVersion.objects.get(id=people.version_of(cast).pk))
    item = next(item for item in form.items if item.scale)
    assert item.scale is not None
    given = Given({item.code: [item.scale.options[0].code]}, {})
    for link in links:
        save_answer(token=link.token, given=given, at=utc_now())


def _verbs(cast: people.Cast) -> list[str]:
    with cast.inside():
        wave = Wave.objects.latest("id")
    subject = history.Subject(cast.company.pk, "wave", wave.pk)
    return [entry.verb for entry in history.entries(subject)]


def attempt(folder: Path) -> Outcome:
    """Press too often, and count rows, entries and counts."""
    ground.migrate()
    cast = people.the_cast()
    links = asked(cast)
    tick(cast, links)
    with ExitStack() as stack:
        addresses = [stack.enter_context(ground.served()) for _ in range(2)]
        jobs = [
            (addresses[n % 2], link, f"key-of-home-{place:08d}", IMPATIENT if n % 2 else 30.0)
            for place, link in enumerate(links)
            for n in range(TIMES)
        ]
        with ThreadPoolExecutor(4) as pool:
            seen = list(pool.map(lambda job: press(*job[:3], patience=job[3]), jobs))
        doubled = _told_of(cast, addresses)
    with cast.inside():
        rows = Response.objects.count()
        wave = Wave.objects.latest("id")
    entries = _verbs(cast).count("answered")
    counted = (rows, entries, wave.returned, wave.valid)
    problems = [] if counted == (30, 30, 30, 30) else [f"rows, entries, counts: {counted}"]
    if bad := [status for status in seen if status not in {0, 302}]:
        problems.append(f"answers that were no good: {sorted(set(bad))}")
    problems += doubled
    if not _control(cast, links[0]):
        problems.append("control not caught: a new key a press")
    told = f"{len(jobs)} presses, {seen.count(0)} replies not read, {rows} answers; {WORDS} words told {TIMES} times each; control caught"
    evidence = f"{'; '.join(problems)} | {told}" if problems else told
    return Outcome(kept=not problems, evidence=evidence, goal=GOAL, figures={"rows": rows})


def _told_of(cast: people.Cast, addresses: list[str]) -> list[str]:
    """Tell of things too often, by the code on the wall and at the desk; return what is wrong."""
    office = intake.office(cast)
    keys = [f"word-of-somebody-{number:03d}" for number in range(WORDS)]
    jobs = [
        (
            addresses[n % 2],
            office.codes[place % len(office.codes)],
            key,
            IMPATIENT if n % 2 else 30.0,
        )
        for place, key in enumerate(keys)
        for n in range(TIMES)
    ]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda job: intake.tell(*job[:3], patience=job[3]), jobs))
    for address in addresses:
        clerk = intake.Clerk(address, office.session)
        for key in (f"call-at-the-desk-{number:03d}" for number in range(5)):
            clerk.take(key)
            clerk.take(key)
    found = intake.counted(cast.company.pk)
    there: dict[str, int] = found["there"]  # type: ignore[assignment]
    whole = len(there) == WORDS + 5 and set(there.values()) == {1} and not found["wrong"]
    return [] if whole else [f"words told {TIMES} times each: {there}"]


def _control(cast: people.Cast, link: Link) -> bool:
    """Say whether presses without a key of their page have their effect again, as they must here."""
    for _again in range(2):
        found = asking(link.token, at=utc_now())
        assert found is not None
        submit(
            token=link.token,
            key=token_urlsafe(16),
            wish=Wish(),
            known=stamp(found.submitted_at),
            at=utc_now(),
        )
    return _verbs(cast).count("answer_changed") == 2


PROMISE = Promise("P03", "Impatience doubles nothing", attempt)
