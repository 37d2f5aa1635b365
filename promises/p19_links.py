"""P19: a link that was sent is safe: looking changes nothing, only a hash is kept, no log has it.

Each page behind five of thirty links is asked ten times by GET and by HEAD of a served process; then links
are guessed and broken, and its log is searched. Control: a page that notes each look must be
found, and so must a line that repeats a link.
"""

from __future__ import annotations

import json
import logging
import urllib.error
import urllib.request
from datetime import date, datetime
from pathlib import Path
from unittest.mock import patch

from django.test import Client

from anju.conf.logs import PlainFormatter
from anju.fieldwork.actions.answering import begin_answer
from anju.fieldwork.actions.links import Link, draw_invitations
from anju.fieldwork.actions.lobby import make_lobby
from anju.fieldwork.invitations import Asking, asking
from anju.fieldwork.lobby import token_in_force
from anju.fieldwork.models import Lobby
from anju.kernel.models import Bucket, HistoryEntry, KeptAnswer
from anju.kernel.pure.clock import utc_now
from anju.survey.models import Invitation, Response, Wave
from anju.voice.models import Case, CaseLink, CaseNote, LookCode, Verdict
from anju.web.owner.answer import door
from promises import ground
from promises.owned import owned
from promises.registry import Outcome, Promise
from tests import cast as people

GOAL = "0 changes by 10 GET and 10 HEAD a page; 128 bits; only hashes stored; 0 lines with a link"
TAILS = ("", "q/1/", "check/", "thanks/")
CODE_TAILS = ("", "tell/", "tell/?kind=repair&what=water", "look/", "done/")
TABLES = (Invitation, Lobby, Response, Wave, Case, CaseLink, CaseNote, LookCode, Verdict)
LOOKS, HOMES = 10, 5
GOOD = {(200, "no-referrer"), (302, "no-referrer")}
BITS = 128


def _state(cast: people.Cast) -> str:
    """Return all that answering could change, as one text."""
    with cast.inside():
        rows = [list(k.objects.order_by("id").values()) for k in TABLES]
    others = [list(k.objects.order_by("id").values()) for k in (KeptAnswer, HistoryEntry, Bucket)]
    return json.dumps([rows, others], default=str, sort_keys=True)


def _ask(address: str, method: str) -> tuple[int, str]:
    request = urllib.request.Request(address, method=method)
    try:
        answer = urllib.request.urlopen(request, timeout=30)
    except urllib.error.HTTPError as refused:
        answer = refused
    with answer:
        return int(answer.status), str(answer.headers.get("Referrer-Policy"))


def _looks(address: str, link: Link) -> list[tuple[int, str]]:
    return [
        _ask(f"{address}/o/s/{link.token}/{tail}", method)
        for tail in TAILS
        for method in ("GET", "HEAD")
        for _look in range(LOOKS)
    ]


def asked(cast: people.Cast) -> tuple[Link, ...]:
    """Make an open survey of this year and a link for each of the thirty homes."""
    year = utc_now().year
    days = {"fieldwork_from": date(year - 1, 7, 1), "fieldwork_to": date(year + 1, 6, 1)}
    wave = people.a_wave(cast, population=40, **days)
    return draw_invitations(actor=cast.quality, wave_id=wave.pk, at=utc_now())


def _hung(cast: people.Cast) -> str:
    """Hang a poster into the lobby, and return the secret that it carries."""
    with cast.inside():
        wave_id = Wave.objects.get().pk
        made = make_lobby(actor=cast.quality, wave_id=wave_id, building_id=None, at=utc_now())
        return token_in_force(made) or ""


def _told(cast: people.Cast) -> tuple[str, str]:
    """Hang a code for reports, tell something by it, and return the secrets of both."""
    ids = owned(cast, lambda most: "水管漏水"[:most])
    code, case = ids["token"]
    return str(code), str(case)


def attempt(folder: Path) -> Outcome:
    """Look at every page of every link, and count what changed and what was repeated."""
    ground.migrate()
    cast = people.the_cast()
    links = asked(cast)
    poster = _hung(cast)
    code, case = _told(cast)
    before = _state(cast)
    with ground.served() as address:
        seen = [look for link in links[:HOMES] for look in _looks(address, link)]
        hung = f"{address}/o/l/{poster}/"
        told = [f"{address}/o/r/{code}/{tail}" for tail in CODE_TAILS] + [f"{address}/o/c/{case}/"]
        seen += [
            _ask(one, method)
            for one in (hung, *told)
            for method in ("GET", "HEAD")
            for _look in range(LOOKS)
        ]
    problems = [f"an answer that was no good: {found}" for found in seen if found not in GOOD]
    if _state(cast) != before:
        problems.append("looking changed something")
    secrets = (poster, code, case, *(link.token for link in links))
    if any(token in before for token in secrets):
        problems.append("a link is stored in the clear")
    if any(len(token.split("-", 1)[1]) * 6 < BITS for token in secrets):
        problems.append("a link has too few bits")
    problems += _logged(f"/o/s/{links[0].token}/q/1/", links[0].token)
    problems += _logged(f"/o/r/{code}/tell/", code) + _logged(f"/o/c/{case}/", case)
    problems += _controls(cast, links[0])
    done = f"{len(seen)} looks at {HOMES} links, a poster's, a code's and a case's; controls caught"
    evidence = f"{'; '.join(problems[:5])} | {done}" if problems else done
    return Outcome(kept=not problems, evidence=evidence, goal=GOAL, figures={"looks": len(seen)})


def _logged(path: str, token: str) -> list[str]:
    """Return a problem where a line about a broken page repeats the link."""
    record = logging.LogRecord("django.request", 40, "", 0, "Not Found: %s", (path,), None)
    if token in PlainFormatter("%(message)s").format(record):
        return ["a line of the log repeats a link"]
    plain = logging.Formatter("%(message)s").format(record)
    return [] if token in plain else ["control not caught: a plain line"]


def _controls(cast: people.Cast, link: Link) -> list[str]:
    """Say whether a page that notes each look is found to change something."""
    before = _state(cast)

    def noting(token: str, *, at: datetime) -> Asking | None:
        begin_answer(token=token, at=at)
        return asking(token, at=at)

    with patch.object(door, "asking", noting):
        Client(SERVER_NAME="127.0.0.1").get(f"/o/s/{link.token}/")
    return [] if _state(cast) != before else ["control not caught: a page that notes looks"]


PROMISE = Promise("P19", "Looking at a link changes nothing and tells nobody", attempt)
