"""One sheet with a row a home and its owner: the homes that the project lacks come along, if wanted."""

from __future__ import annotations

from dataclasses import replace

from anju.register.rules.spellings import Spellings
from anju.roster.rules.guess import guess_plan
from anju.roster.rules.reading import SheetReader
from anju.roster.rules.rows import homes_named, owner_rows
from anju.roster.rules.shape import Kind, from_json, to_json
from anju.roster.tests.test_rules import a_table

HEADS = ("楼号", "房间号", "业主姓名")
ROWS = (("1号楼", "101", "李"), ("1号楼", "101", "王"), ("2号楼", "201", "赵"), ("", "301", "钱"))


def a_sheet(*rows):
    table = a_table("业主台账", HEADS, *rows)
    return SheetReader(table, replace(guess_plan(table), homes=True))


def test_each_home_comes_once_with_the_name_of_its_building():
    found = homes_named(a_sheet(*ROWS), "翠湖苑", (), set())

    assert [(home.row, home.key, home.building) for home in found] == [
        (2, "1-101", "1号楼"),
        (4, "2-201", "2号楼"),
    ]


def test_what_the_project_has_or_another_sheet_lists_is_left():
    assert homes_named(a_sheet(*ROWS), "翠湖苑", ("1-101",), {"2-201"}) == []


def test_a_room_without_its_building_is_said_at_its_cell_once():
    sheet = a_sheet(*ROWS)
    homes = homes_named(sheet, "翠湖苑", (), set())
    people = owner_rows(sheet, "翠湖苑", Spellings([home.key for home in homes]))

    assert [row.name for row in people] == ["李", "王", "赵"]
    assert [(fault.row, fault.column) for fault in sheet.found] == [(5, "房间号")]


def test_the_wish_is_kept_with_the_job_and_an_older_one_is_understood():
    plan = a_sheet(*ROWS).plan

    assert plan.kind is Kind.OWNERS
    assert from_json(to_json([plan])) == (plan,)
    assert from_json('[["业主", "owners", 1, []]]')[0].homes is False


FACT_HEADS = (*HEADS, "建筑面积", "楼层")
FACT_ROWS = (
    ("1号楼", "101", "李", "", 1),
    ("1号楼", "101", "王", "88.5", ""),
    ("2", "201", "赵", "90", ""),
)


def a_sheet_with_facts(*rows):
    table = a_table("业主台账", FACT_HEADS, *rows)
    return SheetReader(table, replace(guess_plan(table), homes=True))


def test_what_a_list_of_people_says_of_a_home_comes_with_the_home():
    found = homes_named(a_sheet_with_facts(*FACT_ROWS), "翠湖苑", (), set())

    assert [(home.key, float(home.area), home.floor) for home in found] == [
        ("1-101", 88.5, 1),
        ("2-201", 90.0, None),
    ]


def test_of_a_home_that_the_project_has_it_is_taken_without_adding_others():
    sheet = a_sheet_with_facts(*FACT_ROWS)

    found = homes_named(sheet, "翠湖苑", ("1-101",), set(), adds=False)

    assert [home.key for home in found] == ["1-101"]


def test_an_area_that_is_no_number_is_said_at_its_cell():
    sheet = a_sheet_with_facts(("1号楼", "101", "李", "很大", 1))
    homes_named(sheet, "翠湖苑", (), set())

    assert [(fault.row, fault.column) for fault in sheet.found] == [(2, "建筑面积")]
