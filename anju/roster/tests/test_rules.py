"""Sheets and columns guessed, rows read in any writing, people compared and never merged unasked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import CellProblem, Table
from anju.register.rules.spellings import Spellings
from anju.roster.rules.compare import Doubt, People, Plan, compare_units
from anju.roster.rules.guess import guess_as, guess_plan
from anju.roster.rules.known import Known, KnownPerson, KnownTie, KnownUnit
from anju.roster.rules.places import places
from anju.roster.rules.reading import SheetReader
from anju.roster.rules.rows import OwnerRow, UnitRow, owner_rows, staff_rows, unit_rows
from anju.roster.rules.shape import (
    Column,
    Kind,
    SheetPlan,
    check_plan,
    check_plans,
    from_json,
    to_json,
)


def a_table(name, headers, *rows, hidden=()):
    columns = tuple(zip(*rows, strict=True)) if rows else tuple(() for _ in headers)
    numbers = range(2, 2 + len(rows))
    return Table(name, tuple(headers), columns, numbers, hidden=frozenset(hidden))


def reader(name, headers, *rows):
    table = a_table(name, headers, *rows)
    return SheetReader(table, guess_plan(table))


def codes(sheet):
    return [(fault.row, fault.column, fault.code) for fault in sheet.found]


@pytest.mark.parametrize(
    ("name", "headers", "kind"),
    [
        ("房屋", ["楼栋", "房号"], Kind.UNITS),
        ("Owners 2026", ["Room", "Owner name"], Kind.OWNERS),
        ("员工与责任区", ["姓名", "邮箱"], Kind.STAFF),
        ("Sheet1", ["房号", "业主姓名", "手机号"], Kind.OWNERS),
        ("Sheet1", ["房号", "面积"], Kind.UNITS),
        ("Sheet1", ["姓名", "邮箱", "责任区"], Kind.STAFF),
        ("说明", ["标题", "内容"], Kind.NONE),
    ],
)
def test_a_sheet_is_known_by_its_name_or_its_columns(name, headers, kind):
    assert guess_plan(a_table(name, headers)).kind is kind


def test_columns_are_known_by_their_heads_in_both_languages():
    plan = guess_plan(a_table("业主", ["房号", "Full name", "手机号码", "问题", "备注"]))

    assert [column for _, column in plan.columns] == [
        Column.UNIT, Column.NAME, Column.PHONE, Column.IGNORED, Column.IGNORED,
    ]  # fmt: skip


def test_hidden_and_doubled_columns_are_not_taken_in():
    table = a_table("业主", ["姓名", "业主", "房号"], hidden=["房号"])

    assert [column for _, column in guess_as(table, Kind.OWNERS).columns] == [
        Column.NAME, Column.IGNORED, Column.IGNORED,
    ]  # fmt: skip


def test_a_plan_survives_being_kept():
    plan = SheetPlan("房屋", Kind.UNITS, (("房号", Column.UNIT),), 3)

    assert from_json(to_json([plan])) == (plan,)


@pytest.mark.parametrize(
    "columns",
    [(("楼栋", Column.BUILDING),), (("房号", Column.UNIT), ("门牌", Column.UNIT))],
    ids=["missing", "doubled"],
)
def test_missing_and_doubled_columns_are_named(columns):
    with pytest.raises(Problem, match="E-IMP-COLUMN"):
        check_plan(SheetPlan("房屋", Kind.UNITS, columns))


def test_a_file_of_which_nothing_is_taken_in_is_refused():
    with pytest.raises(Problem, match="E-IMP-COLUMN"):
        check_plans([SheetPlan("x", Kind.NONE, ())])
    check_plans([SheetPlan("x", Kind.NONE, ()), SheetPlan("y", Kind.UNITS, (("a", Column.UNIT),))])


@pytest.mark.parametrize(
    ("building", "entrance", "unit", "key"),
    [
        ("", "", "3-2-1201", "3-2-1201"),
        ("", "", "3栋2单元1201", "3-2-1201"),
        ("", "", "03-02-1201", "3-2-1201"),
        ("", "", "3幢1201室", "3-1201"),
        ("3栋", "2", 1201, "3-2-1201"),
        ("3栋", "", "2-1201", "3-2-1201"),
        ("3栋", "", "3-1201", "3-1201"),
        ("3栋", "2", "3-2-1201", "3-2-1201"),
        ("3栋", "", "５０２", "3-502"),
    ],
)
def test_a_room_in_any_writing_has_one_key(building, entrance, unit, key):
    sheet = reader("房屋", ["楼栋", "单元", "房号"], [building, entrance, unit])

    assert [place.key for place in places(sheet, "翠湖苑", [])] == [key]


def test_units_are_read_with_what_is_known_of_them():
    heads = ["楼栋", "房号", "楼层", "面积", "用途", "交付日期"]
    sheet = reader("房屋", heads, ["3栋", "502", 5, "88.50", "住宅", date(2019, 6, 1)])

    (row,) = unit_rows(sheet, "翠湖苑", [], set())

    assert row == UnitRow(2, "3-502", "3栋", 5, Decimal("88.50"), "home", date(2019, 6, 1))
    assert sheet.found == []


def test_faults_of_units_stand_at_their_cells():
    heads = ["项目", "楼栋", "房号", "楼层", "面积", "用途"]
    sheet = reader(
        "房屋",
        heads,
        ["翠湖苑", "3栋", "502", "5", "88", "住宅"],
        ["翠湖苑", "3栋", "502", "5", "88", ""],
        ["枫林苑", "3栋", "503", "x", "-1", "花园"],
        ["", "", "504", "", "", ""],
        ["", "3栋", "", "", "", ""],
        ["", "3栋", "1.2E+15", "", "", ""],
    )

    unit_rows(sheet, "翠湖苑", [], set())

    assert sorted(codes(sheet)) == [
        (3, "房号", "E-UNIT-TWICE"),
        (4, "楼层", "E-NUM-FORMAT"),
        (4, "用途", "E-CHOICE"),
        (4, "面积", "E-NUM-RANGE"),
        (4, "项目", "E-REF"),
        (5, "房号", "E-UNIT"),
        (6, "房号", "E-UNIT"),
        (7, "房号", "E-NUM-SCI"),
    ]


def test_an_unknown_room_is_refused_with_the_nearest():
    sheet = reader("业主", ["房号", "姓名"], ["3-1202", "李"], ["3-1202", "王"], ["zz", "张"])

    assert owner_rows(sheet, "翠湖苑", Spellings(["3-1201", "4-99"])) == []
    assert [fault.code for fault in sheet.found] == ["E-UNIT"] * 3
    assert "3-1201" in sheet.found[0].text("en")
    assert "3-1201" not in sheet.found[2].text("zh")


def test_a_room_alone_is_enough_where_only_one_building_has_it():
    spellings = Spellings(["1-101", "2-101", "2-305"])

    assert (spellings.find("305"), spellings.find("101"), spellings.find("2-101")) == (
        "2-305", "", "2-101",
    )  # fmt: skip


def test_only_the_first_unknown_rooms_get_a_proposal():
    spellings = Spellings(["1-101"])

    assert [bool(spellings.close("1-102")) for _ in range(51)] == [True] * 50 + [False]


def test_owners_are_read_and_their_faults_named():
    heads = ["房号", "姓名", "电话", "身份", "入住日期", "迁出日期", "语言", "联系方式偏好"]
    sheet = reader(
        "业主",
        heads,
        ["3-502", "李秀兰", "138 0013 8000", "业主", "2020-01-01", "", "中文", "电话"],
        ["3-502", "", "1380013", "住客", "2020-02-30", "", "", ""],
        ["3-502", "王\u202e", "", "", "2020-01-01", "2019-01-01", "", ""],
    )

    row, *nameless = owner_rows(sheet, "翠湖苑", Spellings(["3-502"]))

    assert [one.name for one in nameless] == ["", ""]
    assert row == OwnerRow(
        2, "3-502", "李秀兰", "+8613800138000", "138 0013 8000", "owner",
        date(2020, 1, 1), None, "zh-hans", "phone",
    )  # fmt: skip
    assert sorted(code for _, _, code in codes(sheet)) == [
        "E-CHOICE", "E-DATE", "E-PHONE", "E-STAY-ORDER", "E-TEXT-BIDI", "E-TEXT-EMPTY",
    ]  # fmt: skip


def test_a_home_without_a_name_is_no_fault_and_a_telephone_without_one_says_both_ways_out():
    rows = [["3-501", " ", ""], ["3-502", "", "13800138000"]]
    sheet = reader("业主", ["房号", "姓名", "电话"], *rows)

    found = owner_rows(sheet, "翠湖苑", Spellings(["3-501", "3-502"]))

    assert [(row.unit, row.name) for row in found] == [("3-501", ""), ("3-502", "")]
    (fault,) = sheet.found
    assert (fault.row, fault.column, fault.code) == (3, "姓名", "E-TEXT-EMPTY")
    assert "Write the name, or empty the telephone" in fault.text("en")


def test_staff_are_read_with_their_places():
    heads = ["姓名", "邮箱", "角色", "责任区", "楼栋", "房号"]
    sheet = reader(
        "员工",
        heads,
        ["周", "Zhou@anhe.example", "管家", "东区", "3栋、4栋", ""],
        ["吴", "wu@anhe.example", "", "", "", "3-502"],
        ["陈", "chen@anhe.example", "前台", "", "", ""],
        ["坏", "a@b@c", "董事长", "", "9栋", "3-503"],
    )

    rows = staff_rows(sheet, Spellings(["3-502", "4-101"]), {"3": "", "4": ""})

    assert [(row.email, row.zone, row.buildings, row.units) for row in rows] == [
        ("zhou@anhe.example", "东区", ("3", "4"), ()),
        ("wu@anhe.example", "吴", (), ("3-502",)),
        ("chen@anhe.example", "", (), ()),
    ]
    assert sorted(code for _, _, code in codes(sheet)) == [
        "E-CHOICE", "E-EMAIL", "E-UNIT", "E-UNIT",
    ]  # fmt: skip


UNIT = KnownUnit(1, "3-502", 7, 5, None, "", None, 1)
LI = KnownPerson(11, "李秀兰", "+8613800138000", "13800138000", "", "", 1)
KNOWN = Known(
    "翠湖苑",
    {"3": 7},
    {"3-502": UNIT, "3-503": KnownUnit(2, "3-503", 7, 5, None, "", None, 1)},
    [LI],
    [KnownTie(21, 1, 11, "owner", date(2020, 1, 1), None, 1)],
)


def an_owner(row=2, unit="3-502", name="李秀兰", phone="+8613800138000", **more):
    said = {"kind": "owner", "since": None, "until": None, "language": "", "channel": ""} | more
    return OwnerRow(row, unit, name, phone, phone, **said)


def compared(*rows, known=KNOWN, **answers):
    plan = Plan()
    People(plan, known, {Doubt(name): answer for name, answer in answers.items()}).compare(rows)
    return plan


def test_units_are_new_changed_or_the_same():
    plan = Plan()
    rows = [
        UnitRow(2, "3-502", "3栋", 5, None, "", None),
        UnitRow(3, "3-503", "3栋", 6, Decimal(88), "", None),
        UnitRow(4, "3-504", "3栋", None, None, "", None),
    ]

    compare_units(plan, rows, KNOWN)

    assert (plan.same, len(plan.changed_units), len(plan.new_units)) == (1, 1, 1)
    assert plan.changed_units[0].before == {"floor": 5, "area": None}


def test_the_same_list_again_changes_nothing():
    plan = compared(an_owner())

    assert (plan.same, plan.new_people, plan.new_ties, plan.warned) == (1, [], [], [])


def test_a_new_phone_and_a_last_day_change_what_is_on_record():
    plan = compared(an_owner(phone="+8613900000000", until=date(2026, 1, 1)))

    assert plan.changed_people[0].after["phone"] == "+8613900000000"
    assert plan.changed_people[0].before["written"] == "13800138000"
    assert plan.changed_ties[0].after == {"until": date(2026, 1, 1)}


def test_somebody_on_record_in_another_home_is_a_question():
    row = an_owner(unit="3-503")

    one, apart = compared(row, same_as_known="one"), compared(row, same_as_known="apart")

    assert [warned.doubt for warned in one.warned] == [Doubt.SAME_AS_KNOWN]
    assert (one.new_people, one.new_ties[0].person_id) == ([], 11)
    assert (len(apart.new_people), apart.new_ties[0].person_id) == (1, 0)


def test_the_same_owner_twice_in_a_file_is_a_question():
    rows = [an_owner(n, unit, "王芳", "+8613900000001") for n, unit in ((2, "3-502"), (3, "3-503"))]

    one, apart = compared(*rows), compared(*rows, same_in_file="apart")

    assert [warned.other for warned in one.warned] == ["2"]
    assert (len(one.new_people), [tie.first_row for tie in one.new_ties]) == (1, [2, 2])
    assert (len(apart.new_people), len(apart.new_ties)) == (2, 2)


def test_a_row_that_stands_twice_makes_one_tie():
    plan = compared(an_owner(2, name="王芳", phone=""), an_owner(3, name="王芳", phone=""))

    assert (len(plan.new_people), len(plan.new_ties)) == (1, 1)


def test_a_phone_shared_by_spouses_is_a_question():
    rows = [an_owner(2, name="王芳"), an_owner(3, name="陈强", phone="+8613900000002")]

    kept, blank = compared(*rows), compared(*rows, shared_phone="blank")

    assert [warned.doubt for warned in kept.warned] == [Doubt.SHARED_PHONE]
    assert [row.phone for row in kept.new_people] == ["+8613800138000", "+8613900000002"]
    assert [row.phone for row in blank.new_people] == ["", "+8613900000002"]


def test_two_of_one_name_in_a_home_are_told_apart_by_the_phone():
    twin = KnownPerson(12, "李秀兰", "+8613900000009", "", "", "", 1)
    ties = [*KNOWN.ties, KnownTie(22, 1, 12, "family", None, None, 1)]
    known = Known("翠湖苑", {"3": 7}, KNOWN.units, [LI, twin], ties)

    plan = compared(an_owner(phone="+8613900000009", language="en", kind="family"), known=known)

    assert [change.id for change in plan.changed_people] == [12]


def test_a_cell_that_could_not_be_read_is_said_once():
    table = a_table("业主", ["房号", "姓名", "电话"], ["3-502", "李", "1.38E+10"])
    lost = CellProblem(2, "电话", "", Problem("E-XLS-FORMULA", "电话", "lost", "丢失"))
    sheet = SheetReader(replace(table, problems=(lost,)), guess_plan(table))

    owner_rows(sheet, "翠湖苑", Spellings(["3-502"]))

    assert [fault.code for fault in sheet.found] == ["E-XLS-FORMULA"]
