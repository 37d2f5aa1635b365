"""One-time codes to a phone: made, sent by whoever asks, used once; five tries and ten minutes.

Only a keyed hash is kept: six digits could be tried through on a copy of the database.
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import randbelow

from django.conf import settings
from django.db import transaction
from django.db.models import F

from anju.kernel.pure.problems import Problem
from anju.kernel.scope import current_company
from anju.register.queries import in_each_company
from anju.voice.models import LookCode

HOLDS = timedelta(minutes=10)
FORGOTTEN = timedelta(days=1)
TRIES = 5
DIGITS = 6


def _hash(phone: str, purpose: str, digits: str) -> str:
    said = f"{current_company()}\x1f{phone}\x1f{purpose}\x1f{digits}"
    return hmac.new(settings.SECRET_KEY.encode(), said.encode(), sha256).hexdigest()


def make_code(*, phone: str, purpose: str, at: datetime) -> tuple[LookCode, str]:
    """Make a code for a phone and return its row and digits; codes made before lead nowhere.

    The caller is inside the company and its transaction, and has asked the limits.
    """
    digits = f"{randbelow(10**DIGITS):0{DIGITS}}"
    LookCode.objects.filter(phone=phone, purpose=purpose, used_at=None).update(used_at=at)
    row = LookCode(
        company_id=current_company(), phone=phone, purpose=purpose, made_at=at,
        until=at + HOLDS, code_hash=_hash(phone, purpose, digits),
    )  # fmt: skip
    row.save()
    return row, digits


def use_code(*, phone: str, purpose: str, digits: str, at: datetime) -> None:
    """Use a phone's code; a wrong one counts as a try, which stays also where it is refused.

    Wrong, used, expired and never made are told alike. The caller is inside the company and outside
    any transaction. Errors: E-LOOK-CODE.
    """
    rows = LookCode.objects.filter(phone=phone, purpose=purpose, used_at=None, until__gt=at)
    row = rows.order_by("-id").first()
    if row is None or not _take(row, _hash(phone, purpose, digits.strip()), at):
        raise Problem(
            "E-LOOK-CODE",
            "code",
            "This code is not right, or its ten minutes are over. Look again, or ask for a new one.",
            "验证码不正确或已过期（10 分钟内有效）。请核对，或重新获取。",
        )


@transaction.atomic
def _take(row: LookCode, hashed: str, at: datetime) -> bool:
    """Count a try and say whether the code was right; the last try may be right too."""
    counted = LookCode.objects.filter(id=row.pk, used_at=None, tries__lt=TRIES)
    if not counted.update(tries=F("tries") + 1):
        return False
    if not hmac.compare_digest(row.code_hash, hashed):
        return False
    return bool(LookCode.objects.filter(id=row.pk, used_at=None).update(used_at=at))


def sweep(*, at: datetime) -> int:
    """Forget codes of a day ago with the telephones they went to; return how many."""

    def old() -> int:
        return int(LookCode.objects.filter(until__lt=at - FORGOTTEN).delete()[0])

    return in_each_company(old)
