"""With one to four homes nothing that is printed depends on what they said, when, how or where."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from anju.answers.rules.answers import AnswerSet
from anju.fieldwork.rules.response import FieldLine
from anju.insight.measured.facts import Frame, WaveFacts
from anju.insight.measured.model import Shown, SurveyFigures
from anju.insight.reports.survey.document import document
from anju.insight.reports.survey.figures import build
from anju.insight.reports.survey.tidy import rows
from anju.insight.tests.cast import AT, FIVE, estate, estate_facts, single
from anju.kernel.pure.plain import to_plain
from anju.stats.suppress import State
from anju.tally.count import tally

FACTS = WaveFacts(
    title="2026",
    as_of=AT,
    population=60,
    issued=60,
    modes=("online", "paper"),
    fieldwork_from=date(2026, 10, 1),
    fieldwork_to=date(2026, 10, 20),
    frames=(Frame("building", "1栋", 30), Frame("building", "2栋", 30)),
    by_building=(FieldLine("1栋", 30, band=(0, 4)), FieldLine("2栋", 30, band=(0, 4))),
)
NIGHT, MORNING = datetime(2026, 10, 29, 21), datetime(2026, 10, 2, 9)  # noqa: DTZ001 - as written
NA, BLANK = 5, -1


def answers(homes: int, *, level: int, where: str, mode: str, at: datetime) -> AnswerSet:
    """Return so many homes; the last of them answers as told, the others all alike."""
    found = single(FIVE, (0, 0, 0, homes, 0, 0))
    found.levels[-1, 0] = level
    rest = homes - 1
    return replace(
        found,
        groups={"building": ("2栋",) * rest + (where,), "mode": ("online",) * rest + (mode,)},
        answered=(MORNING,) * rest + (at,),
    )


def said(homes: int, **lone: object) -> tuple[object, ...]:
    """Return all that leaves: stored figures, both papers, the rows of the table."""
    found = build(tally(answers(homes, **lone)), FACTS)  # type: ignore[arg-type]
    return told(found)


def told(found: SurveyFigures) -> tuple[object, ...]:
    papers = [document(found, language) for language in ("zh", "en")]
    return (to_plain(found), *papers, list(rows(found, "zh")))


ONE = {"level": 0, "where": "2栋", "mode": "online", "at": MORNING}
OTHERS = [
    {**ONE, "level": 4},
    {**ONE, "level": NA},
    {**ONE, "level": BLANK},
    {**ONE, "where": "1栋"},
    {**ONE, "mode": "paper"},
    {**ONE, "at": NIGHT},
]


@pytest.mark.parametrize("homes", [1, 2, 3, 4])
def test_no_cell_depends_on_a_lone_answer_under_five_homes(homes):
    assert [said(homes, **other) == said(homes, **ONE) for other in OTHERS] == [True] * len(OTHERS)


@pytest.mark.parametrize("homes", [5, 6])
def test_from_five_homes_on_answers_count(homes):
    """The negative control."""
    assert said(homes, **OTHERS[1]) != said(homes, **ONE)


def test_no_building_is_named_and_no_section_is_without_a_heading():
    found = build(tally(answers(1, **ONE)), FACTS)
    for language in ("zh", "en"):
        laid = document(found, language)
        assert all(section.title and not section.ticks for section in laid.sections)
        assert "2栋" not in str(laid)
    assert found.too_few


def two(valid: int, away: int, where: tuple[str, ...] = ()) -> SurveyFigures:
    """Return a survey of 20 homes in which few were asked a second item."""
    first = single(FIVE, (5, 0, 0, 15, 0, 0))
    second = [3] * valid + [NA] * away + [BLANK] * (20 - valid - away)
    items = (first.items[0], replace(first.items[0], code="R"))
    levels = first.levels.repeat(2, axis=1)
    levels[:, 1] = second
    groups = {"building": where} if where else {}
    return build(tally(replace(first, items=items, levels=levels, groups=groups)), FACTS)


@pytest.mark.parametrize("asked", [1, 2, 3, 4])
def test_an_item_of_few_homes_is_hidden_whether_it_applied_to_them_or_not(asked):
    shown = [two(asked - away, away).items for away in range(asked + 1)]
    found = [next(item for item in items if item.code == "R") for items in shown]
    assert {one.share.state for one in found} == {State.SMALL}
    assert {(one.levels, one.not_applicable, one.missing, one.share.n) for one in found} == {
        ((), None, None, None)
    }


def test_an_item_that_applies_to_none_of_many_homes_says_so():
    (item,) = [one for one in two(0, 7).items if one.code == "R"]
    assert (item.share.state, item.not_applicable) == (State.EMPTY, 7)


def test_a_group_of_few_homes_tells_not_even_that_it_left_an_item_out():
    where = ("1栋",) * 17 + ("2栋",) * 3
    cells = [c for cut in two(15, 0, where).breakdowns for c in cut.cells if c.group == "2栋"]
    assert [cell.shown.state for cell in cells] == [State.SMALL, State.SMALL]


def test_dimensions_that_may_not_be_shown_have_a_heading_and_no_axis():
    found = build(tally(estate()), estate_facts())
    hidden = Shown(State.SMALL)
    rows_ = tuple(replace(row, index=hidden) for row in found.dimensions)
    none = replace(found, dimensions=rows_, dimensions_title=None)
    (section,) = [one for one in document(none, "zh").sections if one.key == "dimensions"]
    assert (section.title, section.ticks, section.grid) == ("维度", (), ())
