"""Keeps the answer of one home by its link: the statements of every sending, written out.

Part of other actions, which locked the home and its survey, checked the answers, and write the
history. Forms from paper are kept by keeping.py; both leave the same rows and counts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from anju.kernel.pure.problems import Problem
from anju.survey.actions.keeping import BatchKind, household_key, standing_batch, store_texts
from anju.survey.asked import asked_form
from anju.survey.invited import Home
from anju.survey.models import ImportBatch, OpenAnswer, Wave
from anju.survey.rules.answering import Channel, row_of
from anju.survey.rules.wave import BatchState

MODE = "online"
# The batch that holds answers by link, and every answer in use that the home has given by any way.
STANDING = (
    "SELECT b.id, b.channel, r.id FROM survey_importbatch b"
    " LEFT JOIN survey_response r ON r.batch_id = b.id AND r.unit_id = %s"
    " WHERE b.company_id = %s AND b.wave_id = %s"
    " AND ((b.channel = %s AND b.sha256 = %s) OR (b.state = %s AND r.id IS NOT NULL))"
)
NEW = (
    "INSERT INTO survey_response (company_id, wave_id, batch_id, row, unit_id, building_id,"
    " household, building_label, stratum, use_type, mode, answered_at, count, weight, answers, groups)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, '', '', %s, %s, 1, 1.0, %s, '{}') RETURNING id"
)
CHANGED = (
    "UPDATE survey_response SET answers = %s, answered_at = %s WHERE company_id = %s AND id = %s"
)
BATCH = (
    "UPDATE survey_importbatch SET rows = rows + 1, people = people + 1"
    " WHERE company_id = %s AND id = %s"
)
COUNTS = "UPDATE survey_wave SET returned = %s, valid = %s, issued = %s WHERE company_id = %s AND id = %s"
SAVED = (
    "UPDATE survey_invitation SET answers = %s, texts = %s, seen_at = %s"
    " WHERE company_id = %s AND id = %s"
)
SEEN = "UPDATE survey_invitation SET seen_at = %s WHERE company_id = %s AND id = %s"
SENT = (
    "UPDATE survey_invitation SET submitted_at = %s, late = %s, response_id = %s, contact = %s,"
    " contact_where = %s, contact_text = %s, contact_at = %s WHERE company_id = %s AND id = %s"
)


def _moment(at: datetime | None) -> str | datetime | None:
    return connection.ops.adapt_datetimefield_value(at)


def save_said(
    home: Home,
    answers: Mapping[str, Sequence[str]],
    texts: Mapping[str, str],
    *,
    at: datetime,
) -> None:
    """Keep what a home has ticked and written so far, not sent yet."""
    said = [json.dumps(answers), json.dumps(texts), _moment(at)]
    with connection.cursor() as cursor:
        cursor.execute(SAVED, [*said, home.company_id, home.id])


@dataclass(frozen=True, slots=True)
class Sending:
    """What is noted when a home sends: its row of answers, and how it wishes to be contacted."""

    response_id: int | None
    late: bool
    contact: str
    where: str
    consent: str


def mark_sent(home: Home, sending: Sending, at: datetime) -> None:
    """Note that a home has sent its answer; without consent no wish has an instant."""
    said = [sending.late, sending.response_id, sending.contact, sending.where, sending.consent]
    wished = _moment(at if sending.consent else None)
    with connection.cursor() as cursor:
        cursor.execute(SENT, [_moment(at), *said, wished, home.company_id, home.id])


def mark_seen(home: Home, at: datetime) -> None:
    """Note that the page of a home is in use."""
    with connection.cursor() as cursor:
        cursor.execute(SEEN, [_moment(at), home.company_id, home.id])


def keep_linked(home: Home, at: datetime) -> int:
    """Write or change a home's row of answers, counted the first time; return its key.

    Errors: E-SURVEY-PAPER where the home's answer came by another way.
    """
    batch_id, response_id = _standing(home, at)
    form = asked_form(home.version_id)
    codes = json.dumps(row_of(form.items, home.answers))
    if response_id is None:
        response_id = _new(home, batch_id, codes, at)
        _count(home, batch_id)
    else:
        with connection.cursor() as cursor:
            cursor.execute(CHANGED, [codes, _moment(at), home.company_id, response_id])
        OpenAnswer.objects.filter(response_id=response_id).delete()
    store_texts(response_id, home.texts, form)
    return response_id


def _standing(home: Home, at: datetime) -> tuple[int, int | None]:
    """Return the batch of answers by link, and the row of this home in it if there is one."""
    link = Channel.LINK.value
    of: list[int | str] = [home.unit_id, home.company_id, home.wave_id]
    with connection.cursor() as cursor:
        cursor.execute(STANDING, [*of, link, link, BatchState.LIVE.value])
        found = cursor.fetchall()
    if any(channel != link for _batch, channel, _row in found):
        raise Problem(
            "E-SURVEY-PAPER",
            "survey",
            "Your home's answer is already in on paper. Call the service centre to change it.",
            "您家的答卷已通过纸质问卷收到。如需修改，请致电服务中心。",
        )
    if found:
        return int(found[0][0]), found[0][2]
    kind = BatchKind(Channel.LINK, link, -home.wave_id)
    return int(standing_batch(Wave.objects.get(id=home.wave_id), kind, at).pk), None


def _new(home: Home, batch_id: int, codes: str, at: datetime) -> int:
    of = [home.company_id, home.wave_id, batch_id, home.number, home.unit_id, home.building_id]
    named = [household_key(home.building, home.unit), home.building]
    with connection.cursor() as cursor:
        cursor.execute(NEW, [*of, *named, MODE, _moment(at), codes])
        return int(cursor.fetchone()[0])


def _count(home: Home, batch_id: int) -> None:
    """Count a home that answered: its batch always, the survey where its counts are known."""
    with connection.cursor() as cursor:
        cursor.execute(BATCH, [home.company_id, batch_id])
        if home.returned is None and _by_file(home.wave_id):
            return
        returned = (home.returned or 0) + 1
        known = home.valid is not None or home.returned is None
        valid = (home.valid or 0) + 1 if known else None
        issued = max(home.issued, returned) if home.issued is not None else None
        cursor.execute(COUNTS, [returned, valid, issued, home.company_id, home.wave_id])


def _by_file(wave_id: int) -> bool:
    files = ImportBatch.objects.filter(wave_id=wave_id, channel=Channel.FILE, state=BatchState.LIVE)
    return bool(files.exists())
