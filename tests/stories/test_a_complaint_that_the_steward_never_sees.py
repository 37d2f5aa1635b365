"""A complaint about a steward, to the manager's mailbox: from the owner's phone to its closing, unseen by her."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from datetime import timedelta
from io import BytesIO
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from anju.casework.states import Outcome, State
from anju.notify.models import Message
from anju.register.access import Role
from anju.register.actions.programs import make_key
from anju.voice.models import Case
from anju.web.declare import declared_urls
from anju.web.owner.report.tests.hanging import a_code, her_unit
from tests.cast import AT, HER_BUILDING, Cast, a_person, the_cast
from tests.stories.walking import (
    LANGUAGES,
    browser,
    clock,
    do,
    house,
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
        "head": ("新来", "轮到谁", "投诉", "服务态度"),
        "own": "提出异议",
        "thanks": ("您的评价已收到", "已办结"),
        "gone": "E-REF",
    },
    "en": {
        "first": ("We have it", "Whose turn"),
        "head": ("New case", "Whose turn", "Complaint", "Conduct"),
        "own": "",
        "thanks": ("has arrived", "settled"),
        "gone": "E-REF",
    },
}  # fmt: skip
# Drawings, texts of the manual and what ends a sign-in say nothing of cases.
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


def finds(client: Client, case: Case, unit: int) -> set[str]:
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
        told = body_of(client, address)
        # What was asked stands in the answer itself: there the other of the two marks tells.
        if "?" in address:
            telling = marks[1:]
        else:
            telling = marks[:1] if f"/{case.pk}/" in address else marks
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_complaint_about_a_steward_is_closed_without_her_ever_seeing_it(cast, language):
    said = SAID[language]
    steward = a_person(cast.company, Role.STEWARD, projects=[cast.project])
    head = a_person(cast.company, Role.HEAD)
    with clock(AT):
        code = a_code(cast)
        with cast.inside():
            unit, number = her_unit(cast).pk, lives(cast, her_unit(cast))
            assert house(cast, HER_BUILDING).pk
        _other, _page = tell(code, language, "楼道灯坏了", what="power")
        own = newest(cast)
        owner, page = tell(
            code, language, WORDS[language], kind="mailbox", about=str(steward.account_id),
            room="502", phone=number,
        )  # fmt: skip
        case = newest(cast)
        assert (case.restricted, case.about_id, case.channel) == (
            True,
            steward.account_id,
            "mailbox",
        )
        says(look(owner, page, new="1"), *said["first"], WORDS[language])
    with clock(AT + HOUR / 4):
        hers, leads = browser(steward, language), browser(head, language)
        says(look(leads, reverse("messages")), said["head"][0])
        says(look(leads, reverse("case", args=[case.pk])), *said["head"][1:3], WORDS[language])
        assert finds(hers, case, unit) == set()
        seen = finds(leads, case, unit)
        assert {"case", "cases", "case-print", "cases?restricted"} <= seen, seen
        assert {"search?q", "cases?q", "search?number"} <= seen, seen
        presses_nothing(hers, case, own)
        do(leads, case.pk, "accept", assignee=str(cast.manager.account_id))
    with clock(AT + HOUR):
        manager = browser(cast.manager, language)
        says(look(manager, reverse("case", args=[case.pk])), WORDS[language], "孙经理")
        do(manager, case.pk, "start")
        do(
            manager,
            case.pk,
            "finish",
            cause="收费未开票",
            party="property",
            done="已补开收据并退款",
        )
        do(leads, case.pk, "report_back", how="已电话致歉", told_at="2026-11-20T10:20")
    with clock(AT + 2 * HOUR):
        says(look(browser(cast.quality, language), reverse("visits")), f"{case.number}")
        says(judge(owner, page, "yes"), *said["thanks"])
        hers = browser(steward, language)
        assert finds(hers, case, unit) == set()
        presses_nothing(hers, case, own)
        assert finds(browser(cast.desk, language), case, unit) == set(), (
            "a colleague without the right"
        )
        key = make_key(actor=cast.administrator, name="小程序", projects=[], at=AT)
        program = {"Authorization": f"Bearer {key}"}
        listed = Client().get(reverse("api-cases"), headers=program).json()
        assert [one["number"] for one in listed["cases"]] == [own.number]
    now = newest(cast)
    assert (now.state, now.outcome) == (State.SETTLED, Outcome.CONFIRMED)
    with cast.inside():
        told = Message.objects.filter(subject_kind="case", subject_id=case.pk)
        assert steward.account_id not in set(told.values_list("account_id", flat=True))
        assert head.account_id in set(told.values_list("account_id", flat=True))
