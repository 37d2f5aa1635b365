"""The pages of paper forms as a clerk meets them, without a script: entry, counts, second entry."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from anju.fieldwork.tests.typing import form
from anju.register.access import Role
from anju.register.models import Building
from anju.survey.models import Response, Wave
from tests.cast import Cast, a_wave, the_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return the_cast()


@pytest.fixture
def wave(cast):
    return a_wave(cast, population=40)


def at_desk(cast, role=Role.DESK) -> Client:
    client = Client()
    client.force_login(cast.account(role))
    return client


def found(pattern: str, page) -> str:
    return str(re.findall(pattern, page.content.decode())[0])


def key_in(page) -> str:
    return found(r'name="key" value="([^"]+)"', page)


def send(client, cast, wave, room, digits="1" * 10, **more):
    address = f"/desk/paper/{wave.pk}/"
    said = {"key": key_in(client.get(address)), "room": room, **form(cast, wave, digits), **more}
    return client.post(address, said)


def returned(cast, wave):
    with cast.inside():
        return Wave.objects.get(id=wave.pk).returned


def test_the_page_has_a_box_for_each_item_in_one_row_and_the_focus_in_the_room(cast, wave):
    page = at_desk(cast).get(f"/desk/paper/{wave.pk}/").content.decode()

    assert page.count("data-digits=") == 10
    assert re.search(r'id="room"[^>]* autofocus', page)
    assert "1 " in page
    assert 'data-digits="1230"' in page or 'data-digits="12390"' in page


def test_a_form_is_kept_and_the_next_one_waits_in_the_same_building(cast, wave):
    client = at_desk(cast)

    answer = send(client, cast, wave, "502", building="3栋")

    assert (answer.status_code, answer["Location"][-20:]) == (303, "?building=3%E6%A0%8B")
    page = client.get(answer["Location"]).content.decode()
    assert "3栋 502" in page
    assert "<option selected>3栋</option>" in page
    assert returned(cast, wave) == 1


def test_a_refused_form_says_each_fault_at_its_box_and_keeps_what_was_typed(cast, wave):
    client = at_desk(cast)

    answer = send(client, cast, wave, "3-502", "17 1111111")

    page = answer.content.decode()
    names = list(form(cast, wave, "1" * 10))
    assert answer.status_code == 422
    assert [f'href="#{names[1]}"' in page, f'href="#{names[2]}"' in page] == [True, True]
    assert f'id="{names[1]}" name="{names[1]}" value="7"' in page
    assert 'value="3-502"' in page
    assert "data-aside" in page  # one key lays the sheet aside
    assert returned(cast, wave) is None


def test_pressing_twice_keeps_one_form(cast, wave):
    client = at_desk(cast)
    page = client.get(f"/desk/paper/{wave.pk}/")
    said = {"key": key_in(page), "room": "3-502", **form(cast, wave, "1" * 10)}

    codes = [client.post(f"/desk/paper/{wave.pk}/", said).status_code for _ in range(2)]

    assert (codes, returned(cast, wave)) == ([303, 303], 1)


def test_the_last_form_is_taken_back(cast, wave):
    client = at_desk(cast)
    send(client, cast, wave, "3-502")

    answer = client.post(f"/desk/paper/{wave.pk}/undo/", {"form": "1"})
    again = client.post(f"/desk/paper/{wave.pk}/undo/", {"form": "1"})

    assert (answer.status_code, again.status_code, returned(cast, wave)) == (303, 409, 0)


def test_the_counts_agree_with_the_results(cast, wave):
    client = at_desk(cast)
    client.post(f"/desk/paper/{wave.pk}/counts/", {"fill": "1"})
    for home in ("1-101", "1-102", "1-201", "1-202", "2-101", "2-102"):
        send(client, cast, wave, home)

    with cast.inside():
        assert Response.objects.filter(wave=wave).count() == 6
    assert returned(cast, wave) == 6
    page = at_desk(cast, Role.QUALITY).get(f"/manage/surveys/{wave.pk}/results/").content.decode()
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert "收回6份，回收率20.0%" in text


def test_more_returned_than_issued_is_refused_at_its_field_and_kept(cast, wave):
    client = at_desk(cast)
    with cast.inside():
        key = Building.objects.order_by("id")[0].pk
    address = f"/desk/paper/{wave.pk}/counts/"

    answer = client.post(address, {f"issued-{key}": "10", f"returned-{key}": "11"})
    page = answer.content.decode()
    words = client.post(address, {f"issued-{key}": "ten"})
    filled = client.post(address, {"fill": "1", f"returned-{key}": "4"})

    assert (answer.status_code, words.status_code) == (422, 422)
    assert f'id="returned-{key}-error"' in page
    assert f'name="returned-{key}" value="11"' in page
    assert filled.status_code == 302
    assert f'name="issued-{key}" value="10"' in client.get(address).content.decode()
    assert returned(cast, wave) == 4


def test_a_second_person_enters_a_drawn_form_and_quality_settles_what_differs(cast, wave):
    desk, manager, quality = (at_desk(cast, r) for r in (Role.DESK, Role.MANAGER, Role.QUALITY))
    second = f"/desk/paper/{wave.pk}/second/"
    send(desk, cast, wave, "3-502")
    drawn = quality.post(f"{second}draw/", {"percent": "5", "seed": "42"})
    refused = quality.post(f"{second}draw/", {"percent": "x", "seed": "42"})

    assert (drawn.status_code, refused.status_code) == (302, 422)
    assert desk.get(f"{second}next/").status_code == 302
    page = manager.get(f"{second}next/")
    number = found(r'name="form" value="(\d+)"', page)
    said = {"key": key_in(page), "form": number, **form(cast, wave, "2" + "1" * 9)}
    assert manager.post(f"{second}next/", said).status_code == 302
    assert "paper-settle" not in manager.get(second).content.decode()
    address = found(r'action="(/desk/paper/second/\d+/)"', quality.get(second))
    assert quality.post(address, {"paper": "neither"}).status_code == 422
    assert quality.post(address, {"paper": "second"}).status_code == 302
    done = quality.get(second).content.decode()
    assert "100.0%" in done
    assert manager.post(address, {"paper": "second"}).status_code == 403


def test_a_survey_without_forms_says_what_to_do(cast):
    page = at_desk(cast).get("/desk/paper/")

    assert "目前没有可录入的调查" in page.content.decode()


def test_whether_a_home_must_be_named_is_the_editors_choice(cast, wave):
    quality, desk = at_desk(cast, Role.QUALITY), at_desk(cast)
    address = f"/desk/paper/{wave.pk}/homes/"

    assert desk.post(address, {"without_home": "1"}).status_code == 403
    assert quality.post(address, {"without_home": "1"}).status_code == 302
    assert send(desk, cast, wave, "").status_code == 303
    assert quality.post(address, {"without_home": "0"}).status_code == 302
    assert send(desk, cast, wave, "").status_code == 422
