"""Rows 28, 31, 32, 35, 37, 39 and 86 where a program calls, and where an office sets its times."""

from __future__ import annotations

import json

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from anju.kernel.pure.clock import utc_now
from anju.register.actions.programs import make_key
from anju.terms import settings as rules
from anju.voice.actions.seeding import give_defaults
from anju.voice.tests.making import a_case
from tests.cast import AT
from tests.catalogue.desk import BOTH, Refused, in_language, nothing_written, refused
from tests.catalogue.meter import metered

URL, ONCE = "/api/v1/cases", "k" * 16


@pytest.fixture
def key(desk):
    give_defaults(company_id=desk.cast.company.id, at=AT)
    made = make_key(actor=desk.cast.administrator, name="热线", projects=[], at=AT)
    Client().get(URL, headers={"Authorization": f"Bearer {made}"})  # its first use is written down
    return made


def asked(key, body, language, **more):
    headers = {"Authorization": f"Bearer {key}", "Accept-Language": language[:2]} | more
    kind = headers.pop("Content-Type", "application/json")
    with metered(), transaction.atomic():
        return Client().post(URL, data=body, content_type=kind, headers=headers)


def refused_call(key, body, status, code, **more):
    headers = {"Idempotency-Key": ONCE} | more
    with nothing_written():
        for language in BOTH:
            answer = asked(key, body, language, **headers)
            error = answer.json()["error"]
            assert (answer.status_code, error["code"]) == (status, code)
            assert in_language(error["message"], language), error["message"]


BODIES = {
    "row-86-ten-thousand-deep": (b"[" * 10_000 + b"]" * 10_000, 400, "E-JSON-DEEP"),
    "row-86-the-same-field-twice": (b'{"kind": "repair", "kind": "praise"}', 400, "E-JSON-TWICE"),
    "row-86-a-list-for-a-text": (b'{"words": ["a"]}', 400, "E-JSON-KIND"),
    "row-86-as-many-fields-as-fit": (
        b"{" + b",".join(b'"k%d":1' % n for n in range(6_000)) + b"}",
        400,
        "E-JSON-MANY",
    ),
    "row-86-a-hundred-thousand-fields": (
        b"{" + b",".join(b'"k%d":1' % n for n in range(100_000)) + b"}",
        413,
        "E-FORM-LONG",
    ),
    "row-5-half-a-sign": (b'{"words": "\\ud800"}', 422, "E-TEXT-ENCODING"),
    "row-1-a-nought-byte": (b'{"words": "a\\u0000"}', 422, "E-TEXT-CONTROL"),
}


@pytest.mark.parametrize("row", BODIES)
def test_a_body_that_is_none_is_refused_before_anything_is_built_from_it(row, key):
    refused_call(key, *BODIES[row])


def test_row_86_another_kind_of_content_is_refused(key):
    wrong = {"Content-Type": "text/plain"}
    refused_call(key, b'{"words": "a"}', 415, "E-JSON-TYPE", **wrong)


def test_row_31_the_same_key_with_another_body_is_refused(desk, key):
    body = {"project": desk.cast.project.pk, "kind": "repair", "words": "灯不亮"}
    first = asked(key, json.dumps(body), "en", **{"Idempotency-Key": ONCE})
    assert first.status_code == 201
    refused_call(key, json.dumps(body | {"words": "门坏了"}), 409, "E-IDEM-MISMATCH")


@pytest.mark.parametrize(
    ("sent", "code"), [("", "E-IDEM-MISSING"), ("k" * 10_240, "E-IDEM-FORMAT")]
)
def test_row_32_a_call_without_a_proper_key_is_refused(desk, key, sent, code):
    body = {"project": desk.cast.project.pk, "kind": "repair", "words": "灯不亮"}
    refused_call(key, json.dumps(body), 400, code, **{"Idempotency-Key": sent})


@pytest.mark.parametrize("number", ["2", "987654321", str(2**63)])
def test_row_35_and_37_a_case_that_is_not_there_is_answered_alike(desk, key, number):
    a_case(desk.cast, restricted=True)
    answer = Client().get(f"{URL}/{number}", headers={"Authorization": f"Bearer {key}"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "E-REF")


def test_row_39_a_broken_cursor_is_refused_and_a_page_has_an_end(desk, key):
    answer = Client().get(f"{URL}?after=../&limit=1", headers={"Authorization": f"Bearer {key}"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "E-PAGE")


TIMES = {
    "row-28-solved-before-it-is-heard": (
        {"resolve": "10"},
        Refused(422, "E-SLA-ORDER", "resolve", "10 小于 30", "10 is less than 30"),
    ),
    "row-28-nothing-promised": (
        {"acknowledge": "", "resolve": ""},
        Refused(422, "E-SLA-EMPTY", "acknowledge", "至少填写一个", "one of the four"),
    ),
    "row-28-ten-years": (
        {"resolve": "87600h"},
        Refused(422, "E-SLA-RANGE", "resolve", "到一年之间", "and a year"),
    ),
}


@pytest.mark.parametrize("row", TIMES)
def test_a_promise_that_cannot_be_is_refused(row, desk, key):
    change, wanted = TIMES[row]
    day = rules.local_day(utc_now()).isoformat()
    given = {"kind": "repair", "acknowledge": "30", "resolve": "8h", "since": day} | change
    refused(desk, reverse("case-settings-level-new"), given, wanted)
