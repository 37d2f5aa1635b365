"""The pages of findings: empty, filled, filtered, refused, printed; each person the own acts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from anju.improve.actions.boxes import waive
from anju.improve.actions.opening import Draft, Part, add_part, open_by_hand
from anju.improve.actions.storing import Edition
from anju.improve.models import Finding, Measure
from anju.improve.tests.making import (
    a_done_measure,
    a_finding,
    a_measure,
    a_ready_finding,
    people_of,
)
from anju.kernel.pure.clock import utc_now
from anju.survey.rules.wave import Source
from anju.web.manage.findings.tests.conftest import signed_in
from tests.cast import AT, a_wave


def page(client, name: str, *ids: int, query: str = "", status: int = 200) -> str:
    answer = client.get(reverse(name, args=ids) + query)
    assert answer.status_code == status
    return str(answer.content.decode())


def test_before_the_first_finding_the_list_says_where_they_come_from(quality):
    shown = page(quality, "findings")

    assert "No finding yet" in shown
    assert "below the threshold" in shown


def test_the_list_groups_by_state_and_counts_each_group(quality, cast):
    a_finding(cast)
    a_measure(cast)
    shown = page(quality, "findings")

    assert "3 boxes missing" in shown
    assert "Measure set" in shown
    assert shown.count('class="card four') == 2


def test_a_finding_opened_by_hand_says_so_and_not_what_a_survey_says(quality, cast):
    draft = Draft(cast.project.pk, "楼道灯不亮", "三楼以上没有灯")
    made = open_by_hand(actor=cast.quality, draft=draft, at=AT)

    shown = page(quality, "finding", made.pk)

    assert "opened as a finding" in shown
    assert "opened for answers" not in shown


@pytest.mark.parametrize("typed", ["F-1", "1", "%231", "第1号"])
def test_a_finding_is_found_by_its_number_by_who_sees_it(quality, cast, typed):
    made = open_by_hand(actor=cast.quality, draft=Draft(cast.project.pk, "灯不亮", "没有灯"), at=AT)
    assert made.number == 1

    assert "F-1 灯不亮" in page(quality, "search", query=f"?q={typed}")
    assert "F-1 灯不亮" not in page(signed_in(cast.desk.account_id), "search", query=f"?q={typed}")
    assert "F-1 灯不亮" not in page(quality, "search", query="?q=2")


def test_a_filter_that_nothing_fits_offers_to_be_cleared_and_an_unknown_one_is_refused(
    quality, cast
):
    a_finding(cast)

    assert "No finding fits these filters" in page(quality, "findings", query="?state=verified")
    assert "E-FILTER" in page(quality, "findings", query="?project=999999", status=400)
    assert "E-FILTER" in page(quality, "findings", query="?state=nowhere", status=400)
    assert "E-FILTER" in page(quality, "findings", query="?wave=987654321", status=400)


def test_a_survey_without_findings_can_be_asked_for(quality, cast):
    a_finding(cast)
    wave = a_wave(cast)

    assert "No finding fits" in page(quality, "findings", query=f"?wave={wave.pk}")


def test_what_is_late_stands_in_the_overdue_list_with_words(quality, cast):
    measure = a_measure(cast)
    with cast.inside():
        Measure.objects.filter(id=measure.pk).update(due=utc_now().date() - timedelta(days=3))
    shown = page(quality, "findings", query="?overdue=yes")

    assert "overdue" in shown
    assert "four miss" in shown


def test_mine_holds_what_i_am_responsible_for_or_check(manager, cast):
    a_finding(cast)
    ready = a_ready_finding(cast)
    shown = page(manager, "findings", query=f"?person={cast.manager.account_id}")

    assert f"F-{ready.number}" in shown
    assert shown.count('class="card four') == 1


def test_the_table_for_paper_holds_every_box_and_places_to_sign(quality, cast):
    a_measure(cast)
    a_finding(cast)
    shown = page(quality, "findings-table")

    for head in ("Gap", "Root cause", "Responsible", "Measure", "State"):
        assert f">{head}</th>" in shown
    assert "not filled in yet" in shown
    assert "Drawn up by" in shown


def test_the_table_with_nothing_in_it_still_stands(quality):
    assert "0 findings" in page(quality, "findings-table")


def test_who_may_not_decide_is_not_offered_to(quality, manager, cast):
    finding = a_finding(cast)
    address = reverse("finding-waive", args=[finding.pk])

    assert address in page(quality, "finding", finding.pk)
    assert address not in page(manager, "finding", finding.pk)


def test_the_page_offers_the_check_to_the_checker_alone_and_the_report_never_to_her(
    quality, manager, cast
):
    measure = a_done_measure(cast)
    check = reverse("measure-check", args=[measure.pk])

    assert check in page(quality, "finding", measure.finding_id)
    assert check not in page(manager, "finding", measure.finding_id)


def test_a_finding_in_parts_shows_them_and_how_many_are_settled(quality, cast):
    whole = a_finding(cast)
    part = Part("东门", "东门没有巡逻", people_of(cast))
    made = add_part(actor=cast.quality, edition=Edition(whole.pk), part=part, at=AT)
    shown = page(quality, "finding", whole.pk)

    assert "0 of 1 parts settled" in shown
    assert f"F-{made.number}" in shown
    assert f"Part of F-{whole.number}" in page(quality, "finding", made.pk)


def test_an_imported_problem_says_that_it_must_be_split(quality, cast):
    wave = a_wave(cast, source=Source.THIRD_PARTY, consultant="甲咨询")
    draft = Draft(cast.project.pk, "安全感低", "报告第 12 页", wave_id=wave.pk)
    problem = open_by_hand(actor=cast.quality, draft=draft, at=AT)
    shown = page(quality, "finding", problem.pk)

    assert "not yet split" in shown
    assert reverse("measure-new", args=[problem.pk]) not in shown


def test_no_action_shows_who_decided_and_can_be_opened_again(quality, cast):
    finding = a_finding(cast)
    waive(actor=cast.quality, edition=Edition(finding.pk), reason="没有经费", at=AT)
    shown = page(quality, "finding", finding.pk)

    assert "decided on no action: 没有经费" in shown
    address = reverse("finding-reopen", args=[finding.pk])
    assert address in shown
    assert quality.post(address, {"reason": "有经费了"}).status_code == 302


def test_one_form_opens_a_finding_with_all_its_boxes(quality, cast):
    given = {
        "project": cast.project.pk,
        "title": "休息区",
        "gap": "休息区没有座椅",
        "cause": "没有预算",
        "party": "property",
        "responsible": cast.manager.account_id,
        "checker": cast.quality.account_id,
        "text": "添置八把座椅",
        "due": (utc_now().date() + timedelta(days=30)).isoformat(),
        "metric": "现场清点",
        "target": "八把",
    }
    assert quality.post(reverse("finding-new"), given).status_code == 302
    with cast.inside():
        assert Finding.objects.get().state == "set"

    past = quality.post(reverse("finding-new"), {**given, "due": "2020-01-01"})
    assert past.status_code == 422
    assert b"E-MEASURE-DUE" in past.content
    with cast.inside():
        assert Finding.objects.count() == 1


def test_a_project_is_asked_for_before_the_form(quality, cast):
    from_two = page(quality, "finding-new", query=f"?project={cast.project.pk}")

    assert 'name="responsible"' in from_two


def test_somebody_of_another_company_cannot_be_sent_as_responsible(quality, cast):
    finding = a_finding(cast)
    sent = {"responsible": "987654321", "checker": cast.quality.account_id}

    refused = quality.post(reverse("finding-people", args=[finding.pk]), sent)

    assert refused.status_code == 422
    assert b"E-REF" in refused.content


@pytest.mark.parametrize("step", ["measure-hold", "measure-take-back"])
def test_a_step_out_of_turn_is_refused_with_what_is_possible(manager, cast, step):
    measure = a_measure(cast)

    refused = manager.post(reverse(step, args=[measure.pk]))

    assert refused.status_code == 409
    assert b"E-STATE" in refused.content
    assert b"start it" in refused.content


def test_words_for_owners_are_shown_as_kept_and_never_as_sent(quality, cast):
    measure = a_measure(cast)
    sent = {"wanted": "yes", "owner_words": "A second shift until 22:00."}
    quality.post(reverse("measure-owners", args=[measure.pk]), sent)
    shown = page(quality, "finding", measure.finding_id)

    assert "A second shift until 22:00." in shown
    assert "nobody was told yet" in shown
