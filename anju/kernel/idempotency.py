"""The same request twice has one effect: its answer is kept under the sender's key.

The key and the effect are one transaction. It is no lock: different keys do not wait for each other.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from anju.kernel.models import KeptAnswer
from anju.kernel.pure.problems import Problem

KEPT_FOR = timedelta(days=30)
_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: whose company, who sends it, its key, and what it says."""

    company_id: int
    scope: str
    key: str
    body: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a request led to; `fresh` is false where it had been done before."""

    answer: str
    fresh: bool


def check_key(key: str) -> str:
    """Return the key; raises E-IDEM-MISSING or E-IDEM-FORMAT."""
    if not key:
        raise Problem(
            "E-IDEM-MISSING",
            "key",
            "The request carries no key. Load the page again and send the form once more.",
            "请求缺少防重复编号。请刷新页面后重新提交。",
        )
    if not _KEY.fullmatch(key):
        raise Problem(
            "E-IDEM-FORMAT",
            "key",
            "The key must be 16 to 64 letters and digits. Load the page again.",
            "防重复编号须为 16 至 64 个字母或数字。请刷新页面后重新提交。",
        )
    return key


def _hash(body: Mapping[str, object]) -> str:
    said = json.dumps(body, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()


@transaction.atomic(savepoint=False)
def once(asked: Asked, effect: Callable[[], str], *, at: datetime) -> Outcome:
    """Do the effect and keep its answer, or return the answer kept for this key.

    Errors: E-IDEM-MISSING, E-IDEM-FORMAT; E-IDEM-MISMATCH where the key came with another body.
    """
    said = _hash(asked.body)
    mine: list[int | str] = [asked.company_id, asked.scope, check_key(asked.key)]
    with connection.cursor() as cursor:  # whoever sends the same key meanwhile waits here
        cursor.execute(
            "INSERT INTO kernel_keptanswer (company_id, scope, key, request_hash, answer, at)"
            " VALUES (%s, %s, %s, %s, '', %s) ON CONFLICT DO NOTHING",
            [*mine, said, connection.ops.adapt_datetimefield_value(at)],
        )
        if not cursor.rowcount:
            return Outcome(_kept(asked, said), fresh=False)
        answer = effect()
        if answer:
            cursor.execute(
                "UPDATE kernel_keptanswer SET answer = %s"
                " WHERE company_id = %s AND scope = %s AND key = %s",
                [answer, *mine],
            )
    return Outcome(answer, fresh=True)


def _kept(asked: Asked, said: str) -> str:
    kept = KeptAnswer.objects.get(company_id=asked.company_id, scope=asked.scope, key=asked.key)
    if kept.request_hash != said:
        raise Problem(
            "E-IDEM-MISMATCH",
            "key",
            "This form was sent before with other content. Load the page again and check it.",
            "该表单此前已提交过不同内容。请刷新页面核对后再提交。",
        )
    return kept.answer


def sweep(*, at: datetime) -> int:
    """Forget answers older than thirty days; return how many."""
    return KeptAnswer.objects.filter(at__lt=at - KEPT_FOR).delete()[0]
