"""Owners' links in every state, and an answer given through one, for the stage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from secrets import token_urlsafe
from typing import Any

from anju.kernel.pure.clock import utc_now
from anju.register.access import Actor
from anju.survey.actions.answering import Given, Wish, begin_answer, save_answer, submit
from anju.survey.actions.links import draw_invitations, revoke_link
from anju.survey.models import Invitation, Item, Wave
from anju.survey.rules.answering import Contact

Word = Callable[[int], str]


def asked(
    quality: Actor, word: Word, wave: Wave, items: Sequence[Item]
) -> dict[str, tuple[object, ...]]:
    """Draw links, answer by the first, begin the second, end the third; return the tokens."""
    act: dict[str, Any] = {"actor": quality, "at": utc_now()}
    tokens = [link.token for link in draw_invitations(wave_id=wave.pk, **act)]
    rated = {item.code: ("o1",) for item in items if item.scale_id}
    texts = {item.code: word(900) for item in items if not item.scale_id}
    for token in tokens[:2]:
        begin_answer(token=token, at=utc_now())
        save_answer(token=token, given=Given(rated, texts), at=utc_now())
    wish = Wish(Contact.CALL, word(120))
    submit(token=tokens[0], key=token_urlsafe(16), wish=wish, known="", at=utc_now())
    ended = Invitation.objects.across_parts().filter(wave=wave, number=3)
    unit_id = ended.values_list("unit_id", flat=True)[0]
    revoke_link(wave_id=wave.pk, unit_id=unit_id, **act)
    return {"token": tuple(tokens[:4]), "number": (1, 2, 99)}
