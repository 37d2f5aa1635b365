"""A person moves in, is found, agrees, moves out: over HTTP, with masks and refusals."""

from __future__ import annotations

import html
import re
from secrets import token_hex

import pytest
from django.urls import reverse

from anju.register.access import Role
from anju.register.models import Building, Partner, Person, Region, Tie, Unit, Zone
from anju.web.manage.places import views as places
from anju.web.study.surveys.tests.going import signed_in
from tests.cast import Cast, the_cast

LI = {"name": "李秀兰", "phone": "138 0013 8000", "kind": "owner", "since": "2024-01-01"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(settings, tmp_path) -> Cast:
    settings.FILES_ROOT = tmp_path
    return the_cast()


@pytest.fixture
def desk(cast):
    return signed_in(cast, Role.DESK)


@pytest.fixture
def unit(cast):
    with cast.inside():
        return Unit.objects.get(key="3-502")


def said(page) -> str:
    return html.unescape(page.content.decode())


def moved(browser, unit, **more):
    return browser.post(reverse("move-in", args=[unit.pk]), LI | more, follow=True)


def the_person(cast) -> Person:
    with cast.inside():
        found: Person = Person.objects.get()
    return found


def test_somebody_moves_in_and_out_and_both_stay_on_record(desk, cast, unit):
    assert desk.get(reverse("move-in", args=[unit.pk])).status_code == 200
    page = said(moved(desk, unit))
    assert "138****8000" in page
    assert "13800138000" not in page
    with cast.inside():
        tie = Tie.objects.get()
    end = reverse("stay-end", args=[tie.pk])
    assert desk.get(end).status_code == 200

    assert desk.post(end, {"until": "", "version": "1"}).status_code == 422
    assert desk.post(end, {"until": "2025-01-01", "version": "9"}).status_code == 409
    page = said(desk.post(end, {"until": "2025-01-01", "version": "1"}, follow=True))

    assert "Before" in page
    assert "Nobody is on record for this unit now" in page


def test_a_refused_move_asks_its_question_and_keeps_the_form(desk, cast, unit):
    refused = moved(desk, unit, kind="tenant")
    assert refused.status_code == 422
    assert "without_owner" in said(refused)
    assert "李秀兰" in said(refused)
    moved(desk, unit, kind="tenant", without_owner="yes")
    twice = moved(desk, unit, kind="family")
    assert "Who is it?" in said(twice)
    again = moved(desk, unit, kind="family", same_person="one")

    assert again.status_code == 200
    with cast.inside():
        assert (Person.objects.count(), Tie.objects.count()) == (1, 2)


def test_contact_is_edited_without_showing_the_phone(desk, cast, unit):
    moved(desk, unit)
    person = the_person(cast)
    form = reverse("resident-edit", args=[person.pk])
    page = said(desk.get(form))
    assert "138****8000" in page
    assert "13800138000" not in page
    changed = {"name": "李秀兰", "quiet_from": "21:30", "quiet_until": "8:00", "version": "1"}

    assert desk.post(form, changed | {"quiet_from": "late"}).status_code == 422
    page = said(desk.post(form, changed, follow=True))

    assert "no calls 21:30–08:00" in page
    assert the_person(cast).phone == "+8613800138000"
    with_phone = changed | {"phone": "139 0013 9000", "version": "2"}
    assert "+8613900139000" in said(desk.post(form, with_phone, follow=True))


def test_consents_are_given_and_taken_back(desk, cast, unit):
    moved(desk, unit)
    person = the_person(cast)
    give = reverse("consent-give", args=[person.pk])
    assert desk.post(give, {"purpose": "", "consent_channel": "phone"}).status_code == 422
    sent = {"purpose": "survey", "consent_channel": "phone"}
    page = said(desk.post(give, sent, follow=True))
    assert "in force" in page
    back = re.search(r'action="([^"]+/withdraw/)"', page)

    page = said(desk.post(back[1], follow=True))

    assert "taken back on" in page


def test_signs_of_care_need_a_reason_and_are_not_on_the_page(cast, desk, unit):
    moved(desk, unit)
    person = the_person(cast)
    sent = {"purpose": "care", "consent_channel": "paper"}
    desk.post(reverse("consent-give", args=[person.pk]), sent)
    manager = signed_in(cast, Role.MANAGER)
    add = reverse("care-add", args=[person.pk])
    assert manager.post(add, {"care_kind": "alone", "care_purpose": ""}).status_code == 422
    manager.post(add, {"care_kind": "alone", "care_purpose": "先打电话再上门"})
    resident = reverse("resident", args=[person.pk])
    look = reverse("care-look", args=[person.pk])

    assert "先打电话再上门" not in said(manager.get(resident))
    assert manager.post(look, {"reason": "", "key": token_hex(8)}).status_code == 422
    shown = said(manager.post(look, {"reason": "visit", "key": token_hex(8)}))

    assert "先打电话再上门" in shown
    assert "Special care" not in said(desk.get(resident))
    drop = re.search(r'action="([^"]+/remove/)"', shown)
    manager.post(drop[1])
    assert "先打电话再上门" not in said(
        manager.post(look, {"reason": "visit", "key": token_hex(8)})
    )


def test_a_building_lists_its_people_for_those_who_may_see_them(desk, cast, unit):
    moved(desk, unit)
    with cast.inside():
        address = reverse("building", args=[Building.objects.get(name="3栋").pk])

    assert "李秀兰" in said(desk.get(address))
    assert desk.get(reverse("unit-edit", args=[unit.pk])).status_code == 403
    quality = signed_in(cast)
    form = reverse("unit-edit", args=[unit.pk])
    assert quality.get(form).status_code == 200
    assert quality.post(form, {"area": "x", "version": "1"}).status_code == 422
    sent = {"floor": "5", "area": "88.5", "use": "home", "handover": "2019-06-01", "version": "1"}
    assert "88.50" in said(quality.post(form, sent, follow=True))


def test_a_building_shows_its_homes_page_by_page(desk, cast, monkeypatch):
    monkeypatch.setattr(places, "SIZE", 6)
    with cast.inside():
        address = reverse("building", args=[Building.objects.get(name="3栋").pk])
    first = said(desk.get(address))
    onward = re.search(r'href="([^"]+)">Next page', first)
    second = said(desk.get(address + onward[1]))

    assert "10 units" in first
    assert (first.count('scope="row"'), second.count('scope="row"')) == (6, 4)
    assert "Previous page" in second
    assert "Next page" not in second
    assert desk.get(f"{address}?page=forged").status_code == 400


@pytest.mark.parametrize("text", ["3栋502", "李秀", "lxl", "8000"])
def test_the_box_finds_and_the_first_result_is_ready(desk, unit, text):
    moved(desk, unit)
    page = said(desk.get(reverse("search"), {"q": text}))

    assert len(re.findall(r"<a[^>]*autofocus", page)) == 1


def test_a_search_that_is_too_long_or_finds_nothing_says_so(desk):
    assert desk.get(reverse("search"), {"q": "x" * 10_000}).status_code == 422
    assert "Nothing was found" in said(desk.get(reverse("search"), {"q": "%%%%"}))
    assert desk.get(reverse("search")).status_code == 200


def test_zones_firms_and_regions_are_made_and_changed(cast, unit):
    browser = signed_in(cast)
    project = cast.project.id
    zone = {"name": "东区", "steward": "", "building": str(unit.building_id), "units": "1栋101"}
    page = said(browser.post(reverse("zone-new", args=[project]), zone, follow=True))
    assert "东区" in page
    with cast.inside():
        key = Zone.objects.get().pk
    form = reverse("zone-edit", args=[key])
    assert browser.get(form).status_code == 200
    assert browser.post(form, zone | {"steward": "987"}).status_code == 422
    assert browser.post(form, zone | {"building": "x"}).status_code == 422
    assert browser.post(form, zone | {"steward": str(cast.desk.account_id)}).status_code == 302

    firm = {"kind": "contractor", "name": "电梯公司", "phone": "0571-87654321"}
    assert browser.post(reverse("firm-new"), firm).status_code == 302
    with cast.inside():
        key = Partner.objects.get().pk
    form = reverse("firm-edit", args=[key])
    assert browser.get(form).status_code == 200
    assert browser.post(form, firm | {"phone": "", "contact": "吴"}).status_code == 302
    page = said(browser.get(reverse("firms")))
    assert "571****4321" in page

    region = {"name": "东片", "project": str(project)}
    assert browser.post(reverse("region-new"), region).status_code == 302
    with cast.inside():
        key = Region.objects.get().pk
    form = reverse("region-edit", args=[key])
    assert browser.get(form).status_code == 200
    assert browser.post(form, {"name": ""}).status_code == 422
    assert "翠湖苑" in said(browser.get(reverse("regions")))
