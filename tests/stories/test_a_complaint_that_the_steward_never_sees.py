"""A complaint about a steward, to the manager's mailbox: from the owner's phone to its closing, unseen by her."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from anju.casework.states import Outcome, State
from anju.notify.models import Message
from anju.register.access import Actor, Role
from anju.register.actions.programs import make_key
from anju.voice.models import Case
from anju.web.declare import declared_urls
from anju.web.owner.report.tests.hanging import a_code, her_unit
from tests.cast import AT, Cast, a_person, the_cast
from tests.stories.walking import (
    LANGUAGES,
    browser,
    clock,
    do,
    judge,
    lives,
    look,
    newest,
    says,
    tell,
)
from tests.tables.asking import KWARG

HOUR = timedelta(hours=1)
WORDS = {"zh-hans": "周管家收了停车费不给收据", "en": "周管家 takes cash without a receipt"}
SAID = {
    "zh-hans": {
        "first": ("已收到", "轮到谁"),
        "head": ("新来", "轮到谁", "投诉"),
        "thanks": ("您的评价已收到", "已办结"),
    },
    "en": {
        "first": ("We have it", "Whose turn"),
        "head": ("New case", "Whose turn", "Complaint"),
        "thanks": ("has arrived", "settled"),
    },
}  # fmt: skip
NOTHING = {  # what the file of a home says of which nothing is known
    "zh-hans": ("还没有报修、投诉或其他来单", "没有未消的不满"),
    "en": ("No repair, complaint or other case so far.", "Nothing is open: no broken promise"),
}
# Drawings, texts of the manual and what ends a sign-in say nothing of cases.
NEAR = (
    "case",
    "search",
    "known",
    "home",
    "message",
    "my-",
    "visit",
    "grievances",
    "bundle",
    "find",
)
APART = ("styleguide", "help", "card", "logout", "static", "mfa_", "account_", "set_")


@pytest.fixture
def cast(db, settings, tmp_path) -> Cast:
    settings.FILES_ROOT = tmp_path
    return the_cast()


def asked(known: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield every address that can be asked with what is known: its name and itself."""
    for url in declared_urls():
        names = KWARG.findall(url.route)
        if url.name and not url.name.startswith(APART) and set(names) <= set(known):
            yield url.name, reverse(url.name, kwargs={name: known[name] for name in names})


def body_of(client: Client, address: str) -> str:
    """Return all that came: a workbook is opened, so that nothing hides in it."""
    answer = client.get(address)
    assert answer.status_code < 500, address
    body = b"".join(answer) if answer.streaming else answer.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(body)) as book:
            body = b"".join(book.read(name) for name in book.namelist())
    return body.decode(errors="replace")


def finds(client: Client, case: Case, unit: int, only: tuple[str, ...] = ("",)) -> set[str]:
    """Ask every page, list, search and export; return the names of those that tell of the case."""
    known = {
        "case_id": case.pk, "unit_id": unit, "project_id": case.project_id, "act": "accept",
        "building_id": case.building_id,
    }  # fmt: skip
    marks = (case.words, f"/desk/cases/{case.pk}/")
    query = {"q": case.words[:3]}
    beside = [
        ("cases?restricted", reverse("cases") + "?restricted=yes"),
        ("cases?all", reverse("cases") + "?show=all"),
        *((f"{name}?q", client_path(name, query)) for name in ("search", "cases", "cases-table")),
        ("search?number", client_path("search", {"q": f"#{case.number}"})),
        ("known", client_path("case-new-known", {"who": "3-502", "words": case.words[:3]})),
    ]
    found = set()
    for name, address in [*asked(known), *beside]:
        if not name.startswith(only):
            continue
        told = body_of(client, address)
        # What was asked stands in the answer itself: there the other of the two marks tells.
        words_too, link_too = "?" not in address, f"/{case.pk}/" not in address
        telling = (*marks[: int(words_too)], *marks[1 : 1 + int(link_too)])
        if any(mark in told for mark in telling):
            found.add(name)
    return found


def client_path(name: str, query: Mapping[str, str]) -> str:
    return f"{reverse(name)}?{urlencode(query)}"


def presses_nothing(client: Client, case: Case, own: Case) -> None:
    """Press what names a case in a body: it answers as for one that there is not."""
    there = {"accept": {"assignee": "1"}, "merge": {"target": "1", "reason": "x"}, "note": {}}
    for act, said in there.items():
        assert client.post(reverse("case-act", args=[case.pk, act]), said).status_code == 404
    for name in ("case-note", "case-photo-add", "case-phone"):
        sent = client.post(reverse(name, args=[case.pk]), {"words": "x", "key": "k" * 22})
        assert sent.status_code in {403, 404}
    merged = {"target": f"#{case.number}", "reason": "同一件事"}
    sent = client.post(reverse("case-act", args=[own.pk, "merge"]), merged)
    never = client.post(
        reverse("case-act", args=[own.pk, "merge"]), {**merged, "target": "#987654"}
    )
    assert (sent.status_code, never.status_code) == (422, 422)
    assert sent.content.decode().replace(f"{case.number}", "").count("data-code") == (
        never.content.decode().replace("987654", "").count("data-code")
    )


@dataclass(frozen=True, slots=True)
class People:
    """Of whom it speaks, who leads, and the home that tells it."""

    steward: Actor
    head: Actor
    unit: int
    number: str


def the_people(cast: Cast) -> People:
    """Plant the steward, the head and Mrs Li's telephone."""
    steward = a_person(cast.company, Role.STEWARD, projects=[cast.project])
    head = a_person(cast.company, Role.HEAD)
    with cast.inside():
        home = her_unit(cast)
        return People(steward, head, home.pk, lives(cast, home))


def settled_by_the_manager(cast: Cast, language: str, head: Actor, case: Case) -> None:
    """Let the manager put it right, take the stock meanwhile, and the head tell the owner."""
    manager, leads = browser(cast.manager, language), browser(head, language)
    says(look(manager, reverse("case", args=[case.pk])), WORDS[language], "孙经理")
    taken = manager.post(reverse("stocktake-take", args=[cast.project.pk]))
    sheet = look(browser(cast.desk, language), taken["Location"])
    assert f"#{case.number}" not in sheet, "a sheet that the desk reads, too"
    do(manager, case.pk, "start")
    do(manager, case.pk, "finish", cause="收费未开票", party="property", done="已补开收据")
    do(leads, case.pk, "report_back", how="已电话致歉", told_at="2026-11-20T10:20")


def hidden_from_the_others(cast: Cast, language: str, case: Case, own: Case) -> None:
    """Hold that the desk and a program do not see it either, by page, list and interface."""
    clerk = browser(cast.desk, language)
    assert clerk.get(reverse("case", args=[case.pk])).status_code == 404
    assert case.words not in look(clerk, reverse("cases"), show="all")
    key = make_key(actor=cast.administrator, name="小程序", projects=[], at=AT)
    listed = Client().get(reverse("api-cases"), headers={"Authorization": f"Bearer {key}"})
    assert [one["number"] for one in listed.json()["cases"]] == [own.number]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_complaint_about_a_steward_is_closed_without_her_ever_seeing_it(cast, language):
    said, who = SAID[language], the_people(cast)
    with clock(AT):
        code = a_code(cast)
        tell(code, language, "楼道灯坏了", what="power")
        own = newest(cast)
        about = {"about": str(who.steward.account_id), "room": "502", "phone": who.number}
        owner, page = tell(code, language, WORDS[language], kind="mailbox", **about)
        case = newest(cast)
        assert (case.restricted, case.channel) == (True, "mailbox")
        assert case.about_id == who.steward.account_id
        says(look(owner, page, new="1"), *said["first"], WORDS[language])
    with clock(AT + HOUR / 4):
        hers, leads = browser(who.steward, language), browser(who.head, language)
        says(look(leads, reverse("messages")), said["head"][0])
        says(look(leads, reverse("case", args=[case.pk])), *said["head"][1:3], WORDS[language])
        assert finds(hers, case, who.unit, NEAR) == set()
        presses_nothing(hers, case, own)
        seen = finds(leads, case, who.unit, NEAR)
        assert {"case", "cases", "case-print", "cases?restricted"} <= seen, "the negative control"
        assert {"search?q", "cases?q", "search?number"} <= seen, "the negative control"
        do(leads, case.pk, "accept", assignee=str(cast.manager.account_id))
    with clock(AT + HOUR):
        settled_by_the_manager(cast, language, who.head, case)
    with clock(AT + 2 * HOUR):
        says(look(browser(cast.quality, language), reverse("visits")), f"{case.number}")
        says(judge(owner, page, "yes"), *said["thanks"])
        hers = browser(who.steward, language)
        assert finds(hers, case, who.unit) == set()
        presses_nothing(hers, case, own)
        hidden_from_the_others(cast, language, case, own)
    now = newest(cast)
    assert (now.state, now.outcome) == (State.SETTLED, Outcome.CONFIRMED)
    with cast.inside():
        told = Message.objects.filter(subject_kind="case", subject_id=case.pk)
        accounts = set(told.values_list("account_id", flat=True))
    assert (who.steward.account_id in accounts, who.head.account_id in accounts) == (False, True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_call_about_a_steward_is_the_desks_and_never_hers(cast, language):
    who = the_people(cast)
    with clock(AT):
        desk = browser(cast.desk, language)
        said = {"who": "3-502", "first": "1", "words": WORDS[language], "kind": "complaint"}
        sent = desk.post(reverse("case-new"), {**said, "about": str(who.steward.account_id)})
        assert sent.status_code == 303
        case = newest(cast)
        assert (case.restricted, case.about_id) == (False, who.steward.account_id)
    with clock(AT + 9 * 24 * HOUR):  # late by now: a grievance of its home
        hers, manager = browser(who.steward, language), browser(cast.manager, language)
        assert finds(hers, case, who.unit, NEAR) == set()
        seen = finds(manager, case, who.unit, NEAR)
        assert {"case", "cases", "grievances"} <= seen, "the negative control"
        file = reverse("home-file", args=[who.unit])
        says(look(hers, file), *NOTHING[language])
        assert [one for one in NOTHING[language] if one in look(manager, file)] == []
