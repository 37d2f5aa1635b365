"""What cases hold about people and homes, for export and erasure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from anju.privacy.holdings import Fate, Holding, Of, declare
from anju.voice.models import Case

GONE = {"words": "", "caller": "", "phone": "", "wished": "", "token_hash": ""}


def end_tokens(rows: QuerySet[Case], _at: datetime) -> None:
    """Let an owner's own pages of the cases lead nowhere from here on."""
    rows.update(token_hash="")


CASES = Holding(
    "voice.Case",
    "unit",
    Of.HOME,
    Fate.EMPTIED,
    _("Repairs, complaints and other cases"),
    dated=("received_at",),
    empty={**GONE, "reporter": None},
    private=("words", "caller", "phone"),
    hidden=("token_hash", "about", "client_id"),
)


def _inside(model: str, words: object, *private: str) -> Holding:
    """Return the holding of rows that lie at a case, in words that an owner is given."""
    return Holding(
        f"voice.{model}",
        "case__unit",
        Of.HOME,
        Fate.EMPTIED,
        str(words),
        dated=("at",),
        empty=dict.fromkeys(private, ""),
        private=private,
        hidden=("client_id",) if model == "CaseNote" else (),
    )


def _apart(*pairs: tuple[str, str]) -> Iterable[Holding]:
    return (
        Holding(f"voice.{model}", path, Of.HOME, Fate.APART, "how the company works")
        for model, path in pairs
    )


def declare_all() -> None:
    """Say what this room holds; called once when the room is ready."""
    declare(
        CASES,
        _inside("CaseNote", _("Words written at a case"), "words"),
        _inside("Verdict", _("Verdicts given"), "words"),
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
