"""The rows of fieldwork that the ids in addresses stand for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from anju.fieldwork.actions.answering import Given, Wish, save_answer, submit
from anju.fieldwork.actions.links import Link, draw_invitations
from anju.fieldwork.actions.lobby import make_lobby
from anju.fieldwork.actions.wishes import meet_wish
from anju.kernel.pure.clock import utc_now
from anju.register.models import Building
from anju.survey.models import Invitation, Item, Wave
from anju.survey.rules.answering import Contact
from tests.cast import Cast, a_wave


def _asked(cast: Cast) -> tuple[Wave, tuple[Link, ...]]:
    """Return a wave that goes on, all of whose homes are asked."""
    today, week = utc_now().date(), timedelta(days=7)
    wave = a_wave(cast, population=40, fieldwork_from=today - week, fieldwork_to=today + week)
    return wave, draw_invitations(actor=cast.quality, wave_id=wave.pk, at=utc_now())


def _lobby(cast: Cast) -> dict[str, object]:
    wave, _ = _asked(cast)
    lobby_id = make_lobby(actor=cast.quality, wave_id=wave.pk, building_id=None, at=utc_now())
    return {"wave_id": wave.pk, "lobby_id": lobby_id}


def _building(cast: Cast) -> dict[str, object]:
    wave, _ = _asked(cast)
    with cast.inside():
        building = Building.objects.filter(project=cast.project).order_by("id")[0]
    return {"wave_id": wave.pk, "building_id": building.pk}


def _stage(cast: Cast) -> dict[str, object]:
    return {"wave_id": _asked(cast)[0].pk, "stage": "0"}


def _wish(cast: Cast, *, met: bool = False) -> dict[str, object]:
    wave, links = _asked(cast)
    with cast.inside():
        item = Item.objects.filter(version_id=wave.version_id, scale__isnull=False)[0]
    token = links[0].token
    save_answer(token=token, given=Given({item.code: ["na"]}, {}), at=utc_now())
    submit(token=token, key="k" * 22, wish=Wish(Contact.CALL), known="", at=utc_now())
    with cast.inside():
        asked = Invitation.objects.get(wave=wave, number=1)
    ids = {"wave_id": wave.pk, "invitation_id": asked.pk}
    if met:
        meet_wish(actor=cast.quality, words="已致电", at=utc_now(), **ids)
    return {**ids}


TOGETHER: Mapping[str, Callable[[Cast], dict[str, object]]] = {
    "field-homes": _building,
    "field-found": _building,
    "field-poster": _lobby,
    "field-lobby-end": _lobby,
    "field-slips": _building,
    "field-send": _stage,
    "wish-met": _wish,
    "wish-reopen": lambda cast: _wish(cast, met=True),
}
