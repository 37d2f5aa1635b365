"""Every title states the finding, ranks nothing that cannot be told, and names no cause."""

from __future__ import annotations

import pytest

from anju.insight.reports.survey import sentences
from anju.stats.change import Measured, change
from anju.stats.proportion import proportion_ci
from anju.stats.results import Bounds, Unit, Words
from anju.stats.scores import Sums, mean_score, totals_only

LABEL = Words("满意率", "Share satisfied")
BUILDING = Words("楼栋", "Building")


def share(x: int, n: int, population: int | None = None):
    return proportion_ci(x, n, population)


@pytest.mark.parametrize(
    ("given", "zh", "en"),
    [
        ([], "", ""),
        (["A"], "A", "A"),
        (["A", "B"], "A、B", "A and B"),
        (list("ABCDEF"), "A、B、C、D等6组", "A, B, C, D and 2 more"),
    ],
)
def test_names_are_joined_as_each_language_does(given, zh, en):
    assert (sentences.names(given, "zh"), sentences.names(given, "en")) == (zh, en)


def test_the_headline_has_its_interval_and_base():
    said = sentences.headline(LABEL, share(19, 20, 25))
    assert said.zh == "满意率95.0%，95%区间88.0–96.0，n = 20"
    assert said.en == "Share satisfied 95.0%, 95% interval 88.0–96.0, n = 20"


def test_a_headline_without_an_interval_says_so():
    assert "没有区间" in sentences.headline(LABEL, totals_only(0.96, 20, (0, 1), 25)).zh


def test_the_response_is_told_as_far_as_it_is_known():
    assert sentences.response(25, 20, 0.8).zh == "发放25份，收回20份，回收率80.0%"
    assert sentences.response(None, 20, None).en == "20 returned, response rate unknown"
    assert sentences.response(25, None, None).zh == "回收率未知"


HOMES = Words("户", "homes")
SILENT = (Words("未联系上", "not reached"), 3), (Words("拒答", "refused"), 2)


def test_the_silent_leave_bounds():
    said = sentences.silence(
        sentences.Gap(25, SILENT, HOMES), LABEL, Bounds(0.76, 0.96), Unit.SHARE
    )
    assert said.zh == (
        "25户里5户没有回答（未联系上3，拒答2）：他们若都不满意，满意率为76.0%；若都满意，为96.0%"
    )
    assert said.en.startswith("5 of 25 did not answer (3 not reached, 2 refused)")
    everybody = sentences.Gap(25, (), HOMES)
    assert sentences.silence(everybody, LABEL, Bounds(0.9, 0.9), Unit.INDEX).zh == "25户全部作答"
    assert "未知" in sentences.silence_unknown(20).zh
    assert "未知" not in sentences.silence_hidden(1, 60).zh
    assert sentences.silence_hidden(1, 60).en.startswith(
        "1 of 60 answered: the figure is not shown"
    )


def test_those_silent_about_one_item_are_told_apart_from_the_silent():
    gap = sentences.Gap(25, SILENT, HOMES, Words("停车", "parking"))
    said = sentences.silence(gap, LABEL, Bounds(0.76, 0.96), Unit.SHARE)
    assert "没有对“停车”给出有效回答" in said.zh
    assert "gave no valid answer to “parking”" in said.en


def test_the_lowest_item_is_named_only_where_it_can_be_told():
    low, high = (
        (Words("停车", "Parking"), share(40, 100)),
        (Words("清洁", "Cleaning"), share(80, 100)),
    )
    assert sentences.items([low, high]).zh.startswith("停车最低（40.0%，n = 100）")
    near = (Words("绿化", "Greenery"), share(44, 100))
    assert "分不出高低" in sentences.items([low, near]).zh
    assert sentences.items([low]).en == "Parking: 40.0% satisfied, n = 100"
    bare = (Words("门岗", "Gate"), totals_only(0.5, 20, (0, 1)))
    assert sentences.items([low, bare]).zh == "各题满意率"


def test_dimensions_follow_the_same_rule():
    def index(mean: float):
        return mean_score(Sums.plain(100, 100 * mean, 100 * (mean**2 + 25)), (0, 100))

    low, high = (Words("有形度", "Tangibles"), index(50)), (Words("信赖度", "Trust"), index(70))
    assert "有形度最低" in sentences.dimensions([low, high]).zh
    assert "Tangibles is lowest" in sentences.dimensions([low, high]).en
    assert "分不出高低" in sentences.dimensions([low, (Words("同理度", "Empathy"), index(50.5))]).zh
    assert sentences.dimensions([low]).zh == "各维度指数"


def test_groups_are_sorted_into_low_high_and_cannot_tell():
    said = sentences.groups(BUILDING, ["3栋", "5栋"], ["1栋"], 4)
    assert said.zh == "3栋、5栋明显低，1栋明显高，其余4组无法判断"
    assert said.en == (
        "3栋 and 5栋 clearly below the others; 1栋 clearly above; "
        "the other 4 cannot be told apart from the rest"
    )
    assert sentences.groups(BUILDING, ["3栋"], [], 0).zh == "3栋明显低"
    assert sentences.groups(BUILDING, [], ["1栋"], 0).zh == "1栋明显高"
    assert sentences.groups(BUILDING, [], [], 4).zh == "按楼栋：4组分不出高低"
    assert sentences.groups(BUILDING, [], [], 1).en == "By building: nothing to compare"
    assert "不能显示" in sentences.none_shown(BUILDING).zh


def test_runs_that_look_alike_are_named():
    assert sentences.alike([("A", "B")])[0].en == "A and B cannot be told apart"


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [((50, 100), (80, 100), "上升"), ((80, 100), (50, 100), "下降"), ((50, 100), (52, 100), "无法判断")],
)  # fmt: skip
def test_a_change_is_told_with_its_interval(before, after, word):
    found = change(Measured(share(*before)), Measured(share(*after)))
    said = sentences.changed(LABEL, "2025", found)
    assert word in said.zh
    assert "区间" in said.zh
    assert '"2025"' in said.en
    assert sentences.change_span(found, "en").count(" to ") == 1


def test_a_change_without_an_interval_cannot_be_judged():
    found = change(Measured(totals_only(0.9, 20, (0, 1))), Measured(share(19, 20)))
    assert "不能判断" in sentences.changed(LABEL, "", found).zh
    assert sentences.change_span(found, "zh") == "–"


def test_the_target_is_met_missed_or_cannot_be_told():
    low = sentences.target(LABEL, 90.0, "", "low")
    assert low.zh == "满意率低于目标90%（满意率）"
    assert "above" in sentences.target(LABEL, 78.0, "", "high").en
    assert "无法判断" in sentences.target(LABEL, 78.0, "", "tie").zh


def test_a_target_says_where_it_comes_from():
    assert sentences.goal(90.0, "project").zh == "90%（满意率，取自项目）"
    assert sentences.goal(90.0, "survey").en == "90% (share satisfied, set for this survey)"


def test_gaps_and_importance_name_only_what_is_clear():
    trust, warm = Words("信赖度", "Trust"), Words("同理度", "Empathy")
    assert sentences.gaps([trust], [warm]).zh == "信赖度低于期望，同理度高于期望"
    assert sentences.gaps([], [warm]).zh == "同理度高于期望"
    assert sentences.gaps([trust], []).en == "Below expectation: trust"
    assert "误差之内" in sentences.gaps([], []).zh
    assert sentences.plane([Words("停车", "Parking")]).en == "Important and poor: Parking"
    assert "没有一题" in sentences.plane([]).zh


def test_hidden_groups_are_named_with_the_reason_and_the_cure():
    (one,) = sentences.hidden(["3栋"], [], 5)
    assert one.zh.startswith("3栋不足5户作答，不显示")
    assert "3栋 has fewer than 5 households" in one.en
    (two,) = sentences.hidden(["3栋"], ["4栋"], 5)
    assert "4栋也不显示，否则可以推算出人少的组" in two.zh
    assert two.en.endswith("join the small group with another, or collect more answers")
    assert sentences.hidden([], [], 5) == ()
