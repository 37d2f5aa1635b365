"""Rows 31, 32 and 69 to 73: what an owner's link, page and answer may not be."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from anju.fieldwork.actions.links import Link, draw_invitations
from anju.kernel.limits import Limit
from anju.kernel.pure.clock import utc_now
from anju.survey.models import Invitation, Response, Wave
from anju.web.owner.answer import door
from tests.cast import AT, a_wave
from tests.catalogue.desk import BOTH, CHINESE, Answer, in_language, nothing_written, read
from tests.catalogue.meter import metered

DAYS = {"population": 40, "fieldwork_from": date(2026, 1, 1), "fieldwork_to": date(2027, 12, 1)}
KEY = "k" * 22
HIDDEN = re.compile(r'type="hidden" name="(key|known)" value="([^"]*)"')


@pytest.fixture
def wave(desk) -> Wave:
    return a_wave(desk.cast, **DAYS)


@pytest.fixture
def links(desk, wave) -> tuple[Link, ...]:
    return draw_invitations(actor=desk.cast.quality, wave_id=wave.pk, at=AT)


def asked(path: str, form: dict[str, str] | None = None, language: str = CHINESE) -> Answer:
    """Ask as an owner's browser does, without any session."""
    browser = Client()
    browser.cookies["anju-language"] = language
    with metered():
        answer = browser.get(path) if form is None else browser.post(path, form)
    return read(answer)


def begun(link: Link) -> str:
    """Answer the first page of a link and return its address."""
    address = f"/o/s/{link.token}/"
    page = asked(f"{address}q/1/").body
    name, value = re.findall(r'name="(q\.[^"]+)" value="([^"]+)"', page)[0]
    assert asked(f"{address}q/1/", {name: value, "questions": "1"}).status == 302
    return address


def sent(address: str, **form: str) -> Answer:
    return asked(f"{address}check/", {"key": KEY, "contact": "none", **form})


def invitation(desk, **values: object) -> None:
    with desk.cast.inside():
        Invitation.objects.filter(number=1).update(**values)


def stored(desk) -> int:
    with desk.cast.inside():
        return int(Response.objects.count())


def test_row_31_a_key_that_came_with_another_answer_is_refused(desk, links):
    address = begun(links[0])
    assert sent(address).status == 302

    again = sent(address, contact="visit")

    assert (again.status, again.code) == (409, "E-IDEM-MISMATCH")
    assert sent(address).status == 302
    assert stored(desk) == 1


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize(("key", "code"), [("", "E-IDEM-MISSING"), ("x" * 10_240, "E-IDEM-FORMAT")])
def test_row_32_an_answer_without_a_proper_key_is_refused(desk, links, key, code, language):
    address = begun(links[0])
    with nothing_written():
        answer = asked(f"{address}check/", {"key": key}, language)

    assert (answer.status, answer.code, answer.field) == (400, code, "key")
    assert in_language(answer.sentence, language)


def test_row_32_the_page_itself_always_holds_one(links):
    page = asked(f"{begun(links[0])}check/").body

    assert re.fullmatch(r"[\w-]{16,64}", dict(HIDDEN.findall(page))["key"])


CAUSES = {
    "expired": ("已过期", "has expired"),
    "closed": ("已结束", "has ended"),
    "answered": ("您家已经提交过答卷", "already answered"),
}


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("cause", CAUSES)
def test_row_69_each_cause_has_a_page_that_names_nobody(desk, links, cause, language):
    address = begun(links[0])
    if cause == "answered":
        assert sent(address).status == 302
    elif cause == "expired":
        invitation(desk, expires_at=utc_now() - timedelta(days=1))
    else:
        with desk.cast.inside():
            Wave.objects.update(closed_at=utc_now() - timedelta(hours=2), state="closed")
    with nothing_written():
        answer = asked(address, None, language)

    assert answer.status == 200
    assert CAUSES[cause][language == "en"] in answer.body
    # The link's own secret is drawn by chance and may hold any number.
    told = re.sub(r"<head>.*?</head>", "", answer.body, flags=re.DOTALL).replace(address, "")
    told = re.sub(r'(?:value|href|action)="[^"]*"', "", told)
    assert not re.search(r"李|1\d{10}|502", told)


def test_row_69_a_wrong_a_withdrawn_and_a_strangers_link_cannot_be_told_apart(desk, links):
    token = links[0].token
    invitation(desk, revoked_at=utc_now())
    wrong = token[:-1] + ("a" if token[-1] != "a" else "b")
    strange = f"999999-{token.partition('-')[2]}"

    bodies = {
        (a.status, a.body) for a in map(asked, (f"/o/s/{t}/" for t in (token, wrong, strange)))
    }

    assert [status for status, _ in bodies] == [404]


def test_row_70_items_and_options_of_other_surveys_are_refused(links):
    address = f"/o/s/{links[0].token}/q/1/"
    name = re.findall(r'name="(q\.[^"]+)" value', asked(address).body)[0]
    for language in BOTH:
        for form in ({"q.other": "vs"}, {name: "no-such-option"}):
            with nothing_written():
                answer = asked(address, {**form, "questions": "1"}, language)
            assert (answer.status, answer.code) == (422, "E-SURVEY-ANSWER")
            assert in_language(answer.sentence, language)


@pytest.mark.parametrize(("minutes", "status", "late"), [(20, 302, 1), (45, 409, 0)])
def test_row_71_a_page_open_at_the_end_may_be_sent_for_half_an_hour(
    desk, links, minutes, status, late
):
    address, end = begun(links[0]), utc_now() - timedelta(minutes=minutes)
    invitation(desk, seen_at=end - timedelta(minutes=5))
    with desk.cast.inside():
        Wave.objects.update(closed_at=end, state="closed")

    answer = sent(address)

    assert answer.status == status
    assert ("E-SURVEY-CLOSED" in answer.body) == (status == 409)
    with desk.cast.inside():
        row = Invitation.objects.get(number=1)
        assert bool(row.submitted_at) == bool(late)
        assert row.answers  # what was kept page by page is there in either case


def test_row_72_of_two_browsers_with_one_link_one_is_stored(desk, links):
    address = begun(links[0])
    both = [dict(HIDDEN.findall(asked(f"{address}check/").body)) for _browser in range(2)]
    first, second = (asked(f"{address}check/", form) for form in both)

    assert first.status == 302
    assert (second.status, second.code) == (409, "E-SURVEY-ANSWERED")
    assert stored(desk) == 1


def test_row_73_too_many_posts_wait_and_the_neighbour_goes_on(links, monkeypatch):
    monkeypatch.setattr(door, "BY_LINK", Limit("link", 3, 0.01))
    presses = [asked(f"/o/s/{links[0].token}/", {"act": "begin"}).status for _press in range(4)]
    waiting = Client().post(f"/o/s/{links[0].token}/", {"act": "begin"})

    assert presses == [302, 302, 302, 429]
    assert int(waiting["Retry-After"]) > 0
    assert asked(f"/o/s/{links[1].token}/", {"act": "begin"}).status == 302
