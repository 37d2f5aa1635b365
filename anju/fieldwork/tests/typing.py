"""What a clerk types, for tests: digits into the boxes of a wave's form, once and a second time."""

from __future__ import annotations

from secrets import token_urlsafe

from anju.fieldwork.actions.paper import Typed, enter_form
from anju.fieldwork.actions.second import Again, draw_round, enter_again
from anju.fieldwork.forms import cells_of_wave
from anju.fieldwork.models import SecondDifference, SecondForm
from anju.fieldwork.rules.paper import Kind
from anju.register.access import Actor
from anju.survey.models import Wave
from tests.cast import AT, Cast, a_wave


def keys() -> str:
    """Return a key that no page had before."""
    return token_urlsafe(16)


def form(cast: Cast, wave: Wave, digits: str) -> dict[str, str]:
    """Return the boxes of a form with digits in them; a blank leaves a box empty."""
    with cast.inside():
        cells = [cell for cell in cells_of_wave(wave) if cell.kind is Kind.DIGIT]
    return {cell.name: digit.strip() for cell, digit in zip(cells, digits, strict=False)}


def type_in(
    cast: Cast, wave: Wave, room: str, digits: str = "1" * 10, *, who: Actor | None = None
) -> str:
    """Enter one form and return its number of the day."""
    typed = Typed(room, "", form(cast, wave, digits), keys())
    return enter_form(actor=who or cast.desk, wave_id=wave.pk, typed=typed, at=AT)


def type_again(
    cast: Cast, wave: Wave, number: int, digits: str, *, who: Actor | None = None
) -> int:
    """Enter a drawn form a second time and return how many items differ."""
    with cast.inside():
        drawn = SecondForm.objects.get(round__wave=wave, number=number)
    again = Again(drawn.pk, form(cast, wave, digits), keys())
    return enter_again(actor=who or cast.manager, again=again, at=AT)


def a_difference(cast: Cast) -> SecondDifference:
    """Return a difference that nobody has settled: one form typed by two people."""
    wave = a_wave(cast)
    type_in(cast, wave, "3-502")
    draw_round(actor=cast.quality, wave_id=wave.pk, percent=5, seed=1, at=AT)
    type_again(cast, wave, 1, "2" + "1" * 9)
    with cast.inside():
        found: SecondDifference = SecondDifference.objects.get(form__round__wave=wave)
        return found
