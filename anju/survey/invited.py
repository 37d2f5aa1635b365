"""What a link leads to, read as one row in one statement; written out, since every page needs it.

Owners' pages read nothing else but the form, which is kept in the process.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db import connection

from anju.kernel.pure.clock import as_moment
from anju.kernel.scope import current_company

BY_LINK = (
    "SELECT "
    "i.company_id, i.id, i.number, i.token_hash, i.expires_at, i.revoked_at, i.answers, i.texts,"
    " i.seen_at, i.submitted_at, i.late, i.response_id, i.contact, i.contact_where,"
    " u.id, u.number, b.id, b.name,"
    " w.id, w.title, w.state, w.privacy, w.version_id, w.opened_at, w.closed_at, w.fieldwork_to,"
    " w.issued, w.returned, w.valid,"
    " p.name, c.name, c.phone,"
    " COALESCE((SELECT a.name FROM register_account a WHERE a.id = w.keeper_id), '')"
    " FROM survey_invitation i"
    " JOIN survey_wave w ON w.id = i.wave_id"
    " JOIN register_project p ON p.id = w.project_id"
    " JOIN register_unit u ON u.id = i.unit_id"
    " JOIN register_building b ON b.id = u.building_id"
    " JOIN register_company c ON c.id = i.company_id"
    " WHERE i.company_id = %s AND i.token_hash = %s"
)
ANSWERS, TEXTS, VERSION = 6, 7, 22


class Hold(StrEnum):
    """What is locked until the transaction ends; SQLite locks the whole database by itself."""

    NOTHING = ""
    HOME = " FOR UPDATE OF i"
    COUNTS = " FOR UPDATE OF i, w"


@dataclass(frozen=True, slots=True)
class Home:
    """A home that was asked, with its survey: in the order of BY_LINK."""

    company_id: int
    id: int
    number: int
    token_hash: str
    expires_at: datetime
    revoked_at: datetime | None
    answers: Mapping[str, Sequence[str]]
    texts: Mapping[str, str]
    seen_at: datetime | None
    submitted_at: datetime | None
    late: bool
    response_id: int | None
    contact: str
    contact_where: str
    unit_id: int
    unit: str
    building_id: int
    building: str
    wave_id: int
    title: str
    state: str
    privacy: str
    version_id: int
    opened_at: datetime | None
    closed_at: datetime | None
    fieldwork_to: date | None
    issued: int | None
    returned: int | None
    valid: int | None
    project: str
    company: str
    phone: str
    keeper: str


def invited(token_hash: str, hold: Hold = Hold.NOTHING) -> Home | None:
    """Return the home of a link of the company in force, locked as asked; None without one."""
    lock = hold.value if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(BY_LINK + lock, [current_company(), token_hash])
        found = cursor.fetchone()
    return _row(found) if found and found[VERSION] is not None else None


def _row(found: Sequence[Any]) -> Home:
    row: list[Any] = [as_moment(value) if isinstance(value, datetime) else value for value in found]
    row[ANSWERS : TEXTS + 1] = [json.loads(said) for said in row[ANSWERS : TEXTS + 1]]
    return Home(*row)
