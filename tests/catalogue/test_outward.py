"""Rows 11, 78 and 82: what a text may fetch into a message, where one may go, who gives a role."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from anju.fieldwork.actions.asking import Going, send
from anju.fieldwork.actions.links import draw_invitations
from anju.fieldwork.rules.approach import Stage
from anju.notify.making import words_of
from anju.notify.models import Message
from anju.notify.rules.targets import may_connect
from anju.notify.rules.words import BrokenTemplate, Kind, Template, Text, register
from anju.register.access import Role
from anju.register.actions.consents import give_consent
from anju.register.actions.residents import MoveIn, PersonDraft, move_in
from anju.register.models import Account, Membership, Unit
from tests.cast import AT, HER_BUILDING, HER_UNIT, a_wave
from tests.catalogue.desk import BOTH, Desk, Refused, nothing_written, refused

INSERTED = "{{ owner.password }}{% include 'x' %}{phone}{link}${7*7}"
TARGET = Refused(
    422, "E-URL-TARGET", "address", "不能向该地址发送消息", "cannot be sent to this address"
)
KEY = "key=0123456789abcdef"
REBOUND = ("127.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "100.100.100.200", "169.254.169.254")
ADDRESSES = {
    "this-machine": "http://127.0.0.1/",
    "this-machine-encrypted": "https://127.0.0.1/",
    "one-number": "https://2130706433/",
    "mapped": "https://[::ffff:127.0.0.1]/",
    "translated": "https://[64:ff9b::7f00:1]/",
    "the-cloud-itself": "https://100.100.100.200/latest/meta-data/",
    "a-name-of-somebody": f"https://rebind.example/cgi-bin/webhook/send?{KEY}",
    "a-file": "file:///etc/passwd",
    "gopher": "gopher://qyapi.weixin.qq.com/",
    "a-user": f"https://user:pass@qyapi.weixin.qq.com/cgi-bin/webhook/send?{KEY}",
    "another-port": f"https://qyapi.weixin.qq.com:8443/cgi-bin/webhook/send?{KEY}",
}


def _mrs_li(desk: Desk) -> None:
    cast = desk.cast
    with cast.inside():
        home = Unit.objects.get(number=HER_UNIT, building__name=HER_BUILDING)
    draft = MoveIn(PersonDraft("李秀兰", "13800138000"), "owner", date(2020, 1, 1))
    tie = move_in(actor=cast.quality, unit_id=home.pk, draft=draft, at=AT)
    give_consent(
        actor=cast.quality, person_id=tie.person_id, purpose="survey", channel="paper", at=AT
    )


def test_row_11_what_looks_like_a_field_in_a_text_is_told_as_it_stands(desk):
    wave = a_wave(desk.cast, title=INSERTED, population=40, fieldwork_to=date(2026, 12, 31))
    draw_invitations(actor=desk.cast.quality, wave_id=wave.pk, at=AT)
    _mrs_li(desk)
    going = Going(Stage.INVITE, 1, agreed=True, key="k" * 20)

    send(
        actor=desk.cast.quality,
        wave_id=wave.pk,
        going=going,
        address=lambda token: f"https://anju.example/o/s/{token}/",
        at=AT,
    )

    with desk.cast.inside():
        told = words_of(Message.objects.get(subject_kind="invitation"))
    assert INSERTED in told.body
    assert told.title == INSERTED
    assert told.body.count("https://anju.example/o/s/") == 1


@pytest.mark.parametrize("field", ["owner.password", "owner[password]", "0", ""])
def test_row_11_a_template_names_plain_values_alone(field):
    words = Text("", "{" + field + "}")

    with pytest.raises(BrokenTemplate):
        register(Template(f"test.row11.{field}", Kind.OTHER, words, words))


@pytest.mark.parametrize("row", ADDRESSES)
def test_row_78_a_group_is_told_at_the_address_of_its_service_alone(row, desk):
    sent = {"name": "品质群", "kind": "wecom", "address": ADDRESSES[row], "kinds": ["new"]}

    refused(desk, reverse("group-new"), sent, TARGET)


def test_row_78_a_page_of_the_service_that_leads_elsewhere_is_no_robot(desk):
    address = "https://qyapi.weixin.qq.com/redirect?to=http://127.0.0.1/"
    sent = {"name": "品质群", "kind": "wecom", "address": address, "kinds": ["new"]}
    wanted = Refused(
        422, "E-URL-TARGET", "address", "请从群机器人设置中复制完整地址", "opy the whole"
    )

    refused(desk, reverse("group-new"), sent, wanted)


@pytest.mark.parametrize("found", REBOUND)
def test_row_78_a_name_that_leads_inside_is_not_connected_to(found):
    assert not may_connect(found)


def test_row_82_a_role_in_the_address_gives_nothing(desk):
    person = {
        "name": "钱敏", "email": "qian@anhe.example", "password": "four plain words here",
        "role": "desk", "language": "zh-hans", "reach": "company",
    }  # fmt: skip
    answer = desk.post(f"{reverse('person-new')}?role=administrator", person)

    assert answer.status == 302, answer.sentence
    with desk.cast.inside():
        assert Membership.objects.get(account__name="钱敏").role == Role.DESK


@pytest.mark.parametrize("language", BOTH)
def test_row_82_who_may_not_give_roles_gives_none(language, desk):
    quality = Desk(desk.cast, Role.QUALITY)
    quality.client(language)
    with nothing_written():
        answer = quality.post(reverse("person-new"), {"role": "administrator"}, language)

    assert answer.status == 403
    assert not Account.objects.filter(email="").exists()
