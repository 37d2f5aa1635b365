"""The office's pages of fieldwork: progress, poster and slips, messages, wishes."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from anju.fieldwork.actions.answering import Given, Wish, save_answer, submit
from anju.fieldwork.actions.links import Link, draw_invitations
from anju.fieldwork.models import Approach, Draw, Lobby, Outcome, RestRule
from anju.fieldwork.rules.sample import Method
from anju.fieldwork.sendings import SENDING
from anju.kernel import tasks
from anju.kernel.models import Job
from anju.kernel.pure.clock import utc_now
from anju.register.access import Role
from anju.register.actions.consents import give_consent
from anju.register.actions.places import add_building
from anju.register.actions.residents import MoveIn, PersonDraft, move_in
from anju.register.models import Account, Unit
from anju.survey.models import Invitation, Item, Wave
from anju.survey.rules.answering import Contact
from tests.cast import HER_BUILDING, HER_UNIT, Cast, a_person, a_wave, the_cast

WEEK = timedelta(days=7)


@pytest.fixture
def cast(db: None) -> Cast:
    return the_cast()


@pytest.fixture
def wave(cast: Cast) -> Wave:
    today = utc_now().date()
    days = {"fieldwork_from": today - WEEK, "fieldwork_to": today + WEEK}
    return a_wave(cast, population=40, **days)


@pytest.fixture
def links(cast: Cast, wave: Wave) -> tuple[Link, ...]:
    return draw_invitations(actor=cast.quality, wave_id=wave.pk, at=utc_now())


def signed_in(cast: Cast, role: Role) -> Client:
    client = Client()
    client.force_login(cast.account(role))
    return client


def her_unit(cast: Cast) -> Unit:
    with cast.inside():
        found: Unit = Unit.objects.get(number=HER_UNIT, building__name=HER_BUILDING)
        return found


def mrs_li(cast: Cast) -> None:
    draft = MoveIn(PersonDraft("李秀兰", "13800138000"), "owner", date(2020, 1, 1))
    tie = move_in(actor=cast.quality, unit_id=her_unit(cast).pk, draft=draft, at=utc_now())
    give_consent(
        actor=cast.quality, person_id=tie.person_id, purpose="survey", channel="paper", at=utc_now()
    )


def test_progress_is_shown_to_all_who_see_surveys_and_names_no_home(cast, wave, links):
    page = signed_in(cast, Role.DESK).get(reverse("field", args=[wave.pk])).content.decode()

    assert HER_BUILDING in page
    assert HER_UNIT not in page
    assert reverse("field-send", args=[wave.pk, "0"]) not in page


def test_the_committee_sees_no_building_with_few_answers_and_nobodys_name(cast, wave):
    act = {"actor": cast.quality, "at": utc_now()}
    doors = [str(door) for door in range(101, 121)]  # enough are asked, nobody has answered
    add_building(project_id=cast.project.pk, name="8栋", units=doors, **act)
    with cast.inside():
        Wave.objects.filter(id=wave.pk).update(population=50)
    draw_invitations(wave_id=wave.pk, **act)
    with cast.inside():
        Draw(
            company_id=cast.company.pk, wave=wave, number=1, method=Method.SIMPLE.value, size=20,
            seed=7, homes=30, actor_id=cast.quality.account_id, at=utc_now(),
        ).save()  # fmt: skip
    member = a_person(cast.company, Role.COMMITTEE, projects=[cast.project])
    client = Client()
    client.force_login(Account.objects.get(id=member.account_id))
    page = reverse("field", args=[wave.pk])

    outside = client.get(page).content.decode()
    inside = signed_in(cast, Role.DESK).get(page).content.decode()

    assert "赵敏" in inside
    assert "赵敏" not in outside
    assert outside.count("0–4") == inside.count("0–4") + 1


def test_an_empty_survey_leads_to_choosing_homes(cast, wave):
    page = signed_in(cast, Role.QUALITY).get(reverse("field", args=[wave.pk])).content.decode()

    assert reverse("wave-links", args=[wave.pk]) in page


def test_poster_and_slips_are_printed_and_the_link_is_ended(cast, wave, links):
    zhao = signed_in(cast, Role.QUALITY)
    made = zhao.post(reverse("field-lobby-make", args=[wave.pk]), {"building": ""})
    assert made.status_code == 302
    with cast.inside():
        row = Lobby.objects.get()
    poster = zhao.get(reverse("field-poster", args=[wave.pk, row.pk]))
    assert poster.content.startswith(b"%PDF")

    slips = reverse("field-slips", args=[wave.pk, her_unit(cast).building_id])
    assert zhao.post(slips, {"language": "en"}).content.startswith(b"%PDF")

    zhao.post(reverse("field-lobby-end", args=[wave.pk, row.pk]))
    assert zhao.get(reverse("field-poster", args=[wave.pk, row.pk])).status_code == 404


def test_a_poster_before_homes_are_chosen_is_refused_with_the_cure(cast, wave):
    answer = signed_in(cast, Role.QUALITY).post(reverse("field-lobby-make", args=[wave.pk]))

    assert answer.status_code == 409
    assert "E-STATE" in answer.content.decode()


def test_messages_go_after_the_number_was_seen_and_ticked(cast, wave, links):
    mrs_li(cast)
    zhao, address = signed_in(cast, Role.QUALITY), reverse("field-send", args=[wave.pk, "0"])
    hidden = dict(
        re.findall(r'name="(key|number)" value="([^"]*)"', zhao.get(address).content.decode())
    )
    assert hidden["number"] == "1"

    untold = zhao.post(address, hidden)
    assert (untold.status_code, "E-CONFIRM" in untold.content.decode()) == (422, True)
    assert zhao.post(address, {**hidden, "agreed": "yes"}).status_code == 302
    going = zhao.get(address).content.decode()
    assert "hx-get" in going
    assert 'name="agreed"' not in going
    assert zhao.post(address, {**hidden, "key": "k" * 20, "agreed": "yes"}).status_code == 409
    tasks.run_job.func(Job.objects.get(kind=SENDING).id)
    with cast.inside():
        assert Approach.objects.get().unit_id == her_unit(cast).pk
    ended = zhao.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "hx-get" not in ended
    assert "is-done" in ended

    rest = zhao.post(reverse("field-rest", args=[wave.pk]), {"days": "30"})
    assert rest.status_code == 302
    with cast.inside():
        assert RestRule.objects.get().days == 30
    wrong = zhao.post(reverse("field-rest", args=[wave.pk]), {"days": "9999"})
    assert (wrong.status_code, "E-NUM-RANGE" in wrong.content.decode()) == (422, True)


def test_what_was_found_at_a_door_is_noted_by_the_desk(cast, wave, links):
    chen, home = signed_in(cast, Role.DESK), her_unit(cast)
    place = [wave.pk, home.building_id]
    sent = {"unit": home.pk, "found": "refused"}
    assert chen.post(reverse("field-found", args=place), sent).status_code == 302
    with cast.inside():
        assert Outcome.objects.get().kind == "refused"
    assert chen.get(reverse("field-homes", args=place)).status_code == 200
    bad = {"unit": home.pk, "found": "gone"}
    assert chen.post(reverse("field-found", args=place), bad).status_code == 422


def test_a_building_of_another_survey_is_not_shown(cast, wave, links):
    page = reverse("field-homes", args=[wave.pk, 999_999])

    assert signed_in(cast, Role.DESK).get(page).status_code == 404


def test_a_wish_is_met_and_its_owner_reads_what_was_done(cast, wave, links):
    with cast.inside():
        item = Item.objects.filter(version_id=wave.version_id, scale__isnull=False)[0]
    token = links[0].token
    save_answer(token=token, given=Given({item.code: ["na"]}, {}), at=utc_now())
    wish = Wish(Contact.CALL, "晚上七点后")
    submit(token=token, key="k" * 22, wish=wish, known="", at=utc_now())
    with cast.inside():
        asked = Invitation.objects.get(wave=wave, number=1)
    chen = signed_in(cast, Role.DESK)
    assert "晚上七点后" in chen.get(reverse("wishes", args=[wave.pk])).content.decode()

    act = reverse("wish-met", args=[wave.pk, asked.pk])
    empty = chen.post(act, {"words": " "})
    assert (empty.status_code, "E-TEXT-EMPTY" in empty.content.decode()) == (422, True)
    assert chen.post(act, {"words": "已致电，周五修灯"}).status_code == 302
    assert "周五修灯" in Client().get(reverse("answer", args=[token])).content.decode()
    assert chen.post(reverse("wish-reopen", args=[wave.pk, asked.pk])).status_code == 302


def test_without_a_sample_no_home_is_called_undrawn(cast, wave):
    address = reverse("field-homes", args=[wave.pk, her_unit(cast).building_id])
    client = signed_in(cast, Role.QUALITY)
    client.cookies["anju-language"] = "en"

    shown = client.get(address).content.decode()

    assert "no links made" in shown
    assert "not drawn" not in shown
    assert "homes are asked" not in shown
