"""The pages of batches: what they show, what they refuse, what they leave untouched."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from anju.register.access import Role
from anju.survey.models import Wave, WaveStratum
from anju.survey.rules.wave import Source
from anju.web.study.surveys.tests.going import signed_in
from tests.cast import a_company, a_wave, answers, version_of, zhao_of_the_other_company

PLAN = {
    "title": "2026 H2",
    "source": "own",
    "design": "census",
    "base": "households",
    "goal": "See what to mend first",
    "method": "Every household is visited",
    "modes": ["paper", "door"],
    "population": "３0",
    "fieldwork_from": "2026-09-01",
    "fieldwork_to": "2026-09-07",
}


def _only(cast, **found):
    with cast.inside():
        return Wave.objects.get(**found)


def _drafted(quality, cast, **changes):
    sent = {"project_id": cast.project.id, "title": "2026 H2", "source": "own"} | changes
    quality.post(reverse("wave-new"), sent)
    return _only(cast, title=sent["title"])


def test_an_empty_list_offers_the_spreadsheet_first(quality):
    shown = quality.get(reverse("surveys"))
    assert b"No survey yet" in shown.content
    assert reverse("import-new").encode() in shown.content


def test_a_list_filtered_to_nothing_says_which_filter_it_was(quality, cast):
    a_wave(cast)
    shown = quality.get(reverse("surveys"), {"state": "closed"})
    assert b"The state is filtered." in shown.content
    assert b"Clear filters" in shown.content


@pytest.mark.parametrize("name", ["state", "project"])
def test_a_filter_that_does_not_exist_is_refused(quality, name):
    shown = quality.get(reverse("surveys"), {name: "owner__password"})
    assert shown.status_code == 400
    assert b"E-FILTER" in shown.content


def test_a_new_own_batch_leads_to_its_plan(quality, cast):
    answer = quality.post(
        reverse("wave-new"), {"project_id": cast.project.id, "title": "2026 H2", "source": "own"}
    )
    assert answer.url == reverse("wave-edit", args=[_only(cast).pk])
    shown = quality.get(answer.url).content.decode()
    # what the register knows is not asked again
    assert re.search(r'name="population"[^>]*value="30"', shown)


def test_a_project_of_another_company_is_not_a_choice(quality, cast):
    other = zhao_of_the_other_company()
    sent = {"project_id": other.company_id + 1_000, "title": "x", "source": "own"}
    shown = quality.post(reverse("wave-new"), sent)
    assert shown.status_code == 422
    assert b"This choice was not found" in shown.content
    with cast.inside():
        assert not Wave.objects.exists()


def test_a_refused_plan_keeps_what_was_written_and_stores_nothing(quality, cast):
    wave = _drafted(quality, cast)
    sent = PLAN | {"fieldwork_to": "2026-02-30", "goal": "kept words"}
    shown = quality.post(reverse("wave-edit", args=[wave.pk]), sent)
    assert shown.status_code == 422
    assert b"kept words" in shown.content
    assert b'href="#fieldwork_to"' in shown.content
    assert _only(cast).goal == ""


def test_full_width_digits_are_numbers(quality, cast):
    wave = _drafted(quality, cast)
    quality.post(reverse("wave-edit", args=[wave.pk]), PLAN)
    assert _only(cast).population == 30


def test_the_hub_names_what_the_plan_lacks_and_opens_once_it_is_complete(quality, cast):
    wave = _drafted(quality, cast)
    page = reverse("wave", args=[wave.pk])
    assert b"Still to be written: Goal" in quality.get(page).content
    quality.post(reverse("wave-edit", args=[wave.pk]), PLAN | {"version_id": version_of(cast).pk})
    assert b"Open the survey" in quality.get(page).content
    quality.post(reverse("wave-open", args=[wave.pk]))
    assert _only(cast).state == "open"


def test_opening_an_incomplete_plan_leads_back_to_it_with_the_reason(quality, cast):
    wave = _drafted(quality, cast)
    answer = quality.post(reverse("wave-open", args=[wave.pk]), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("wave-edit", args=[wave.pk])
    assert b"Fill in the goal before the survey opens." in answer.content


def test_reading_a_page_changes_nothing(quality, cast):
    wave = a_wave(cast)
    for name in ("wave", "wave-edit", "wave-counts", "wave-frame", "wave-totals", "wave-close"):
        assert quality.get(reverse(name, args=[wave.pk])).status_code == 200
    assert quality.get(reverse("wave-open", args=[wave.pk])).status_code == 405
    assert _only(cast).state == "open"


def test_more_returned_than_issued_is_refused_at_its_field(quality, cast):
    wave = a_wave(cast)
    sent = {"issued": "20", "returned": "21"}
    shown = quality.post(reverse("wave-counts", args=[wave.pk]), sent)
    assert shown.status_code == 422
    assert b'id="returned-error"' in shown.content
    assert _only(cast).issued is None


def test_an_empty_count_stays_unknown(quality, cast):
    wave = a_wave(cast)
    quality.post(reverse("wave-counts", args=[wave.pk]), {"issued": "25", "returned": ""})
    assert (_only(cast).issued, _only(cast).returned) == (25, None)


def test_a_frame_keeps_only_the_lines_that_say_something(quality, cast):
    wave = a_wave(cast)
    shown = quality.get(reverse("wave-frame", args=[wave.pk])).content.decode()
    assert "3栋" in shown
    sent = {
        "lines": "2",
        "kind-0": "stratum",
        "label-0": "tenants",
        "population-0": "12",
        "kind-1": "stratum",
        "label-1": "",
    }
    quality.post(reverse("wave-frame", args=[wave.pk]), sent)
    with cast.inside():
        assert [row.label for row in WaveStratum.objects.all()] == ["tenants"]


def test_a_building_that_is_not_the_projects_is_refused(quality, cast):
    wave = a_wave(cast)
    sent = {"lines": "1", "kind-0": "building", "label-0": "x", "building-0": "99999"}
    shown = quality.post(reverse("wave-frame", args=[wave.pk]), sent | {"issued-0": "1"})
    assert shown.status_code == 422
    assert b"This building was not found in the project" in shown.content


def test_counts_without_a_name_are_refused(quality, cast):
    wave = a_wave(cast)
    sent = {"lines": "1", "kind-0": "stratum", "label-0": "", "issued-0": "3"}
    shown = quality.post(reverse("wave-frame", args=[wave.pk]), sent)
    assert shown.status_code == 422
    assert b'href="#label-0"' in shown.content


def test_published_totals_are_shown_as_external(quality, cast):
    wave = a_wave(cast, source=Source.PUBLISHED)
    sent = {"label": "Overall", "kind": "points", "numerator": "1920", "denominator": "2000"}
    quality.post(reverse("wave-totals", args=[wave.pk]), sent | {"returned": "20"})
    shown = quality.get(reverse("wave", args=[wave.pk])).content.decode()
    assert "external" in shown
    assert "1,920" in shown or "1920" in shown


def test_totals_that_cannot_be_people_are_refused(quality, cast):
    wave = a_wave(cast, source=Source.PUBLISHED)
    sent = {"label": "Overall", "kind": "people", "numerator": "1920", "denominator": "2000"}
    shown = quality.post(reverse("wave-totals", args=[wave.pk]), sent | {"returned": "20"})
    assert shown.status_code == 422
    assert b"cannot be a share of people" in shown.content


def test_closing_below_plan_asks_for_the_reason(quality, cast):
    wave = a_wave(cast, planned=20)
    page = reverse("wave-close", args=[wave.pk])
    assert quality.post(page).status_code == 422
    answer = quality.post(page, {"reason": "heavy rain"})
    assert answer.status_code == 302
    assert _only(cast).state == "closed"


def test_a_closed_batch_refuses_with_409(quality, cast):
    wave = a_wave(cast)
    quality.post(reverse("wave-close", args=[wave.pk]), {"reason": "cancelled"})
    for name in ("wave-edit", "wave-counts", "wave-frame", "wave-close"):
        shown = quality.get(reverse(name, args=[wave.pk]))
        assert shown.status_code == 409
        assert b"E-STATE" in shown.content


def test_only_a_draft_can_be_deleted(quality, cast):
    opened = a_wave(cast)
    assert quality.post(reverse("wave-delete", args=[opened.pk])).status_code == 409
    draft = _drafted(quality, cast, title="a draft")
    quality.post(reverse("wave-delete", args=[draft.pk]))
    with cast.inside():
        assert list(Wave.objects.values_list("id", flat=True)) == [opened.pk]


def test_answers_are_exported_by_a_post_and_fetched_by_a_get(quality, cast):
    wave = a_wave(cast)
    answers(wave, [["vs"] * 10 + [None]])
    page = reverse("wave-export", args=[wave.pk])
    assert b"Export 1 answer" in quality.get(page).content
    answer = quality.post(page, {"form": "csv"}, follow=True)
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content)


def test_the_desk_sees_a_batch_but_nothing_to_press(cast):
    wave = a_wave(cast)
    desk = signed_in(cast, Role.DESK)
    shown = desk.get(reverse("wave", args=[wave.pk])).content
    assert b"Own survey" in shown
    assert b"Import answers" not in shown
    assert reverse("wave-counts", args=[wave.pk]).encode() not in shown
    assert desk.get(reverse("wave-edit", args=[wave.pk])).status_code == 403


def test_another_companys_batch_does_not_exist(quality, cast):
    _company, others = a_company("别家物业", "elsewhere.example")
    wave = a_wave(cast)
    stranger = signed_in(cast)
    stranger.force_login(
        type(cast.account(Role.QUALITY)).objects.get(id=others[Role.QUALITY].account_id)
    )
    for name in ("wave", "wave-edit", "wave-counts", "wave-frame", "wave-totals", "import-upload"):
        assert stranger.get(reverse(name, args=[wave.pk])).status_code == 404


def test_the_pages_speak_chinese(cast):
    wave = a_wave(cast)
    shown = signed_in(cast, language="zh-hans").get(reverse("wave", args=[wave.pk]))
    assert "发放与收回" in shown.content.decode()
