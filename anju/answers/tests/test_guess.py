"""What the columns of a stranger's file probably mean, with a reason for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from anju.answers.rules.answers import ItemDef
from anju.answers.rules.apply import apply
from anju.answers.rules.columns import look_at
from anju.answers.rules.guess import guess_mapping
from anju.answers.rules.headers import role_of, wording
from anju.answers.rules.mapping import Role
from anju.answers.rules.matching import unmatched
from anju.answers.rules.proposal import Wishes
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import Cell, Table
from anju.sheets.read import read_table
from anju.stats.scales import Level, scale

COPENHAGEN = Path(__file__).resolve().parents[4] / "shared" / "data" / "copenhagen_housing.csv"

SAT = scale(
    "sat5",
    [Level(code, value, zh, en) for code, value, zh, en in (
        ("vs", 5, "很满意", "very satisfied"), ("s", 4, "满意", "satisfied"), ("n", 3, "一般", "neutral"),
        ("d", 2, "不满意", "dissatisfied"), ("vd", 1, "很不满意", "very dissatisfied"),
    )],
)  # fmt: skip
FORM = (
    ItemDef("C1", "您对楼内保洁工作满意吗？", "Are you satisfied with indoor cleaning?", SAT),
    ItemDef("C2", "您对维修及时性满意吗？", "Are you satisfied with the speed of repairs?", SAT),
)


def a_table(
    columns: Mapping[str, Sequence[Cell]], *, hidden: frozenset[str] = frozenset()
) -> Table:
    height = len(next(iter(columns.values())))
    cells = tuple(tuple(column) for column in columns.values())
    return Table("t", tuple(columns), cells, range(2, 2 + height), hidden=hidden)


def roles(table: Table, **kwargs) -> dict[str, Role]:
    return {column.header: column.role for column in guess_mapping(table, **kwargs).columns}


TEN: dict[str, Sequence[Cell]] = {
    "序号": list(range(1, 11)),
    "姓名": ["王一", "李二"] * 5,
    "手机号": ["13800138000"] * 10,
    "楼栋": ["1栋", "2栋"] * 5,
    "单元": [1, 2] * 5,
    "房号": [101, 102, 201, 202, 301] * 2,
    "业态": ["住宅"] * 10,
    "性别": ["男", "女"] * 5,
    "调查方式": ["电话", "上门"] * 5,
    "提交时间": ["2026-04-03 10:00"] * 10,
    "1、您对保洁是否满意？": ["很满意", "满意", "一般", "不满意", "很不满意"] * 2,
    "2、您对维修是否满意？": ["很满意", "满意", "满意", "不满意", "不适用"] * 2,
    "Q3": [1, 2, 3, 4, 5] * 2,
    "是否愿意回访": ["愿意", "不愿意"] * 5,
    "其他意见": ["没有", None] * 5,
    "补充": [f"第 {n} 位业主希望小区的灯再亮一些，谢谢" for n in range(10)],
    "权重": [0.5, 1.5] * 5,
    "空列": [None] * 10,
    "问题": [None] * 9 + ["x"],
    "内部": [1, 2, 3, 4, 5] * 2,
}


def test_a_chinese_file_is_understood_column_by_column() -> None:
    guess = guess_mapping(a_table(TEN, hidden=frozenset({"内部"})))

    assert {column.header: column.role.value for column in guess.columns} == {
        "序号": "ignored",
        "姓名": "ignored",
        "手机号": "ignored",
        "楼栋": "building",
        "单元": "entrance",
        "房号": "unit",
        "业态": "use_type",
        "性别": "group",
        "调查方式": "mode",
        "提交时间": "answered_at",
        "1、您对保洁是否满意？": "item",
        "2、您对维修是否满意？": "item",
        "Q3": "item",
        "是否愿意回访": "group",
        "其他意见": "comment",
        "补充": "comment",
        "权重": "weight",
        "空列": "ignored",
        "问题": "ignored",
        "内部": "ignored",
    }
    assert all(column.en and column.zh and 0 < column.confidence <= 1 for column in guess.columns)
    assert not guess.why("内部").sure
    assert guess.why("楼栋").text("zh-hans") == "列名是楼栋"
    assert guess.why("楼栋").text("en") == "the heading names a building"


def test_one_survey_gets_one_scale_and_not_applicable_stays_apart() -> None:
    guess = guess_mapping(a_table(TEN))
    first, second = guess.items[0], guess.items[1]

    assert first.code == "I1"
    assert [level.zh for level in first.scale.levels] == [
        "很不满意",
        "不满意",
        "一般",
        "满意",
        "很满意",
    ]
    assert second.scale.code == first.scale.code == "sat5"
    assert guess.why("1、您对保洁是否满意？").sure
    assert guess.why("2、您对维修是否满意？").sure  # its missing words stand in the first column
    answers, found = apply(a_table(TEN), guess.mapping, guess.items)
    assert found == ()
    assert answers.items[1].scale.levels[-1].code == "na"
    assert answers.households[0] == "1-1-101"


@pytest.mark.skipif(not COPENHAGEN.exists(), reason="the example data stand beside the checkout")
def test_the_residents_of_copenhagen_are_read_without_a_word() -> None:
    table = read_table(COPENHAGEN)

    guess = guess_mapping(table)
    answers, found = apply(table, guess.mapping, guess.items)

    assert found == ()
    assert [item.code for item in guess.items] == ["Sat"]
    assert guess.items[0].scale.top == {"high"}
    assert answers.people == 1_681
    sums = [int(answers.count[answers.levels[:, 0] == place].sum()) for place in range(3)]
    assert sums == [567, 446, 668]


def test_wishes_are_obeyed_before_anything_is_guessed() -> None:
    table = a_table(
        {
            "Sat": ["Low", "High"],
            "Infl": ["Low", "High"],
            "Freq": [2, 3],
            "Type": ["a", "b"],
            "Stair": [1, 2],
            "W": [1, 2],
            "Bld": [1, 1],
            "Z": ["p", "q"],
            "Old": [1, 2],
        }
    )
    wishes = Wishes(
        items=("Sat",), levels=("Low", "Medium", "High"), count="Freq", by=("Type",), unit="Stair",
        weight="W", building="Bld", stratum="Z", ignored=("Old",),
    )  # fmt: skip

    guess = guess_mapping(table, wishes=wishes)

    assert {c.header: c.role for c in guess.columns} == {
        "Sat": Role.ITEM, "Infl": Role.IGNORED, "Freq": Role.COUNT, "Type": Role.GROUP, "Stair": Role.UNIT,
        "W": Role.WEIGHT, "Bld": Role.BUILDING, "Z": Role.STRATUM, "Old": Role.IGNORED,
    }  # fmt: skip
    assert guess.sure
    assert [level.en for level in guess.items[0].scale.levels] == ["Low", "Medium", "High"]


def test_wished_levels_of_our_own_words_are_put_in_the_order_given() -> None:
    table = a_table({"评价": ["红", "绿", "蓝"]})

    three = guess_mapping(table, wishes=Wishes(items=("评价",), levels=("红", "蓝", "绿")))
    four = guess_mapping(table, wishes=Wishes(items=("评价",), levels=("红", "蓝", "绿", "紫")))
    upside = guess_mapping(table, wishes=Wishes(items=("评价",), levels=("满意", "不满意")))

    assert [level.zh for level in three.items[0].scale.levels] == ["红", "蓝", "绿"]
    assert three.items[0].scale.top == {"L3"}
    assert four.items[0].scale.top == {"L3", "L4"}
    assert [level.zh for level in upside.items[0].scale.levels] == ["满意", "不满意"]


def test_a_wish_for_a_column_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(Problem) as caught:
        guess_mapping(a_table({"a": [1]}), wishes=Wishes(items=("b",)))
    assert caught.value.code == "E-IMP-COLUMN"
    assert "it has: a" in caught.value.text("en")


def test_a_wished_item_that_has_no_order_is_refused() -> None:
    table = a_table({"name": [f"somebody {n}" for n in range(40)]})

    with pytest.raises(Problem) as caught:
        guess_mapping(table, wishes=Wishes(items=("name",)))
    assert "name its levels" in caught.value.text("en")


def test_a_wished_item_with_a_few_unknown_texts_is_put_in_alphabetical_order() -> None:
    guess = guess_mapping(
        a_table({"x": ["b", "a", "c"], "y": ["u", "v", "w"]}), wishes=Wishes(items=("x",))
    )

    assert [level.code for level in guess.items[0].scale.levels] == ["L1", "L2", "L3"]
    assert not guess.why("x").sure


@pytest.mark.parametrize(
    ("header", "cells", "ends"),
    [
        ("Q1", [1, 2, 3, 4, 5], (1, 5)),
        ("Q1", [2, 3, 4], (1, 5)),
        ("Q1", [1, 2, 3], (1, 3)),
        ("评分", [6, 7, 10], (1, 10)),
        ("Q1", [1, 6, 7], (1, 7)),
        ("Q1", [0, 5, 10], (0, 10)),
        ("Q1", [0, 3, 5], (0, 5)),
        ("Q1", [0, 1], (0, 1)),
        ("得分", [100, 80], (0, 100)),
        ("Q1", ["5", "不适用", "4"], (1, 5)),
        ("评分", [5, 5], (1, 5)),
    ],
)
def test_numbers_are_read_on_the_scale_that_holds_them(
    header: str, cells: list[Cell], ends: tuple[float, float]
) -> None:
    guess = guess_mapping(a_table({header: cells}))

    assert (guess.items[0].scale.minimum, guess.items[0].scale.maximum) == ends
    assert guess.why(header).sure == (
        header == "Q1" and cells in ([1, 2, 3, 4, 5], [0, 5, 10], [0, 3, 5], [0, 1], [1, 6, 7])
    )


def test_one_stray_number_in_a_large_column_is_left_to_be_refused() -> None:
    table = a_table({"Q1": [1, 2, 3, 4, 5] * 100 + [6, 0]})

    guess = guess_mapping(table)
    _, found = apply(table, guess.mapping, guess.items)

    assert guess.items[0].scale.maximum == 5
    assert [problem.code for problem in found] == ["E-SCORE-RANGE"] * 2


@pytest.mark.parametrize(
    "cells",
    [
        [1999, 2004, 2010],
        [4.5, 3.25],
        ["红", "绿"],
        [0, 11, 300],
        [17, 23, 99, 3],
        ["x"] * 3,
        [0, 3, 11, 1000],
    ],
)
def test_other_cells_are_no_answers(cells: list[Cell]) -> None:
    table = a_table({"whatever": cells * 30})

    assert (
        roles(table)["whatever"] is not Role.ITEM or not guess_mapping(table).why("whatever").sure
    )


def test_letters_are_proposed_in_order_and_asked_about() -> None:
    guess = guess_mapping(a_table({"题目一": ["A", "B", "C", "A"]}))

    assert guess.why("题目一").role is Role.ITEM
    assert not guess.why("题目一").sure
    assert "not known" in guess.why("题目一").en


def test_dates_without_a_heading_that_says_so_are_the_time_of_answering() -> None:
    guess = guess_mapping(a_table({"wann": [date(2026, 4, 3)], "Q1": [5]}))

    assert guess.why("wann").role is Role.ANSWERED_AT


def test_a_role_that_a_file_has_once_goes_to_the_surest_column() -> None:
    guess = guess_mapping(
        a_table({"类型": ["a"], "户型": ["b"], "提交时间": [None], "房号": ["1"], "室号": ["2"], "wann": [date(2026, 1, 1)], "时间": ["2026-01-01"], "Q1": [5]}),
        wishes=Wishes(unit="室号"),
    )  # fmt: skip
    found = {column.header: column.role for column in guess.columns}

    assert found["类型"] is Role.STRATUM
    assert found["户型"] is Role.GROUP
    assert found["室号"] is Role.UNIT
    assert found["房号"] is Role.IGNORED
    assert found["wann"] is Role.IGNORED
    assert found["时间"] is Role.ANSWERED_AT


def test_headings_that_say_number_but_hold_none_are_not_believed() -> None:
    assert roles(a_table({"人数": ["很多", "很少"], "权重": ["大", "小"], "Q1": [1, 5]})) == {
        "人数": Role.IGNORED,
        "权重": Role.IGNORED,
        "Q1": Role.ITEM,
    }


def test_a_questionnaire_is_matched_by_code_wording_and_likeness() -> None:
    columns: dict[str, Sequence[Cell]] = {
        "c2": ["满意", "一般"],
        "1. 您对楼内保洁工作满意吗": ["很满意", "very satisfied"],
        "房号": ["1-1", "1-2"],
        "电话": ["1", "2"],
        "别的": ["x", "y"],
        "感想": [f"这里住得还不错，希望以后越来越好 {n}" for n in range(2)],
    }
    guess = guess_mapping(a_table(columns), FORM)

    assert guess.why("c2").item == "C2"
    assert guess.why("1. 您对楼内保洁工作满意吗").item == "C1"
    assert guess.why("c2").sure
    assert guess.items == FORM
    assert guess.why("别的").role is Role.IGNORED
    assert not guess.why("别的").sure
    assert guess.why("感想").role is Role.COMMENT
    answers, found = apply(a_table(columns), guess.mapping, guess.items)
    assert found == ()
    assert answers.levels.tolist() == [[4, 3], [4, 2]]


def test_a_heading_that_is_only_alike_is_proposed_and_asked_about() -> None:
    guess = guess_mapping(
        a_table({"您对楼里的保洁工作满意吗": ["满意"], "C2 您对维修及时性满意吗？": ["满意"]}), FORM
    )

    assert guess.why("您对楼里的保洁工作满意吗").item == "C1"
    assert not guess.why("您对楼里的保洁工作满意吗").sure
    assert "alike" in guess.why("您对楼里的保洁工作满意吗").en
    assert guess.why("C2 您对维修及时性满意吗？").sure


def test_numbers_on_a_worded_scale_are_read_as_its_values_and_asked_about() -> None:
    guess = guess_mapping(a_table({"C1": [5, 1, "不清楚"], "C2": [9, 8, 7]}), FORM)
    answers, found = apply(
        a_table({"C1": [5, 1, "不清楚"], "C2": [9, 8, 7]}), guess.mapping, guess.items
    )

    assert not guess.why("C1").sure
    assert "direction" in guess.why("C1").en
    assert answers.levels[:, 0].tolist() == [4, 0, 5]
    assert [problem.code for problem in found] == ["E-ANSWER"] * 3


def test_an_item_goes_to_the_closest_of_two_columns_alone() -> None:
    one = FORM[:1]
    guess = guess_mapping(a_table({"您对楼内的保洁工作满意吗": ["满意"], "C1": ["满意"]}), one)
    both = guess_mapping(a_table({"C1": ["满意"]}), (FORM[0], FORM[0]))

    assert [column.role for column in guess.columns] == [Role.IGNORED, Role.ITEM]
    assert both.why("C1").item == "C1"


def test_texts_without_a_level_are_listed() -> None:
    look = look_at("C1", ("满意", "还行", "还行", None))

    assert unmatched(look, FORM[0]) == ("还行",)
    guess = guess_mapping(a_table({"C1": ["满意", "还行"]}), FORM)
    assert "还行" in guess.why("C1").zh


def test_wishes_hold_with_a_questionnaire_too() -> None:
    table = a_table({"C1": ["满意"], "C2": ["满意"], "x": ["a"]})

    guess = guess_mapping(table, FORM, wishes=Wishes(by=("x",), ignored=("C2",)))

    assert [column.role for column in guess.columns] == [Role.ITEM, Role.IGNORED, Role.GROUP]


@pytest.mark.parametrize(
    ("header", "role"),
    [("Phone No.", None), ("Building", Role.BUILDING), ("业主房号", Role.UNIT), ("您的意见", Role.COMMENT), ("E-mail", Role.IGNORED), ("Freq", Role.COUNT), ("whatever", None)],
)  # fmt: skip
def test_headings_name_roles(header: str, role: Role | None) -> None:
    assert role_of(header) is role


@pytest.mark.parametrize(
    "header", ["3、您满意吗？", "Q3. 您满意吗", "第3题 您满意吗", "三、您满意吗", "3 您满意吗"]
)
def test_the_number_before_a_question_does_not_matter(header: str) -> None:
    assert wording(header) == "您满意吗"
