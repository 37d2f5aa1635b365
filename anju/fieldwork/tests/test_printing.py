"""What a printed form tells owners to do with a question that they cannot answer; pure."""

from __future__ import annotations

import pytest

from anju.fieldwork.printing.form import words_for
from anju.survey.rules.questionnaire import (
    FormPlan,
    FormTexts,
    ItemPlan,
    OptionPlan,
    Purpose,
    ScalePlan,
    SectionPlan,
    Words,
)

WITH = (2.0, 1.0, None)
WITHOUT = (2.0, 1.0)


def a_form(*scales: tuple[float | None, ...]) -> FormPlan:
    items = tuple(
        ItemPlan(
            f"i{n}",
            Words("题"),
            ScalePlan(
                f"s{n}", Words("量"), tuple(OptionPlan(f"o{v}", Words("答"), v) for v in values)
            ),
            Purpose.SATISFACTION,
        )
        for n, values in enumerate(scales)
    )
    return FormPlan("f", FormTexts(Words("问卷")), (SectionPlan("s", Words("节"), items),))


@pytest.mark.parametrize(
    ("scales", "offered"), [((WITH, WITH), True), ((WITH, WITHOUT), False), ((WITHOUT,), False)]
)
def test_the_last_answer_is_offered_only_where_it_is_not_met_in_every_question(scales, offered):
    assert ("最后一项" in words_for(a_form(*scales), "zh").how) is offered
    assert ("last answer" in words_for(a_form(*scales), "en").how) is offered
