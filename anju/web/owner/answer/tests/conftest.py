"""A survey with links, for the tests of the pages behind them."""

from __future__ import annotations

from datetime import date

import pytest

from anju.fieldwork.actions.links import Link, draw_invitations
from tests.cast import AT, Cast, a_wave, the_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return the_cast()


@pytest.fixture
def links(cast: Cast) -> tuple[Link, ...]:
    wave = a_wave(
        cast,
        population=40,
        fieldwork_from=date(2026, 1, 1),
        fieldwork_to=date(2027, 12, 1),
    )
    return draw_invitations(actor=cast.quality, wave_id=wave.pk, at=AT)
