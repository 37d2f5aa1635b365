"""No hidden group of fewer than five households can be worked out from what is shown."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from anju.insight.measured.hiding import About, Wall, decide
from anju.insight.tests.cast import THREE, estate, single
from anju.stats.suppress import State
from anju.tally.count import tally


def walls(fine: list[int]) -> tuple[Wall, dict[str, int], dict[str, str]]:
    """Return the decision for buildings of these sizes, two and two inside a use type."""
    labels = [f"B{place}" for place, size in enumerate(fine) for _ in range(size)]
    coarse = [f"T{place // 2}" for place, size in enumerate(fine) for _ in range(size)]
    answers = single(THREE, (len(labels), 0, 0), building=tuple(labels), use_type=tuple(coarse))
    sizes = {f"building:B{place}": size for place, size in enumerate(fine) if size}
    inside = {f"building:B{place}": f"use_type:T{place // 2}" for place in range(len(fine))}
    return decide(tally(answers), 5, lambda group: About(group.households)), sizes, inside


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 14), min_size=2, max_size=8))
def test_hidden_buildings_of_a_shown_whole_reach_five_together(sizes):
    if sum(sizes) < 5:
        return
    wall, counts, inside = walls(sizes)
    hidden = {key: n for key, n in counts.items() if wall.states[key] is not State.SHOWN}
    if hidden and wall.states["all"] is State.SHOWN:
        assert sum(hidden.values()) >= 5
    for use_type in set(inside.values()):
        if wall.states.get(use_type) is State.SHOWN:
            within = [n for key, n in hidden.items() if inside[key] == use_type]
            assert not within or sum(within) >= 5


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 14), min_size=2, max_size=8))
def test_a_group_under_five_is_never_shown(sizes):
    if sum(sizes) < 5:
        return
    wall, counts, _ = walls(sizes)
    assert all(wall.states[key] is State.SMALL for key, n in counts.items() if n < 5)


def test_without_the_nesting_a_hidden_building_would_leak():
    """The negative control: 20 and 3 of one use type, 9 and 8 of the other, no nesting known."""
    wall, _, _ = walls([20, 3, 9, 8])
    assert wall.states["building:B0"] is State.COMPLEMENT  # flat alone would hide the 8 instead
    flat = decide(
        tally(
            single(
                THREE,
                (40, 0, 0),
                building=("B0",) * 20 + ("B1",) * 3 + ("B2",) * 9 + ("B3",) * 8,
            )
        ),
        5,
        lambda group: About(group.households),
    )
    assert flat.states["building:B0"] is State.SHOWN


def test_what_was_hidden_before_stays_hidden():
    counted = tally(estate())
    wall = decide(counted, 5, lambda g: About(g.households), frozenset({"building:1栋"}))
    assert wall.states["building:1栋"] is State.COMPLEMENT
    assert "building:1栋" in wall.hidden
    assert wall.state(counted.whole) is State.SHOWN
