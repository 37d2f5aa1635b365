"""What an owner does by her own link: report, write, urge, judge; each press counts once.

The pages have found place or case by the link, and asked the limits.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from anju.aftercare.actions.joining import gather
from anju.aftercare.actions.visiting import Answer, answer_by_owner
from anju.attachments.actions import keeping
from anju.attachments.taking import Taken
from anju.casework.kinds import PHOTOS_MOST, Photo
from anju.kernel.idempotency import Asked, once
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.voice.actions.receiving import Report, receive_from_owner
from anju.voice.actions.storing import subject
from anju.voice.actions.telling import token_of
from anju.voice.actions.writing import urge, write_by_owner
from anju.voice.models import Bundle, Case

SCOPE = "case-owner"
GIVEN_MOST = PHOTOS_MOST + 1  # the photos, and a voice note
ONLY_FILES = "（照片或语音）"  # what stands in place of words where she sent none


@dataclass(frozen=True, slots=True)
class Given:
    """Which form a file comes with, and the project whose page that is."""

    company_id: int
    project_id: int
    key: str


def held_id(key: str) -> int:
    """Return the number under which the files of a form lie until it is sent."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8]) >> 1


def hold(*, given: Given, taken: Taken, at: datetime) -> None:
    """Keep a file that came with a form which is not sent yet. Errors: E-FILE-MANY."""
    with company_scope(given.company_id):
        if keeping.held_count(held_id(given.key), given.project_id) >= GIVEN_MOST:
            raise too_many()
    held = keeping.Subject(keeping.HELD, held_id(given.key), given.project_id, None)
    keeping.attach_from_owner(
        company_id=given.company_id, subject=held, taken=taken, at=at, most=GIVEN_MOST
    )


def send_report(
    *, company_id: int, key: str, report: Report, at: datetime, together: bool = False
) -> str:
    """Register what an owner tells and return the secret of her page of it; once a key.

    Without a word, what she photographed or said aloud is her word; `together` makes one fault of
    it and of what others of her building told. Errors: E-IDEM-*, E-TEXT-*, E-REF.
    """
    with company_scope(company_id):
        told = report if report.words.strip() else replace(report, words=_wordless(key, report))
        body = {"words": report.words, "place": str(report.place), "kind": report.kind.value}
        asked = Asked(company_id, SCOPE, key, body)
        made = once(asked, lambda: _sent(company_id, key, told, at, together=together), at=at)
        return token_of(Case.objects.across_parts().get(id=int(made.answer)))


def _wordless(key: str, report: Report) -> str:
    held = keeping.held_count(held_id(key), report.place.project_id)
    return ONLY_FILES if held else ""


def _sent(company_id: int, key: str, report: Report, at: datetime, *, together: bool) -> str:
    running = Bundle.objects.across_parts().filter(id=report.bundle_id or 0, ended_at=None)
    if report.bundle_id is not None and not running.exists():
        report = replace(report, bundle_id=None)  # the fault was over before she pressed
    case = receive_from_owner(company_id=company_id, report=report, at=at)
    if together:
        gather(case, at=at)
    theirs = keeping.Subject(Photo.OWNER.value, case.pk, case.project_id, subject(case))
    keeping.hand_on(company_id=company_id, held_id=held_id(key), subject=theirs, at=at)
    return str(case.pk)


@dataclass(frozen=True, slots=True)
class Press:
    """Whose case a press is about, and the key by which it counts once."""

    company_id: int
    case_id: int
    key: str


def say(*, press: Press, words: str, files: Sequence[Taken], at: datetime) -> None:
    """Keep what an owner adds: words, photos, a voice note. Errors: E-IDEM-*, E-TEXT-*, E-FILE-MANY."""
    said = words if words.strip() or not files else ONLY_FILES
    body = {"case": press.case_id, "words": words}
    _once(press, body, lambda: _said(press, said, files, at), at)


def _said(press: Press, words: str, files: Sequence[Taken], at: datetime) -> None:
    write_by_owner(company_id=press.company_id, case_id=press.case_id, words=words, at=at)
    case = Case.objects.across_parts().get(id=press.case_id)
    theirs = keeping.Subject(Photo.OWNER.value, case.pk, case.project_id, subject(case))
    for taken in files:
        keeping.attach_from_owner(company_id=press.company_id, subject=theirs, taken=taken, at=at)


def judge(*, press: Press, answer: Answer, at: datetime) -> None:
    """Keep an owner's verdict; “not solved” opens the case at once. Errors: as `answer_by_owner`."""
    body = {"case": press.case_id, "solved": answer.solved.value, "words": answer.words}

    def effect() -> None:
        answer_by_owner(company_id=press.company_id, case_id=press.case_id, answer=answer, at=at)

    _once(press, body, effect, at)


def remind(*, press: Press, at: datetime) -> None:
    """Let an owner urge; a second press of the same page is the first. Errors: E-URGE."""

    def effect() -> None:
        urge(company_id=press.company_id, case_id=press.case_id, at=at)

    _once(press, {"case": press.case_id, "urge": True}, effect, at)


def _once(
    press: Press, body: Mapping[str, object], effect: Callable[[], None], at: datetime
) -> None:
    def done() -> str:
        effect()
        return "done"

    with company_scope(press.company_id), transaction.atomic():
        once(Asked(press.company_id, f"{SCOPE}.{press.case_id}", press.key, body), done, at=at)


def nothing_said() -> Problem:
    """Return the refusal of a report without a word, a photo or a voice note."""
    return Problem(
        "E-TEXT-EMPTY",
        "words",
        "Write a few words, or add a photo or a voice note.",
        "请写几个字，或者拍张照片、说段语音。",
    )


def too_many() -> Problem:
    """Return the refusal of more files than a report takes."""
    return Problem(
        "E-FILE-MANY",
        "photos",
        "Send {most} photos and one voice note at most. Those that came first are kept.",
        "最多 {most} 张照片加一段语音。先收到的已保留。",
        most=PHOTOS_MOST,
    )
