"""What surveys hold about homes and people, for export and erasure, and their block of the file."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anju.privacy.blocks import Block, Home, Moment, contribute
from anju.privacy.holdings import Fate, Holding, Of, declare
from anju.register.access import Actor
from anju.survey.models import Invitation, OpenAnswer, Response
from anju.survey.rules.wave import WaveState


def tell() -> None:
    """Declare the holdings and add the block."""
    declare(INVITATIONS, ANSWERS, WRITTEN, MET, LETTERS, *APART)
    contribute("surveys", surveys, place=30)


def end_links(rows: QuerySet[Invitation], at: datetime) -> None:
    """Let the links of homes lead nowhere from here on; the homes stay counted."""
    rows.filter(expires_at__gt=at).update(expires_at=at)


def kept(row: Invitation | Response) -> bool:
    """Say whether a consultant keeps the survey that a row belongs to."""
    return row.wave.keeper_id is not None


def kept_words(row: OpenAnswer) -> bool:
    """Say whether a consultant keeps the survey in which something was written."""
    return row.response.wave.keeper_id is not None


INVITATIONS = Holding(
    "survey.Invitation",
    "unit",
    Of.HOME,
    Fate.EMPTIED,
    gettext_lazy("Invitations to surveys"),
    dated=("submitted_at", "drawn_at"),
    empty={
        "answers": {},
        "texts": {},
        "contact": "",
        "contact_where": "",
        "contact_text": "",
        "response": None,
    },
    private=("answers", "texts", "contact", "contact_where"),
    sealed=kept,
    hidden=("token_hash",),
    also=end_links,
)
# The figure stays, and the building that it counts for; nobody can tell any more whose it is.
ANSWERS = Holding(
    "survey.Response",
    "unit",
    Of.HOME,
    Fate.EMPTIED,
    gettext_lazy("Answers in surveys"),
    dated=("answered_at", "batch__live_at", "batch__created_at"),
    empty={"unit": None, "household": Concat(Value("#"), Cast("id", CharField()))},
    private=("answers", "groups"),
    sealed=kept,
)
WRITTEN = Holding(
    "survey.OpenAnswer",
    "response__unit",
    Of.HOME,
    Fate.REMOVED,
    gettext_lazy("What was written in surveys"),
    dated=("response__answered_at", "response__batch__live_at", "response__batch__created_at"),
    private=("text",),
    sealed=kept_words,
)
MET = Holding(
    "fieldwork.WishMet",
    "invitation__unit",
    Of.HOME,
    Fate.EMPTIED,
    gettext_lazy("What was told after a wish for contact"),
    dated=("wished_at",),
    empty={"words": ""},
    private=("words",),
)
LETTERS = Holding(
    "fieldwork.Approach",
    "person",
    Of.PERSON,
    Fate.KEPT,
    gettext_lazy("Letters and reminders about surveys"),
)
APART = (
    Holding("fieldwork.Outcome", "unit", Of.HOME, Fate.APART, "homes not reached"),
    Holding("fieldwork.SecondForm", "response__unit", Of.HOME, Fate.APART, "forms read twice"),
    Holding(
        "fieldwork.SecondDifference",
        "form__response__unit",
        Of.HOME,
        Fate.APART,
        "differences between two readings",
    ),
)


def surveys(home: Home, _actor: Actor) -> Block:
    """Return which surveys a home was asked in, and whether it answered; never what."""
    given = _answered(home)
    moments: list[Moment] = []
    asked = Invitation.objects.select_related("wave").filter(unit_id=home.unit_id)
    for row in asked.order_by("id"):
        by_link = row.submitted_at is not None
        silent = _silence(row) if not by_link and row.wave_id not in given else ""
        moments.append(Moment(_day(row.drawn_at), _("Asked in %s") % row.wave.title, silent))
        if row.submitted_at is not None:
            words = _("Answered %s by link") % row.wave.title
            moments.append(Moment(_day(row.submitted_at), words))
            given.pop(row.wave_id, None)
    moments += given.values()
    return Block("surveys", _("Surveys"), tuple(moments), _("Not asked in any survey so far."))


def _answered(home: Home) -> dict[int, Moment]:
    """Return for each survey that a home answered by any way the moment of its first answer."""
    rows = Response.objects.select_related("wave", "batch").filter(unit_id=home.unit_id)
    found: dict[int, Moment] = {}
    for answer in rows.order_by("id"):
        day = _day(answer.answered_at or answer.batch.live_at or answer.batch.created_at)
        found.setdefault(answer.wave_id, Moment(day, _("Answered %s") % answer.wave.title))
    return found


def _silence(row: Invitation) -> str:
    """Return how it stands with a home that was asked and has given no answer."""
    if row.wave.state == WaveState.CLOSED:
        return _("did not answer")
    return _("no answer so far")


def _day(at: datetime) -> date:
    return timezone.localdate(at)
