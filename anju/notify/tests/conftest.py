"""The cast, two owners of its first homes, and a night and a day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from anju.register.actions.consents import give_consent
from anju.register.actions.residents import MoveIn, PersonDraft, move_in
from anju.register.models import Unit
from tests.cast import Cast, the_cast

DAY = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai
NIGHT = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)  # 22:00


@pytest.fixture
def cast(db, settings, tmp_path) -> Cast:
    settings.FILES_ROOT = tmp_path
    settings.EMAIL_CONFIGURED = False
    settings.SMS_CARRIER = ""
    return the_cast()


@pytest.fixture
def owners(cast) -> list[tuple[int, int]]:
    """Return (person, unit) of two owners who agreed to be asked."""
    with cast.inside():
        units = list(Unit.objects.filter(building__project=cast.project).order_by("id")[:2])
    found = []
    for number, unit in enumerate(units):
        draft = MoveIn(
            PersonDraft(f"住户{number}", f"1380013800{number}"), "owner", date(2020, 1, 1)
        )
        tie = move_in(actor=cast.quality, unit_id=unit.pk, draft=draft, at=DAY)
        give_consent(
            actor=cast.quality, person_id=tie.person_id, purpose="survey", channel="paper", at=DAY
        )
        found.append((tie.person_id, unit.pk))
    return found
