"""P25: a person is given out whole, and erased whole: from rows, files, search, outbox and cache.

Twelve marks are planted by the actions that people use. The export holds each that a table holds;
after the erasure none stands anywhere, on SQLite not even in the freed space of the file. A backup
taken before is brought back, and she is erased again. Controls: an erasure that lets one table be
is found, and so is a restore without the log of erasures.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from unittest.mock import patch

from django.core.cache import cache
from django.db import transaction

from anju.fieldwork.actions.answering import Given, Wish, begin_answer, save_answer, submit
from anju.fieldwork.actions.links import draw_invitations
from anju.improve.actions.opening import Draft, open_by_hand
from anju.kernel.pure.clock import utc_now
from anju.kernel.scope import company_scope
from anju.notify.actions.post import About, Note, post
from anju.notify.recipients import owner
from anju.notify.rules.words import Kind, Template, Text, register
from anju.privacy import tombstones
from anju.privacy.actions import erase as erasing
from anju.privacy.actions.erase import Order, erase
from anju.privacy.actions.giving import Given as Export
from anju.privacy.actions.giving import give_out
from anju.privacy.actions.looks import look
from anju.privacy.rules.looks import What, Why
from anju.register.access import Role
from anju.register.actions.consents import add_care, give_consent
from anju.register.actions.residents import MoveIn, PersonDraft, move_in
from anju.register.models import Unit
from anju.register.search import find
from anju.roster.actions.taking import receive_roster
from anju.survey.models import Item
from anju.survey.rules.answering import Contact
from promises import ground, marked
from promises.p06_backup import anju, new_place
from promises.registry import Outcome, Promise
from tests import cast as people

GOAL = "12 of 12 marks in the export and its list of files; 0 hits afterwards, and after a restore"
MINUTES = 10
NAME, PHONE, WRITTEN = "欧阳秀珍甲", "13917654821", "139 1765 4821"
CARE, TEXT, WHERE, PART = "标记轮椅", "标记楼道灯", "标记打女儿电话", "标记半句"
CELL, MESSAGE, LOOK, TITLE = "标记车位", "标记账单", "标记送钥匙", "标记漏水"
FILE = f"名册{NAME}.csv"
# What another person wrote about her stays, without her name; the file's other cells are no part
# of what she is given, its name is.
MARKS = (NAME, PHONE, WRITTEN, CARE, TEXT, WHERE, PART, CELL, MESSAGE, LOOK, FILE, "oyxzj")
IN_EXPORT = (NAME, PHONE, WRITTEN, CARE, TEXT, WHERE, PART, MESSAGE, LOOK, FILE)
LETTER = register(
    Template(
        "promise.letter",
        Kind.OTHER,
        zh=Text("通知", "您好：{what}"),
        en=Text("Notice", "Hello: {what}"),
    )
)
TELL = "from promises import ground; ground.begin(); from promises import marked; marked.tell()"


@dataclass(frozen=True, slots=True)
class Planted:
    """The company, the person, and somebody of the same project who must stay as she is."""

    cast: people.Cast
    person: int
    other: int


def plant() -> Planted:
    """Put every mark where an office would put it."""
    cast = people.the_cast()
    with cast.inside():
        unit, near = (Unit.objects.get(key=key) for key in ("3-502", "3-501"))
    since = date(2020, 1, 1)
    draft = MoveIn(PersonDraft(NAME, WRITTEN), "owner", since)
    person = move_in(actor=cast.desk, unit_id=unit.pk, draft=draft, at=utc_now()).person_id
    draft = MoveIn(PersonDraft("王强", "13800138000"), "owner", since)
    other = move_in(actor=cast.desk, unit_id=near.pk, draft=draft, at=utc_now()).person_id
    for purpose in ("care", "contact"):
        give_consent(
            actor=cast.desk, person_id=person, purpose=purpose, channel="paper", at=utc_now()
        )
    add_care(actor=cast.manager, person_id=person, kind="help", purpose=CARE, at=utc_now())
    why = Why("other", LOOK)
    look(actor=cast.desk, person_id=person, what=What.PHONE, why=why, key="k" * 16, at=utc_now())
    _answer(cast, unit)
    rows = f"房号,姓名,电话,备注\r\n3-502,{NAME},{PHONE},{CELL}\r\n".encode("gb18030")
    receive_roster(
        actor=cast.quality, project_id=cast.project.pk, chunks=[rows], name=FILE, at=utc_now()
    )
    with transaction.atomic(), cast.inside():
        about = About("unit", unit.pk, "promised")
        note = Note(owner(person, unit.pk), about, {"what": MESSAGE}, project_id=cast.project.pk)
        post(LETTER, note, at=utc_now())
    told = Draft(cast.project.pk, f"{TITLE}{NAME}", f"请致电 {PHONE}", "", "property")
    open_by_hand(actor=cast.quality, draft=told, at=utc_now())
    return Planted(cast, person, other)


def _answer(cast: people.Cast, unit: Unit) -> None:
    """Answer one survey by the home's link, and begin another."""
    year = utc_now().year
    days = {"fieldwork_from": date(year - 1, 7, 1), "fieldwork_to": date(year + 1, 6, 1)}
    for text, done in ((TEXT, True), (PART, False)):
        wave = people.a_wave(cast, population=40, **days)
        links = draw_invitations(actor=cast.quality, wave_id=wave.pk, at=utc_now())
        (link,) = [one for one in links if (one.building, one.unit) == ("3栋", "502")]
        with cast.inside():
            items = list(Item.objects.filter(version_id=wave.version_id))
        rated = {item.code: ("vs",) for item in items if item.scale_id}
        texts = {item.code: text for item in items if not item.scale_id}
        begin_answer(token=link.token, at=utc_now())
        save_answer(token=link.token, given=Given(rated, texts), at=utc_now())
        wish = Wish(Contact.CALL, WHERE)
        if done:
            key = token_urlsafe(16)
            submit(token=link.token, key=key, wish=wish, known="", at=utc_now())


def _hits(planted: Planted) -> list[str]:
    with transaction.atomic(), company_scope(planted.cast.company.pk):
        found = marked.hits(MARKS)
    for role in (Role.DESK, Role.MANAGER):
        with planted.cast.inside():
            for word in (NAME, PHONE[-4:], "oyxzj"):
                seen = find(planted.cast.actors[role], word)
                found += [f"{word} in search" for hit in seen if hit.id == planted.person]
    return found + [f"{mark} in cache" for mark in MARKS if cache.get(mark)]


def _exported(planted: Planted) -> tuple[list[str], Export]:
    why = Why("asked", LOOK)
    cast = planted.cast
    given = give_out(actor=cast.quality, person_id=planted.person, why=why, at=utc_now())
    text = given.text()
    return [f"{mark} is not in the export" for mark in IN_EXPORT if mark not in text], given


@contextmanager
def _restored(folder: Path, archive: Path, name: str, *, log: bool) -> Iterator[dict[str, str]]:
    """Bring the backup back in a new place, with or without the log of erasures beside it."""
    with new_place(folder, name) as env:
        place = Path(env["ANJU_DATA"])
        place.mkdir(parents=True, exist_ok=True)
        if log:
            shutil.copy(tombstones.path(), place / tombstones.NAME)
        status, said = anju("restore", str(archive), env=env)
        ground.note(f"restore {name}: {status} {said}")
        yield env


def _left(env: dict[str, str], company_id: int) -> list[str]:
    told = {marked.MARKS: json.dumps(MARKS), marked.COMPANY: str(company_id)}
    looked = subprocess.run(
        [sys.executable, "-c", TELL],
        env={**env, **told},
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[str] = json.loads(looked.stdout)
    return found


def attempt(folder: Path) -> Outcome:
    """Plant, give out, back up, erase, search; restore, search again; and both controls."""
    ground.migrate()
    planted = plant()
    there = _hits(planted)
    absent = [mark for mark in MARKS if not any(mark in hit for hit in there)]
    problems = [f"not planted: {mark}" for mark in absent]
    began = time.monotonic()
    missing, given = _exported(planted)
    seconds = time.monotonic() - began
    problems += missing
    archive = folder / "before.tar"
    status, said = anju("backup", "--out", str(archive), env=dict(os.environ))
    problems += [f"backup: {said}"] if status else []
    problems += _control(planted)
    order = Order(planted.person, "asked", NAME)
    erase(actor=planted.cast.quality, order=order, at=utc_now())
    left = _hits(planted)
    problems += [f"after the erasure: {hit}" for hit in left]
    company_id, again = planted.cast.company.pk, list[str]()
    with _restored(folder, archive, "again", log=True) as env:
        again = _left(env, company_id)
        problems += [f"after the restore: {hit}" for hit in again if "on the disk" not in hit]
    with _restored(folder, archive, "without", log=False) as env:
        if not _left(env, company_id):
            problems.append("control not caught: a restore without the log")
    with planted.cast.inside():
        if [hit.id for hit in find(planted.cast.desk, "王强")] != [planted.other]:
            problems.append("somebody else was erased with her")
    rows = sum(len(table.rows) for table in given.tables)
    told = (
        f"{len(MARKS)} marks stood in {len(there)} places; export of {rows} rows in {seconds:.2f} s;"
        f" {len(left)} hits after the erasure, {len(again)} after a restore; controls caught"
    )
    evidence = f"{'; '.join(problems[:8])} | {told}" if problems else told
    figures: dict[str, Any] = {"planted": len(there), "left": len(left), "export_s": seconds}
    return Outcome(
        kept=not problems and seconds < MINUTES * 60, evidence=evidence, goal=GOAL, figures=figures
    )


def _control(planted: Planted) -> list[str]:
    """Say whether an erasure that lets the tables be is found; it is taken back."""
    try:
        with transaction.atomic():
            with patch.object(erasing, "_let_go", lambda held, at: 0):
                order = Order(planted.person, "asked", NAME)
                erase(actor=planted.cast.quality, order=order, at=utc_now())
            with company_scope(planted.cast.company.pk):
                found = list(marked._tables(MARKS))
            raise _Back
    except _Back:
        return [] if found else ["control not caught: an erasure that forgets tables"]


class _Back(Exception):
    """Takes a control's writes back."""


PROMISE = Promise("P25", "A person is given out whole and erased whole, backups too", attempt)
