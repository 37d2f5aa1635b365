"""What keeps a questionnaire from being published, and what is only advice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from anju.survey.data import library
from anju.survey.rules.questionnaire import (
    MOST_ITEMS,
    FormPlan,
    FormTexts,
    ItemPlan,
    OptionPlan,
    Purpose,
    ScalePlan,
    SectionPlan,
    Side,
    Words,
    advice,
    design_problems,
    lopsided,
    minutes,
)


def a_scale(*values: float | None, code: str = "s") -> ScalePlan:
    options = tuple(
        OptionPlan(f"o{i}", Words(f"选项{i}", f"option {i}"), value)
        for i, value in enumerate(values)
    )
    return ScalePlan(code, Words("量表", "scale"), options)


def an_item(code: str = "Q1", **more) -> ItemPlan:
    item = ItemPlan(code, Words("道路卫生", "Clean roads"), a_scale(3, 2, 1), Purpose.SATISFACTION)
    return replace(item, **more)


def a_form(*items: ItemPlan, purpose: Words | None = None) -> FormPlan:
    used = Words("用途", "use") if purpose is None else purpose
    texts = FormTexts(Words("问卷", "form"), used)
    return FormPlan("f", texts, (SectionPlan("S1", Words("一", "one"), items),))


def fields(form: FormPlan) -> list[str]:
    problems = design_problems(form)
    assert {p.code for p in problems} <= {"E-DESIGN"}
    assert all(p.text("en") and p.text("zh-hans") for p in problems)
    return [p.field for p in problems]


def test_a_sound_form_has_no_problem():
    assert fields(a_form(an_item())) == []


@pytest.mark.parametrize("code", library.FORMS)
def test_every_shipped_form_may_be_published_in_both_languages(code):
    form = library.form(code, "zh-hans")

    assert design_problems(form) == ()
    assert form.languages == ("zh", "en")


def test_the_long_form_has_23_items_and_a_task_list_of_which_nine_measure_satisfaction():
    form = library.form("long", "en")

    sizes = [sum(not _list(i) for i in s.items) for s in form.sections]
    assert sizes == [8, 2, 4, 6, 3]
    assert len(form.items) == 24
    assert sum(i.purpose is Purpose.SATISFACTION for i in form.items) == 9
    tasks = next(i for i in form.items if _list(i))
    assert tasks.scale is not None
    assert len(tasks.scale.options) == 8


def _list(item: ItemPlan) -> bool:
    return item.scale is not None and item.scale.choose_any


def test_the_short_form_has_ten_rated_items_and_one_open_one():
    form = library.form("short", "en")

    assert [i.scale is None for i in form.items] == [False] * 10 + [True]


def test_the_first_option_of_two_items_of_the_long_form_has_unlike_values():
    by_code = {i.code: i.scale for i in library.form("long", "en").items}
    worst_first, best_first = by_code["QA-B2"], by_code["QA-D2"]

    assert worst_first is not None
    assert best_first is not None
    assert (worst_first.options[0].value, best_first.options[0].value) == (1, 4)
    assert (worst_first.direction, best_first.direction) == (1, -1)


def test_at_least_twenty_scales_are_shipped():
    assert len(library.scales()) >= 20


def test_departments_are_named_in_the_language_of_the_company():
    zh, en = library.form("short", "zh-hans"), library.form("short", "en")

    assert (zh.items[0].department, en.items[0].department) == ("客服部", "Customer service")


def test_a_form_without_anything_to_rate_is_refused():
    assert fields(a_form()) == ["items"]
    assert fields(a_form(an_item(scale=None, purpose=Purpose.OPEN))) == ["items"]


def test_too_many_items_are_refused():
    many = [an_item(f"Q{n}") for n in range(MOST_ITEMS + 1)]

    assert fields(a_form(*many)) == ["items"]
    assert fields(a_form(*many[:-1])) == []


@pytest.mark.parametrize("items", [("Q1", "Q1"), ("Q 1",), ("题一",)])
def test_a_code_that_is_doubled_or_odd_is_refused(items):
    assert fields(a_form(*(an_item(code) for code in items))) == [f"item.{items[0]}"]


def test_each_language_in_use_needs_a_purpose_text():
    assert fields(a_form(an_item(), purpose=Words("用途", ""))) == ["purpose_en"]
    assert fields(a_form(an_item(), purpose=Words("", ""))) == ["purpose_zh", "purpose_en"]
    chinese = an_item(words=Words("道路", ""))
    assert fields(a_form(chinese, purpose=Words("用途", ""))) == []


def test_an_item_left_untranslated_is_refused():
    half = an_item("Q2", words=Words("道路", ""))

    assert fields(a_form(an_item(), half)) == ["item.Q2"]


@pytest.mark.parametrize(
    "scale",
    [
        pytest.param(a_scale(1), id="one option"),
        pytest.param(a_scale(*range(31)), id="31 options"),
        pytest.param(a_scale(5, 1, 4, 2, 3), id="values run both ways"),
        pytest.param(a_scale(None, None), id="no values"),
        pytest.param(a_scale(2, 2), id="one value"),
    ],
)
def test_a_scale_that_cannot_be_counted_is_refused(scale):
    assert "scale.s" in fields(a_form(an_item(scale=scale)))


def test_five_hundred_options_are_refused_with_the_number():
    problems = design_problems(a_form(an_item(scale=a_scale(*range(500)))))

    assert "500" in problems[0].text("en")


def test_the_same_words_twice_in_a_scale_are_refused_in_either_language():
    for words in (Words("很好", "good"), Words("好", "very good")):
        options = (
            OptionPlan("a", Words("很好", "very good"), 2),
            OptionPlan("b", words, 1),
        )
        assert fields(a_form(an_item(scale=ScalePlan("s", Words("量", "s"), options)))) == [
            "scale.s"
        ]


def test_only_ladders_must_run_one_way():
    answers = a_scale(1, 0, 0.5)

    assert (
        fields(
            a_form(
                an_item(),
                an_item("Q2", scale=replace(answers, code="k"), purpose=Purpose.AWARENESS),
            )
        )
        == []
    )
    assert fields(a_form(an_item(scale=answers))) == ["scale.s"]


def test_a_list_to_tick_needs_no_values():
    ticks = replace(a_scale(None, None), code="t", choose_any=True)
    asked = an_item("Q2", scale=ticks, purpose=Purpose.TASK_FEEDBACK)

    assert fields(a_form(an_item(), asked)) == []


def test_a_pair_needs_both_sides_on_one_scale():
    expected = an_item("E", pair="p", side=Side.EXPECTATION, purpose=Purpose.EXPECTATION)
    found = an_item("P", pair="p", side=Side.PERCEPTION)
    other = replace(found, scale=a_scale(2, 1, code="z"))

    assert fields(a_form(expected, found)) == []
    assert fields(a_form(expected)) == ["pair.p"]
    assert fields(a_form(expected, other)) == ["pair.p"]
    assert fields(a_form(expected, found, replace(found, code="P2"))) == ["pair.p"]
    assert (
        fields(
            a_form(
                found, an_item("I", pair="p", side=Side.IMPORTANCE, scale=a_scale(1, 2, code="i"))
            )
        )
        == []
    )


def test_advice_names_two_questions_in_one_lopsided_and_mixed_scales():
    three = replace(
        a_scale(3, 2, 1),
        options=tuple(OptionPlan(str(v), Words(str(v), str(v)), v, top=v > 1) for v in (3, 2, 1)),
    )
    doubled = an_item("Q2", words=Words("着装整洁并且态度热情", "tidy and warm"))
    marked = an_item("Q3", double_barrelled=True, scale=a_scale(1, 2, 3, code="up"))
    found = advice(a_form(an_item(scale=three), doubled, marked))

    assert [(a.code, a.item) for a in found] == [
        ("mixed_direction", ""),
        ("lopsided_scale", "Q1"),
        ("double_barrelled", "Q2"),
        ("double_barrelled", "Q3"),
    ]


def test_items_that_measure_no_satisfaction_get_no_advice_about_wording():
    asked = an_item(words=Words("是否需要水、电", "water and power"), purpose=Purpose.NEED)
    paired = an_item("Q2", words=Words("环境与、形象", "a and b"), side=Side.PERCEPTION)
    free = an_item("Q3", words=Words("建议、意见", "ideas and wishes"), scale=None)

    assert advice(a_form(asked, paired, free)) == ()


def test_a_middle_level_does_not_make_a_scale_lopsided():
    def with_top(values, top):
        options = tuple(OptionPlan(str(v), Words(str(v)), v, v in top) for v in values)
        return ScalePlan("s", Words("s"), options)

    assert not lopsided(with_top((1, 2, 3, 4, 5), (4, 5)))
    assert lopsided(with_top((1, 2, 3, 4, 5), (3, 4, 5)))
    assert lopsided(with_top((1, 2, 3), (2, 3)))
    assert not lopsided(with_top((1, 2, 3, 4), (3, 4)))


def test_a_scale_that_rises_or_falls_knows_its_direction_and_a_flat_one_has_none():
    assert a_scale(1, 2).direction == 1
    assert a_scale(2, None, 1).direction == -1
    assert a_scale(2, 2).direction == 0
    assert a_scale(1, 3, 2).direction == 0
    assert a_scale(None).direction == 0


def test_an_answering_time_is_at_least_a_minute():
    assert minutes(a_form(an_item())) == 1
    assert minutes(library.form("long", "en")) == 3


def test_words_fall_back_to_the_other_language():
    assert Words("中", "en").text("zh-hans") == "中"
    assert Words("中", "en").text("en") == "en"
    assert Words("", "en").text("zh-hans") == "en"
    assert Words("中", "").text("en") == "中"
