"""A hint stands on its page for each account by itself, and goes when it is known."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from anju.help.rules.hints import USES
from anju.register.access import Role
from anju.register.models import Account
from tests.cast import the_cast

pytestmark = pytest.mark.django_db
WORDS = "One account for each person"


@pytest.fixture
def boss():
    cast = the_cast()
    client = Client()
    client.force_login(cast.account(Role.ADMINISTRATOR))
    client.cookies["anju-language"] = "en"
    return client


def hints() -> list[dict[str, int]]:
    return [account.hints for account in Account.objects.exclude(hints={})]


def test_it_is_put_away_and_brought_back(boss):
    people = reverse("people")
    assert WORDS in boss.get(people).content.decode()

    answer = boss.post(reverse("hint-away"), {"hint": "people", "next": people})

    assert answer.headers["Location"] == people
    assert WORDS not in boss.get(people).content.decode()
    assert hints() == [{"people": USES}]
    boss.post(reverse("hint-away"), {"hint": "no such hint"})
    assert hints() == [{"people": USES}]
    boss.post(reverse("hints-again"))
    assert WORDS in boss.get(people).content.decode()
    boss.cookies["anju-language"] = "zh-hans"
    assert "一人一个账号" in boss.get(people).content.decode()


def test_what_was_done_counts_and_what_was_refused_does_not(boss):
    new = reverse("person-new")
    assert boss.post(new, {"name": ""}).status_code == 422
    assert hints() == []
    for number in range(USES):
        boss.post(
            new,
            {
                "name": f"同事{number}",
                "email": f"colleague{number}@anhe.example",
                "password": "four plain words here",
                "role": "desk",
                "reach": "company",
            },
        )

    assert hints() == [{"people": USES}]
    assert WORDS not in boss.get(reverse("people")).content.decode()
