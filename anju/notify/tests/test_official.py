"""An official account says a message once to who follows it; without the setting nothing changes."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from anju.kernel.pure.problems import Problem
from anju.notify.actions.following import follow, unfollow
from anju.notify.carriers import official
from anju.notify.carriers.choose import carrier_of
from anju.notify.carriers.official import HOST, Official, authorize_address, read_account
from anju.notify.carriers.port import NotTaken, Parcel
from anju.notify.making import followed
from anju.notify.models import Follower
from anju.notify.outbound import Answer, Unreachable
from anju.notify.rules.ways import Way, owner_way
from anju.register.models import Person
from tests.cast import AT, the_cast

SETTING = "wx1234:geheim:tpl-9:thing2,thing4"
PARCEL = Parcel(
    "u" * 32, "o-mrs-li", "zh-hans", "已收到 7 号单", "请看 https://a.example/o/c/1-x/ 谢谢"
)


class Provider:
    """Stands for the provider: a token, then what it says to messages, one after the other."""

    def __init__(self, *said: dict[str, object], status: int = 200) -> None:
        self.said, self.status = list(said), status
        self.asked: list[tuple[str, dict[str, object]]] = []

    def __call__(self, url, *, body, headers, allowed):
        assert allowed == {HOST}
        self.asked.append((url, json.loads(body)))
        told = {"access_token": f"t{len(self.asked)}", "expires_in": 7200}
        if "stable_token" not in url:
            told = self.said.pop(0)
        return Answer(self.status, json.dumps(told).encode())


@pytest.fixture(autouse=True)
def no_token_kept():
    official._tokens.clear()


def test_a_follower_is_told_with_the_link_and_the_key_of_the_message():
    provider = Provider({"errcode": 0, "msgid": 55}, {"errcode": 0, "msgid": 56})
    carrier = Official(read_account(SETTING), provider)

    assert (carrier.send(PARCEL), carrier.send(PARCEL)) == ("55", "56")
    (_token, (url, said), _again) = provider.asked  # the token is asked for once
    assert url.endswith("access_token=t1")
    assert (said["touser"], said["client_msg_id"], said["template_id"]) == (
        "o-mrs-li",
        PARCEL.uid,
        "tpl-9",
    )
    assert said["url"] == "https://a.example/o/c/1-x/"
    assert said["data"] == {"thing2": {"value": "已收到 7 号单"}, "thing4": {"value": "请看  谢谢"}}


@pytest.mark.parametrize(
    ("said", "final"), [({"errcode": 43004}, True), ({"errcode": 45009}, False)]
)
def test_who_follows_no_more_is_not_tried_again_and_a_limit_is(said, final):
    with pytest.raises(NotTaken) as refused:
        Official(read_account(SETTING), Provider(said)).send(PARCEL)
    assert (refused.value.code, refused.value.final) == ("official_refused", final)


def test_an_old_token_is_asked_for_anew_with_the_next_try():
    provider = Provider({"errcode": 42001}, {"errcode": 0, "msgid": 1})
    carrier = Official(read_account(SETTING), provider)
    with pytest.raises(NotTaken):
        carrier.send(PARCEL)
    assert carrier.send(PARCEL) == "1"
    assert sum("stable_token" in url for url, _said in provider.asked) == 2


def test_what_is_no_answer_is_tried_again():
    def broken(*_given, **_named):
        raise Unreachable("too_slow")

    for sender in (broken, Provider(status=500)):
        with pytest.raises(NotTaken) as refused:
            Official(read_account(SETTING), sender).send(PARCEL)
        assert not refused.value.final


def test_wechat_tells_who_came_back_with_a_code():
    provider = Provider({"openid": "o-mrs-li"}, {"errcode": 40029})
    carrier = Official(read_account(SETTING), provider)
    assert carrier.who("c0de") == "o-mrs-li"
    with pytest.raises(NotTaken):
        carrier.who("used")
    address = authorize_address(carrier.account, "https://a.example/o/c/1-x/follow/", "s")
    assert "redirect_uri=https%3A%2F%2Fa.example%2Fo%2Fc%2F1-x%2Ffollow%2F&" in address
    assert "geheim" not in address


@pytest.mark.parametrize("setting", ["wx", "a:b:c", "a:b:c:one", "a:b:c:one,two,three", ":b:c:d,e"])
def test_a_setting_that_is_none_is_refused_with_the_form_wanted(setting):
    with pytest.raises(Problem, match="E-OFFICIAL"):
        read_account(setting)


def test_without_the_setting_nobody_is_told_there(settings):
    with pytest.raises(LookupError):
        carrier_of(Way.OFFICIAL)
    settings.OFFICIAL_ACCOUNT = SETTING
    assert isinstance(carrier_of(Way.OFFICIAL), Official)
    assert owner_way("", phone=True, sms=True, follows=True) is Way.OFFICIAL
    assert owner_way("paper", phone=True, sms=True, follows=True) is Way.OUTBOX


@pytest.mark.django_db
def test_an_owner_follows_once_and_her_id_lies_sealed():
    cast = the_cast()
    with cast.inside():
        person = Person(company_id=cast.company.id, project=cast.project, name="李秀兰")
        person.save()
    for openid in ("o-old", "o-mrs-li"):
        follow(company_id=cast.company.id, person_id=person.pk, openid=openid, at=AT)
    with cast.inside():
        row = Follower.objects.get()
        assert "o-mrs-li" not in row.sealed
        assert followed(person.pk) == "o-mrs-li"
    unfollow(company_id=cast.company.id, person_id=person.pk, at=AT + timedelta(days=1))
    with cast.inside():
        assert followed(person.pk) == ""
