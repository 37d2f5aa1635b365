"""An owner's answer by link: saved page by page, sent once, changed until the end.

Nobody is signed in: whoever holds the link acts for the home. Rights of staff are in access.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from anju.answers.rules.units import normalise
from anju.kernel import history
from anju.kernel.idempotency import Asked, once
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_body, clean_line
from anju.kernel.scope import company_scope
from anju.register.access import NotFound
from anju.survey.forms import item_plan, ordered_items, scale_plans
from anju.survey.invitations import invitation_of, moments_of
from anju.survey.models import ImportBatch, Invitation, Item, OpenAnswer, Response, Wave
from anju.survey.rules.answering import (
    CONTACT_TEXT,
    Channel,
    Contact,
    Standing,
    check_answers,
    company_of_token,
    refuse_closed,
    row_of,
    standing,
)
from anju.survey.rules.questionnaire import ItemPlan
from anju.survey.rules.wave import BatchState, WaveState

TEXT_MOST = 2000
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
        items = _plans(row.wave)
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


def _rows(wave: Wave) -> list[Item]:
    return ordered_items(wave.version_id) if wave.version_id is not None else []


def _plans(wave: Wave) -> list[ItemPlan]:
    rows = _rows(wave)
    scales = scale_plans({row.scale_id for row in rows if row.scale_id})
    return [item_plan(row, scales) for row in rows]


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
    # Without the home: who may read the history is not who may see whose answer it is.
    history.write(subject, verb, actor_id=None, at=at, payload={})
    return verb


def _standing_batch(wave: Wave, at: datetime) -> ImportBatch:
    """Return the one batch that holds the answers by link, locked until the transaction ends."""
    wave = Wave.objects.select_for_update().get(id=wave.pk)
    rows = ImportBatch.objects.filter(wave=wave)
    found: ImportBatch | None = rows.filter(channel=Channel.LINK).first()
    if found is not None:
        return found
    last = rows.order_by("-number").values_list("number", flat=True).first() or 0
    batch = ImportBatch(
        company_id=wave.company_id,
        wave=wave,
        number=last + 1,
        channel=Channel.LINK.value,
        file_id=0,
        sha256=Channel.LINK.value,
        state=BatchState.LIVE.value,
        job_id=-wave.pk,
        created_at=at,
        live_at=at,
    )
    batch.save()
    return batch


def _store(row: Invitation, at: datetime) -> int:
    """Write or change the home's row of answers; return its key."""
    batch = _standing_batch(row.wave, at)
    others = Response.objects.filter(wave_id=row.wave_id, unit_id=row.unit_id)
    if others.exclude(batch=batch).exists():
        raise Problem(
            "E-SURVEY-PAPER",
            "survey",
            "Your home's answer is already in on paper. Call the service centre to change it.",
            "您家的答卷已通过纸质问卷收到。如需修改，请致电服务中心。",
        )
    items = _rows(row.wave)
    codes = row_of(_plans(row.wave), row.answers)
    response = Response.objects.filter(batch=batch, row=row.number).first()
    if response is None:
        response = _new_response(row, batch, codes, at)
        _count_one(row.wave, batch)
    else:
        Response.objects.filter(id=response.pk).update(answers=codes, answered_at=at)
        OpenAnswer.objects.filter(response=response).delete()
    _store_texts(row, response, items)
    return int(response.pk)


def _new_response(
    row: Invitation, batch: ImportBatch, codes: list[str | None], at: datetime
) -> Response:
    building, short = row.unit.building.name, normalise(row.unit.number)
    whole = short.startswith(f"{normalise(building)}-")
    response = Response(
        company_id=row.company_id,
        wave=row.wave,
        batch=batch,
        row=row.number,
        unit=row.unit,
        building=row.unit.building,
        household=(short if whole else normalise(f"{building}-{row.unit.number}"))[:60],
        building_label=building,
        mode="online",
        answered_at=at,
        answers=codes,
    )
    response.save()
    return response


def _count_one(wave: Wave, batch: ImportBatch) -> None:
    """Count one home more: the batch always, returned and valid where they are known.

    Where nothing came in by file, what came in by link is all there is, so both are known.
    """
    ImportBatch.objects.filter(id=batch.pk).update(rows=F("rows") + 1, people=F("people") + 1)
    wave = Wave.objects.get(id=wave.pk)
    files = ImportBatch.objects.filter(wave=wave, channel=Channel.FILE, state=BatchState.LIVE)
    if wave.returned is None and files.exists():
        return
    returned = (wave.returned or 0) + 1
    known = wave.valid is not None or wave.returned is None
    Wave.objects.filter(id=wave.pk).update(
        returned=returned,
        valid=(wave.valid or 0) + 1 if known else None,
        issued=max(wave.issued, returned) if wave.issued is not None else None,
    )


def _store_texts(row: Invitation, response: Response, items: Sequence[Item]) -> None:
    OpenAnswer.objects.bulk_create(
        OpenAnswer(
            company_id=row.company_id,
            response=response,
            item=item,
            heading=(item.zh or item.en or item.code)[:200],
            text=row.texts[item.code],
        )
        for item in items
        if row.texts.get(item.code)
    )
