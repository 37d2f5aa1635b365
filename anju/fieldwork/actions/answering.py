"""An owner's answer by link: saved page by page, sent once, changed until the end.

Nobody is signed in: whoever holds the link acts for the home. Rights of staff are in access.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from anju.fieldwork.invitations import home_of, moments_of
from anju.fieldwork.rules.links import (
    CONTACT_TEXT,
    Standing,
    company_of_token,
    refuse_closed,
    standing,
)
from anju.kernel import history
from anju.kernel.idempotency import Asked, once
from anju.kernel.limits import Limit, take_each
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_body, clean_line
from anju.kernel.scope import company_scope
from anju.notify.actions.desk import let_go_answered
from anju.register.access import NotFound
from anju.survey.actions.linked import (
    Sending,
    keep_linked,
    mark_seen,
    mark_sent,
    save_said,
)
from anju.survey.asked import asked_form
from anju.survey.invited import Hold, Home
from anju.survey.rules.answering import Contact, check_answers
from anju.survey.rules.wave import WaveState

TEXT_MOST = 2000
# What messages to a home are about: a reminder that still waits is let go when the answer is in.
REMINDED = "invitation"
# Each limit with the sender that it counts.
Senders = Sequence[tuple[Limit, str]]
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


class Often(Exception):
    """A sender has used up a limit; after so many seconds there is an act again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"wait {seconds} s")
        self.seconds = seconds


@contextmanager
def in_hand(
    token: str, *, at: datetime, limits: Senders = (), hold: Hold = Hold.HOME
) -> Iterator[Home]:
    """Give a usable link's home, locked, inside the one transaction of an act on it.

    The limits are taken in it too. What is refused is undone whole, so they are then taken alone.
    Errors: NotFound, Often, E-SURVEY-CLOSED.
    """
    company_id = company_of_token(token)
    if company_id is None:
        raise NotFound("Invitation")
    home: Home | None = None
    try:
        with transaction.atomic(), company_scope(company_id):
            home = home_of(token, hold)
            if home is None:
                raise NotFound("Invitation")
            _take(limits, at)
            _refuse_unusable(home, at)
            yield home
    except (Problem, NotFound):
        if home is not None:
            _take(limits, at)
        raise


def _take(limits: Senders, at: datetime) -> None:
    seconds = take_each(limits, at=at) if limits else 0
    if seconds:
        raise Often(seconds)


def _refuse_unusable(home: Home, at: datetime) -> None:
    now = standing(moments_of(home), at)
    if now is Standing.CLOSED:
        raise refuse_closed()
    if now not in USABLE:
        raise NotFound("Invitation")


def begin_answer(*, token: str, at: datetime) -> None:
    """Note that the page of a home is in use, which gives it the time of grace at the end."""
    with in_hand(token, at=at) as home:
        mark_seen(home, at)


def save_answer(*, token: str, given: Given, at: datetime) -> None:
    """Keep what one page says; the same page again changes nothing more.

    Errors: E-SURVEY-ANSWER, E-SURVEY-CLOSED, those of text.
    """
    with in_hand(token, at=at) as home:
        save_given(home, given, at)


def submit(*, token: str, key: str, wish: Wish, known: str, at: datetime) -> bool:
    """Send the saved answers; True where this request is the first with its key.

    Errors: those of send_answer, and of the link.
    """
    with in_hand(token, at=at, hold=Hold.COUNTS) as home:
        return send_answer(home, key=key, wish=wish, known=known, at=at)


def save_given(home: Home, given: Given, at: datetime) -> None:
    """Keep what one page of a home in hand says. Errors: E-SURVEY-ANSWER, those of text."""
    items = asked_form(home.version_id).items
    check_answers(items, given.answers)
    check_answers(items, dict.fromkeys(given.texts, ()))
    words = {
        code: clean_body(text, f"t.{code}", TEXT_MOST) if text.strip() else ""
        for code, text in given.texts.items()
    }
    ticked = {code: list(codes) for code, codes in given.answers.items()}
    save_said(home, {**home.answers, **ticked}, {**home.texts, **words}, at=at)


def send_answer(home: Home, *, key: str, wish: Wish, known: str, at: datetime) -> bool:
    """Send the saved answers of a home in hand; True where this is the first with its key.

    One home has one answer. `known` is the earlier sending that the page showed, empty for none:
    where another browser sent meanwhile, this one is told so and may then change the answer.
    Errors: E-IDEM-…, E-SURVEY-ANSWERED, E-SURVEY-EMPTY, E-SURVEY-PAPER.
    """
    where = clean_line(wish.where, "where", most=120) if wish.where.strip() else ""
    said = {"answers": home.answers, "texts": home.texts, "wish": [wish.contact.value, where]}
    asked = Asked(home.company_id, f"invitation:{home.id}", key, said)
    wished = Wish(wish.contact, where)
    return once(asked, lambda: _send(home, wished, at, known=known), at=at).fresh


def stamp(moment: datetime | None) -> str:
    """Return the mark of a sending that a page carries; empty where nothing was sent."""
    return moment.isoformat() if moment else ""


def _refuse_unsendable(row: Home, known: str) -> None:
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


def _send(home: Home, wish: Wish, at: datetime, *, known: str) -> str:
    _refuse_unsendable(home, known)
    late = home.state == WaveState.CLOSED
    response_id = home.response_id if late else keep_linked(home, at)
    wished = wish.contact is not Contact.NONE
    where, consent = (wish.where, CONTACT_TEXT) if wished else ("", "")
    mark_sent(home, Sending(response_id, late, wish.contact.value, where, consent), at)
    verb = "answered" if home.submitted_at is None else "answer_changed"
    verb = "answered_late" if late else verb
    let_go_answered(REMINDED, home.id, at=at)
    # Without the home: who may read the history is not who may see whose answer it is.
    subject = history.Subject(home.company_id, "wave", home.wave_id)
    history.write(subject, verb, actor_id=None, at=at, payload={})
    return ""  # who sends again needs to know nothing but that it is done
