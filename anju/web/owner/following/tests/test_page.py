"""An owner lets herself be told in WeChat by her own link, and ends it; off without the setting."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from anju.notify.carriers.official import Official
from anju.notify.carriers.port import NotTaken
from anju.notify.models import Follower
from anju.register.actions.residents import MoveIn, PersonDraft, move_in
from anju.voice.actions import receiving
from anju.voice.actions.telling import token_of
from anju.voice.tests.making import AT, a_case, a_report, her_home
from tests.cast import MRS_LI, Cast, the_cast

SETTING = "wx1234:geheim:tpl-9:thing2,thing4"


@pytest.fixture
def cast(db) -> Cast:
    return the_cast()


@pytest.fixture
def address(cast, settings, monkeypatch) -> str:
    settings.OFFICIAL_ACCOUNT = SETTING
    monkeypatch.setattr(Official, "who", lambda _self, code: f"o-{code}")
    with cast.inside():
        unit = her_home(cast)
    hers = MoveIn(PersonDraft(MRS_LI, "13800138000"), "owner", date(2024, 1, 1))
    person = move_in(actor=cast.quality, unit_id=unit.pk, draft=hers, at=AT).person
    report = a_report(cast, teller=receiving.Teller(person.pk))
    case = receiving.receive(actor=cast.desk, report=report, at=AT)
    return reverse("case-follow", args=[token_of(case)])


def count(cast: Cast) -> int:
    with cast.inside():
        return Follower.objects.count()


def test_looking_changes_nothing_one_press_begins_it_and_one_ends_it(cast, address):
    client = Client()
    first, back = client.get(address), client.get(f"{address}?code=c0de&state=anju")
    assert "open.weixin.qq.com" in first.content.decode()
    assert "geheim" not in first.content.decode()
    assert 'value="c0de"' in back.content.decode()
    assert count(cast) == 0

    client.post(address, {"act": "follow", "code": "c0de"})
    assert count(cast) == 1
    client.post(address, {"act": "stop"})
    assert count(cast) == 0


def test_the_page_of_the_case_leads_there_where_it_is_on(cast, address, settings):
    case = address.removesuffix("follow/")
    assert address in Client().get(case).content.decode()
    settings.OFFICIAL_ACCOUNT = ""
    assert address not in Client().get(case).content.decode()


def test_whom_wechat_does_not_know_is_told_and_nothing_is_kept(cast, address, monkeypatch):
    def nobody(_self, _code):
        raise NotTaken("official_refused", "40029", final=True)

    monkeypatch.setattr(Official, "who", nobody)
    answer = Client().post(address, {"act": "follow", "code": "used"})
    assert answer.status_code == 422
    assert "E-OFFICIAL-REFUSED" in answer.content.decode()
    assert count(cast) == 0


def test_without_the_setting_or_a_known_person_the_cases_own_page_comes(cast, address, settings):
    token = token_of(a_case(cast))
    answer = Client().get(reverse("case-follow", args=[token]))
    assert answer["Location"] == reverse("case-progress", args=[token])
    settings.OFFICIAL_ACCOUNT = ""
    assert Client().get(address)["Location"] == address.removesuffix("follow/")
