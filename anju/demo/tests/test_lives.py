"""The demonstration's cases as they are written, before any row: at every hour of the week."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from anju.casework.fold import folded
from anju.casework.states import OPEN, State
from anju.casework.visits import Ended
from anju.demo.cases.lives import Life, Staff, World
from anju.demo.cases.planting import lives_of
from anju.demo.cases.tales import DISPUTE

STAFF = Staff(1, 2, 3, 4, 5, (6, 7, 8))
SUNDAY_NIGHT = datetime(2026, 11, 22, 18, 47, tzinfo=UTC)


def owed(ended: Ended) -> datetime | None:
    asked = ended.kind in {"repair", "complaint"} and ended.at_home
    return ended.closed_at + timedelta(days=1) if asked else None


def _dispute(lives: list[Life]) -> int:
    return next(one.number for one in lives if one.matter.saying is DISPUTE)


@pytest.mark.parametrize("hours", [0, 7, 31, 100, 4_000])
def test_at_every_hour_each_case_has_begun_and_nothing_lies_ahead(hours):
    now = SUNDAY_NIGHT + timedelta(hours=hours)
    lives = lives_of(World(STAFF, owed, now, "en"))
    helds = [folded(life.entries) for life in lives]

    assert all(held.received_at for held in helds)
    assert all(one.at <= now for life in lives for one in life.entries)
    assert all(
        [one.at for one in life.entries] == sorted(one.at for one in life.entries) for life in lives
    )
    old = [
        one
        for one in lives
        if one.matter.at < now - timedelta(days=60) and one.number != _dispute(lives)
    ]
    assert {folded(one.entries).state for one in old} == {State.SETTLED}
    assert 25 < sum(held.state in OPEN for held in helds) < 75
    assert {held.state for held in helds} == set(State)


def test_the_same_day_tells_the_same_story():
    world = World(STAFF, owed, SUNDAY_NIGHT, "zh-hans")
    told = [[(life.number, life.entries) for life in lives_of(world)] for _ in range(2)]

    assert told[0] == told[1]
