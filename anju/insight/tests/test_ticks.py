"""Lists to tick stand in results and reports, apart from every index, and tell of nobody."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from anju.answers.rules.answers import AnswerSet, TickOption, Ticks
from anju.insight.actions.snapshot import take_snapshot
from anju.insight.measured.facts import WaveFacts
from anju.insight.measured.model import SurveyFigures
from anju.insight.models import WaveTally
from anju.insight.queries import figures_of, forget_figures
from anju.insight.reports.survey.document import document
from anju.insight.reports.survey.figures import build
from anju.insight.reports.survey.tidy import rows
from anju.insight.tests.cast import AT, THREE, single
from anju.insight.tests.stored import LATER
from anju.kernel.pure.plain import from_plain, to_plain
from anju.stats.proportion import proportion_ci
from anju.stats.suppress import State
from anju.survey.actions.waves import close_wave
from anju.survey.models import QuestionnaireVersion
from anju.survey.rules.answering import TICKED
from anju.tally.count import tally
from tests.cast import a_wave
from tests.cast import answers as put

FACTS = WaveFacts("多选", AT, population=60, issued=60)
OPTIONS = (
    TickOption("a", "清扫", "sweep"),
    TickOption("b", "擦拭", "wipe"),
    TickOption("c", "", "bins"),
)


def sheet(marks: list[str]) -> AnswerSet:
    chosen = np.array([[code in said for code in "abc"] for said in marks], dtype=np.bool_)
    known = single(THREE, (0, len(marks) // 2, len(marks) - len(marks) // 2))
    return replace(known, lists=(Ticks("T1", "哪些做到了", "Which were done", OPTIONS, chosen),))


def found(marks: list[str], facts: WaveFacts = FACTS) -> SurveyFigures:
    return build(tally(sheet(marks)), facts)


SOME = ["ab"] * 6 + ["a"] * 5 + ["c"] * 2 + [""] * 3


def test_each_option_has_its_count_share_base_and_interval():
    (one,) = found(SOME).lists
    assert [tick.n for tick in one.ticks] == [11, 6, 2]
    assert (one.answered, one.nothing) == (13, 3)
    figure = one.ticks[0].share.figure
    house = proportion_ci(11, 13, 60)
    assert (figure.estimate, figure.ci_low, figure.ci_high) == (
        house.estimate,
        house.ci_low,
        house.ci_high,
    )
    assert (figure.n, figure.formula) == (13, "share_ticked@1")


def test_a_list_changes_no_other_figure_and_is_read_back_equal():
    figures = found(SOME)
    without = build(tally(replace(sheet(SOME), lists=())), FACTS)
    assert replace(figures, lists=(), formulas=()) == replace(without, formulas=())
    assert from_plain(SurveyFigures, to_plain(figures)) == figures


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh", ("可多选", "若都不勾选", "16份回答中，13份至少勾选一项（81.3%），3份一项也没有勾选。", "勾选人数")),
        ("en", ("more than 100%", "had none of the silent ticked it", "13 of 16 answers ticked at least one (81.3%); 3 ticked nothing.", "Ticked")),
    ],
)  # fmt: skip
def test_the_table_has_options_as_printed_and_says_that_several_could_be_chosen(language, told):
    sections = document(found(SOME), language).sections
    (one,) = [section for section in sections if section.key == "ticks-T1"]
    assert [row.cells[0] for row in one.rows] == ["11", "6", "2"]
    assert one.rows[2].label == "bins"
    said = " ".join((one.lead, *one.notes, *(column.label for column in one.columns)))
    assert all(words in said for words in told)


def test_fewer_than_five_homes_show_no_option_and_no_base():
    figures = found(["ab", "a", "b", "c"] + [""] * 12)
    (one,) = figures.lists
    assert (one.state, one.ticks, one.answered, one.nothing) == (State.SMALL, (), None, None)
    told = [row for row in rows(figures, "en") if row[0].startswith("ticked")]
    assert len(told) == 1
    assert told[0][7:16] == (None,) * 9


def test_a_building_kept_back_leaves_the_list_of_everybody_as_it_is():
    answers = replace(sheet(SOME), groups={"building": ("1栋",) * 14 + ("2栋",) * 2})
    assert len(build(tally(answers), FACTS).lists[0].ticks) == 3
    few = replace(sheet(["ab", "c", "a"]), groups={"building": ("1栋",) * 3})
    assert build(tally(few), FACTS).lists == ()


def test_where_all_ticked_the_very_same_no_option_is_told():
    (one,) = found(["ab"] * 9).lists
    assert (one.state, one.ticks) == (State.BAND, ())


def test_what_everybody_ticked_is_a_range():
    (one,) = found(["ab"] * 6 + ["a"] * 6).lists
    assert one.ticks[0].n is None
    assert one.ticks[0].share.figure is None
    assert one.ticks[0].share.band is not None
    assert one.ticks[1].n == 6


def test_nobody_who_ticked_anything_is_said():
    (one,) = found([""] * 9).lists
    assert (one.state, one.answered, one.nothing) == (State.EMPTY, 0, 9)


def test_a_form_of_lists_alone_has_a_report_without_an_index():
    answers = sheet(SOME)
    alone = replace(answers, items=(), levels=answers.levels[:, :0])
    figures = build(tally(alone), FACTS)
    assert len(figures.lists[0].ticks) == 3
    assert [row.key for row in figures.formulas] == ["share_ticked@1"]
    assert document(figures, "zh").sections


def test_every_option_is_a_tidy_row():
    told = [row for row in rows(found(SOME), "en") if row[0].startswith("ticked")]
    assert [row[1] for row in told] == ["T1=a", "T1=b", "T1=c", "T1"]
    assert (told[0][14], told[0][15], told[3][12]) == (11.0, 13.0, 3)


def test_a_closed_wave_keeps_its_lists_and_an_older_one_says_not_counted_then(cast):
    with cast.inside():
        version = QuestionnaireVersion.objects.get(questionnaire__code="long")
        wave = a_wave(cast, version_id=version.pk, population=40)
        items = list(version.items.order_by("section__order", "section_id", "order", "id"))
        place = next(at for at, item in enumerate(items) if item.scale and item.scale.choose_any)
        codes = ["a" + TICKED + "b"] * 6 + ["c"] * 3 + [None] * 2
        answered = [[None] * len(items) for _ in codes]
        for row, code in zip(answered, codes, strict=True):
            row[place] = code
        put(wave, answered)
        (moving,) = figures_of(wave.pk, at=AT).figures.lists
        close_wave(actor=cast.quality, wave_id=wave.pk, at=AT)
        kept = take_snapshot(wave_id=wave.pk, at=LATER)
        forget_figures()
        (final,) = figures_of(wave.pk, at=LATER).figures.lists
        older = {name: value for name, value in kept.tables.items() if name != "lists"}
        WaveTally.objects.filter(id=kept.pk).update(tables=older)
        forget_figures()
        (then,) = figures_of(wave.pk, at=LATER).figures.lists
    assert [tick.n for tick in moving.ticks[:3]] == [6, 6, 3]
    assert (final.answered, final.nothing, final.ticks) == (9, 2, moving.ticks)
    assert (then.code, then.ticks, then.answered) == (final.code, (), None)
    assert "Not counted then" in then.note.en
