"""The desk's intake over HTTP: a call becomes a case, in both languages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from anju.casework.kinds import CaseKind
from anju.casework.states import Outcome, State
from anju.kernel.pure.clock import utc_now
from anju.notify.models import Message
from anju.register.access import Role
from anju.register.models import Account, Building, Person, Tie, Zone, ZonePlace
from anju.voice.models import Case
from anju.voice.refold import faults
from anju.voice.tests.making import a_case, closed, her_home
from tests.cast import HER_BUILDING, MRS_LI, Cast, a_person, the_cast

NEW = "/desk/cases/new/"


@pytest.fixture
def cast(db) -> Cast:
    return the_cast()


@pytest.fixture
def desk(cast, client):
    client.force_login(Account.objects.get(id=cast.desk.account_id))
    return client


def last(cast: Cast) -> Case:
    with cast.inside():
        rows = Case.objects.select_related("unit", "category", "level")
        found: Case | None = rows.order_by("-number").first()
        assert found is not None
        assert faults(found, at=utc_now()) == {}
        return found


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_room_and_words_are_enough_and_the_number_is_said(cast, desk, language):
    desk.cookies["django_language"] = language
    page = desk.post(NEW, {"who": "3-502", "words": "厨房水管漏水"}, follow=True)
    case = last(cast)
    assert (case.unit.number, case.kind, case.state) == ("502", "repair", State.REGISTERED)
    assert page.status_code == 200
    said = page.content.decode()
    assert f"{case.number}" in said
    assert reverse("case-new-undo", args=[case.pk]) in said


def test_a_matter_solved_at_once_is_closed_and_never_asked_about_by_who_solved_it(cast, desk):
    desk.post(NEW, {"who": "3-502", "words": "物业费怎么交", "act": "solved", "kind": "complaint"})
    case = last(cast)
    assert (case.state, case.outcome) == (State.CLOSED, Outcome.UNCONFIRMED)
    assert case.executor_id == cast.desk.account_id


def test_the_same_matter_told_again_opens_the_old_case_and_goes_on_there(cast, desk):
    worker = a_person(cast.company, Role.WORKER, projects=[cast.project])
    before = utc_now() - timedelta(days=2)
    old = closed(cast, worker, kind=CaseKind.COMPLAINT, at=before)
    page = desk.get(reverse("case-new-known"), {"who": "3-502", "words": "厨房水管又漏水了"})
    assert f'name="merge" value="{old.number}"' in page.content.decode()
    desk.post(NEW, {"who": "3-502", "words": "厨房水管又漏水了", "merge": str(old.number)})
    case = last(cast)
    with cast.inside():
        old.refresh_from_db()
    assert (case.outcome, case.merged_into_id) == (Outcome.DUPLICATE, old.pk)
    assert (old.state, old.reopened) == (State.ACCEPTED, 1)


def test_what_was_registered_by_mistake_is_taken_back_and_nobody_is_told(cast, desk):
    desk.post(
        NEW, {"who": "3-502", "words": "厨房水管漏水", "assignee": str(cast.manager.account_id)}
    )
    case = last(cast)
    assert case.state == State.ACCEPTED
    desk.post(reverse("case-new-undo", args=[case.pk]))
    case = last(cast)
    assert (case.state, case.outcome) == (State.SETTLED, Outcome.WITHDRAWN)
    with cast.inside():
        assert not Message.objects.filter(subject_id=case.pk, state="waiting").exists()


def test_emergency_words_lead_to_the_steps_with_two_minutes_for_a_fire(cast, desk):
    page = desk.get(reverse("case-new-known"), {"who": "3-502", "words": "厨房着火了"})
    assert "counted" in page.content.decode()
    page = desk.post(NEW, {"who": "3-502", "words": "厨房着火了"}, follow=True)
    assert page.redirect_chain[-1][0].endswith("/emergency/")
    case = last(cast)
    assert (page.context["until"] - case.received_at).total_seconds() == 120


def test_a_word_for_the_managers_mailbox_is_out_of_sight_of_who_wrote_it_down(cast, desk):
    given = {"who": "3-502", "words": "陈前台态度差", "channel": "mailbox"}
    page = desk.post(NEW, {**given, "about": str(cast.manager.account_id)}, follow=True)
    assert page.status_code == 200
    with cast.inside():
        case = Case.objects.get()
    assert (case.restricted, case.about_id) == (True, cast.manager.account_id)
    assert desk.get(reverse("case", args=[case.pk])).status_code == 404
    assert (
        "陈前台态度差" not in desk.get(reverse("case-new-known"), {"who": "3-502"}).content.decode()
    )


def test_of_a_huge_text_for_a_caller_a_few_signs_are_said_back(cast, desk):
    page = desk.post(NEW, {"who": "查无此人" * 14, "words": "漏水"}).content.decode()
    told = page[page.index("E-CALLER") - 900 : page.index("E-CALLER") + 900]
    assert ("查无此人" * 5 + "…" in told, f"“{'查无此人' * 6}" in told) == (True, False)


def test_a_matter_follows_no_case_that_its_writer_may_not_see(cast, desk):
    hidden = a_case(cast, "李管家", about_id=cast.desk.account_id)
    seen = a_case(cast, "水管")
    for case, kept in ((hidden, False), (seen, True)):
        desk.post(NEW, {"who": "3-502", "words": f"跟着{case.pk}", "follows": str(case.pk)})
        with cast.inside():
            assert Case.objects.filter(words=f"跟着{case.pk}").exists() is kept


def test_of_several_that_fit_none_is_taken_by_the_enter_key(cast, desk):
    with cast.inside():
        houses = list(Building.objects.order_by("id")[:2])
    for name, house in zip(("1区5栋", "2区5栋"), houses, strict=True):
        with cast.inside():
            Building.objects.filter(pk=house.pk).update(name=name)
    page = desk.post(NEW, {"who": "5", "words": "灯不亮", "first": "1"})
    with cast.inside():
        assert (page.status_code, Case.objects.count()) == (422, 0)
    assert "E-CALLER" in page.content.decode()


def test_a_building_is_found_by_its_number_in_whichever_words_it_is_named(cast, desk):
    with cast.inside():
        house = Building.objects.order_by("id")[0]
        Building.objects.filter(pk=house.pk).update(name="Building 1")
    desk.post(NEW, {"who": "1", "words": "灯不亮"})
    with cast.inside():
        assert Case.objects.get().building_id == house.pk


def test_an_emergency_is_not_kept_waiting_for_a_place_that_nobody_finds(cast, desk):
    desk.post(NEW, {"who": "后山凉亭", "words": "有人触电了"})
    with cast.inside():
        case = Case.objects.get()
    assert (case.spot, case.project_id, case.severity) == ("后山凉亭", cast.project.pk, "emergency")
    assert desk.post(NEW, {"who": "后山凉亭", "words": "灯不亮"}).status_code == 422


@pytest.mark.parametrize(
    ("words", "proposed"), [("家里对讲机没声音", True), ("我要投诉，态度太差", False)]
)
def test_a_complaint_is_not_proposed_to_the_steward_of_whom_it_may_be(cast, desk, words, proposed):
    steward = a_person(cast.company, Role.STEWARD, projects=[cast.project])
    with cast.inside():
        zone = Zone(
            company_id=cast.company.pk,
            project=cast.project,
            name="东区",
            steward_id=steward.account_id,
        )
        zone.save()
        house = Building.objects.get(name=HER_BUILDING)
        ZonePlace(company_id=cast.company.pk, zone=zone, building=house).save()
    page = desk.get(reverse("case-new-known"), {"who": "3-502", "words": words}).content.decode()

    assert (f'data-value="{steward.account_id}"' in page) is proposed


def test_who_asks_how_far_it_is_is_led_to_the_matter_that_runs(cast, desk):
    running = a_case(cast, "厨房水管漏水")
    page = desk.get(reverse("case-new-known"), {"who": "3-502", "words": "我报的修到哪一步了"})
    assert f'value="{running.number}"' in page.content.decode()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"who": "99-999", "words": "漏水"}, "E-CALLER"),
        ({"who": "502", "words": "漏水"}, "E-CALLER"),
        ({"who": "3-502", "words": ""}, "E-TEXT-EMPTY"),
        ({"who": "3-502", "words": "\u200b\u200b"}, "E-TEXT-EMPTY"),
        ({"who": "3-502", "words": "漏\x00水"}, "E-TEXT-CONTROL"),
        ({"who": "3-502", "words": "水" * 5001}, "E-TEXT-LONG"),
        ({"who": "3-502", "words": "漏水", "category": "99999"}, "E-REF"),
        ({"who": "3-502", "words": "漏水", "severity": "x"}, "E-CHOICE"),
        ({"who": "3-502", "words": "漏水", "channel": "program"}, "E-CHOICE"),
        ({"who": "3-502", "words": "漏水", "phone": "12345"}, "E-PHONE"),
        ({"who": "3-502", "words": "漏水", "due": "2020-01-01 10:00"}, "E-SLA-ORDER"),
        ({"who": "3-502", "words": "漏水", "assignee": "99999"}, "E-REF"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_code_and_nothing_is_kept(cast, desk, given, code):
    page = desk.post(NEW, given)
    assert page.status_code in {400, 409, 422}
    said = page.content.decode()
    assert f'data-code="{code}"' in said
    with cast.inside():
        assert not Case.objects.exists()


def test_the_panel_says_how_her_repair_stands(cast, desk):
    case = a_case(cast)
    said = desk.get(reverse("case-new-known"), {"who": "3-502"}).content.decode()
    assert f"/desk/cases/{case.pk}/" in said
    with cast.inside():
        assert her_home(cast).number in said


def test_one_key_sent_twice_makes_one_case(cast, desk):
    for _time in range(2):
        desk.post(NEW, {"who": "3-502", "words": "漏水", "key": "k" * 22})
    with cast.inside():
        assert Case.objects.count() == 1


def test_who_calls_is_offered_the_owner_first_and_is_told_of_her_case(cast, desk):
    with cast.inside():
        home = her_home(cast)
        for name, kind in (("王租客", "tenant"), (MRS_LI, "owner")):
            person = Person(company_id=cast.company.id, project=cast.project, name=name)
            person.save()
            Tie(company_id=cast.company.id, person=person, unit=home, kind=kind).save()
    page = desk.get(reverse("case-new-known"), {"who": "3-502"}).content.decode()
    assert page.index(MRS_LI) < page.index("王租客")
    desk.post(NEW, {"who": "3-502", "words": "漏水"})
    with cast.inside():
        case = Case.objects.select_related("reporter").get()
        assert case.reporter is not None
        assert case.reporter.name == MRS_LI
        tenant = Person.objects.get(name="王租客")
    desk.post(NEW, {"place": f"u{home.pk}.p{tenant.pk}", "words": "漏水"})
    assert last(cast).reporter_id == tenant.pk
