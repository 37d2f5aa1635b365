"""Reads of a case of the emergency class, for the page of its steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from anju.casework.defaults import EMERGENCY_WORDS, FIRE_WORDS
from anju.casework.kinds import EMERGENCY
from anju.casework.triage import emergencies
from anju.register.access import Actor, NotFound, Verb
from anju.voice.access import case_for
from anju.voice.names import place_of
from anju.voice.people import can_be_named


@dataclass(frozen=True, slots=True)
class EmergencyPage:
    """An emergency: its number, place, words, since when, whether it burns, and who can be sent."""

    id: int
    number: int
    place: str
    words: str
    received_at: datetime
    fire: bool
    people: tuple[tuple[int, str, str], ...]


def emergency_of(actor: Actor, case_id: int) -> EmergencyPage:
    """Return a case of the emergency class. Errors: NotFound, Forbidden."""
    case = case_for(actor, case_id, Verb.TAKE_CASES)
    if case.severity not in EMERGENCY:
        raise NotFound(f"emergency {case_id}")
    said = emergencies(case.words, EMERGENCY_WORDS)
    return EmergencyPage(
        case.pk, case.number, place_of(case), case.words, case.received_at,
        bool(set(said) & set(FIRE_WORDS)), can_be_named(case.project_id),
    )  # fmt: skip
