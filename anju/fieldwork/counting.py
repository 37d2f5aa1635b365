"""How many homes of a large survey a stage would reach, and why others are left out: one statement.

It makes no message and no link: `asking` does, home by home, and its reasons are these. A test holds
the two against each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from anju.fieldwork.asking import open_ends, rest_days, resting
from anju.fieldwork.days import today_of
from anju.fieldwork.rules.approach import BETWEEN, Stage
from anju.survey.models import Wave

# The best reader of each home as one number: flags first, as `approach` ranks them, then the person,
# then whether she may be visited or sent paper. The least number is the reader.
# A list of answers or consents is read once and not once a home: hence IN, and no second join.
COUNT = """
WITH asked AS (
  SELECT i.id, i.company_id, i.unit_id, i.submitted_at, i.revoked_at,
    before.id AS before_id, before.at AS before_at, now.id AS now_id,
    MIN((
      CASE WHEN p.id = before.person_id THEN 0 ELSE 8 END
      + CASE WHEN p.id IN (
          SELECT c.person_id FROM register_consent c WHERE c.company_id = %(company)s
          AND c.purpose = 'survey' AND c.withdrawn_at IS NULL) THEN 0 ELSE 4 END
      + CASE WHEN p.phone = '' THEN 2 ELSE 0 END
      + CASE WHEN t.kind = 'owner' THEN 0 ELSE 1 END
    ) * 2199023255552 + p.id * 2 + CASE WHEN p.channel IN ('visit', 'paper') THEN 1 ELSE 0 END
    ) AS best
  FROM survey_invitation i
  LEFT JOIN fieldwork_approach before ON before.company_id = i.company_id
    AND before.wave_id = i.wave_id AND before.unit_id = i.unit_id AND before.stage = %(stage)s - 1
  LEFT JOIN fieldwork_approach now ON now.company_id = i.company_id
    AND now.wave_id = i.wave_id AND now.unit_id = i.unit_id AND now.stage = %(stage)s
  LEFT JOIN register_tie t ON t.company_id = i.company_id AND t.unit_id = i.unit_id
    AND (t.since IS NULL OR t.since <= %(today)s) AND (t.until IS NULL OR t.until > %(today)s)
  LEFT JOIN register_person p ON p.id = t.person_id AND p.company_id = t.company_id
  WHERE i.company_id = %(company)s AND i.wave_id = %(wave)s
  GROUP BY i.id, before.id, now.id
)
SELECT why, COUNT(*) FROM (
  SELECT CASE
    WHEN asked.submitted_at IS NOT NULL OR asked.unit_id IN (
      SELECT r.unit_id FROM survey_response r WHERE r.company_id = %(company)s
        AND r.wave_id = %(wave)s AND r.unit_id IS NOT NULL) THEN 'answered'
    WHEN asked.revoked_at IS NOT NULL THEN 'revoked'
    WHEN asked.unit_id IN (
      SELECT o.unit_id FROM fieldwork_outcome o WHERE o.company_id = %(company)s
        AND o.wave_id = %(wave)s AND o.kind = 'refused') THEN 'refused'
    WHEN asked.now_id IS NOT NULL THEN 'done'
    WHEN %(stage)s > 0 AND asked.before_id IS NULL THEN 'not_invited'
    WHEN asked.before_at > %(between)s THEN 'not_yet'
    WHEN asked.best IS NULL THEN 'nobody'
    WHEN (asked.best >> 43) & 1 = 1 THEN 'no_consent'
    WHEN (asked.best >> 42) & 1 = 1 AND asked.best & 1 = 0 THEN 'no_way'
    WHEN EXISTS (
      SELECT 1 FROM notify_message m WHERE m.company_id = asked.company_id
        AND m.unit_id = asked.unit_id AND m.purpose = 'survey'
        AND m.state NOT IN ('dead', 'let_go') AND m.created_at > %(rested)s
        AND NOT (m.subject_kind = 'invitation' AND m.subject_id = asked.id)) THEN 'too_often'
    ELSE '' END AS why
  FROM asked
) AS said GROUP BY why
"""
NEVER = timedelta(days=36_500)


@dataclass(frozen=True, slots=True)
class Counted:
    """To how many homes a stage would go, and how many homes are left out for each reason."""

    number: int
    left_out: Mapping[str, int]
    rest_days: int


def counted(wave: Wave, stage: Stage, at: datetime) -> Counted | None:
    """Return whom a stage of a wave would reach, counted by the database.

    None where links were made under another secret, which no database can tell: then it is counted
    home by home.
    """
    if not open_ends(wave):
        return None
    days = rest_days()
    rest = resting(stage, days)
    moment, day = connection.ops.adapt_datetimefield_value, connection.ops.adapt_datefield_value
    said = {
        "company": wave.company_id,
        "wave": wave.pk,
        "stage": stage.value,
        "today": day(today_of(at)),
        "between": moment(at - BETWEEN),
        "rested": moment(at - timedelta(days=rest) if rest else at + NEVER),
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNT, said)
        found = {str(why): int(count) for why, count in cursor.fetchall()}
    number = found.pop("", 0)
    return Counted(number, found, days)
