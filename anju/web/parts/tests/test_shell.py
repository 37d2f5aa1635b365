"""What stands around a page: the menu of a role, the switches, the field, the message with undo."""

from __future__ import annotations

import pytest
from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from anju.register.rules.rights import Actor, Role
from anju.web.parts import menu, shell
from anju.web.parts.form import Field
from anju.web.parts.pieces import ICONS, Mood, Sign, Work

WAITING = {"findings": 3, "cases": 5}


@pytest.fixture(autouse=True)
def _company(monkeypatch):
    waiting = menu.Waiting("Anlan", {**WAITING, menu.UNREAD: 2})
    monkeypatch.setattr(shell, "waiting_of", lambda actor, known: waiting)
    monkeypatch.setattr(shell, "sample_of", lambda _company_id: None)
    monkeypatch.setattr(shell, "beginning_of", lambda *_args: None)
    with translation.override("en"):
        yield


def shown(role: Role | None, path: str = "/manage/people/", **cookies: str) -> shell.Shell:
    request = RequestFactory().get(path)
    request.COOKIES.update(cookies)
    request.LANGUAGE_CODE = "en"
    request.__dict__["actor"] = Actor(1, 1, role, "Zhao Min") if role else None
    return shell._shell(request)


@pytest.mark.parametrize("role", list(Role))
def test_no_role_has_more_than_seven_entries_or_four_tabs(role):
    found = shown(role)

    assert 1 <= len(found.entries) <= 7
    assert len(found.tabs) <= 4
    assert (*found.tabs, *found.others) == found.entries
    assert len({entry.key for entry in found.entries}) == len(found.entries)


def test_what_waits_is_counted_in_the_menu_and_nothing_else_is():
    counts = {entry.label: entry.count for entry in shown(Role.QUALITY).entries}

    assert (counts.pop("Findings"), counts.pop("Cases")) == (3, 5)
    assert set(counts.values()) == {0}


@pytest.mark.parametrize("role", list(Role))
def test_what_does_not_fit_into_the_menu_stands_in_that_of_the_account(role):
    found = shown(role)
    every = [line.label for line in menu._allowed(menu.verbs_of(role, own=False), role, own=False)]

    assert sorted(every) == sorted(entry.label for entry in (*found.entries, *found.further))


def test_desk_and_steward_begin_with_cases_and_who_repairs_with_her_jobs():
    first = {role: shown(role).entries[0].label for role in (Role.DESK, Role.WORKER)}

    assert first == {Role.DESK: "Cases", Role.WORKER: "My jobs"}
    assert "Cases" in {entry.label for entry in shown(Role.STEWARD).entries[:2]}
    assert "Cases" not in {entry.label for entry in shown(Role.WORKER).entries}


def test_only_an_administrator_sees_the_people():
    labels = {role: [entry.label for entry in shown(role).entries] for role in Role}

    assert "People" in labels[Role.ADMINISTRATOR]
    assert all("People" not in labels[role] for role in Role if role is not Role.ADMINISTRATOR)


def test_the_part_of_the_product_that_a_page_belongs_to_is_marked():
    found = shown(Role.ADMINISTRATOR).section

    assert found is not None
    assert found.label == "People"
    assert shown(Role.ADMINISTRATOR, "/styleguide/").section is None


def test_new_messages_are_counted_at_the_bell():
    assert shown(Role.WORKER).unread == 2
    assert shown(None).unread == 0


def test_somebody_not_signed_in_has_no_menu():
    assert shown(None).entries == ()


@pytest.mark.parametrize(
    ("cookie", "theme", "automatic"),
    [
        ("dark", "dark", False),
        ("light", "light", False),
        ("auto", "light", True),
        ("x", "light", True),
    ],
)
def test_the_theme_comes_from_the_cookie_alone(cookie, theme, automatic):
    found = shown(Role.DESK, **{"anju-theme": cookie})

    assert (found.theme, found.automatic) == (theme, automatic)


def test_an_undo_stands_beside_the_message_as_a_form():
    said = [Message(SUCCESS, "Deleted", extra_tags="/undo/1/")]

    page = render_to_string("parts/messages.html", {"messages": said})

    assert 'method="post" action="/undo/1/"' in page
    assert "data-passes" in page


def test_check_rows_are_ticked_from_codes_joined_by_commas():
    field = Field(
        "modes", "How", "web,paper", kind="checks",
        choices=(("web", "Web"), ("call", "Call"), ("paper", "Paper")),
    )  # fmt: skip

    page = render_to_string("parts/field.html", {"field": field})

    assert page.count(" checked") == 2
    assert 'type="checkbox"' in page


@pytest.mark.parametrize(
    "kind", ["text", "area", "select", "radio", "checks", "check", "file", "date", "password"]
)
def test_a_refused_field_of_any_kind_says_so_and_points_at_its_words(kind):
    field = Field("a", "Label", "x", error="Write it.", kind=kind, choices=(("x", "X"),))

    page = render_to_string("parts/field.html", {"field": field})

    assert 'id="a-error"' in page
    assert 'aria-describedby="a-error"' in page
    assert 'aria-invalid="true"' in page
    assert page.count('id="a"') == 1


def test_a_select_that_offers_nothing_itself_asks_no_second_time():
    field = Field("a", "Label", kind="select", choices=(("", "none"), ("x", "X")))

    assert "Please choose" not in render_to_string("parts/field.html", {"field": field})


def test_every_mood_but_two_has_a_shape_beside_its_word():
    plain = {mood for mood in Mood if mood not in ICONS}

    assert plain == {Mood.TIE, Mood.HIGH}
    assert Sign("x", Mood.OVER).filled
    assert Sign("x", Mood.OVER, icon="refresh").drawn == "refresh"
    assert not Sign("x", Mood.OVER, icon="refresh").filled


def test_a_long_job_separates_thousands():
    work = Work("Reading", "You may leave.", 43000, 100000, Sign("x", Mood.RUN), poll="/job/")

    page = render_to_string("parts/work.html", {"work": work})

    assert "43,000 of 100,000" in page
    assert 'hx-get="/job/"' in page
