"""Owners' links in every state, and an answer given through one, for the stage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from secrets import token_urlsafe
from typing import Any

from anju.fieldwork.actions.answering import Given, Wish, begin_answer, save_answer, submit
from anju.fieldwork.actions.links import draw_invitations, revoke_link
from anju.fieldwork.actions.lobby import make_lobby
from anju.fieldwork.actions.paper import Typed, allow_without_home, enter_form
from anju.fieldwork.actions.second import Again, draw_round, enter_again
from anju.fieldwork.actions.wishes import meet_wish
from anju.fieldwork.lobby import token_in_force
from anju.fieldwork.models import SecondDifference, SecondForm
from anju.kernel.pure.clock import utc_now
from anju.register.access import Actor
from anju.survey.models import Invitation, Item, Wave
from anju.survey.rules.answering import Contact

Word = Callable[[int], str]


def asked(
    quality: Actor, word: Word, wave: Wave, items: Sequence[Item]
) -> dict[str, tuple[object, ...]]:
    """Draw links, answer by the first, begin the second, end the third, hang up a poster; return ids."""
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
    lobby_id = make_lobby(wave_id=wave.pk, building_id=None, **act)
    wished = Invitation.objects.across_parts().filter(wave=wave, number=1)
    lobby, keys = token_in_force(lobby_id) or "", tuple(wished.values_list("id", flat=True))
    meet_wish(wave_id=wave.pk, invitation_id=keys[0], words=word(300), **act)
    return {
        "token": (*tokens[:4], lobby),
        "number": (1, 2, 99),
        "lobby_id": (lobby_id,),
        "stage": ("0", "1", "9"),
        "invitation_id": keys,
    }


def on_paper(
    quality: Actor, other: Actor, word: Word, wave: Wave, items: Sequence[Item]
) -> tuple[object, ...]:
    """Enter two forms from paper, draw both and enter the first again; return what differs."""
    act: dict[str, Any] = {"actor": quality, "at": utc_now()}
    allow_without_home(wave_id=wave.pk, allowed=True, **act)
    boxes = {f"d.{item.code}": "1" if item.scale_id else word(900) for item in items}
    for _ in range(2):
        enter_form(wave_id=wave.pk, typed=Typed("", "", boxes, token_urlsafe(16)), **act)
    draw_round(wave_id=wave.pk, percent=5, seed=1, **act)
    first = SecondForm.objects.across_parts().get(round__wave=wave, number=1)
    again = dict.fromkeys(boxes, "2")
    enter_again(actor=other, again=Again(first.pk, again, token_urlsafe(16)), at=utc_now())
    rows = SecondDifference.objects.across_parts().filter(form=first).order_by("id")
    return tuple(rows.values_list("id", flat=True))
