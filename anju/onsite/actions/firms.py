"""What a firm's foreman reports by his link: done with a photo, or why it cannot be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from anju.attachments.actions.keeping import Subject, attach_from_owner
from anju.attachments.taking import Taken
from anju.casework.kinds import NOTE_MOST, REASON_MOST, NoteFrom, Photo, Shown
from anju.casework.states import CaseVerb, Demand, State
from anju.kernel import history
from anju.kernel.idempotency import Asked, Outcome, once
from anju.kernel.pure.text import clean_body, clean_line
from anju.kernel.scope import company_scope
from anju.onsite.tickets import Way
from anju.register.access import NotFound
from anju.voice import letters
from anju.voice.actions.handling import refuse_without_photos
from anju.voice.actions.storing import (
    Act,
    clock_columns,
    hold,
    move,
    renew,
    subject,
    tell,
)
from anju.voice.actions.telling import tell_staff
from anju.voice.models import Case, CaseNote, CasePause

CANNOT = "firm_cannot"
THERE = (State.ACCEPTED, State.SCHEDULED, State.WORKING, State.WAITING)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a foreman says of one case; `key` is the form's, so that a second press does nothing."""

    case_id: int
    key: str
    words: str
    photo: Taken | None = None


@transaction.atomic
def answer(*, way: Way, said: Answer, done: bool, at: datetime) -> Outcome:
    """Report a case done, or say why not; once for each key.

    Errors: NotFound, E-IDEM-*, E-TEXT-*, E-CASE-EVIDENCE, E-FILE-MANY.
    """
    body = {"case": said.case_id, "words": said.words, "done": done}
    asked = Asked(way.company_id, f"ticket:{way.ticket_id}", said.key, body)

    def effect() -> str:
        with company_scope(way.company_id):
            (_done if done else _cannot)(way, said, at)
        return "done"

    return once(asked, effect, at=at)


def _its(way: Way, case_id: int) -> Case:
    """Return an open case of the firm in the project of its link; raises NotFound."""
    rows = Case.objects.filter(project_id=way.project_id, partner_id=way.partner_id)
    mine = rows.filter(id=case_id, restricted=False, state__in=[one.value for one in THERE])
    found: Case | None = mine.select_related("project", "category", "level").first()
    if found is None:
        raise NotFound(f"case {case_id}")
    hold(found)
    return found


def _payload(way: Way) -> dict[str, history.Plain]:
    return {"firm": way.partner_id}


def _photo(way: Way, case: Case, taken: Taken | None, at: datetime) -> None:
    if taken is None:
        return
    kind = Photo.AFTER.value
    whose = Subject(kind, case.pk, case.project_id, subject(case), _payload(way))
    attach_from_owner(company_id=way.company_id, subject=whose, taken=taken, at=at)


def _begin(way: Way, case: Case, at: datetime) -> None:
    act = Act(None, at, payload=_payload(way))
    move(case, CaseVerb.START, None, act, arrived_at=at, on_site_met=case.on_site_met or at)


def _go_on(way: Way, case: Case, at: datetime) -> None:
    CasePause.objects.filter(case=case, end=None).update(end=at)
    renew(case, at=at)
    act = Act(None, at, payload=_payload(way))
    move(case, CaseVerb.RESUME, None, act, waited_for="", **clock_columns(case))


BEGINS: Mapping[State, Callable[[Way, Case, datetime], None]] = {
    State.ACCEPTED: _begin,
    State.SCHEDULED: _begin,
    State.WAITING: _go_on,
}


def _done(way: Way, said: Answer, at: datetime) -> None:
    case = _its(way, said.case_id)
    cause = clean_line(said.words, "words", most=REASON_MOST)
    _photo(way, case, said.photo, at)
    refuse_without_photos(case)
    begins = BEGINS.get(State(case.state))
    if begins is not None:
        begins(way, case, at)
    payload = {**_payload(way), "cause": cause, "party": case.party}
    act = Act(None, at, payload=payload, has=frozenset({Demand.EVIDENCE, Demand.CAUSE}))
    move(case, CaseVerb.FINISH, None, act, cause=cause, done_at=at, resolve_met=at)
    _tell(way, case, cause, at)


def _cannot(way: Way, said: Answer, at: datetime) -> None:
    case = _its(way, said.case_id)
    words = clean_body(said.words, "words", NOTE_MOST)
    _photo(way, case, said.photo, at)
    row = CaseNote(
        company_id=way.company_id, case=case, said_by=NoteFrom.STAFF.value,
        shown=Shown.INSIDE.value, words=f"{way.firm}：{words}", at=at,
    )  # fmt: skip
    row.save()
    tell(case, CANNOT, by=None, at=at, payload={**_payload(way), "note": row.pk})
    _tell(way, case, words, at)


def _tell(way: Way, case: Case, words: str, at: datetime) -> None:
    who = (case.assignee_id, case.first_receiver_id)
    more = {"firm": way.firm, "words": words[:120]}
    tell_staff(case, letters.FIRM, f"firm.{case.version}.{at:%H%M%S}", who, at=at, more=more)
