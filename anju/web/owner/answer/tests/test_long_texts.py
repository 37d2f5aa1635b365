"""A text of any length is answered at its field; what no page could hold is told so with its limit."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from anju.web import refusals

MANY = 200_000


MARKS = {
    "zh-hans": "已去掉 2 个改变文字方向的隐藏符号，您写的文字都已保留。",
    "en": "2 hidden signs that turn the direction of writing were taken out. Your words are kept.",
}


def reader(language: str) -> Client:
    phone = Client()
    phone.cookies["anju-language"] = language
    return phone


def written(address: str, text: str):
    """Write a text into the first question for words of an owner's form."""
    phone = Client(HTTP_ACCEPT_LANGUAGE="zh")
    answer = phone.post(address, {"act": "begin"}, follow=True)
    while True:
        here, page = answer.request["PATH_INFO"], answer.content.decode()
        field = re.search(r'<textarea[^>]+name="(t\.[^"]+)"', page)
        body = {"questions": "1", "act": "next", **({field[1]: text} if field else {})}
        answer = phone.post(here, body, follow=not field)
        if field:
            return field[1], answer


@pytest.mark.parametrize(("sign", "times"), [("好", MANY), ("👨‍👩‍👧", MANY // 10)])
def test_an_owners_huge_text_is_refused_at_its_field_and_kept(links, sign, times):
    field, answer = written(f"/o/s/{links[0].token}/", sign * times)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#{field}"' in page
    assert f"最多 2,000 个字，您写了 {times:,} 个字" in page
    assert page.count(sign) == times


def test_row_04_direction_marks_are_taken_out_and_the_next_page_says_so(links):
    address = f"/o/s/{links[0].token}/"
    _field, answer = written(address, "a\u202eb\u2066c")

    assert answer.status_code == 302
    for language, words in MARKS.items():
        page = reader(language).get(answer.url).content.decode()
        assert words in page
        assert words not in reader(language).get(address).content.decode()
    assert "abc" in Client().get(f"{address}check/").content.decode()


@pytest.mark.parametrize("told", ["0", "x", "٣", "99999", "-1", ""])
def test_an_address_that_tells_no_number_of_marks_says_nothing(links, told):
    page = reader("en").get(f"/o/s/{links[0].token}/check/", {"marks": told})
    assert page.status_code == 200
    assert "direction of writing" not in page.content.decode()


def test_a_page_that_is_larger_than_any_form_tells_the_limit_and_where_the_words_are(
    links, settings
):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2**20
    _field, answer = written(f"/o/s/{links[0].token}/", "x" * 2**20)

    page = answer.content.decode()
    assert answer.status_code == 413
    assert "E-FORM-LONG" in page
    assert "超过 1 MB" in page
    assert "已输入的内容仍在" in page


def test_a_page_with_too_many_fields_is_told_apart_from_nonsense(links, settings, rf):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    answer = Client().post(f"/o/s/{links[0].token}/", {f"a{n}": "x" for n in range(5)})
    assert answer.status_code == 413
    assert "E-FORM-FIELDS" in answer.content.decode()
    assert refusals.bad_request(rf.get("/"), ValueError()).status_code == 400
