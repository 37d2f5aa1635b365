"""Taking back the last change of the ladder, the figures or mailbox and texts: what held before holds again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from anju.casework.settings import read_spoken
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.register.access import Actor, Verb, demand
from anju.terms.actions.settings import figures_of, put_ladder, tell, written_spoken
from anju.terms.settings import Changed, last_change, rungs_in
from anju.voice.actions.clockwork import recompute_soon
from anju.voice.models import VoiceRule


class Undone(StrEnum):
    """What can be taken back, by the verb of its history."""

    FIGURES = "figures_set"
    LADDER = "ladder_set"
    SPOKEN = "spoken_set"


@transaction.atomic
def take_back(*, actor: Actor, what: Undone, at: datetime) -> None:
    """Put back what held before the last change, once. Errors: Forbidden, E-UNDO-USED."""
    with company_scope(actor.company_id):
        demand(actor, Verb.SET_CASES)
        found = last_change(actor.company_id, what.value)
        if found is None:
            raise Problem(
                "E-UNDO-USED", "change",
                "There is no change that can be taken back.",
                "没有可撤销的修改。",
            )  # fmt: skip
        row = figures_of(actor, None)
        BACK[what](actor, row, found, at)


def _figures(actor: Actor, row: VoiceRule, found: Changed, at: datetime) -> None:
    kinds: Mapping[str, type] = {name: type(getattr(row, name)) for name, _was in found.was}
    for name, was in found.was:
        setattr(row, name, kinds[name](was))
    row.save()
    tell(actor, "figures_back", at, {"names": [name for name, _was in found.was]})


def _ladder(actor: Actor, row: VoiceRule, found: Changed, at: datetime) -> None:
    rungs = rungs_in(found)
    put_ladder(actor, rungs)
    row.save()
    tell(actor, "ladder_back", at, {"rungs": len(rungs)})
    recompute_soon(company_id=actor.company_id, by=actor.account_id, at=at)


def _spoken(actor: Actor, row: VoiceRule, found: Changed, at: datetime) -> None:
    held = read_spoken({**written_spoken(row), **dict(found.was)})
    row.mailbox_page, row.mailbox_mail = held.mailbox_page, held.mailbox_mail
    row.texts = [list(pair) for pair in held.texts]
    row.save()
    tell(actor, "spoken_back", at, {"names": [name for name, _was in found.was]})


BACK = {Undone.FIGURES: _figures, Undone.LADDER: _ladder, Undone.SPOKEN: _spoken}
