"""What was removed from a draft comes back to its place, once, and the history keeps both acts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.register.access import Forbidden, NotFound
from anju.survey import forms
from anju.survey.actions.drafts import (
    ItemDraft,
    add_item,
    change_item,
    remove_item,
    remove_section,
)
from anju.survey.actions.forms import copy_questionnaire, publish
from anju.survey.actions.removals import bring_back
from anju.survey.models import Item, QuestionnaireVersion, Section
from anju.survey.removed import lately_removed
from anju.survey.rules.questionnaire import Words
from tests.cast import AT, Cast, the_cast, version_of


def a_copy(cast: Cast) -> QuestionnaireVersion:
    return copy_questionnaire(actor=cast.quality, version_id=version_of(cast).pk, at=AT)


def plan_of(cast: Cast, version: QuestionnaireVersion):
    with cast.inside():
        return forms.form_plan(version)


def items_of(cast: Cast, version: QuestionnaireVersion) -> list[Item]:
    with cast.inside():
        return forms.ordered_items(version.pk)


def refused(act, code: str) -> Problem:
    with pytest.raises(Problem) as caught:
        act()
    assert caught.value.code == code
    return caught.value


def test_an_item_comes_back_to_its_place_with_all_that_it_was(cast):
    draft = a_copy(cast)
    before, item = plan_of(cast, draft), items_of(cast, draft)[3]
    who = {"actor": cast.quality, "at": AT}
    removal = remove_item(item_id=item.pk, **who)
    assert plan_of(cast, draft) != before
    assert bring_back(version_id=draft.pk, removal=removal, **who) == item.code
    assert plan_of(cast, draft) == before
    assert items_of(cast, draft)[3].pk == item.pk


def test_a_section_comes_back_with_its_items(cast):
    draft = a_copy(cast)
    before, section = plan_of(cast, draft), items_of(cast, draft)[0].section
    who = {"actor": cast.quality, "at": AT}
    removal = remove_section(section_id=section.pk, **who)
    assert len(plan_of(cast, draft).sections) == len(before.sections) - 1
    assert bring_back(version_id=draft.pk, removal=removal, **who) == section.code
    assert plan_of(cast, draft) == before


def test_the_history_keeps_the_removal_and_tells_of_the_return(cast):
    draft = a_copy(cast)
    item = items_of(cast, draft)[0]
    who = {"actor": cast.quality, "at": AT}
    bring_back(version_id=draft.pk, removal=remove_item(item_id=item.pk, **who), **who)
    subject = history.Subject(cast.company.pk, "questionnaire", draft.questionnaire_id)
    entries = history.entries(subject).order_by("seq")
    assert [entry.verb for entry in entries] == ["created", "item_removed", "item_restored"]
    assert [entry.payload.get("what") for entry in entries][1:] == [item.code, item.code]
    assert history.verify(subject) == 3


def test_it_comes_back_once(cast):
    draft = a_copy(cast)
    first = items_of(cast, draft)[0]
    who = {"actor": cast.quality, "at": AT}
    back = {"version_id": draft.pk, **who}
    removal = remove_item(item_id=first.pk, **who)
    bring_back(removal=removal, **back)
    refused(lambda: bring_back(removal=removal, **back), "E-STATE")
    removal = remove_section(section_id=first.section_id, **who)
    bring_back(removal=removal, **back)
    refused(lambda: bring_back(removal=removal, **back), "E-STATE")


def test_a_code_that_another_item_took_is_named_and_nothing_changes(cast):
    draft = a_copy(cast)
    first, second = items_of(cast, draft)[:2]
    who = {"actor": cast.quality, "at": AT}
    removal = remove_item(item_id=first.pk, **who)
    renamed = ItemDraft(Words("新", "new"), code=first.code)
    change_item(item_id=second.pk, draft=renamed, **who)
    problem = refused(lambda: bring_back(version_id=draft.pk, removal=removal, **who), "E-CODE")
    assert first.code in problem.text("en")
    assert first.pk not in {item.pk for item in items_of(cast, draft)}


def test_a_section_code_that_was_taken_is_named(cast):
    draft = a_copy(cast)
    section = items_of(cast, draft)[0].section
    who = {"actor": cast.quality, "at": AT}
    removal = remove_section(section_id=section.pk, **who)
    with cast.inside():
        Section(
            company_id=cast.company.pk, version=draft, code=section.code, order=9, zh="x"
        ).save()
    refused(lambda: bring_back(version_id=draft.pk, removal=removal, **who), "E-CODE")


def test_an_item_waits_for_its_section(cast):
    draft = a_copy(cast)
    item = items_of(cast, draft)[0]
    who = {"actor": cast.quality, "at": AT}
    back = {"version_id": draft.pk, **who}
    alone = remove_item(item_id=item.pk, **who)
    together = remove_section(section_id=item.section_id, **who)
    refused(lambda: bring_back(removal=alone, **back), "E-REF")
    bring_back(removal=together, **back)
    bring_back(removal=alone, **back)
    assert items_of(cast, draft)[0].pk == item.pk


def test_the_place_is_kept_as_far_as_there_is_one(cast):
    draft = a_copy(cast)
    section = items_of(cast, draft)[0].section
    who = {"actor": cast.quality, "at": AT}
    added = add_item(section_id=section.pk, draft=ItemDraft(Words("末", "last")), **who)
    removal = remove_item(item_id=added.pk, **who)
    with cast.inside():
        keys = list(Item.objects.filter(section=section).values_list("id", flat=True))
    for key in keys[1:]:
        remove_item(item_id=key, **who)
    bring_back(version_id=draft.pk, removal=removal, **who)
    with cast.inside():
        left = Item.objects.filter(section=section).order_by("order").values_list("id", flat=True)
        assert list(left) == [keys[0], added.pk]


def test_a_published_version_takes_nothing_back(cast):
    draft = a_copy(cast)
    who = {"actor": cast.quality, "at": AT}
    removal = remove_item(item_id=items_of(cast, draft)[0].pk, **who)
    publish(version_id=draft.pk, **who)
    refused(lambda: bring_back(version_id=draft.pk, removal=removal, **who), "E-STATE")


def test_only_a_removal_of_this_draft_is_undone_and_only_by_who_may_edit(cast):
    draft, other = a_copy(cast), a_copy(cast)
    who = {"actor": cast.quality, "at": AT}
    removal = remove_item(item_id=items_of(cast, draft)[0].pk, **who)
    for version_id, number in ((draft.pk, 1), (draft.pk, 99), (other.pk, removal)):
        with pytest.raises(NotFound):
            bring_back(version_id=version_id, removal=number, **who)
    with pytest.raises(Forbidden):
        bring_back(actor=cast.desk, version_id=draft.pk, removal=removal, at=AT)


def test_what_is_not_back_is_listed_once_and_the_latest_first(cast):
    draft, other = a_copy(cast), a_copy(cast)
    first, second = items_of(cast, draft)[:2]
    who = {"actor": cast.quality, "at": AT}
    again = remove_item(item_id=first.pk, **who)
    bring_back(version_id=draft.pk, removal=again, **who)
    one = remove_item(item_id=first.pk, **who)
    two = remove_item(item_id=second.pk, **who)
    with cast.inside():
        found, none = lately_removed(draft.pk), lately_removed(other.pk)
    assert [(line.entry, line.code) for line in found] == [(two, second.code), (one, first.code)]
    assert found[0].words == Words(second.zh, second.en)
    assert none == ()
    bring_back(version_id=draft.pk, removal=two, **who)
    with cast.inside():
        assert [line.entry for line in lately_removed(draft.pk)] == [one]


class TestAnyOrder(TestCase):
    """Whatever is removed, undone from the last to the first the form is what it was."""

    @settings(max_examples=15, deadline=None)
    @given(st.lists(st.integers(0, 30), min_size=1, max_size=5))
    def test_undoing_backwards_brings_the_whole_form_back(self, picks):
        cast = the_cast()
        draft = a_copy(cast)
        before, removals = plan_of(cast, draft), []
        who = {"actor": cast.quality, "at": AT}
        for pick in picks:
            items = items_of(cast, draft)
            item = items[pick % len(items)]
            removals.append(remove_item(item_id=item.pk, **who))
        for removal in reversed(removals):
            bring_back(version_id=draft.pk, removal=removal, **who)
        assert plan_of(cast, draft) == before
