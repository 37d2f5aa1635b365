"""What was done about an owner's wish to be called or visited; she reads it behind her link."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anju.fieldwork.models import WishMet
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_line
from anju.kernel.scope import company_scope
from anju.register.access import Actor, NotFound, Verb
from anju.survey.access import wave_for
from anju.survey.actions.waves import tell
from anju.survey.models import Invitation, Wave
from anju.survey.rules.answering import Contact

WORDS_MOST = 300


def _wish(wave: Wave, invitation_id: int) -> tuple[Invitation, datetime]:
    """Return the invitation with a wish in force, locked, and when it was said. Errors: NotFound."""
    rows = Invitation.objects.select_for_update().filter(id=invitation_id, wave=wave)
    found: Invitation | None = rows.exclude(contact__in=["", Contact.NONE.value]).first()
    if found is None or found.contact_at is None:
        raise NotFound("Invitation")
    return found, found.contact_at


@transaction.atomic
def meet_wish(*, actor: Actor, wave_id: int, invitation_id: int, words: str, at: datetime) -> None:
    """Write down what was done about a wish; the owner reads these words.

    The history says it without home and words. Errors: NotFound, E-STALE where it was done already,
    those of text.
    """
    with company_scope(actor.company_id):
        wave = wave_for(actor, wave_id, Verb.MEET_WISHES)
        row, wished_at = _wish(wave, invitation_id)
        said = clean_line(words, "words", most=WORDS_MOST)
        if WishMet.objects.filter(invitation=row, wished_at=wished_at).exists():
            raise Problem(
                "E-STALE",
                "words",
                "Somebody has written down what was done already. Load the page to read it.",
                "已有同事登记了处理结果。请刷新页面查看。",
            )
        WishMet(
            company_id=actor.company_id,
            invitation=row,
            wished_at=wished_at,
            words=said,
            actor_id=actor.account_id,
            at=at,
        ).save()
        tell(actor, wave, "wish_met", at=at, payload={})


@transaction.atomic
def reopen_wish(*, actor: Actor, wave_id: int, invitation_id: int, at: datetime) -> None:
    """Take back what was written down about a wish: it is open again. Errors: NotFound."""
    with company_scope(actor.company_id):
        wave = wave_for(actor, wave_id, Verb.MEET_WISHES)
        row, wished_at = _wish(wave, invitation_id)
        gone, _ = WishMet.objects.filter(invitation=row, wished_at=wished_at).delete()
        if not gone:
            raise NotFound("WishMet")
        tell(actor, wave, "wish_reopened", at=at, payload={})
