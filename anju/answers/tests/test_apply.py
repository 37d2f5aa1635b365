"""A table made into answers: all faults at once, each in its cell, nothing guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import numpy as np
import pytest

from anju.answers.rules.answers import ItemDef
from anju.answers.rules.apply import apply
from anju.answers.rules.mapping import Answer, ColumnMap, Mapping, Role
from anju.answers.rules.units import Home
from anju.kernel.pure.numbers import lost
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import Cell, CellProblem, Table
from anju.stats.scales import Level, scale

FIVE = scale("n1to5", [Level(str(n), float(n), str(n), str(n)) for n in range(1, 6)])
WORDS = scale("sat2", [Level("s", 1, "满意", "satisfied"), Level("d", 0, "不满意", "dissatisfied")])
ITEMS = (ItemDef("Q1", "保洁", "cleaning", FIVE), ItemDef("Q2", "维修", "repair", WORDS))


def a_table(**columns: tuple[Cell, ...]) -> Table:
    height = len(next(iter(columns.values())))
    return Table("t", tuple(columns), tuple(columns.values()), range(2, 2 + height))


def a_mapping(**roles: Role) -> Mapping:
    return Mapping((ColumnMap("Q1", Role.ITEM, "Q1"), *(ColumnMap(h, r) for h, r in roles.items())))


def faults(found: tuple[CellProblem, ...]) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.column, problem.code) for problem in found]


def test_numbers_and_words_become_places_on_the_scale() -> None:
    table = a_table(Q1=(1, "5", "５分", None, 3.0), Q2=("满意", "Dissatisfied", "s", "", "-"))
    mapping = Mapping((ColumnMap("Q1", Role.ITEM, "Q1"), ColumnMap("Q2", Role.ITEM, "Q2")))

    answers, found = apply(table, mapping, ITEMS)

    assert found == ()
    assert answers.levels.tolist() == [[0, 1], [4, 0], [4, 1], [-1, -1], [2, -1]]
    assert answers.levels.dtype == np.int16
    assert answers.people == 5
    assert answers.items == ITEMS
    assert answers.households == (None,) * 5


@pytest.mark.parametrize("value", [6, 0, "6", -1, "5.5"])
def test_a_score_off_the_scale_is_refused(value: Cell) -> None:
    answers, found = apply(a_table(Q1=(3, value)), a_mapping(), ITEMS)

    assert faults(found) == [(3, "Q1", "E-SCORE-RANGE")]
    assert "1 to 5" in found[0].text("en")
    assert answers.levels.tolist() == [[2], [-1]]


def test_an_unknown_answer_is_refused_with_those_that_are_allowed() -> None:
    mapping = Mapping((ColumnMap("Q2", Role.ITEM, "Q2"),))

    _, found = apply(a_table(Q2=("还行", 7, date(2026, 1, 1))), mapping, ITEMS)

    assert [problem.code for problem in found] == ["E-ANSWER"] * 3
    assert "满意" in found[0].text("zh")
    assert "dissatisfied (不满意), satisfied (满意)" in found[0].text("en")
    assert [problem.value for problem in found] == ["还行", "7", "2026-01-01"]


def test_not_applicable_is_kept_apart_and_never_zero() -> None:
    answers, found = apply(a_table(Q1=(5, "不适用", "N/A", "没接触过")), a_mapping(), ITEMS)

    assert found == ()
    assert answers.levels.tolist() == [[4], [5], [5], [5]]
    level = answers.items[0].scale.levels[5]
    assert (level.code, level.value) == ("na", None)


def test_what_the_person_said_goes_before_what_we_know() -> None:
    said = (Answer("好", "5"), Answer("1", None), Answer("坏", "gone"))
    mapping = Mapping((ColumnMap("Q1", Role.ITEM, "Q1", said),))

    answers, found = apply(a_table(Q1=("好", 1, "坏")), mapping, ITEMS)

    assert answers.levels.tolist() == [[4], [-1], [-1]]
    assert faults(found) == [(4, "Q1", "E-ANSWER")]


def test_counts_and_weights_are_checked_cell_by_cell() -> None:
    table = a_table(
        Q1=(1, 2, 3, 4, 5),
        人数=(3, "2", 2.5, -1, None),
        权重=(0.5, "1.25", 0, -1, None),
    )

    answers, found = apply(table, a_mapping(人数=Role.COUNT, 权重=Role.WEIGHT), ITEMS)

    assert answers.count.tolist() == [3, 2, 0, 0, 0]
    assert answers.weight.tolist() == [0.5, 1.25, 1, 1, 1]
    assert faults(found) == [
        (4, "人数", "E-NUM-FORMAT"),
        (4, "权重", "E-NUM-RANGE"),
        (5, "人数", "E-NUM-RANGE"),
        (5, "权重", "E-NUM-RANGE"),
        (6, "人数", "E-NUM-FORMAT"),
        (6, "权重", "E-NUM-FORMAT"),
    ]


def test_lost_digits_are_named_in_items_and_units() -> None:
    table = a_table(Q1=(1, 1.4e17), 房号=("1.38E+10", "1-101"))

    _, found = apply(table, a_mapping(房号=Role.UNIT), ITEMS)

    assert faults(found) == [(2, "房号", "E-NUM-SCI"), (3, "Q1", "E-NUM-SCI")]


def test_faults_of_the_reader_count_in_used_columns_alone_and_once() -> None:
    early = tuple(CellProblem(2, name, "1.38E+10", lost(name)) for name in ("Q1", "电话"))
    table = replace(a_table(Q1=("1.38E+10",), 电话=("1.38E+10",)), problems=early)

    _, found = apply(table, a_mapping(电话=Role.IGNORED), ITEMS)

    assert faults(found) == [(2, "Q1", "E-NUM-SCI")]


def test_groups_modes_comments_and_labels_are_taken_along() -> None:
    table = a_table(
        Q1=(1, 2),
        业态=("住宅", None),
        户型=(" 大  户 ", "小"),
        Type=(1, 2),
        方式=("电话", "网络"),
        意见=("很好", None),
    )
    mapping = a_mapping(
        业态=Role.USE_TYPE, 户型=Role.STRATUM, Type=Role.GROUP, 方式=Role.MODE, 意见=Role.COMMENT
    )

    answers, _ = apply(table, mapping, ITEMS)

    assert answers.groups == {
        "stratum": ("大 户", "小"),
        "use_type": ("住宅", None),
        "mode": ("电话", "网络"),
        "Type": ("1", "2"),
    }
    assert answers.comments == {"意见": ("很好", None)}
    assert answers.rows == (2, 3)


def test_answers_have_their_time_in_every_spelling() -> None:
    cells = (
        date(2026, 4, 3),
        datetime.fromisoformat("2026-04-03T09:30"),
        46115,
        "2026-04-03 17:30",
        None,
        "03/04/2026",
        60,
    )
    table = a_table(Q1=(1,) * 7, 时间=cells)

    answers, found = apply(table, a_mapping(时间=Role.ANSWERED_AT), ITEMS)

    told = [moment.isoformat(" ") if moment else None for moment in answers.answered]
    assert told[:5] == [
        "2026-04-03 00:00:00",
        "2026-04-03 09:30:00",
        "2026-04-03 00:00:00",
        "2026-04-03 17:30:00",
        None,
    ]
    assert faults(found) == [(7, "时间", "E-DATE-FORMAT"), (8, "时间", "E-DATE")]
    old = replace(a_table(Q1=(1,), 时间=(44653,)), date_1904=True)
    later, _ = apply(old, a_mapping(时间=Role.ANSWERED_AT), ITEMS)
    assert later.answered[0] is not None
    assert later.answered[0].isoformat() == "2026-04-03T00:00:00"


def test_homes_are_put_together_from_building_entrance_and_room() -> None:
    table = a_table(
        Q1=(1, 2, 3, 4),
        楼栋=("3栋", "3号楼", "4", None),
        单元=("1单元", 1, None, None),
        房号=("0101", 102, "4-2-7", None),
    )
    mapping = a_mapping(楼栋=Role.BUILDING, 单元=Role.ENTRANCE, 房号=Role.UNIT)

    answers, found = apply(table, mapping, ITEMS)

    assert found == ()
    assert answers.households == ("3-1-101", "3-1-102", "4-2-7", None)
    assert answers.groups["building"] == ("3栋", "3栋", "4", None)


def test_a_building_is_read_from_whole_unit_numbers() -> None:
    mapping = a_mapping(房号=Role.UNIT)

    whole, _ = apply(a_table(Q1=(1, 2), 房号=("3-1-101", None)), mapping, ITEMS)
    rooms, _ = apply(a_table(Q1=(1, 2), 房号=("101", "3-102")), mapping, ITEMS)
    none, _ = apply(a_table(Q1=(1,), 房号=(None,)), mapping, ITEMS)

    assert whole.groups == {"building": ("3", None)}
    assert rooms.groups == {}
    assert none.groups == {}


def test_a_building_alone_is_a_group_without_households() -> None:
    answers, _ = apply(a_table(Q1=(1, 2), 楼栋=("3栋", "")), a_mapping(楼栋=Role.BUILDING), ITEMS)

    assert answers.groups["building"] == ("3栋", None)
    assert answers.households == (None, None)


def test_an_unknown_unit_is_refused_with_the_nearest() -> None:
    homes = {"3-2-1201": Home("u1", "3 栋"), "3-2-1202": Home("u2", "3 栋")}
    table = a_table(Q1=(1, 2, 3, 4), 房号=("3栋2单元1201", "3-2-120", "X", None))

    answers, found = apply(table, a_mapping(房号=Role.UNIT), ITEMS, homes=homes)

    assert answers.households == ("u1", None, None, None)
    assert answers.groups["building"] == ("3 栋", None, None, None)
    assert faults(found) == [(3, "房号", "E-UNIT"), (4, "房号", "E-UNIT")]
    assert "3-2-120" in found[0].text("zh")
    assert "nearest" in found[0].text("en")
    assert "building-entrance-room" in found[1].text("en")


def test_known_units_bring_no_fault() -> None:
    homes = {"1-1": Home("u", "1")}

    answers, found = apply(
        a_table(Q1=(1,), 房号=("1-1",)), a_mapping(房号=Role.UNIT), ITEMS, homes=homes
    )

    assert (answers.households, found) == (("u",), ())


def test_only_the_first_unknown_units_are_compared() -> None:
    homes = {f"1-{n}": Home(str(n), "1") for n in range(100, 200)}
    table = a_table(Q1=(1,) * 60, 房号=tuple(f"1-{n}" for n in range(1_900, 1_960)))

    _, found = apply(table, a_mapping(房号=Role.UNIT), ITEMS, homes=homes)

    assert sum("close" in problem.problem.params for problem in found) == 50
    assert len(found) == 60


def test_an_item_that_the_questionnaire_does_not_have_is_refused() -> None:
    mapping = Mapping((ColumnMap("Q1", Role.ITEM, "Q9"),))

    with pytest.raises(Problem) as caught:
        apply(a_table(Q1=(1,)), mapping, ITEMS)
    assert caught.value.code == "E-IMP-COLUMN"


def test_planted_faults_in_a_large_file_come_back_at_their_cells() -> None:
    height, width = 100_000, 12
    columns: dict[str, tuple[Cell, ...]] = {}
    planted = {(1_000 * k + 7, f"Q{k % width}") for k in range(1, 24)}
    for place in range(width):
        cells: list[Cell] = [1 + (row * 7 + place) % 5 for row in range(height)]
        for row, name in planted:
            if name == f"Q{place}":
                cells[row] = 6
        columns[f"Q{place}"] = tuple(cells)
    columns["房号"] = tuple(f"{n % 40 + 1}-{n % 3 + 1}-{n}" for n in range(height))
    items = tuple(ItemDef(f"Q{n}", "", "", FIVE) for n in range(width))
    maps = tuple(ColumnMap(f"Q{n}", Role.ITEM, f"Q{n}") for n in range(width))

    answers, found = apply(
        a_table(**columns), Mapping((*maps, ColumnMap("房号", Role.UNIT))), items
    )

    assert {(problem.row - 2, problem.column) for problem in found} == planted
    assert len(found) == 23
    assert int((answers.levels == -1).sum()) == 23
