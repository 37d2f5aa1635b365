"""The pages of questionnaires: the library, a copy changed and published, what is refused."""

from __future__ import annotations

import re

from django.urls import reverse

from anju.register.access import Role
from anju.survey.models import Item, QuestionnaireVersion, Section
from anju.web.study.surveys.tests.going import signed_in
from tests.cast import a_company, version_of


def _copied(quality, cast):
    quality.post(reverse("questionnaire-copy", args=[version_of(cast).pk]))
    with cast.inside():
        return QuestionnaireVersion.objects.latest("id")


def _items(cast, version):
    with cast.inside():
        rows = (
            Item.objects.select_related("scale")
            .filter(version=version)
            .order_by("section__order", "order")
        )
        return list(rows)


def test_the_library_is_listed_and_loading_it_again_adds_nothing(quality):
    before = quality.get(reverse("questionnaires")).content
    answer = quality.post(reverse("questionnaire-library"), follow=True)
    assert b"The library is already complete." in answer.content
    assert before.count(b"Copy and change") == answer.content.count(b"Copy and change") > 3


def test_a_published_version_shows_its_items_and_nothing_to_edit(quality, cast):
    shown = quality.get(reverse("questionnaire", args=[version_of(cast).pk])).content
    assert b"QB-01" in shown
    assert b"Add item" not in shown


def test_a_copy_is_a_draft_that_can_be_changed_and_published(quality, cast):
    version = _copied(quality, cast)
    first = _items(cast, version)[0]
    sent = {"item_en": "Courtesy of the desk", "scale": first.scale.code, "purpose": "satisfaction"}
    sent["item_zh"] = "前台态度"
    answer = quality.post(reverse("item", args=[first.pk]), sent)
    assert answer.url.endswith(f"#item-{first.pk}")
    quality.post(reverse("questionnaire-publish", args=[version.pk]))
    with cast.inside():
        version.refresh_from_db()
    assert version.state == "published"
    assert _items(cast, version)[0].en == "Courtesy of the desk"


def test_a_draft_without_a_purpose_is_not_published_and_says_why(quality, cast):
    quality.post(reverse("questionnaire-new"), {"title_en": "Ours"})
    with cast.inside():
        version = QuestionnaireVersion.objects.latest("id")
        section = Section.objects.get(version=version)
    sent = {"item_en": "Lifts", "scale": "sat5", "purpose": "satisfaction"}
    scale = quality.post(reverse("item-new", args=[section.pk]), sent)
    assert scale.status_code in {302, 422}
    shown = quality.get(reverse("questionnaire", args=[version.pk])).content
    assert b"Before it can be published:" in shown
    quality.post(reverse("questionnaire-publish", args=[version.pk]))
    with cast.inside():
        version.refresh_from_db()
    assert version.state == "draft"


def test_a_scale_that_the_company_lacks_is_refused(quality, cast):
    version = _copied(quality, cast)
    first = _items(cast, version)[0]
    sent = {"item_en": "x", "scale": "nobody-has-it", "purpose": "satisfaction"}
    shown = quality.post(reverse("item", args=[first.pk]), sent)
    assert shown.status_code == 422
    assert b"This scale was not found" in shown.content


def test_an_item_moves_over_the_border_of_its_section(quality, cast):
    version = _copied(quality, cast)
    quality.post(reverse("section-new", args=[version.pk]), {"section_en": "More"})
    last = _items(cast, version)[-1]
    quality.post(reverse("item-move", args=[last.pk]), {"way": "down"})
    with cast.inside():
        moved = Item.objects.select_related("section").get(id=last.pk)
    assert moved.section.en == "More"
    quality.post(reverse("item-move", args=[last.pk]), {"way": "up"})
    with cast.inside():
        assert Item.objects.get(id=last.pk).section_id == last.section_id


def test_an_item_and_a_section_can_be_removed_from_a_draft(quality, cast):
    version = _copied(quality, cast)
    items = _items(cast, version)
    quality.post(reverse("item-remove", args=[items[0].pk]))
    assert len(_items(cast, version)) == len(items) - 1
    quality.post(reverse("section-remove", args=[items[-1].section_id]))
    assert items[-1].pk not in {item.pk for item in _items(cast, version)}


def test_a_published_version_refuses_edits_with_409(quality, cast):
    version = version_of(cast)
    item = _items(cast, version)[0]
    sent = {"item_en": "x", "scale": item.scale.code, "purpose": "satisfaction"}
    assert quality.post(reverse("item", args=[item.pk]), sent).status_code == 409
    assert quality.post(reverse("item-remove", args=[item.pk])).status_code == 409


def test_texts_and_headings_are_saved_on_a_draft(quality, cast):
    version = _copied(quality, cast)
    sent = {"title_en": "Renamed", "purpose_en": "To improve", "purpose_zh": "改进服务"}
    quality.post(reverse("questionnaire-texts", args=[version.pk]), sent | {"title_zh": "改名"})
    section = _items(cast, version)[0].section_id
    quality.post(reverse("section", args=[section]), {"section_en": "First"})
    shown = quality.get(reverse("questionnaire", args=[version.pk])).content
    assert b"Renamed" in shown
    assert b"First" in shown


def test_a_purpose_that_no_database_can_hold_is_refused_by_its_field(quality, cast):
    sent = {"title_zh": "新问卷", "purpose_en": "To\x00improve"}
    answer = quality.post(reverse("questionnaire-new"), sent)
    assert answer.status_code == 422
    assert b"purpose_en" in answer.content
    with cast.inside():
        assert not QuestionnaireVersion.objects.filter(title_zh="新问卷").exists()


def test_a_next_version_begins_once_and_can_be_discarded(quality, cast):
    source = version_of(cast)
    quality.post(reverse("questionnaire-next", args=[source.pk]))
    assert quality.post(reverse("questionnaire-next", args=[source.pk])).status_code == 409
    with cast.inside():
        draft = QuestionnaireVersion.objects.latest("id")
    assert (
        b"Discard the draft"
        in quality.get(reverse("questionnaire-discard", args=[draft.pk])).content
    )
    quality.post(reverse("questionnaire-discard", args=[draft.pk]))
    assert quality.get(reverse("questionnaire", args=[draft.pk])).status_code == 404


def test_a_scale_of_ones_own_is_read_from_its_lines(quality):
    sent = {
        "name_en": "Three steps",
        "code": "steps3",
        "options": "1 | 差 | poor\n2 | 中 | fair\n*3 | 好 | good\n- | 不清楚 | do not know",
    }
    answer = quality.post(reverse("scale-new"), sent, follow=True)
    assert b"Three steps" in answer.content
    assert b"do not know" in answer.content


def test_a_scale_that_runs_both_ways_is_refused_at_its_lines(quality):
    sent = {"name_en": "x", "code": "x1", "options": "1||a\n3||b\n2||c"}
    shown = quality.post(reverse("scale-new"), sent)
    assert shown.status_code == 422
    assert b'href="#options"' in shown.content


def test_a_line_without_words_and_a_taken_code_are_refused(quality):
    sent = {"name_en": "x", "code": "x1", "options": "1\n2||b"}
    assert b"Line 1 has no words" in quality.post(reverse("scale-new"), sent).content
    sent = {"name_en": "x", "code": "not a code!", "options": "1||a\n2||b"}
    assert b'href="#code"' in quality.post(reverse("scale-new"), sent).content


def test_the_desk_may_read_and_not_change(cast):
    desk = signed_in(cast, Role.DESK)
    version = version_of(cast)
    assert desk.get(reverse("questionnaire", args=[version.pk])).status_code == 200
    assert desk.post(reverse("questionnaire-copy", args=[version.pk])).status_code == 403


def test_another_companys_questionnaire_does_not_exist(cast):
    _company, others = a_company("别家物业", "elsewhere.example")
    version = version_of(cast)
    item = _items(cast, version)[0]
    stranger = signed_in(cast)
    accounts = type(cast.account(Role.QUALITY)).objects
    stranger.force_login(accounts.get(id=others[Role.QUALITY].account_id))
    assert stranger.get(reverse("questionnaire", args=[version.pk])).status_code == 404
    assert stranger.get(reverse("item", args=[item.pk])).status_code == 404
    assert stranger.get(reverse("section", args=[item.section_id])).status_code == 404


def _undo_of(page) -> str:
    """Return where the undo of a message leads."""
    found = re.search(r'<form method="post" action="([^"]+/undo/\?removal=\d+)"', page)
    assert found is not None, page
    return found[1]


def test_what_was_removed_is_offered_back_and_comes_back_to_its_place(quality, cast):
    version = _copied(quality, cast)
    before = [item.pk for item in _items(cast, version)]
    for act in (
        reverse("item-remove", args=[before[2]]),
        reverse("section-remove", args=[_items(cast, version)[0].section_id]),
    ):
        shown = quality.post(act, follow=True).content.decode()
        assert [item.pk for item in _items(cast, version)] != before
        back = quality.post(_undo_of(shown), follow=True)
        assert b"is back in its place." in back.content
        assert [item.pk for item in _items(cast, version)] == before
        again = quality.post(_undo_of(shown), follow=True)
        assert b"There is nothing to undo." in again.content


def test_an_undo_of_nothing_says_so_and_an_undo_needs_the_right_to_edit(quality, cast):
    version = _copied(quality, cast)
    item = _items(cast, version)[0]
    undo = _undo_of(
        quality.post(reverse("item-remove", args=[item.pk]), follow=True).content.decode()
    )
    plain = reverse("questionnaire-undo", args=[version.pk])
    for end in ("", "?removal=x", "?removal=99"):
        assert b"There is nothing to bring back." in quality.post(plain + end, follow=True).content
    assert quality.get(undo).status_code == 405
    assert signed_in(cast, Role.DESK).post(undo).status_code == 403
    assert item.pk not in {row.pk for row in _items(cast, version)}


def test_the_page_of_the_draft_offers_it_back_when_the_message_is_gone(quality, cast):
    version = _copied(quality, cast)
    item = _items(cast, version)[0]
    page = reverse("questionnaire", args=[version.pk])
    assert b"Removed from this draft" not in quality.get(page).content
    quality.post(reverse("item-remove", args=[item.pk]), follow=True)
    shown = quality.get(page).content.decode()
    assert "Removed from this draft" in shown
    assert b"Removed from this draft" not in signed_in(cast, Role.DESK).get(page).content
    quality.post(_undo_of(shown))
    assert b"Removed from this draft" not in quality.get(page).content
    assert _items(cast, version)[0].pk == item.pk


def test_the_history_page_does_not_show_what_an_undo_needs(quality, cast):
    version = _copied(quality, cast)
    item = _items(cast, version)[0]
    quality.post(reverse("item-remove", args=[item.pk]))
    shown = signed_in(cast, Role.ADMINISTRATOR).get(reverse("history")).content.decode()
    assert "item removed" in shown
    assert "double_barrelled" not in shown
