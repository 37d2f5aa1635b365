"""The figures of a report: the published oracles, unknown states, and nothing that identifies."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from anju.insight.measured.facts import Options, PartScore, Published, WaveFacts
from anju.insight.measured.model import Breakdown, SurveyFigures
from anju.insight.reports.survey.contrasts import Earlier
from anju.insight.reports.survey.figures import build
from anju.insight.tests.cast import (
    AT,
    SILENT,
    THREE,
    estate,
    estate_facts,
    pairs,
    single,
    weighty,
)
from anju.kernel.pure.problems import Problem
from anju.stats.change import Verdict
from anju.stats.ipa import Quadrant
from anju.stats.results import NotWhole
from anju.stats.scales import Level, scale
from anju.stats.suppress import State
from anju.tally.count import tally

O35 = single(THREE, (1, 3, 16))
POINTS = scale("points20", [Level(str(n), n, str(n), str(n)) for n in range(0, 101, 20)])
FACTS = WaveFacts("2009年3月", AT, issued=25)


def three(found: SurveyFigures) -> tuple[float, ...]:
    figure = found.overall.primary.figure
    assert figure is not None
    assert figure.ci_low is not None
    assert figure.ci_high is not None
    assert figure.bounds is not None
    values = (figure.estimate, figure.ci_low, figure.ci_high, figure.bounds.low, figure.bounds.high)
    return tuple(round(100 * value, 1) for value in values)


def cut(found: SurveyFigures, kind: str) -> Breakdown:
    return next(one for one in found.breakdowns if one.kind == kind)


def test_nineteen_of_twenty_from_twenty_five():
    found = build(tally(O35), FACTS)
    assert three(found) == (95.0, 88.0, 96.0, 76.0, 96.0)
    assert found.funnel.rate == pytest.approx(0.8)


def test_sixteen_with_a_hundred_points_and_four_with_eighty():
    found = build(tally(single(POINTS, (0, 0, 0, 0, 4, 16))), FACTS)
    assert three(found) == (96.0, 94.3, 96.8, 76.8, 96.8)
    figure = found.overall.primary.figure
    assert figure is not None
    assert (figure.numerator, figure.denominator) == (1920, 2000)
    assert figure.formula.startswith("points_share")


def test_the_same_twenty_answers_under_four_formula_ids():
    under = build(tally(O35), FACTS).under
    found = {one.key: one.shown.figure for one in under}
    values = {
        key: round(x.estimate * (1 if x.unit == "index" else 100), 1)
        for key, x in found.items()
        if x
    }
    assert values == {
        "share_top[vs]@1": 80.0,
        "share_top[vs+bs]@1": 95.0,
        "points_share[3/2/1]@1": 91.7,
        "mean_index@1": 87.5,
    }


def test_a_lopsided_scale_is_warned_of():
    assert "scale-unbalanced" in {warning.code for warning in build(tally(O35), FACTS).warnings}


def test_published_points_have_bounds_and_no_interval():
    totals = (Published("本月", "points", 1920, 2000, 25, 20),)
    found = build(None, replace(FACTS, returned=20, totals=totals))
    figure = found.external[0].figure
    assert round(100 * figure.estimate, 1) == 96.0
    assert (figure.n, figure.has_interval) == (20, False)
    assert figure.bounds is not None
    assert (round(figure.bounds.low, 3), round(figure.bounds.high, 3)) == (0.768, 0.968)
    assert found.overall.primary.figure == figure
    assert "没有区间" in found.overall.title.zh


def test_published_points_as_a_share_of_people_are_refused():
    totals = (Published("本月", "people", 1920, 2000, 25, 20),)
    with pytest.raises(NotWhole):
        build(None, replace(FACTS, returned=20, totals=totals))


def test_published_people_have_an_interval():
    totals = (Published("本月", "people", 19, 20, 25, 20),)
    found = build(None, replace(FACTS, totals=totals)).external[0].figure
    assert (found.ci_low, found.ci_high) == pytest.approx((0.88, 0.96))


def test_a_published_total_of_nobody_knows_how_many_is_refused():
    with pytest.raises(Problem) as refused:
        build(None, WaveFacts("t", AT, totals=(Published("x", "points", 96, 100),)))
    assert refused.value.code == "E-TOTALS"


@pytest.mark.parametrize(
    ("bases", "overall"), [((None, None, None), None), ((600, 100, 300), 87.5), ((100, 100, 800), 91.5)]
)  # fmt: skip
def test_parts_give_an_overall_only_with_their_bases(bases, overall):
    scores = zip(("公寓", "商业", "写字楼"), (85, 86, 93), bases, strict=True)
    facts = WaveFacts("t", AT, parts=tuple(PartScore(*part) for part in scores))
    found = build(None, facts)
    assert [part.figure.estimate for part in found.parts] == [85, 86, 93]
    if overall is None:
        assert found.overall.primary.figure is None
        assert "缺少公寓、商业、写字楼" in found.overall.refused.zh
    else:
        assert found.overall.primary.figure.estimate == pytest.approx(overall)


def test_a_score_of_a_part_outside_0_to_100_is_refused():
    with pytest.raises(Problem, match="E-SCORE-RANGE"):
        build(None, WaveFacts("t", AT, parts=(PartScore("a", 130, 5),)))


def test_nothing_at_all_is_refused_and_not_printed_as_nought():
    with pytest.raises(Problem, match="E-EMPTY"):
        build(None, WaveFacts("t", AT))


def test_a_wave_without_an_answer_yet_says_no_data():
    empty = single(THREE, (0, 0, 0))
    found = build(tally(empty), WaveFacts("t", AT, issued=25))
    assert found.overall.title.zh == "没有数据"
    assert found.overall.primary.figure is None


def test_unknown_counts_stay_unknown():
    found = build(tally(O35), WaveFacts("t", AT))
    assert found.funnel.rate is None
    assert found.funnel.title.zh == "收回20份，回收率未知"
    assert found.silence == ()
    assert "无法给出上下界" in found.silence_title.zh


def test_more_returned_than_issued_gives_no_rate_and_says_why():
    found = build(tally(O35), WaveFacts("t", AT, issued=15))
    assert found.funnel.rate is None
    assert "更正" in found.funnel.why.zh


def test_small_groups_are_hidden_with_a_sibling_and_their_number_is_not_told():
    rows = {row.label: row for row in cut(build(tally(estate()), estate_facts()), "building").rows}
    assert rows["临街商铺"].shown.state is State.SMALL
    assert rows["8栋"].shown.state is State.COMPLEMENT
    for label in ("临街商铺", "8栋"):
        assert (rows[label].shown.figure, rows[label].shown.n) == (None, None)


def test_the_use_type_that_would_give_a_hidden_one_away_is_hidden_too():
    rows = {row.label: row for row in cut(build(tally(estate()), estate_facts()), "use_type").rows}
    assert rows["商铺"].shown.state is State.SMALL
    assert rows["住宅"].shown.state is State.COMPLEMENT


def test_what_is_hidden_for_the_wave_is_hidden_for_every_item():
    found = cut(build(tally(estate()), estate_facts()), "building")
    hidden = [cell for cell in found.cells if cell.group == "8栋"]
    assert hidden
    assert all(cell.shown.figure is None and cell.shown.n is None for cell in hidden)


def test_a_silent_building_is_shown_as_silent_and_not_as_nought():
    found = cut(build(tally(estate()), estate_facts()), "building")
    row = next(row for row in found.rows if row.label == SILENT[0])
    assert (row.shown.state, row.shown.figure, row.population) == (State.EMPTY, None, SILENT[1])


def test_a_wave_of_four_households_tells_its_count_and_no_figure():
    found = build(tally(single(THREE, (1, 1, 2))), FACTS)
    assert found.overall.primary.state is State.SMALL
    assert (found.items, found.breakdowns, found.too_few) == ((), (), True)
    assert found.funnel.answered == 4


def test_equal_answers_of_a_group_are_a_range():
    labels = ("A",) * 6 + ("B",) * 7 + ("C",) * 7
    answers = single(THREE, (6, 7, 7), block=labels)
    rows = {row.label: row for row in cut(build(tally(answers), FACTS), "block").rows}
    assert rows["A"].shown.state is State.BAND
    assert (rows["A"].shown.band.low, rows["A"].shown.band.high) == (0.0, 0.2)


def test_few_answers_are_marked():
    rows = {row.label: row for row in cut(build(tally(estate()), estate_facts()), "building").rows}
    assert rows["7栋"].shown.few
    assert not rows["1栋"].shown.few


def test_groups_that_cannot_be_told_apart_have_no_verdict_but_tie():
    rows = cut(build(tally(estate()), estate_facts()), "mode").rows
    assert {row.verdict for row in rows} == {"tie"}


def test_the_change_in_one_item_is_found_and_the_others_are_not():
    earlier = Earlier(tally(estate(seed=7, shift=1.2)), estate_facts(title="2025"))
    found = build(tally(estate()), estate_facts(), earlier=earlier)
    verdicts = {item.code: item.contrast.change.verdict for item in found.items}
    assert verdicts["Q7"] is Verdict.WORSE
    assert verdicts["Q1"] is Verdict.CANNOT_TELL
    assert found.overall.contrast.change is not None


def test_an_item_on_another_scale_is_not_compared():
    other = replace(O35.items[0], scale=POINTS)
    earlier = replace(O35, items=(other,), levels=np.clip(O35.levels, 0, 2))
    found = build(tally(O35), FACTS, earlier=Earlier(tally(earlier), FACTS))
    assert found.items[0].contrast.change is None
    assert found.items[0].contrast.note is not None


def test_gaps_and_their_rule_for_ties_are_told():
    found = build(tally(pairs()), WaveFacts("t", AT, population=200))
    assert found.gaps is not None
    rows = {row.code: row for row in found.gaps.rows}
    assert rows["professionalism"].gap.figure.ci_high < 0
    assert "专业度" in found.gaps.title.zh
    assert "大于期望" in found.gaps.tie.zh


def test_only_what_clears_the_cross_hair_is_named():
    found = build(tally(weighty()), WaveFacts("t", AT)).plane
    assert found is not None
    assert {p.code: p.quadrant for p in found.points}["S1"] is Quadrant.CONCENTRATE
    assert found.title.zh == "重要而做得差：停车"


def test_awareness_enters_no_index():
    found = build(tally(estate()), estate_facts())
    assert [item.code for item in found.others] == ["A1"]
    assert "A1" not in {item.code for item in found.items}


def test_a_formula_that_does_not_fit_is_refused_with_the_cure():
    with pytest.raises(Problem, match="E-FORMULA"):
        build(tally(estate()), estate_facts(), options=Options(formula="share_top"))
    with pytest.raises(Problem, match="E-FORMULA"):
        build(tally(O35), FACTS, options=Options(formula="nps"))


def test_one_named_item_may_carry_the_headline():
    options = Options(formula="share_top", lead="Q7")
    found = build(tally(estate()), estate_facts(), options=options).overall.primary.figure
    assert found is not None
    assert found.formula == "share_top[vs+s]@1"
    with pytest.raises(Problem, match="E-ITEM"):
        build(tally(estate()), estate_facts(), options=Options(lead="Q99"))


@pytest.mark.parametrize("name", ["mean_index", "points_share"])
def test_other_formulas_may_carry_the_headline(name):
    found = build(tally(O35), FACTS, options=Options(formula=name)).overall.primary.figure
    assert found is not None
    assert found.formula.startswith(name)


def test_points_of_several_items_are_the_persons_own():
    found = build(tally(estate()), estate_facts(), options=Options(formula="points_share"))
    figure = found.overall.primary.figure
    assert figure is not None
    assert figure.formula == "points_share[35]@1"
    assert figure.bounds is not None
    assert figure.bounds.low < figure.estimate < figure.bounds.high


def test_the_net_promoter_score_fits_a_scale_of_0_to_10():
    ten = scale("nps", [Level(str(n), n, str(n), str(n)) for n in range(11)])
    answers = single(ten, (0, 0, 1, 1, 1, 1, 2, 4, 4, 6, 6))
    found = build(tally(answers), FACTS, options=Options(formula="nps")).overall.primary.figure
    assert found is not None
    assert found.estimate == pytest.approx(100 * (12 - 6) / 26)


def test_weights_move_the_share_and_say_so():
    answers = replace(O35, weight=np.where(O35.levels[:, 0] == 0, 3.0, 1.0))
    figure = build(tally(answers), WaveFacts("t", AT)).overall.primary.figure
    assert figure is not None
    assert figure.estimate == pytest.approx(19 / 22)
    assert "weights-kish" in {warning.code for warning in figure.warnings}


HOUSING = Path(__file__).parents[3] / "../shared/data/copenhagen_housing.csv"


@pytest.mark.skipif(not HOUSING.exists(), reason="the public table is not at hand")
def test_the_copenhagen_residents_come_out_as_published(copenhagen):
    assert copenhagen.funnel.answered == 1681
    shares = [round(100 * level.share, 1) for level in copenhagen.items[0].levels]
    assert shares == [33.7, 26.5, 39.7]
    under = {one.key: one.shown.figure for one in copenhagen.under}
    assert round(under["mean_index@1"].estimate, 1) == 53.0
    rows = cut(copenhagen, "Type").rows
    assert [(r.label, round(100 * r.shown.figure.estimate, 1), r.shown.n) for r in rows] == [
        ("Tower", 50.0, 400),
        ("Atrium", 40.2, 239),
        ("Apartment", 39.5, 765),
        ("Terrace", 25.3, 277),
    ]
    pairs_ = {(p.a, p.b): p for p in cut(copenhagen, "Type").pairs}
    assert pairs_["Tower", "Terrace"].told_apart
    assert pairs_["Tower", "Atrium"].told_apart
    assert round(pairs_["Tower", "Atrium"].p_holm, 3) == 0.032
    assert not pairs_["Atrium", "Apartment"].told_apart
    assert [one.kind for one in copenhagen.drivers.drivers] == ["Infl", "Type", "Cont"]
    assert [round(row.odds or 1, 2) for row in copenhagen.drivers.drivers[0].rows] == [
        1,
        1.76,
        3.63,
    ]


@pytest.fixture
def copenhagen():
    rows = list(csv.DictReader(HOUSING.read_text(encoding="utf-8").splitlines()))
    three = scale("s", [Level(n, v, n, n) for v, n in enumerate(("Low", "Medium", "High"), 1)])
    answers = replace(
        single(
            three,
            (len(rows), 0, 0),
            **{kind: tuple(row[kind] for row in rows) for kind in ("Type", "Infl", "Cont")},
        ),
        levels=np.array([[three.position(row["Sat"])] for row in rows], dtype=np.int16),
        count=np.array([int(row["Freq"]) for row in rows], dtype=np.int64),
    )
    return build(tally(answers), WaveFacts("Copenhagen", AT))


def test_items_of_other_purposes_alone_give_shares_and_no_index():
    aware = replace(O35, items=(replace(O35.items[0], purpose="awareness"),))
    found = build(tally(aware), FACTS)
    assert found.overall.primary.figure is None
    assert found.overall.title.zh == "没有满意度题目，不计算指数"
    assert [level.n for level in found.others[0].levels] == [1, 3, 16]


def test_modes_are_named_in_the_language_of_the_reader():
    modes = ("online", "paper") * 6
    notes = cut(
        build(tally(single(THREE, (4, 4, 4), mode=modes)), WaveFacts("调查", AT)), "mode"
    ).notes
    assert [note.zh for note in notes] == ["网络、纸质问卷之间分不出高低"]
    assert [note.en for note in notes] == ["online and paper cannot be told apart"]
