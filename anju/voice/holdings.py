"""What cases hold about people and homes, for export and erasure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anju.attachments.models import Attachment
from anju.casework.kinds import Photo
from anju.privacy.holdings import Fate, Holding, Of, declare
from anju.voice.models import Case

GONE = {"words": "", "caller": "", "phone": "", "wished": "", "token_hash": ""}


def let_go(rows: QuerySet[Case], at: datetime) -> None:
    """Let an owner's own pages of the cases lead nowhere, and take away what she photographed or said."""
    ids = list(rows.values_list("id", flat=True))
    given = Attachment.objects.filter(subject_kind=Photo.OWNER.value, subject_id__in=ids)
    given.filter(removed_at=None).update(removed_at=at)
    rows.update(token_hash="")


CLOSED = ("token_hash", "about", "client_id")
# Who told a case is known, then it is hers wherever it lies; or it is her home's.
NOBODY, NOBODY_THERE = {"reporter__isnull": True}, {"case__reporter__isnull": True}


def _cases() -> Iterable[Holding]:
    words, private = _("Repairs, complaints and other cases"), ("words", "caller", "phone")
    empty = {**GONE, "reporter": None}
    yield Holding(
        "voice.Case", "unit", Of.HOME, Fate.EMPTIED, words, among=NOBODY,
        dated=("received_at",), empty=empty, private=private, hidden=CLOSED, also=let_go,
    )  # fmt: skip
    yield Holding(
        "voice.Case", "reporter", Of.PERSON, Fate.EMPTIED, words,
        empty=empty, hidden=CLOSED, also=let_go,
    )  # fmt: skip


def _inside(model: str, words: str | Promise) -> Iterable[Holding]:
    """Yield the holdings of words that lie at a case: the home's, and those of who told it."""
    hidden = ("client_id",) if model == "CaseNote" else ()
    label, empty = f"voice.{model}", {"words": ""}
    yield Holding(
        label, "case__unit", Of.HOME, Fate.EMPTIED, words, among=NOBODY_THERE,
        dated=("at",), empty=empty, private=("words",), hidden=hidden,
    )  # fmt: skip
    yield Holding(
        label, "case__reporter", Of.PERSON, Fate.EMPTIED, words, empty=empty, hidden=hidden
    )


def _apart(*pairs: tuple[str, str]) -> Iterable[Holding]:
    return (
        Holding(f"voice.{model}", path, Of.HOME, Fate.APART, "how the company works")
        for model, path in pairs
    )


def declare_all() -> None:
    """Say what this room holds; called once when the room is ready."""
    declare(
        *_inside("CaseNote", _("Words written at a case")),
        *_inside("Verdict", _("Verdicts given")),
        *_cases(),
        *_apart(
            ("Bundle", "unit"),
            ("CaseLink", "unit"),
            ("CasePause", "case__unit"),
            ("Observer", "case__unit"),
            ("ReturnVisit", "case__unit"),
            ("VisitAttempt", "visit__case__unit"),
            ("Dispute", "verdict__case__unit"),
        ),
    )
