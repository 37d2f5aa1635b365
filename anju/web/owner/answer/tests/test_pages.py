"""The owner's pages as a browser without JavaScript and without cookies from elsewhere sees them."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.test import Client

from anju.conf.logs import PlainFormatter
from anju.kernel.limits import Limit
from anju.kernel.models import Bucket, HistoryEntry, KeptAnswer
from anju.kernel.pure.clock import utc_now
from anju.register.models import Company
from anju.survey.models import Invitation, Response, Wave
from anju.web.owner.answer import door

REFERRER = "Referrer-Policy"


@pytest.fixture
def phone() -> Client:
    return Client(enforce_csrf_checks=True, HTTP_ACCEPT_LANGUAGE="zh", HTTP_ORIGIN="null")


def english(phone: Client, address: str) -> None:
    answer = phone.post(address, {"act": "en"}, follow=True)
    assert answer.redirect_chain == [(address, 303)]


def ticks(page: str) -> dict[str, str]:
    """Return the first option of every question on a page."""
    found: dict[str, str] = {}
    for name, value in re.findall(r'name="(q\.[^"]+)" value="([^"]+)"', page):
        found.setdefault(name, value)
    return found


def walk(phone: Client, address: str) -> tuple[str, int]:
    """Answer every page with its first option; return the check page and the number of pages."""
    answer, pages = phone.post(address, {"act": "begin"}, follow=True), 0
    while "/q/" in answer.request["PATH_INFO"]:
        pages += 1
        body = {**ticks(answer.content.decode()), "questions": "1", "act": "next"}
        answer = phone.post(answer.request["PATH_INFO"], body, follow=True)
    return answer.content.decode(), pages


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="(key|known)" value="([^"]*)"', page))


def responses(cast) -> int:
    with cast.inside():
        return Response.objects.count()


def test_an_owner_answers_page_by_page_and_is_thanked(cast, links, phone):
    address = f"/o/s/{links[0].token}/"
    english(phone, address)
    first = phone.get(address)
    assert "asks for your opinion" in first.content.decode()
    assert "confidential" in first.content.decode()
    check, pages = walk(phone, address)
    assert pages >= 1
    answer = phone.post(f"{address}check/", {**hidden(check), "contact": "visit"}, follow=True)
    assert "your answer has arrived" in answer.content.decode()
    assert responses(cast) == 1
    assert "already answered" in phone.get(address).content.decode()


def test_care_mode_asks_one_question_a_page_and_comes_back_to_the_same(cast, links, phone):
    address = f"/o/s/{links[0].token}/"
    english(phone, address)
    phone.post(address, {"act": "care"})
    page = phone.get(f"{address}q/3/").content.decode()
    assert 'data-surface="care"' in page
    assert page.count("<fieldset") == 1
    assert "Question 3 of" in page
    _check, pages = walk(phone, address)
    assert pages == 11


def test_an_answer_is_kept_by_every_button_of_its_page(links, phone):
    address = f"/o/s/{links[0].token}/q/1/"
    name, value = next(iter(ticks(phone.get(address).content.decode()).items()))
    for act in ("next", "back", "care", "en", "dark"):
        phone.post(address, {name: value, "questions": "1", "act": act})
        again = Client().get(address).content.decode()
        assert f'name="{name}" value="{value}" checked' in again


def test_who_comes_back_goes_on_where_she_stopped(links, phone):
    address = f"/o/s/{links[0].token}/"
    phone.post(address, {"act": "care"})
    for number in (1, 2):
        page = f"{address}q/{number}/"
        phone.post(page, {**ticks(phone.get(page).content.decode()), "questions": "1"})
    back = phone.post(address, {"act": "begin"})
    assert back["Location"].endswith("/q/3/")


def test_a_double_press_and_a_second_browser_leave_one_answer(cast, links, phone):
    address, other = f"/o/s/{links[0].token}/", Client()
    check, _pages = walk(phone, address)
    elsewhere = other.get(f"{address}check/").content.decode()
    for _press in range(3):
        assert phone.post(f"{address}check/", hidden(check)).status_code == 302
    told = other.post(f"{address}check/", hidden(elsewhere))
    assert told.status_code == 409
    assert 'data-code="E-SURVEY-ANSWERED"' in told.content.decode()
    assert responses(cast) == 1


@pytest.mark.parametrize(("key", "status"), [("", 400), ("x" * 10_000, 400)])
def test_a_form_without_a_proper_key_is_refused(cast, links, phone, key, status):
    address = f"/o/s/{links[0].token}/"
    walk(phone, address)
    assert phone.post(f"{address}check/", {"key": key}).status_code == status
    assert responses(cast) == 0


def test_an_option_of_another_survey_is_refused_with_its_code(links, phone):
    answer = phone.post(f"/o/s/{links[0].token}/q/1/", {"q.other": "x", "questions": "1"})
    assert answer.status_code == 422
    assert 'data-code="E-SURVEY-ANSWER"' in answer.content.decode()


def test_looking_ten_times_changes_nothing(cast, links):
    def state() -> list[object]:
        with cast.inside():
            rows = [list(kind.objects.values()) for kind in (Invitation, Response, Wave)]
        return [*rows, *(k.objects.count() for k in (KeptAnswer, HistoryEntry, Bucket))]

    before = state()
    for tail in ("", "q/1/", "check/", "thanks/"):
        for _look in range(10):
            Client().get(f"/o/s/{links[0].token}/{tail}")
            Client().head(f"/o/s/{links[0].token}/{tail}")
    assert state() == before


def test_pages_tell_browsers_to_keep_the_link_to_themselves(links, phone):
    for tail in ("", "q/1/", "check/"):
        answer = phone.get(f"/o/s/{links[0].token}/{tail}")
        assert (answer[REFERRER], answer["Cache-Control"]) == ("no-referrer", "no-store")
        assert "sessionid" not in answer.cookies


def test_a_wrong_and_a_withdrawn_link_look_the_same(cast, links, phone):
    with cast.inside():
        Invitation.objects.filter(number=1).update(revoked_at=utc_now())
    token = links[0].token
    answers = [
        phone.get(f"/o/s/{wrong}/")
        for wrong in (token, token[:-1] + ("a" if token[-1] != "a" else "b"), "nonsense")
    ]
    assert {a.status_code for a in answers} == {404}
    assert len({a.content for a in answers}) == 1


def test_expired_and_ended_have_pages_of_their_own_with_a_code(cast, links, phone):
    address = f"/o/s/{links[0].token}/"
    english(phone, address)
    with cast.inside():
        Invitation.objects.filter(number=1).update(expires_at=utc_now() - timedelta(days=1))
    assert "has expired" in phone.get(address).content.decode()
    with cast.inside():
        Wave.objects.update(closed_at=utc_now() - timedelta(hours=1), state="closed")
    ended = phone.post(f"{address}q/1/", {"questions": "1"})
    assert (ended.status_code, "E-SURVEY-CLOSED" in ended.content.decode()) == (409, True)


def test_guessing_links_is_slowed_down_and_true_links_go_on(links, phone):
    statuses = [phone.get(f"/o/s/1-{n:022d}/").status_code for n in range(31)]
    assert statuses == [404] * 30 + [429]
    slowed = phone.get(f"/o/s/1-{99:022d}/")
    assert int(slowed["Retry-After"]) > 0
    assert phone.post(f"/o/s/{links[0].token}/", {"act": "begin"}).status_code == 302


def test_a_link_pressed_too_often_waits_while_its_neighbour_goes_on(links, phone):
    def press(place: int) -> int:
        return int(phone.post(f"/o/s/{links[place].token}/", {"act": "begin"}).status_code)

    with patch.object(door, "BY_LINK", Limit("link", 5, 0.01)):
        assert [press(0) for _press in range(6)] == [302] * 5 + [429]
        assert press(1) == 302


def test_no_line_of_the_log_repeats_a_link(links):
    token = links[0].token
    record = logging.LogRecord(
        "django.request", logging.WARNING, "", 0, "Not Found: %s", (f"/o/s/{token}/q/9/",), None
    )
    assert token not in PlainFormatter("%(message)s").format(record)
    assert token in logging.Formatter("%(message)s").format(record)


def test_what_is_refused_keeps_every_tick_and_word_of_the_page(links, phone):
    address = f"/o/s/{links[0].token}/q/1/"
    page = phone.get(address).content.decode()
    said = {**ticks(page), "questions": "1", "act": "next"}
    while 't."' not in page and "<textarea" not in page:
        answer = phone.post(address, said, follow=True)
        address, page = answer.request["PATH_INFO"], answer.content.decode()
        said = {**ticks(page), "questions": "1", "act": "next"}
    name = re.findall(r'<textarea[^>]* name="(t\.[^"]+)"', page)[0]

    refused = phone.post(address, {**said, name: "电梯常停" * 501})

    shown = refused.content.decode()
    assert refused.status_code == 422
    assert "电梯常停" * 501 in shown
    assert shown.count(" checked") == len(ticks(page))
    assert f'id="{name}-error"' in shown


def test_who_writes_into_an_ended_survey_gets_her_words_back(cast, links, phone):
    with cast.inside():
        Wave.objects.update(closed_at=utc_now() - timedelta(hours=1), state="closed")
    sent = {"questions": "1", "t.x": "<b>灯不亮</b>"}
    page = phone.post(f"/o/s/{links[0].token}/q/1/", sent).content.decode()
    assert "&lt;b&gt;灯不亮&lt;/b&gt;" in page
    assert "您写的内容没有提交" in page


@pytest.mark.parametrize("token", ["nonsense", None])
def test_the_language_turns_also_where_nothing_can_be_answered(cast, links, phone, token):
    with cast.inside():
        Wave.objects.update(closed_at=utc_now() - timedelta(hours=1), state="closed")
    address = f"/o/s/{token or links[0].token}/"
    turned = phone.post(address, {"act": "en"}, follow=True)
    assert turned.redirect_chain == [(address, 303)]
    words = turned.content.decode()
    assert "This link does not work" in words or "This survey has ended" in words
    assert 'value="zh-hans"' in words


@pytest.mark.parametrize(("others", "said"), [(0, True), (1, False)])
def test_a_link_that_leads_nowhere_names_whom_to_call_where_one_company_is_served(
    cast, phone, monkeypatch, others, said
):
    with cast.inside():
        Company.objects.filter(id=cast.company.pk).update(phone="0571-88886666")
    ids = (cast.company.pk,) * (1 + others)
    monkeypatch.setattr("anju.register.queries.company_ids", lambda: ids)
    assert ("tel:0571-88886666" in phone.get("/o/s/nonsense/").content.decode()) is said
    assert ("tel:0571-88886666" in phone.get("/o/l/nonsense/").content.decode()) is said
