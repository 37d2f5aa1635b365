"""An owner's answer by link: saved page by page, sent once, changed until the end.

Nobody is signed in: whoever holds the link acts for the home. Rights of staff are in access.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from anju.fieldwork.invitations import invitation_of, moments_of
from anju.fieldwork.rules.links import (
    CONTACT_TEXT,
    Standing,
    company_of_token,
    refuse_closed,
    standing,
)
from anju.kernel import history
from anju.kernel.idempotency import Asked, once
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_body, clean_line
from anju.kernel.scope import company_scope
from anju.notify.actions.desk import let_go_waiting
from anju.register.access import NotFound
from anju.survey.actions.keeping import (
    BatchKind,
    OneForm,
    item_plans,
    keep_form,
    locked,
    standing_batch,
)
from anju.survey.models import Invitation, Response
from anju.survey.rules.answering import Channel, Contact, check_answers
from anju.survey.rules.wave import WaveState

TEXT_MOST = 2000
# What messages to a home are about: a reminder that still waits is let go when the answer is in.
REMINDED = "invitation"
USABLE = frozenset({Standing.OPEN, Standing.ANSWERED})


@dataclass(frozen=True, slots=True)
class Given:
    """What one page sent: options by item, words by item; an item sent empty is taken back."""

    answers: Mapping[str, Sequence[str]]
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wish:
    """Whether and how an owner wishes to be contacted, and where; saying so is the consent."""

    contact: Contact = Contact.NONE
    where: str = ""


def _locked(token: str, at: datetime) -> Invitation:
    """Return the invitation of a usable link, locked; NotFound, or E-SURVEY-CLOSED."""
    row = invitation_of(token)
    if row is None:
        raise NotFound("Invitation")
    Invitation.objects.select_for_update().get(id=row.pk)
    row = invitation_of(token)
    if row is None:
        raise NotFound("Invitation")
    now = standing(moments_of(row), at)
    if now is Standing.CLOSED:
        raise refuse_closed()
    if now not in USABLE:
        raise NotFound("Invitation")
    return row


def _company(token: str) -> int:
    company_id = company_of_token(token)
    if company_id is None:
        raise NotFound("Invitation")
    return company_id


@transaction.atomic
def begin_answer(*, token: str, at: datetime) -> None:
    """Note that the page of a home is in use, which gives it the time of grace at the end."""
    with company_scope(_company(token)):
        row = _locked(token, at)
        Invitation.objects.filter(id=row.pk).update(seen_at=at)


@transaction.atomic
def save_answer(*, token: str, given: Given, at: datetime) -> None:
    """Keep what one page says; the same page again changes nothing more.

    Errors: E-SURVEY-ANSWER, E-SURVEY-CLOSED, those of text.
    """
    with company_scope(_company(token)):
        row = _locked(token, at)
        items = item_plans(row.wave)
        check_answers(items, given.answers)
        check_answers(items, dict.fromkeys(given.texts, ()))
        words = {
            code: clean_body(text, f"t.{code}", TEXT_MOST) if text.strip() else ""
            for code, text in given.texts.items()
        }
        ticked = {code: list(codes) for code, codes in given.answers.items()}
        Invitation.objects.filter(id=row.pk).update(
            answers={**row.answers, **ticked}, texts={**row.texts, **words}, seen_at=at
        )


def submit(*, token: str, key: str, wish: Wish, known: str, at: datetime) -> bool:
    """Send the saved answers; True where this request is the first with its key.

    One home has one answer. `known` is the earlier sending that the page showed, empty for none:
    where another browser sent meanwhile, this one is told so and may then change the answer.
    Errors: E-IDEM-…, E-SURVEY-ANSWERED, E-SURVEY-EMPTY, E-SURVEY-PAPER, E-SURVEY-CLOSED.
    """
    with transaction.atomic(), company_scope(_company(token)):
        row = _locked(token, at)
        where = clean_line(wish.where, "where", most=120) if wish.where.strip() else ""
        said = {"answers": row.answers, "texts": row.texts, "wish": [wish.contact.value, where]}
        asked = Asked(row.company_id, f"invitation:{row.pk}", key, said)
        wished = Wish(wish.contact, where)
        done = once(asked, lambda: _send(row, wished, at, known=known), at=at)
        return done.fresh


def stamp(moment: datetime | None) -> str:
    """Return the mark of a sending that a page carries; empty where nothing was sent."""
    return moment.isoformat() if moment else ""


def _refuse_unsendable(row: Invitation, known: str) -> None:
    if stamp(row.submitted_at) != known:
        raise Problem(
            "E-SURVEY-ANSWERED",
            "survey",
            "Your home has already answered from another page. Check the answers; send to change them.",
            "您家已在另一页面提交过答卷。请核对答案；如需修改，可再次提交。",
        )
    if not any(row.answers.values()) and not any(row.texts.values()):
        raise Problem(
            "E-SURVEY-EMPTY",
            "survey",
            "No question is answered yet. Answer at least one before sending.",
            "还没有回答任何题目。请至少回答一题后再提交。",
        )


def _send(row: Invitation, wish: Wish, at: datetime, *, known: str) -> str:
    _refuse_unsendable(row, known)
    late = row.wave.state == WaveState.CLOSED
    first = row.submitted_at is None
    response_id = row.response_id if late else _store(row, at)
    Invitation.objects.filter(id=row.pk).update(
        submitted_at=at,
        late=late,
        response_id=response_id,
        contact=wish.contact.value,
        contact_where="" if wish.contact is Contact.NONE else wish.where,
        contact_text="" if wish.contact is Contact.NONE else CONTACT_TEXT,
        contact_at=None if wish.contact is Contact.NONE else at,
    )
    subject = history.Subject(row.company_id, "wave", row.wave_id)
    verb = "answered_late" if late else "answered" if first else "answer_changed"
    let_go_waiting(REMINDED, [row.pk], at=at)
    # Without the home: who may read the history is not who may see whose answer it is.
    history.write(subject, verb, actor_id=None, at=at, payload={})
    return verb


def _store(row: Invitation, at: datetime) -> int:
    """Write or change the home's row of answers; return its key."""
    wave = locked(row.wave_id)
    link = BatchKind(Channel.LINK, Channel.LINK.value, -wave.pk)
    batch = standing_batch(wave, link, at)
    others = Response.objects.filter(wave=wave, unit_id=row.unit_id)
    if others.exclude(batch=batch).exists():
        raise Problem(
            "E-SURVEY-PAPER",
            "survey",
            "Your home's answer is already in on paper. Call the service centre to change it.",
            "您家的答卷已通过纸质问卷收到。如需修改，请致电服务中心。",
        )
    form = OneForm(row.number, "online", row.unit, answers=row.answers, texts=row.texts)
    return int(keep_form(wave, batch, form, at).pk)
