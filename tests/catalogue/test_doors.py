"""Rows 66, 81 and 83 to 85: too much at once, signing in, where to go next, which host, what to seek."""

from __future__ import annotations

import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_search
from anju.register.models import Account
from tests.cast import PASSWORD
from tests.catalogue.desk import BOTH, in_language, nothing_written

LOGIN = "/account/login/"
WRONG = {
    "unknown-person": ("nobody@anhe.example", "four plain words"),
    "wrong-password": ("quality@anhe.example", "not the four words"),
    "ten-thousand-letters": ("quality@anhe.example", "x" * 10_000),
    "nul-in-password": ("quality@anhe.example", "four\x00plain"),
    "nul-in-name": ("quality\x00@anhe.example", "four plain words"),
    "no-address": ("quality", "four plain words"),
    "two-addresses": ("a@b.example,c@d.example", "four plain words"),
    "empty": ("", ""),
}
SAID = {"zh-hans": "邮箱或密码", "en": "E-mail or password is wrong. Check both and try again."}


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("row", WRONG)
def test_row_81_every_failed_sign_in_reads_the_same(row, language, desk):
    name, password = WRONG[row]
    client = Client(REMOTE_ADDR=f"10.0.0.{list(WRONG).index(row) + 1}")
    client.cookies["anju-language"] = language
    with nothing_written():
        answer = client.post(LOGIN, {"login": name, "password": password})
    page = answer.content.decode()

    assert answer.status_code in {200, 400, 422}
    assert 'data-code="E-LOGIN"' in page
    assert SAID[language] in page
    assert "_auth_user_id" not in client.session


def test_row_81_a_password_is_cut_before_it_is_hashed(desk, monkeypatch):
    hashed: list[int] = []
    checked = Account.check_password

    def listening(self, raw):
        hashed.append(len(raw))
        return checked(self, raw)

    monkeypatch.setattr(Account, "check_password", listening)
    client = Client(REMOTE_ADDR="10.0.1.1")

    client.post(LOGIN, {"login": "quality@anhe.example", "password": "x" * 10_000})

    assert all(length <= 128 for length in hashed)


@pytest.mark.parametrize(
    "target", ["//evil.example", "https:evil.example", "\\evil.example", "/\\evil.example",
               "https://evil.example/", "javascript:alert(1)", "\t//evil.example", "///evil.example"],
)  # fmt: skip
def test_row_83_another_place_is_ignored_and_the_person_goes_home(target, desk):
    client = Client(REMOTE_ADDR="10.0.2.1")
    sent = {"login": "desk@anhe.example", "password": PASSWORD, "next": target}

    signed_in = client.post(f"{LOGIN}?next={target}", sent)
    switched = client.post("/language/", {"language": "en", "next": target})

    assert (signed_in.status_code, signed_in.headers["Location"]) == (302, "/")
    assert (switched.status_code, switched.headers["Location"]) == (302, "/")


def test_row_83_a_place_of_ours_is_kept(desk):
    client = Client(REMOTE_ADDR="10.0.2.2")
    sent = {"login": "desk@anhe.example", "password": PASSWORD, "next": "/manage/projects/"}

    assert client.post(LOGIN, sent).headers["Location"] == "/manage/projects/"


@pytest.mark.parametrize("path", ["/", LOGIN, "/alive/", "/manage/surveys/"])
def test_row_84_an_unknown_host_is_no_host_of_ours(path, db):
    assert Client(SERVER_NAME="evil.example").get(path).status_code == 400


def test_row_84_a_forwarded_host_is_not_believed(desk):
    answer = desk.client("en").get("/manage/surveys/", headers={"x-forwarded-host": "evil.example"})

    assert answer.status_code == 200
    assert "evil.example" not in answer.content.decode()


@pytest.mark.parametrize("language", BOTH)
def test_row_85_a_search_of_ten_thousand_characters_is_refused(language):
    with pytest.raises(Problem) as raised:
        clean_search("电梯 " * 4_000)

    assert (raised.value.code, raised.value.field) == ("E-SEARCH", "q")
    assert in_language(raised.value.text(language), language)


@pytest.mark.parametrize("said", ["%%%%", '"', "NEAR(a b)", "(a+)+$", "a* OR b", "' OR 1=1"])
def test_row_85_operators_are_words_like_any_other(said):
    began = time.monotonic()

    assert clean_search(said) == said
    assert time.monotonic() - began < 1


MANY = {
    "row-66-too-many-fields": {f"f{n}": "x" for n in range(5_000)},
    "row-66-too-many-files": {f"f{n}": SimpleUploadedFile(f"{n}.csv", b"a") for n in range(500)},
    "row-66-a-text-of-three-megabytes": {"name": "x" * 3_000_000},
}


@pytest.mark.parametrize("row", MANY)
def test_a_form_that_no_page_of_ours_sends_is_refused_before_it_is_read(row, desk):
    client = desk.client("zh-hans")
    with nothing_written():
        answer = client.post("/manage/projects/new/", MANY[row])

    assert answer.status_code in {400, 413}
    assert "Traceback" not in answer.content.decode()
