"""A text of any length is answered at its field; what no page could hold is told so with its limit."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from anju.web import refusals

MANY = 200_000


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


@pytest.mark.parametrize("sign", ["好", "👨‍👩‍👧"])
def test_an_owners_huge_text_is_refused_at_its_field_and_kept(links, sign):
    field, answer = written(f"/o/s/{links[0].token}/", sign * MANY)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#{field}"' in page
    assert "最多 2,000 个字，您写了 200,000 个字" in page
    assert page.count(sign) == MANY


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
