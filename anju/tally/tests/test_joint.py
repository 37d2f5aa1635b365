"""The table of the main item by groups together: it adds up, merges, and stays small."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from anju.insight.tests.cast import THREE, single
from anju.tally import joint as module
from anju.tally.count import tally
from anju.tally.joint import joint, together


def answers(rows, **groups):
    """Answers of one item: a row each of level and labels."""
    found = single(THREE, tuple(sum(level == at for level, *_ in rows) for at in range(3)))
    order = sorted(range(len(rows)), key=lambda at: rows[at][0])
    return replace(
        found,
        groups={kind: tuple(rows[at][1 + place] for at in order) for kind, place in groups.items()},
    )


ROWS = [
    (0, "塔楼", "1栋"),
    (2, "塔楼", "1栋"),
    (2, "联排", "2栋"),
    (2, "联排", None),
    (1, None, "2栋"),
]


def test_every_person_with_a_level_and_a_group_of_each_kind_is_counted_once():
    found = joint(answers(ROWS, 房型=0), 0)

    assert found is not None
    assert {(cell.level, cell.labels, cell.people) for cell in found.cells} == {
        (0, ("塔楼",), 1), (2, ("塔楼",), 1), (2, ("联排",), 2),
    }  # fmt: skip
    assert (found.left, found.kinds, found.clustered) == (1, ("房型",), False)


def test_a_building_is_no_group_and_counts_as_cluster_from_ten_on():
    rows = [(at % 3, "塔楼" if at % 2 else "联排", f"{at % 11}栋") for at in range(60)]
    found = joint(answers(rows, 房型=0, building=1), 0)

    assert found is not None
    assert (found.kinds, found.clustered) == (("房型",), True)
    assert sum(cell.people for cell in found.cells) == 60


def test_without_an_item_or_without_groups_there_is_no_table():
    assert joint(answers(ROWS, 房型=0), None) is None
    assert joint(answers(ROWS, building=1), 0) is None
    assert joint(answers([(1, "塔楼"), (2, "塔楼")], 房型=0), 0) is None


def test_kinds_of_most_groups_are_left_out_until_the_table_is_small(monkeypatch):
    monkeypatch.setattr(module, "CELLS", 6)
    rows = [(at % 3, "塔楼" if at % 2 else "联排", f"{at % 7}层") for at in range(84)]
    found = joint(answers(rows, 房型=0, 楼层=1), 0)

    assert found is not None
    assert found.kinds == ("房型",)
    monkeypatch.setattr(module, "CELLS", 1)
    assert joint(answers(rows, 房型=0, 楼层=1), 0) is None


def test_parts_together_are_the_whole():
    whole, none = answers(ROWS * 3, 房型=0), joint(answers(ROWS, 房型=0), None)
    one, two = joint(answers(ROWS, 房型=0), 0), joint(answers(ROWS * 2, 房型=0), 0)

    assert together(one, two) == joint(whole, 0)
    assert together(one, none) is None
    assert together(one, replace(two, kinds=("楼层",))) is None


def test_the_tally_counts_its_main_item():
    found = tally(answers(ROWS, 房型=0)).joint
    assert found is not None
    assert found.place == 0


def test_a_row_for_many_people_counts_them_all():
    known = answers(ROWS, 房型=0)
    found = joint(replace(known, count=np.full(5, 10, dtype=np.int64)), 0)

    assert found is not None
    assert (sum(cell.people for cell in found.cells), found.left) == (40, 10)


@pytest.mark.parametrize("kind", ["mode", "unit", "zone"])
def test_how_and_where_somebody_answered_is_no_driver(kind):
    assert (
        joint(replace(answers(ROWS, 房型=0), groups={kind: ("a", "b", "a", "b", "a")}), 0) is None
    )
