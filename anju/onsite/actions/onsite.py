"""What comes from a phone on the ground: each press once, also when it was made without signal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from anju.attachments.actions.keeping import Subject, attach
from anju.attachments.taking import Taken
from anju.casework.kinds import REASON_MOST, Photo
from anju.casework.onsite import (
    HELP,
    NO_PHOTO,
    PARTS,
    PARTY,
    SHOWS,
    TAKEN,
    WAITS,
    Cannot,
    Cause,
    Step,
    demanded,
)
from anju.kernel import history
from anju.kernel.idempotency import Asked, Outcome, once
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_line
from anju.kernel.scope import company_scope
from anju.register.access import Actor
from anju.register.rules.rights import Role
from anju.voice import letters
from anju.voice.actions.handling import Moment, Waiting, Work, finish, resume, start, wait, worked
from anju.voice.actions.receiving import Report, receive
from anju.voice.actions.storing import Edition, hold, subject, tell
from anju.voice.actions.telling import in_role, tell_staff
from anju.voice.actions.writing import refuse_over
from anju.voice.models import Case


@dataclass(frozen=True, slots=True)
class Press:
    """One press of a button: at which case, under the name that the phone gave it, with what.

    `words` are in the language of the presser: the cause, the parts, or why not.
    """

    case_id: int
    client_id: str
    what: Step | Cannot
    words: str = ""
    cause: Cause = Cause.OTHER
    photo: Taken | None = None
    client_at: datetime | None = None


@transaction.atomic
def carry_out(*, actor: Actor, press: Press, at: datetime) -> Outcome:
    """Do what a phone sent, once for each name; whatever is refused is kept nowhere.

    Errors: NotFound, Forbidden, E-IDEM-*, E-STATE, E-TEXT-*, E-CASE-EVIDENCE, E-FILE-MANY.
    """
    photo = sha256(press.photo.body).hexdigest() if press.photo else ""
    # Words that a button says are in the language of the moment; what tells presses apart is the button.
    said = press.words if press.what is Step.PARTS else press.cause.value
    body = {"case": press.case_id, "what": press.what.value, "words": said, "photo": photo}
    asked = Asked(actor.company_id, f"onsite:{actor.account_id}", press.client_id, body)
    moment = Moment(at, press.client_at)

    def effect() -> str:
        with company_scope(actor.company_id):
            DOES[press.what](actor, press, moment)
        return "done"

    return once(asked, effect, at=at)


def _edition(press: Press) -> Edition:
    return Edition(press.case_id)


def _entry(actor: Actor, press: Press, moment: Moment, verb: str, **said: history.Plain) -> Case:
    """Write that something was seen to, with the phone's time; the state stays as it is."""
    case = worked(actor, _edition(press))
    refuse_over(case)
    payload = {**said, **moment.said()}
    tell(case, verb, by=actor.account_id, at=moment.at, payload=payload)
    return case


def _take(actor: Actor, press: Press, moment: Moment) -> None:
    _entry(actor, press, moment, TAKEN)


def _arrive(actor: Actor, press: Press, moment: Moment) -> None:
    start(actor=actor, edition=_edition(press), moment=moment)


def _photo(actor: Actor, press: Press, moment: Moment) -> None:
    shows = SHOWS[Step(press.what.value)]
    if press.photo is not None:
        keep_photo(actor, press, shows, moment)
        return
    case = worked(actor, _edition(press))
    if press.what in demanded(case.category.evidence if case.category else ""):
        raise Problem(
            "E-CASE-EVIDENCE", "photo",
            "This category asks for the photo. Take it, then go on.",
            "该类别要求拍照，请拍照后再继续。",
        )  # fmt: skip
    _entry(actor, press, moment, NO_PHOTO, shows=shows.value)


def keep_photo(actor: Actor, press: Press, shows: Photo, moment: Moment) -> None:
    """Keep a photo at an open case; its history tells when it was taken by the phone."""
    case = worked(actor, _edition(press))
    refuse_over(case)
    if press.photo is None:
        return
    hold(case)
    said: dict[str, history.Plain] = {"shows": shows.value, **moment.said()}
    whose = Subject(shows.value, case.pk, case.project_id, subject(case), said)
    attach(actor=actor, subject=whose, taken=press.photo, at=moment.at)


def _parts(actor: Actor, press: Press, moment: Moment) -> None:
    parts = clean_line(press.words, "parts", most=REASON_MOST) if press.words else ""
    _entry(actor, press, moment, PARTS, parts=parts)


def _done(actor: Actor, press: Press, moment: Moment) -> None:
    work = Work(press.words, PARTY[press.cause])
    finish(actor=actor, edition=_edition(press), work=work, moment=moment)


def _resume(actor: Actor, press: Press, moment: Moment) -> None:
    resume(actor=actor, edition=_edition(press), moment=moment)


def _wait(actor: Actor, press: Press, moment: Moment) -> None:
    why = Cannot(press.what.value)
    if why is Cannot.AWAY:
        keep_photo(actor, press, Photo.PAUSE, moment)
    waiting = Waiting(WAITS[why], press.words)
    wait(actor=actor, edition=_edition(press), waiting=waiting, moment=moment)


def _help(actor: Actor, press: Press, moment: Moment) -> None:
    """Ask the managers to step in; the case stays with its person until they decide."""
    case = _entry(actor, press, moment, HELP)
    stage = f"help.{press.client_id[:12]}"
    tell_staff(case, letters.LATE, stage, in_role(case, Role.MANAGER), at=moment.at)


DOES: Mapping[Step | Cannot, Callable[[Actor, Press, Moment], None]] = {
    Step.TAKE: _take,
    Step.ARRIVE: _arrive,
    Step.BEFORE: _photo,
    Step.AFTER: _photo,
    Step.PARTS: _parts,
    Step.DONE: _done,
    Step.RESUME: _resume,
    Cannot.PART: _wait,
    Cannot.AWAY: _wait,
    Cannot.BUILDER: _wait,
    Cannot.HELP: _help,
}


@transaction.atomic
def capture(*, actor: Actor, report: Report, photo: Taken | None, at: datetime) -> Case:
    """Register what a colleague saw, with its photo; a phone's name for it makes it once.

    Errors: as `receive`, and E-FILE-MANY.
    """
    with company_scope(actor.company_id):
        case = receive(actor=actor, report=report, at=at)
        if photo is not None:
            hold(case)
            kind = Photo.OWNER.value
            whose = Subject(kind, case.pk, case.project_id, subject(case))
            attach(actor=actor, subject=whose, taken=photo, at=at)
        return case
