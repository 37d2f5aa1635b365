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
