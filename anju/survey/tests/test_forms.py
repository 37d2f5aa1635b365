"""Questionnaires: the library, copies, edits of a draft, publishing."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.register.access import Forbidden, NotFound
from anju.survey import forms
from anju.survey.actions.drafts import (
    ItemDraft,
    add_item,
    add_scale,
    add_section,
    change_item,
    move_item,
    remove_item,
    remove_section,
    rename_section,
    set_texts,
)
from anju.survey.actions.forms import (
    copy_questionnaire,
    discard_draft,
    load_library,
    new_questionnaire,
    new_version,
    publish,
    set_published,
)
from anju.survey.data import library
from anju.survey.models import Item, Questionnaire, QuestionnaireVersion
from anju.survey.rules.questionnaire import (
    FormTexts,
    OptionPlan,
    Purpose,
    ScalePlan,
    VersionState,
    Words,
)
from tests.cast import AT, Cast, version_of, zhao_of_the_other_company


def plan_of(cast: Cast, version_id: int):
    with cast.inside():
        version = QuestionnaireVersion.objects.select_related("questionnaire").get(id=version_id)
        return forms.form_plan(version)


def refused(act, code: str) -> Problem:
    with pytest.raises(Problem) as caught:
        act()
    assert caught.value.code == code
    return caught.value


@pytest.mark.parametrize("code", library.FORMS)
def test_a_form_of_the_library_comes_back_from_the_database_as_it_was_shipped(cast, code):
    assert plan_of(cast, version_of(cast, code).pk) == library.form(code, "zh-hans")


def test_loading_the_library_twice_adds_nothing(cast):
    assert load_library(actor=cast.quality, at=AT) == ()


def test_a_list_of_questionnaires_counts_versions_items_and_waves(cast):
    with cast.inside():
        lines = forms.questionnaire_lines()

    assert [(line.code, line.items, line.waves) for line in lines] == [
        ("short", 11, 0),
        ("long", 24, 0),
        ("pairs", 10, 0),
        ("repair", 6, 0),
    ]
    assert all(line.published == line.newest for line in lines)


def test_item_definitions_leave_out_free_text_and_lists_to_tick(cast):
    with cast.inside():
        short = forms.item_defs(version_of(cast, "short").pk)
        long = forms.item_defs(version_of(cast, "long").pk)

    assert (len(short), len(long)) == (10, 23)
    assert short[0].scale.top == {"vs", "bs"}
    assert [level.code for level in short[0].scale.levels] == ["ds", "bs", "vs"]


def test_pairs_carry_their_sides(cast):
    with cast.inside():
        items = forms.item_defs(version_of(cast, "pairs").pk)

    assert {(item.pair, item.side) for item in items} == {
        (dimension, side)
        for dimension in ("tangibles", "professionalism", "trust", "responsiveness", "empathy")
        for side in ("expectation", "perception")
    }


def test_a_copy_is_a_draft_of_its_own_that_can_be_edited_and_published(cast):
    source = version_of(cast)
    copy = copy_questionnaire(actor=cast.quality, version_id=source.pk, at=AT)
    with cast.inside():
        first = Item.objects.filter(version=copy).order_by("order").first()
    change_item(
        actor=cast.quality,
        item_id=first.pk,
        draft=ItemDraft(Words("着装", "Uniform"), scale="sat4", department="客服部"),
        at=AT,
    )
    publish(actor=cast.quality, version_id=copy.pk, at=AT)

    assert copy.questionnaire.code == "short-2"
    assert copy.title_zh.endswith("（副本）")
    changed = plan_of(cast, copy.pk).items[0]
    assert (changed.words.en, changed.scale.code) == ("Uniform", "sat4")
    assert plan_of(cast, source.pk) == library.form("short", "zh-hans")


def test_a_published_version_refuses_every_edit(cast):
    version = version_of(cast)
    with cast.inside():
        item = Item.objects.filter(version=version).first()
        section = item.section
    draft = ItemDraft(Words("x", "x"), scale="sat3")
    who = {"actor": cast.quality, "at": AT}

    for act in (
        lambda: change_item(item_id=item.pk, draft=draft, **who),
        lambda: remove_item(item_id=item.pk, **who),
        lambda: add_item(section_id=section.pk, draft=draft, **who),
        lambda: move_item(item_id=item.pk, section_id=section.pk, place=0, **who),
        lambda: add_section(version_id=version.pk, words=Words("x", "x"), **who),
        lambda: rename_section(section_id=section.pk, words=Words("x", "x"), **who),
        lambda: remove_section(section_id=section.pk, **who),
        lambda: set_texts(version_id=version.pk, texts=FormTexts(Words("x", "x")), **who),
        lambda: publish(version_id=version.pk, **who),
        lambda: discard_draft(version_id=version.pk, **who),
    ):
        refused(act, "E-STATE")


def test_a_new_version_has_the_next_number_and_there_is_one_draft_at_a_time(cast):
    published = version_of(cast)
    draft = new_version(actor=cast.quality, version_id=published.pk, at=AT)

    assert (draft.number, draft.state) == (2, VersionState.DRAFT)
    refused(lambda: new_version(actor=cast.quality, version_id=published.pk, at=AT), "E-STATE")
    with cast.inside():
        page = forms.questionnaire_page(draft.pk)
    assert [v.number for v in page.versions] == [2, 1]


def test_the_database_itself_refuses_a_second_draft(cast):
    draft = new_version(actor=cast.quality, version_id=version_of(cast).pk, at=AT)
    second = QuestionnaireVersion(
        company_id=cast.company.id,
        questionnaire_id=draft.questionnaire_id,
        number=3,
        state=VersionState.DRAFT,
        created_at=AT,
    )

    with cast.inside(), pytest.raises(IntegrityError), transaction.atomic():
        second.save()


def a_draft(cast: Cast) -> QuestionnaireVersion:
    return new_questionnaire(
        actor=cast.quality, title=Words("", "Lift"), purpose=Words("", "To mend the lift"), at=AT
    )


def test_an_empty_draft_cannot_be_published_until_it_asks_something(cast):
    draft = a_draft(cast)
    with cast.inside():
        section = draft.sections.get()

    problem = refused(lambda: publish(actor=cast.quality, version_id=draft.pk, at=AT), "E-DESIGN")
    assert problem.field == "items"
    add_item(
        actor=cast.quality,
        section_id=section.pk,
        draft=ItemDraft(Words("", "The lift"), scale="sat4", purpose=Purpose.SATISFACTION),
        at=AT,
    )
    publish(actor=cast.quality, version_id=draft.pk, at=AT)
    with cast.inside():
        assert forms.questionnaire_page(draft.pk).version.state is VersionState.PUBLISHED


def test_a_form_without_a_purpose_text_is_not_published(cast):
    copy = copy_questionnaire(actor=cast.quality, version_id=version_of(cast).pk, at=AT)
    texts = FormTexts(Words("简表", "Short"), Words("用途", ""))
    set_texts(actor=cast.quality, version_id=copy.pk, texts=texts, at=AT)

    problem = refused(lambda: publish(actor=cast.quality, version_id=copy.pk, at=AT), "E-DESIGN")
    assert problem.field == "purpose_en"


def test_items_get_codes_of_their_own_and_keep_their_order_when_moved(cast):
    draft = a_draft(cast)
    with cast.inside():
        section = draft.sections.get()
    other = add_section(actor=cast.quality, version_id=draft.pk, words=Words("", "Two"), at=AT)
    made = [
        add_item(
            actor=cast.quality,
            section_id=section.pk,
            draft=ItemDraft(Words("", text), scale="sat4"),
            at=AT,
        )
        for text in ("one", "two", "three")
    ]
    move_item(actor=cast.quality, item_id=made[2].pk, section_id=section.pk, place=0, at=AT)
    move_item(actor=cast.quality, item_id=made[0].pk, section_id=other.pk, place=9, at=AT)
    plan = plan_of(cast, draft.pk)

    assert [i.code for i in plan.items] == ["Q3", "Q2", "Q1"]
    assert [len(s.items) for s in plan.sections] == [2, 1]
    remove_section(actor=cast.quality, section_id=section.pk, at=AT)
    assert [i.code for i in plan_of(cast, draft.pk).items] == ["Q1"]


def test_an_item_cannot_move_into_another_questionnaire(cast):
    draft = a_draft(cast)
    with cast.inside():
        section = draft.sections.get()
        elsewhere = version_of(cast).sections.first()
    item = add_item(
        actor=cast.quality, section_id=section.pk, draft=ItemDraft(Words("", "x")), at=AT
    )

    refused(
        lambda: move_item(
            actor=cast.quality, item_id=item.pk, section_id=elsewhere.pk, place=0, at=AT
        ),
        "E-REF",
    )


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (ItemDraft(Words()), "E-TEXT-EMPTY"),
        (ItemDraft(Words("", "x"), purpose="fun"), "E-CHOICE"),
        (ItemDraft(Words("", "x"), dimension="height"), "E-CHOICE"),
        (ItemDraft(Words("", "x"), code="a b"), "E-CODE"),
        (ItemDraft(Words("", "x\u202e")), "E-TEXT-BIDI"),
    ],
)
def test_an_item_that_makes_no_sense_is_refused(cast, draft, code):
    version = a_draft(cast)
    with cast.inside():
        section = version.sections.get()

    refused(lambda: add_item(actor=cast.quality, section_id=section.pk, draft=draft, at=AT), code)


def test_a_scale_of_ones_own_is_checked_and_kept(cast):
    options = (
        OptionPlan("g", Words("好", "good"), 1, top=True),
        OptionPlan("b", Words("坏", "bad"), 0),
    )
    plan = ScalePlan("mine", Words("好坏", "good or bad"), options)
    add_scale(actor=cast.quality, plan=plan, at=AT)

    refused(lambda: add_scale(actor=cast.quality, plan=plan, at=AT), "E-CODE")
    with cast.inside():
        assert plan in [line.plan for line in forms.scale_lines()]
    one = ScalePlan("one", Words("一", "one"), options[:1])
    refused(lambda: add_scale(actor=cast.quality, plan=one, at=AT), "E-DESIGN")


def test_a_discarded_draft_takes_its_questionnaire_along_only_when_nothing_else_is_left(cast):
    copy = copy_questionnaire(actor=cast.quality, version_id=version_of(cast).pk, at=AT)
    second = new_version(actor=cast.quality, version_id=version_of(cast).pk, at=AT)
    discard_draft(actor=cast.quality, version_id=copy.pk, at=AT)
    discard_draft(actor=cast.quality, version_id=second.pk, at=AT)

    with cast.inside():
        assert not Questionnaire.objects.filter(id=copy.questionnaire_id).exists()
        assert Questionnaire.objects.filter(code="short").exists()
    told = history.Subject(cast.company.id, "questionnaire", copy.questionnaire_id)
    assert history.verify(told) == 2


def test_what_is_not_yours_does_not_exist_and_what_you_may_not_do_is_refused(cast):
    version = version_of(cast)
    zhao = zhao_of_the_other_company()

    with pytest.raises(NotFound):
        copy_questionnaire(actor=zhao, version_id=version.pk, at=AT)
    with pytest.raises(Forbidden):
        copy_questionnaire(actor=cast.desk, version_id=version.pk, at=AT)
    with pytest.raises(Forbidden):
        load_library(actor=cast.manager, at=AT)


def test_a_section_is_renamed_and_an_item_taken_out(cast):
    copy = copy_questionnaire(actor=cast.quality, version_id=version_of(cast).pk, at=AT)
    with cast.inside():
        section = copy.sections.order_by("order").first()
        item = Item.objects.get(version=copy, code="QB-03")
    rename_section(actor=cast.quality, section_id=section.pk, words=Words("评价", "Rating"), at=AT)
    remove_item(actor=cast.quality, item_id=item.pk, at=AT)

    plan = plan_of(cast, copy.pk)
    assert plan.sections[0].words == Words("评价", "Rating")
    assert len(plan.sections[0].items) == 9


def test_whoever_publishes_second_is_told_so(cast):
    copy = copy_questionnaire(actor=cast.quality, version_id=version_of(cast).pk, at=AT)
    with cast.inside():
        set_published(copy, at=AT)
        refused(lambda: set_published(copy, at=AT), "E-STATE")
