"""A real spreadsheet, item by item against figures counted by hand: nothing invented, nothing left out."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest

from anju.answers.rules.answers import AnswerSet, ItemDef
from anju.answers.rules.apply import apply
from anju.answers.rules.guess import guess_mapping
from anju.insight.measured.cells import Blank, Cells, Reading, Remarks, repeated
from anju.insight.measured.facts import Frame, Options, WaveFacts
from anju.insight.measured.model import FormulaRow, SurveyFigures
from anju.insight.reports.survey import boxes, definitions
from anju.insight.reports.survey.document import document
from anju.insight.reports.survey.figures import build
from anju.insight.reports.survey.tidy import rows as tidy_rows
from anju.insight.tests.cast import AT, FIVE, THREE, estate, estate_facts, single
from anju.insight.tests.sheet import ISSUED, SHEET
from anju.kernel.pure.plain import from_plain, to_plain
from anju.kernel.pure.tables import Table
from anju.stats.results import Words
from anju.tally.count import tally
from anju.tally.overall import overall_place

FACTS = WaveFacts("调查", AT, issued=ISSUED)


def sheet(*, reword: bool = True) -> AnswerSet:
    _title, head, *body = csv.reader(io.StringIO(SHEET))
    columns = [tuple(cell or None for cell in column) for column in zip(*body, strict=True)]
    if reword:
        columns = [tuple("一般" if c == "还行" else c for c in cells) for cells in columns]
    table = Table("t", tuple(head), tuple(columns), tuple(range(3, 3 + len(body))))
    guess = guess_mapping(table)
    return apply(table, guess.mapping, guess.items)[0]


def found(**more: object) -> SurveyFigures:
    return build(tally(sheet()), replace(FACTS, **more))  # type: ignore[arg-type]


def under(figures: SurveyFigures, start: str):
    return next(one.shown.figure for one in figures.under if one.key.startswith(start))


def test_the_headline_is_the_item_about_the_whole_service():
    figure = found().overall.primary.figure
    assert figure is not None
    assert figure.formula == "share_top[vs+s]@1"
    values = (figure.estimate, figure.ci_low, figure.ci_high)
    assert [round(100 * (value or 0), 1) for value in values] == [83.3, 68.3, 91.7]
    assert (figure.numerator, figure.denominator, figure.n) == (20, 24, 24)


def test_the_composite_leaves_the_item_about_the_whole_out():
    figure = under(found(), "composite")
    assert figure.formula == "composite[0.25*I1+0.25*I2+0.25*I3+0.25*I4]@1"
    assert figure.estimate == pytest.approx(70.99358974)


def test_the_composite_says_that_it_is_a_mean_over_owners():
    row = next(row for row in found().formulas if row.key.startswith("composite"))
    assert "再对业主取平均" in row.meaning.zh
    assert "mean over owners" in row.meaning.en


def test_points_that_nobody_gave_are_not_printed():
    figures = found()
    figure = under(figures, "points_share[20]")
    assert (figure.numerator, figure.denominator) == (None, None)
    assert figures.pooled is not None
    assert "374 / 485" in figures.pooled.zh
    assert "374 / 485" in figures.pooled.en
    section = next(s for s in document(figures, "zh").sections if s.key == "under")
    assert any("374 / 485" in note for note in section.notes)


def test_points_without_a_blank_keep_what_they_are_made_of():
    figures = build(tally(estate()), estate_facts())
    assert under(figures, "points_share").numerator is None
    full = estate()
    whole = np.where((full.levels < 0) | (full.levels > 4), 2, full.levels).astype(np.int16)
    whole[:, 7] = full.levels[:, 7]
    complete = build(tally(replace(full, levels=whole)), estate_facts())
    assert under(complete, "points_share").numerator == pytest.approx(
        sum((whole[:, :7] + 1).sum(axis=1))
    )
    assert complete.pooled is None


def test_what_is_missing_adds_up_and_names_its_item():
    figures = found()
    title = figures.silence_title
    assert title is not None
    assert "60份里36份没有对“总体满意度”给出有效回答" in title.zh
    assert "没有交回34，漏答1，不适用或不清楚1" in title.zh
    assert "34 not returned, 1 left blank, 1 not applicable" in title.en
    assert sum(piece.count for piece in figures.silence) == ISSUED
    returned = next(step.count for step in figures.funnel.steps if step.key == "returned")
    assert returned == 26
    assert figures.funnel.rate == pytest.approx(26 / 60)


def test_the_bar_of_an_index_shows_answered_and_silent_alone():
    options = Options(formula="composite")
    figures = build(tally(sheet()), FACTS, options=options)
    assert [piece.count for piece in figures.silence] == [26, 34]
    assert figures.silence_title is not None
    assert "60份里34份没有回答" in figures.silence_title.zh


def test_forms_and_homes_are_both_told():
    funnel = next(s for s in document(found(), "en").sections if s.key == "funnel")
    assert "26 forms from 25 homes" in " ".join(funnel.notes)


def test_one_table_holds_items_on_the_same_words():
    figures = found()
    assert "scales-mixed" not in {warning.code for warning in figures.warnings}
    sections = [s.key for s in document(figures, "zh").sections]
    assert sections.count("items") == 1
    assert len([key for key in sections if key.startswith("spread-")]) == 1
    scales = next(row for row in figures.method if row.key == "scales")
    assert scales.value.zh.count("非常满意") == 1


@pytest.mark.parametrize(
    ("known", "told"),
    [({}, True), ({"population": 80}, False), ({"issued": None}, False)],
)
def test_an_interval_says_whom_it_speaks_of(known, told):
    figures = found(**known)
    assert (figures.scope is not None) is told
    assert ("issued-as-population" in {w.code for w in figures.warnings}) is told
    keys = document(figures, "en").keys
    assert ("of the 60 asked" in keys[0].note) is told


def test_more_answers_than_forms_counted_are_called_out_before_any_figure():
    figures = found(returned=24)
    assert "使用中有26份回答，而登记的收回数是24" in figures.alerts[0].zh
    assert figures.funnel.rate is None
    assert "26 answers are in use" in document(figures, "en").alerts[0]
    assert found(returned=26).alerts == ()


def test_a_target_is_held_against_a_share_satisfied_alone():
    figures = found(target=90.0, target_source="project")
    assert figures.overall.target_verdict == "tie"
    key = document(figures, "en").keys[1]
    assert key.figure == "−6.7"
    assert key.note == "target 90% (share satisfied, set for the project)"
    other = build(tally(sheet()), replace(FACTS, target=90.0), options=Options(formula="composite"))
    assert (other.overall.target_fits, other.overall.target_verdict) == (False, "")
    assert any("不作比较" in words.zh for words in other.says)
    by_item = [words.zh for words in other.says if "逐题对照目标" in words.zh]
    assert len(by_item) == 1
    assert document(other, "zh").keys[1].label == "没回答的若都不满意–都满意"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("总体满意度", True),
        ("您对物业服务的总体满意度", True),
        ("5. 总体来说，您对小区物业公司的服务满意吗？", True),
        ("整体评价", True),
        ("Overall satisfaction", True),
        ("Overall, how satisfied are you with our property management services?", True),
        ("整体绿化满意吗", False),
        ("对维修服务的总体评价", False),
        ("Greenery overall, satisfied?", False),
        ("客服满意度", False),
        ("总体户数", False),
    ],
)
def test_the_whole_service_is_known_by_its_wording(text, whole):
    items = (ItemDef("a", "保洁", "Cleaning", FIVE), ItemDef("b", text, text, FIVE))
    assert (overall_place(items, (0, 1)) == 1) is whole


def test_the_moment_names_the_zone():
    there = datetime(2026, 11, 22, 4, 56, tzinfo=UTC).astimezone(timezone(timedelta(hours=8)))
    figures = found(as_of=there, zone="Asia/Shanghai")
    assert document(figures, "zh").as_of == "2026-11-22 12:56 (UTC+08:00, Asia/Shanghai)"
    assert next(tidy_rows(figures, "zh"))[-1] == datetime(2026, 11, 22, 12, 56)  # noqa: DTZ001
    assert document(found(zone="UTC"), "zh").as_of.endswith("(UTC)")


def test_a_provisional_report_says_so_in_both_languages():
    assert document(found(provisional=True), "en").band.startswith("Provisional")
    assert document(found(provisional=True), "zh").band.startswith("暂定")
    assert document(found(), "zh").band == ""


DONE = Cells(
    not_applicable=(Reading("不清楚", Words("不适用", "not applicable"), columns=("总体满意度",)),),
    reworded=(Reading("还行", Words("一般", "neutral"), 1, ("16",), ("环境卫生",), "王芳"),),
    twice=(("8", "9"),),
    homes_twice=3,
    remarks=(Remarks("您的建议", 11),),
    remarks_at=Words("在导出里", "in the export"),
)


def test_what_was_done_with_the_cells_is_told():
    figures = found(cells=DONE)
    said = dict(boxes.lines(figures.cells or Cells(), "zh"))
    assert said["读作不适用，不计入"] == "“不清楚” 5次（总体满意度）"
    assert said["读作另一个选项"] == "“还行” → 一般 1次（环境卫生，第16行，由王芳确认）"
    assert said["空着的单元格"].endswith("总体满意度 1")
    assert said["一户交来不止一份"] == "第8、9行；另有2户；每份都计入"
    assert said["业主写的意见"] == "“您的建议”11条；在导出里"
    english = dict(boxes.lines(figures.cells or Cells(), "en"))
    assert (
        english["Read as another answer"]
        == "“还行” → neutral 1× (环境卫生, row 16, confirmed by 王芳)"
    )
    assert any(s.key == "cells" and s.rows for s in document(figures, "en").sections)


def test_the_box_is_kept_back_where_hardly_anybody_answered():
    few = build(tally(single(THREE, (1, 1, 2))), replace(FACTS, cells=DONE))
    assert few.cells is None
    assert all(s.key != "cells" for s in document(few, "zh").sections)


def test_blanks_are_counted_from_the_answers_themselves():
    figures = found(cells=Cells())
    assert figures.cells is not None
    assert Blank(Words("总体满意度", "总体满意度"), 1) in figures.cells.blanks


def test_rows_of_one_home_stand_together():
    assert repeated(("a", None, "b", "a", None), ("2", "3", "4", "5", "6")) == (("2", "5"),)


def test_a_word_left_out_is_told_as_no_answer():
    done = Cells(reworded=(Reading("随便", None),))
    assert boxes.lines(done, "en") == [("Read as another answer", "“随便” → no answer")]
    assert Cells().empty
    assert not done.empty


def test_the_figures_with_all_of_this_survive_storage():
    figures = found(cells=DONE, provisional=True, returned=24, target=90.0)
    plain = json.loads(json.dumps(to_plain(figures)))
    assert from_plain(SurveyFigures, plain) == figures


@pytest.mark.parametrize(("language", "start"), [("zh", "算法："), ("en", "Formula: ")])
def test_the_body_names_its_formulas_and_the_method_part_alone_holds_their_codes(language, start):
    sections = {section.key: section for section in document(found(), language).sections}
    defined = {row.label: row.cells[0] for row in sections["formulas"].rows}
    for key in ("items", "under", "by-building"):
        assert all("@1" not in row.sub for row in sections[key].rows)
        (note,) = (note for note in sections[key].notes if note.startswith(start))
        assert any(label in note for label in defined)
    body = [section for section in sections.values() if not section.aside]
    assert not any("@" in note for section in body for note in section.notes)
    assert all("@1" in words for words in defined.values())


def test_a_code_inside_a_formula_is_explained_where_it_stands():
    figures = found()
    item = figures.items[0]
    key = f"composite[0.5*{item.code}]@1"
    told = replace(figures, formulas=(FormulaRow(key, Words("意思", "meaning")),))
    ((name, words),) = definitions.rows(told, "en")
    assert name == "Composite index (1)"
    assert f"{item.code} = {item.label.en}" in words
    assert words.endswith(f"Key: {key}")


def test_the_indexes_of_dimensions_are_defined_together():
    keys = ("mean_index@1", "composite[1*trust]@1", "composite[1*empathy]@1")
    listed = tuple(FormulaRow(key, Words("意思", "meaning")) for key in keys)
    told = replace(found(), formulas=listed)
    assert definitions.rows(told, "zh")[1:] == [
        (
            "维度指数（2、3）",
            f"意思。trust＝信赖度，empathy＝同理度。代码：{keys[1]}，{keys[2]}",
        )
    ]
    assert definitions.named(keys[1:], told, "en") == (
        "Formula: Dimension index (2, 3); see Definitions.",
    )


def test_a_formula_that_is_not_listed_is_named_without_a_number():
    told = replace(found(), formulas=())
    assert definitions.named(["share_top[a]@1", ""], told, "zh") == (
        "算法：满意率，见“指标口径”。",
    )
    assert definitions.named([], told, "zh") == ()


def test_the_legend_explains_what_is_drawn_and_nothing_else():
    def notes(figures: SurveyFigures) -> str:
        return "".join(n for s in document(figures, "zh").sections if s.drawing for n in s.notes)

    def lines(figures: SurveyFigures) -> set[str]:
        every = document(figures, "zh").sections
        return {m.kind for s in every if s.key.startswith("by-") for r in s.rows for m in r.marks}

    without = found()
    assert "bound" not in lines(without)
    assert "点线" not in notes(without)
    frames = tuple(
        Frame("building", row.label, population=40) for row in without.breakdowns[0].rows
    )
    bound = found(frames=frames, population=200)
    assert "bound" in lines(bound)
    assert notes(bound).count("点线：没有回答") == 1


def test_those_without_an_opinion_are_counted_beside_the_opinions():
    done = Cells(remarks=(Remarks("意见", 16, 1104),), remarks_at=Words("在文件里", "in the file"))
    ((_, zh),) = boxes.lines(done, "zh")
    assert zh == "“意见”16条（另有1,104份空着或只写“无”）；在文件里"
    ((_, en),) = boxes.lines(done, "en")
    assert en == "“意见” 16 (1,104 more left blank or said none); in the file"
    nobody = Cells(remarks=(Remarks("意见", 0, 7),), remarks_at=Words("在文件里", "in the file"))
    assert boxes.lines(nobody, "zh") == [("业主写的意见", "“意见”0条（另有7份空着或只写“无”）")]
