"""Programs send cases and ask about them, with a key that reaches what it was made for."""

from __future__ import annotations

import json
import re
from unittest.mock import patch

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from anju.api import door
from anju.help.manual import source
from anju.kernel.limits import Limit
from anju.register.actions.programs import make_key, revoke_key
from anju.register.models import ProgramKey
from anju.voice.models import Case
from anju.voice.tests.making import AT, a_case
from tests.cast import HER_BUILDING, HER_UNIT, Cast, a_company, a_project, the_cast

URL = "/api/v1/cases"
KEY = "k" * 16


@pytest.fixture
def cast(db) -> Cast:
    return the_cast()


@pytest.fixture
def key(cast) -> str:
    return make_key(actor=cast.administrator, name="小程序", projects=[], at=AT)


def call(key: str, address: str = URL, body: object = None, **more: str):
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": KEY} | more
    if body is None:
        return Client().get(address, headers=headers)
    sent = body if isinstance(body, bytes) else json.dumps(body)
    kind = headers.pop("Content-Type", "application/json")
    with transaction.atomic():  # a refusal takes back what the call wrote, and no more
        return Client().post(address, data=sent, content_type=kind, headers=headers)


def a_body(cast: Cast, **more: object) -> dict[str, object]:
    return {"project": cast.project.pk, "kind": "repair", "words": "路灯不亮"} | more


def refused(response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]["code"]


def test_a_case_is_sent_once_however_often_it_is_sent(cast, key):
    body = a_body(cast, building=HER_BUILDING, unit=HER_UNIT, category="power", phone="13800138000")
    first, again = call(key, body=body), call(key, body=body)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    found = first.json()
    assert (found["number"], found["state"], found["unit"]) == (1, "registered", HER_UNIT)
    assert found["promises"]["resolve"]["due"].endswith("Z")
    assert first.headers["Location"] == "/api/v1/cases/1"
    with cast.inside():
        case = Case.objects.get()
        assert (case.channel, case.first_receiver_id, case.phone) == (
            "program",
            None,
            "+8613800138000",
        )
        assert ProgramKey.objects.get().used_at is not None


def test_the_same_key_with_another_body_is_refused(cast, key):
    call(key, body=a_body(cast))
    assert refused(call(key, body=a_body(cast, words="别的"))) == (409, "E-IDEM-MISMATCH")
    assert refused(call(key, body=a_body(cast), **{"Idempotency-Key": ""})) == (
        400,
        "E-IDEM-MISSING",
    )
    long = {"Idempotency-Key": "k" * 10_000}
    assert refused(call(key, body=a_body(cast), **long)) == (400, "E-IDEM-FORMAT")
    with cast.inside():
        assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"project": 987654321}, 422, "E-REF"),
        ({"kind": "wish"}, 422, "E-CHOICE"),
        ({"severity": "huge"}, 422, "E-CHOICE"),
        ({"category": "nothing"}, 422, "E-REF"),
        ({"unit": "99-9999"}, 422, "E-UNIT"),
        ({"building": "99栋"}, 422, "E-REF"),
        ({"phone": "12345"}, 422, "E-PHONE"),
        ({"words": "\u200b"}, 422, "E-TEXT-EMPTY"),
        ({"words": "长" * 5001}, 422, "E-TEXT-LONG"),
        ({"words": ["a"]}, 400, "E-JSON-KIND"),
    ],
)
def test_a_bad_case_is_refused_by_field_and_nothing_is_stored(cast, key, change, status, code):
    response = call(key, body=a_body(cast, **change))

    assert refused(response) == (status, code)
    with cast.inside():
        assert not Case.objects.exists()


def test_wrong_content_and_wrong_methods_are_refused_as_json(cast, key):
    plain = call(key, body=b"words=1", **{"Content-Type": "application/x-www-form-urlencoded"})
    assert refused(plain) == (415, "E-JSON-TYPE")
    assert refused(call(key, body=b"[" * 10_000)) == (400, "E-JSON-DEEP")
    assert refused(call(key, body=b"1" * 3_000_000)) == (413, "E-FORM-LONG")
    put = Client().put(URL)
    assert (refused(put), put.headers["Allow"]) == ((405, "E-METHOD"), "GET, POST")


@pytest.mark.parametrize("shown", ["", "anju-1-nothing", "x" * 500, "anju-99999999999999-a", "Ä"])
def test_without_a_key_in_force_nobody_gets_in(cast, shown):
    response = call(shown)
    assert refused(response) == (401, "E-KEY")
    assert response.headers["WWW-Authenticate"] == "Bearer"


def test_a_key_that_was_ended_is_out_at_once(cast, key):
    with cast.inside():
        row = ProgramKey.objects.get()
    revoke_key(actor=cast.administrator, program_id=row.pk, at=AT)
    assert refused(call(key)) == (401, "E-KEY")


def test_a_key_sees_its_projects_alone_and_neither_people_nor_the_mailbox(cast):
    a_case(cast, "王女士 13800138000 说漏水")
    a_case(cast, "投诉经理", restricted=True)
    other = a_project(cast.quality, "枫林苑")  # its homes are called like those of the first
    near = make_key(actor=cast.administrator, name="甲", projects=[other.pk], at=AT)
    whole = make_key(actor=cast.administrator, name="乙", projects=[], at=AT)

    assert call(near).json() == {"cases": [], "next": None}
    assert refused(call(near, f"{URL}/1")) == (404, "E-REF")
    assert refused(call(near, body=a_body(cast))) == (422, "E-REF")
    told = call(whole)
    assert [one["number"] for one in told.json()["cases"]] == [1]
    assert "13800138000" not in told.content.decode()
    assert "words" not in call(whole, f"{URL}/1").json()
    assert refused(call(whole, f"{URL}/2")) == (404, "E-REF")
    assert refused(call(whole, f"{URL}/{2**63}")) == (404, "E-REF")


def test_another_companys_key_sees_nothing_of_ours(cast, key):
    a_case(cast)
    _company, actors = a_company("别家物业", "other.example")
    theirs = make_key(actor=next(iter(actors.values())), name="丙", projects=[], at=AT)
    assert call(theirs).json()["cases"] == []
    assert refused(call(theirs, f"{URL}/1")) == (404, "E-REF")


def test_the_list_goes_on_where_it_ended(cast, key):
    for _ in range(3):
        a_case(cast)
    first = call(key, f"{URL}?limit=2").json()
    rest = call(key, f"{URL}?limit=999999&after={first['next']}").json()
    assert [one["number"] for one in first["cases"] + rest["cases"]] == [1, 2, 3]
    assert rest["next"] is None
    assert refused(call(key, f"{URL}?after=x")) == (400, "E-PAGE")


def test_words_are_added_to_ones_own_case_alone(cast, key):
    a_case(cast)
    call(key, body=a_body(cast))
    notes = f"{URL}/2/notes"
    said = {"words": "西门的也不亮"}
    assert refused(call(key, f"{URL}/1/notes", said)) == (404, "E-REF")
    assert [call(key, notes, said).status_code for _ in range(2)] == [201, 200]
    told = call(key, f"{URL}/2").json()
    assert told["words"] == "路灯不亮"
    assert [(note["by"], note["words"]) for note in told["notes"]] == [("owner", "西门的也不亮")]


def test_who_calls_too_often_waits_as_long_as_is_said(cast, key):
    with patch.object(door, "BY_KEY", Limit("program", 1, 0.01)):
        call(key)
        response = call(key, **{"Accept-Language": "zh-CN"})
    assert refused(response) == (429, "E-QUOTA")
    assert int(response.headers["Retry-After"]) > 0
    assert "秒后再试" in response.json()["error"]["message"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_examples_of_the_manual_do_what_it_says(cast, key, language):
    blocks = re.findall(r"```\n(.*?)```", source("programs", language), re.DOTALL)
    answers = []
    for block in blocks:
        head, _, body = block.partition("\n\n")
        for line in [one for one in head.splitlines() if one.startswith(("GET ", "POST "))]:
            said = dict(re.findall(r"(?m)^([\w-]+): (.+)$", head))
            said["Authorization"] = f"Bearer {key}"
            sent = body.replace("PROJECT", str(cast.project.pk)).strip().encode() or None
            answers.append(call(key, line.split(" ")[1], sent, **said).status_code)
    assert answers == [201, 200, 200, 201]


def test_every_address_for_programs_is_public_with_a_reason():
    assert reverse("api-cases") == URL
    assert door.Access(None, door.WHY).why
