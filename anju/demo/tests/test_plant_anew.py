"""Planting from nothing: in each language, on any day, all or nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from anju.demo.actions import plant
from anju.kernel.models import HistoryEntry
from anju.kernel.scope import company_scope
from anju.register.models import Company
from anju.survey import queries

AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize("language", ["en"])
def test_english_plants_the_same_answers_as_chinese(db, language):
    planted = plant(at=AT, language=language)
    with company_scope(planted.company_id):
        people = {line.id: line.people for line in queries.wave_lines()}

    assert sorted(people.values()) == [20, 28, 44, 75, 175, 191]


@pytest.mark.parametrize(
    "at", [datetime(2027, 1, 3, 5, tzinfo=UTC), datetime(2028, 2, 29, 23, tzinfo=UTC)]
)
def test_it_can_be_planted_on_any_day(db, at):
    planted = plant(at=at, language="en")
    with company_scope(planted.company_id):
        lines = queries.wave_lines()

    assert len({(line.project_id, line.title) for line in lines}) == 6
    assert HistoryEntry.objects.order_by("-at").values_list("at", flat=True)[0] <= at


def test_nothing_is_planted_when_any_part_fails(db, monkeypatch):
    def fails(scene: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr("anju.demo.actions.surveys", fails)
    with pytest.raises(RuntimeError):
        plant(at=AT)
    assert not Company.objects.exists()
