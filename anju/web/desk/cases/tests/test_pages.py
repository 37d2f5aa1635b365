"""The work list and the page of a case over HTTP: what they show, to whom, and at what price."""

from __future__ import annotations

import html
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from anju.casework.kinds import CaseKind, Severity, Shown
from anju.kernel.pure.clock import utc_now
from anju.register.access import Role
from anju.voice import lists
from anju.voice.actions import closing, receiving, writing
from anju.voice.actions.storing import Edition, Said
from anju.voice.models import Case, CaseNote, SavedView
from anju.voice.tests.making import AT, a_case, a_report, closed, finished, taken
from anju.web.desk.cases.rows import rows_of
from anju.web.desk.cases.words import code_of
from tests.cast import a_person, a_project

PLAIN = {"kind": CaseKind.COMPLAINT}


def said(page) -> str:
    return html.unescape(page.content.decode())


def codes(page) -> list[str]:
    return [code_of(line.number) for line in page.context["rows"]]


def test_the_list_begins_with_what_is_most_overdue_and_names_whose_turn_it_is(cast, worker, desk):
    now = utc_now()
    fresh = taken(cast, worker, at=now, **PLAIN)
    late = taken(cast, worker, at=now - timedelta(days=20), **PLAIN)
    shown = desk.get(reverse("cases"))

    assert codes(shown) == [f"#{late.number}", f"#{fresh.number}"]
    with translation.override("en"):
        (row,) = rows_of(shown.context["rows"][:1], utc_now())
    assert (row.turn.name, row.line.assignee) == (worker.name, worker.name)
    assert "late" in row.late.word
    assert codes(desk.get(reverse("cases"), {"due": "overdue"})) == [f"#{late.number}"]


def test_a_list_costs_the_same_whether_it_shows_two_cases_or_twelve(cast, worker, desk):
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            desk.get(reverse("cases"))
        return len(asked)

    for _ in range(2):
        taken(cast, worker, **PLAIN)
    desk.get(reverse("cases"))
    few = cost()
    for _ in range(10):
        taken(cast, worker, **PLAIN)

    assert cost() == few


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"sort": "owner__user__password"}, "E-SORT"),
        ({"filter[assignee__password]": "x"}, "E-FILTER"),
        ({"kind": "gossip"}, "E-FILTER"),
        ({"project": "987654"}, "E-FILTER"),
        ({"page": "made-up"}, "E-PAGE"),
    ],
)
def test_what_the_list_does_not_know_is_refused_with_what_it_knows(desk, asked, code):
    refused = desk.get(reverse("cases"), asked)

    assert (refused.status_code, code in said(refused)) == (400, True)
    assert f'href="{reverse("cases")}">' in refused.content.decode()  # back to the list, not home


def test_pages_lead_through_every_case_once_and_back(cast, desk):
    with cast.inside():
        made = [a_case(cast, f"第{n}件") for n in range(5)]
        Case.objects.filter(id__in=[case.pk for case in made[:2]]).update(next_due_at=None)
        rows = lists.chosen(cast.desk, lists.Filter(), at=AT)
        seen, cursor = [], ""
        while True:
            found = lists.page_of(rows, lists.Order.DUE, cursor=cursor, size=2)
            seen += [row.number for row in found.rows]
            if not found.earlier:
                break
            cursor = found.earlier
        back = lists.page_of(rows, lists.Order.DUE, cursor=found.later, size=2)

    assert seen == [3, 4, 5, 1, 2]
    assert [row.number for row in back.rows] == [5, 1]


def test_number_phone_home_name_and_words_find_a_case(cast, desk):
    case = a_case(
        cast, "电梯里有异味", teller=receiving.Teller(name="王先生", phone="+8613800138000")
    )
    a_case(cast, "路灯不亮")

    for written in (str(case.number), "#1", "13800138000", "异味", "王先生"):
        assert codes(desk.get(reverse("cases"), {"q": written})) == ["#1"], written
    assert len(codes(desk.get(reverse("cases"), {"q": "3-502"}))) == 2
    found = said(desk.get(reverse("search"), {"q": "异味"}))
    assert f'href="{reverse("case", args=[case.pk])}"' in found


def test_an_empty_list_says_why_and_leads_on(desk):
    assert "No case here" in said(desk.get(reverse("cases")))
    assert "Nothing is overdue" in said(desk.get(reverse("cases"), {"due": "overdue"}))
    narrowed = said(desk.get(reverse("cases"), {"kind": "praise"}))
    assert ("Narrowed by: Praise." in narrowed, "Clear filters" in narrowed) == (True, True)


def test_somebody_keeps_a_list_under_a_name_for_herself_alone(cast, desk, browser):
    kept = desk.post(
        reverse("case-view-keep"), {"name": "本周投诉", "query": "kind=complaint&evil=1"}
    )

    assert kept.url == reverse("cases") + "?kind=complaint"
    assert "本周投诉" in said(desk.get(reverse("cases")))
    other = browser(cast.manager)
    assert "本周投诉" not in said(other.get(reverse("cases")))
    with cast.inside():
        view = SavedView.objects.get()
    assert other.post(reverse("case-view-drop", args=[view.pk])).status_code == 404
    desk.post(reverse("case-view-drop", args=[view.pk]))
    with cast.inside():
        assert not SavedView.objects.exists()


@pytest.mark.parametrize(("language", "word"), [("en", "Whose turn"), ("zh-hans", "轮到谁")])
def test_a_case_shows_its_stage_turn_promise_and_account(cast, worker, browser, language, word):
    case = taken(cast, worker, **PLAIN)
    page = said(browser(cast.desk, language).get(reverse("case", args=[case.pk])))

    assert (word in page, worker.name in page, "厨房水管漏水" in page) == (True, True, True)
    assert page.count('<ol class="counted') >= 2


def test_words_for_colleagues_stay_inside_and_an_erased_note_says_so(cast, worker, desk):
    case = taken(cast, worker, **PLAIN)
    there = reverse("case-note", args=[case.pk])
    desk.post(there, {"words": "业主情绪激动", "shown": "inside", "key": "k" * 16})
    desk.post(there, {"words": "业主情绪激动", "shown": "inside", "key": "k" * 16})
    desk.post(there, {"words": "师傅十分钟后到", "shown": "all", "key": "m" * 16})
    page = reverse("case", args=[case.pk])

    assert said(desk.get(page)).count("业主情绪激动") == 1
    owners = said(desk.get(page, {"seen": "owner"}))
    assert ("业主情绪激动" in owners, "师傅十分钟后到" in owners) == (False, True)
    with cast.inside():
        CaseNote.objects.filter(shown=Shown.INSIDE).update(words="")
    assert "(erased)" in said(desk.get(page))


def test_who_did_the_work_is_told_that_somebody_else_closes_it(cast, browser):
    case = finished(cast, cast.desk, **PLAIN)
    hers = said(browser(cast.desk).get(reverse("case", args=[case.pk])))
    others = said(browser(cast.manager).get(reverse("case", args=[case.pk])))

    assert ("somebody else tells the owner" in hers, "Owner told: close" in hers) == (True, False)
    assert "Owner told: close" in others


def test_a_worker_sees_what_is_hers_and_nothing_else(cast, worker, browser):
    mine, other = taken(cast, worker, **PLAIN), taken(cast, cast.desk, **PLAIN)
    client = browser(worker)

    assert codes(client.get(reverse("cases"))) == [f"#{mine.number}"]
    assert client.get(reverse("case", args=[mine.pk])).status_code == 200
    assert client.get(reverse("case", args=[other.pk])).status_code == 404
    page = said(client.get(reverse("case", args=[mine.pk])))
    assert "Send back" not in page


def test_whom_a_complaint_is_about_never_meets_it(cast, browser):
    steward = a_person(cast.company, Role.STEWARD, projects=[cast.project])
    case = a_case(cast, "管家态度很差", about_id=steward.account_id, **PLAIN)
    client = browser(steward)

    assert codes(client.get(reverse("cases"), {"show": "all"})) == []
    assert codes(client.get(reverse("cases"), {"q": "态度", "show": "all"})) == []
    assert client.get(reverse("case", args=[case.pk])).status_code == 404
    for name in ("case-print", "case-note", "case-photo-add"):
        assert client.get(reverse(name, args=[case.pk])).status_code == 404, name
    assert client.get(reverse("case-act", args=[case.pk, "accept"])).status_code == 404
    assert reverse("case", args=[case.pk]) not in said(client.get(reverse("search"), {"q": "态度"}))


def test_the_managers_mailbox_is_the_heads_alone_in_list_page_and_history(cast, browser):
    report = a_report(
        cast, "经理私收费用", restricted=True, about_id=cast.manager.account_id, **PLAIN
    )
    case = receiving.receive_from_owner(company_id=cast.company.pk, report=report, at=AT)
    head = a_person(cast.company, Role.HEAD)
    there = reverse("case", args=[case.pk])

    assert browser(head).get(there).status_code == 200
    assert browser(head).get(reverse("cases"), {"restricted": "yes"}).context["page"].total == 1
    for other in (cast.manager, cast.desk, cast.administrator):
        assert browser(other).get(there).status_code == 404
    entry = f"Case {case.pk}"
    assert entry in said(browser(head).get(reverse("history")))
    for other in (cast.manager, cast.administrator):
        assert entry not in said(browser(other).get(reverse("history")))


def test_another_project_is_not_there(cast, browser):
    case = a_case(cast)
    elsewhere = a_project(cast.quality, "枫林苑")
    stranger = a_person(cast.company, Role.STEWARD, projects=[elsewhere])

    assert browser(stranger).get(reverse("case", args=[case.pk])).status_code == 404
    assert codes(browser(stranger).get(reverse("cases"))) == []


def test_the_job_sheet_has_three_signatures_and_no_inside_words(cast, worker, desk):
    case = taken(cast, worker, **PLAIN)
    note = Said("内部提醒", Shown.INSIDE)
    writing.write(actor=cast.desk, edition=Edition(case.pk), said=note, at=AT)
    page = said(desk.get(reverse("case-print", args=[case.pk])))

    assert ("Who did the work" in page, "内部提醒" in page) == (True, False)


def test_urgent_and_repeated_cases_say_so(cast, worker, desk):
    urgent = a_case(cast, severity=Severity.IMPORTANT, **PLAIN)
    again = closed(cast, worker, **PLAIN)
    with cast.inside():
        Case.objects.filter(id=again.pk).update(reopened=1)

    assert "Important" in said(desk.get(reverse("case", args=[urgent.pk])))
    assert desk.get(reverse("cases"), {"show": "visit"}).context["rows"][0].times == 2
    assert "opened 2 times" in said(desk.get(reverse("case", args=[again.pk])))


def test_a_case_that_is_open_again_shows_no_outcome_of_the_time_before(cast, worker, desk):
    case = closed(cast, worker, **PLAIN)
    there = reverse("case", args=[case.pk])
    assert desk.get(there).context["outcome"] == "Solved, not confirmed"

    edition = Edition(case.pk)
    closing.reopen(actor=cast.manager, edition=edition, why="It leaks again", at=AT)

    assert desk.get(there).context["outcome"] == ""


def test_a_callers_number_is_shown_whole_against_a_reason_that_is_written_down(cast, desk):
    teller = receiving.Teller(name="王先生", phone="+8613800138000")
    case = a_case(cast, teller=teller)
    page, there = reverse("case", args=[case.pk]), reverse("case-phone", args=[case.pk])

    assert ("138****8000" in said(desk.get(page)), "13800138000" in said(desk.get(page))) == (
        True,
        False,
    )
    assert desk.post(there, {"reason": "gossip"}).status_code == 422
    assert "138 0013 8000" in said(desk.post(there, {"reason": "call"}))
    assert "saw the whole number of the caller" in said(desk.get(page))
    assert desk.get(reverse("case-phone", args=[a_case(cast).pk])).status_code == 404
