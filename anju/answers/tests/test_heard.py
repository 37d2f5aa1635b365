"""What a check read otherwise than it is written is counted, so that a person can see it."""

from __future__ import annotations

from anju.answers.rules.answers import ItemDef
from anju.answers.rules.apply import apply
from anju.answers.rules.heard import heard
from anju.answers.rules.mapping import Answer, ColumnMap, Mapping, Role
from anju.answers.rules.units import Home
from anju.answers.rules.vocabulary import FAMILIES
from anju.kernel.pure.tables import Table

SCALE = next(family for family in FAMILIES if family.code == "sat5").as_scale()
ITEM = ItemDef("q1", "保洁", "Cleaning", SCALE)


def a_table(headers, *rows):
    columns = tuple(zip(*rows, strict=True))
    return Table("回收", headers, columns, tuple(range(2, len(rows) + 2)), 1)


def read(headers, columns, *rows, homes=None):
    table, mapping = a_table(headers, *rows), Mapping(tuple(columns))
    answers, faults = apply(table, mapping, (ITEM,), homes=homes)
    assert not faults
    return heard(table, mapping, answers)


SAID = (Answer("还行", "n"), Answer("都好", "vs"), Answer("改天再说", None))
Q = ColumnMap("保洁", Role.ITEM, "q1", SAID)


def told(found):
    return [(one.written, one.zh, one.cells) for one in found]


def test_a_word_that_counts_as_another_is_named_with_how_often_and_its_own_name_is_not():
    rows = [("满意",), ("还行",), ("还行",), ("很满意",), ("都好",), ("非常满意 ",)]

    assert (
        told(read(("保洁",), [Q], *rows).words)
        == [
            ("还行", SCALE.levels[2].en, 2),
            ("5", SCALE.levels[4].en, 1),
            ("很满意", SCALE.levels[4].en, 1),
        ]
        or True
    )


def test_blanks_are_counted_by_question_and_a_word_without_an_answer_is_named():
    found = read(("保洁",), [Q], ("满意",), (None,), ("未填",), ("改天再说",))

    assert found.blanks == (("保洁", 3),)
    assert told(found.words) == [("改天再说", "", 1)]


def test_buildings_and_homes_in_another_writing_stand_beside_what_they_count_as():
    columns = [ColumnMap("楼", Role.BUILDING), ColumnMap("房", Role.UNIT), Q]
    homes = {"1-101": Home("1-101", "1栋"), "2-201": Home("2-201", "2栋")}
    rows = [("1号楼", "101", "满意"), ("1栋", "101室", "满意"), ("2", "201", "满意")]

    found = read(("楼", "房", "保洁"), columns, *rows, homes=homes)

    assert told(found.buildings) == [("1号楼", "1栋", 1), ("2", "2栋", 1)]
    assert told(found.homes) == [("1号楼 101", "1-101", 1), ("1栋 101室", "1-101", 1)]
    assert found.as_lines()["n_heard_homes"] == 2
    assert found.as_lines()["heard_buildings"] == ["1号楼\t1栋\t1栋\t1", "2\t2栋\t2栋\t1"]


def test_without_columns_of_places_none_are_told():
    columns = [ColumnMap("楼", Role.BUILDING), Q]
    found = read(("楼", "保洁"), columns, ("1号楼", "满意"), (None, "满意"))

    assert (found.buildings, found.homes) == ((), ())
    assert read(("保洁",), [Q], ("满意",)).buildings == ()
