"""What the check of a register's sheet read otherwise than it is written, as a person is told it."""

from __future__ import annotations

from anju.roster.rules.guess import guess_plan
from anju.roster.rules.heard import formed, heard
from anju.roster.rules.reading import SheetReader
from anju.roster.tests.test_rules import a_table

HEADS = ("楼号", "房间号", "业主姓名", "身份", "备注")
ROWS = (
    ("1号楼", "101", "李", "户主", ""),
    ("1栋", "101", "王", "配偶", ""),
    ("1栋", "0102室", "赵", "业主", ""),
    ("", "2-1-201", "钱", "", ""),
)


def read(*rows, names=None):
    table = a_table("业主台账", HEADS, *rows)
    keys = ("1-101", "1-102", "2-1-201")
    return heard([SheetReader(table, guess_plan(table))], "翠湖苑", names or {}, keys)


def told(found):
    return [(one.written, one.zh, one.cells) for one in found]


def test_a_building_counts_under_the_name_that_the_project_has_for_it():
    assert told(read(*ROWS, names={"1": "一号楼"}).buildings) == [
        ("1栋", "一号楼", 2),
        ("1号楼", "一号楼", 1),
    ]
    assert told(read(*ROWS).buildings) == [("1栋", "1号楼", 2)]


def test_units_in_another_writing_stand_beside_their_number_and_equal_ones_do_not():
    assert ("1栋 0102室", "1-102", 1) in told(read(*ROWS).homes)
    assert "2-1-201" not in {one.written for one in read(*ROWS).homes}


def test_words_that_stand_for_another_are_told_and_the_word_itself_is_not():
    assert [(one.written, one.zh, one.en) for one in read(*ROWS).words] == [
        ("户主", "业主", "owner"),
        ("配偶", "家属", "family"),
    ]


def test_blanks_are_counted_in_the_columns_that_are_taken_in_alone():
    assert read(*ROWS).blanks == (("楼号", 1), ("身份", 1))


def test_a_sheet_of_staff_names_no_homes():
    table = a_table("员工", ("姓名", "邮箱", "楼栋"), ("李", "li@a.example", "1号楼"))
    found = heard([SheetReader(table, guess_plan(table))], "翠湖苑", {"1": "1栋"}, ())

    assert (found.buildings, found.homes) == ((), ())


def test_rooms_of_which_the_entrance_was_added_are_told_with_their_key():
    rows = (("1栋", "1单元101", "李", "", ""), ("1栋", "102", "王", "", ""))
    table = a_table("业主台账", HEADS, *rows)
    sheets = [SheetReader(table, guess_plan(table)), SheetReader(*staff())]
    found = formed(sheets, "翠湖苑", ("1-1-101", "1-1-102"))

    assert dict(found) == {("1栋", "1-102", "1-1-102"): 1}


def staff():
    table = a_table("员工", ("姓名", "邮箱", "楼栋"), ("李", "li@a.example", "1号楼"))
    return table, guess_plan(table)
