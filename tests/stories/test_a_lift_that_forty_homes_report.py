"""A lift stands still and forty homes tell of it: one fault, forty cases, one message a stage, forty verdicts."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from anju.casework.states import Outcome, State
from anju.notify.models import Message
from anju.register.access import Role
from anju.register.actions.places import add_building
from anju.voice.actions.hanging import hang
from anju.voice.actions.receiving import Place
from anju.voice.actions.seeding import give_defaults
from anju.voice.models import Bundle, Case, Category, Verdict
from anju.voice.places import to_print
from anju.web.owner.report.tests.hanging import phone
from tests.cast import AT, Cast, a_person, the_cast
from tests.stories.walking import (
    LANGUAGES,
    browser,
    clock,
    homes,
    house,
    judge,
    lives,
    look,
    read,
    read_wrong,
    says,
    tell,
)

HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
TOWER, MANY, BY_PHONE, ALONE = "9栋", 40, 4, 3
Owners = list[tuple[str, str]]
OVER = {State.CLOSED, State.SETTLED}
LIFT = {"what": "lift", "kind": "repair"}
SAID = {
    "zh-hans": {
        "offer": ("已有 3 户报告", "也算我一个"),
        "runs": ("已有 40 户报告", "预计"),
        "list": ("电梯", "40"),
        "told": "已告知 40 单",
        "asks": ("解决了吗", "已更换门机"),
        "again": "本单已重新打开",
        "month": ("投诉 4 件", "其中 4 件反映的是 1 个同一故障"),
    },
    "en": {
        "offer": ("3 homes have told us", "Count me in"),
        "runs": ("40 homes have told us", "Expected to be over by"),
        "list": ("Lift", "40"),
        "told": "Told to 40 cases",
        "asks": ("Is it solved", "已更换门机"),
        "again": "open again",
        "month": ("2026-11: 4 complaints", "4 of them tell of 1 fault"),
    },
}  # fmt: skip


@pytest.fixture
def cast(db, settings, tmp_path) -> Cast:
    settings.FILES_ROOT = tmp_path
    return the_cast()


def the_tower(cast: Cast) -> tuple[str, Owners]:
    """Plant a tower of forty homes with an owner each: its lobby's code, and homes with telephones."""
    doors = [f"{floor}0{door}" for floor in range(1, 21) for door in (1, 2)]
    add_building(actor=cast.quality, project_id=cast.project.pk, name=TOWER, units=doors, at=AT)
    give_defaults(company_id=cast.company.id, at=AT)
    with cast.inside():
        owners = [
            (unit.number, lives(cast, unit, f"业主{unit.number}")) for unit in homes(cast, TOWER)
        ]
        place = Place(cast.project.pk, None, house(cast, TOWER).pk)
        return to_print(cast.desk, hang(actor=cast.desk, place=place, at=AT))[1], owners


def calls(desk: Client, room: str, bundle: int, category: int) -> None:
    """Register a call at the desk under the fault that runs."""
    said = {"who": f"9-{room}", "words": "电梯停了", "kind": "complaint", "first": "1"}
    topic = {"category": str(category), "bundle": str(bundle)}
    sent = desk.post(reverse("case-new"), {**said, **topic})
    assert sent.status_code == 303, read_wrong(sent)


def forty_tell(cast: Cast, language: str, code: str, owners: Owners) -> list[tuple[Client, str]]:
    """Let forty homes tell of it within minutes: alone, counted in, and four of them by telephone."""
    pages: list[tuple[Client, str]] = []
    for n, (_room, number) in enumerate(owners[:-BY_PHONE]):
        with clock(AT + n * 10 * SECOND), cast.inside():
            fault = Bundle.objects.filter(ended_at=None).first()
        act = f"join-{fault.pk}" if fault is not None and n % 2 else "send"
        with clock(AT + n * 10 * SECOND):
            if n == ALONE:  # three told of it, and no fault runs yet
                draft = {"words": "电梯停了", "key": "k" * 22, **LIFT, "step": "2", "act": "check"}
                asked = phone(language).post(reverse("report-tell", args=[code]), draft)
                says(read(asked), *SAID[language]["offer"])
                act = "join-others"
            pages.append(tell(code, language, f"电梯停了 {n}", phone=number, act=act, **LIFT))
    with cast.inside():
        running, lift = Bundle.objects.get().pk, Category.objects.get(code="lift").pk
    with clock(AT + 8 * MINUTE):
        for room, _number in owners[-BY_PHONE:]:
            calls(browser(cast.desk, language), room, running, lift)
    return pages


def told_once(cast: Cast) -> None:
    """Hold that it is one fault with forty cases, of which each colleague was told once."""
    with cast.inside():
        fault = Bundle.objects.get()
        assert Case.objects.filter(bundle=fault).count() == Case.objects.count() == MANY
        once = Message.objects.filter(subject_kind="case_bundle")
        told = Counter(once.values_list("account_id", flat=True))
    assert told == {cast.desk.account_id: 1, cast.manager.account_id: 1}


def each_keeps_a_verdict(cast: Cast) -> Case:
    """Hold that five of forty judged, one of them reopened alone, and no stage was told twice."""
    with cast.inside():
        assert Case.objects.filter(state__in=OVER).count() == MANY - 1
        assert Case.objects.filter(outcome=Outcome.CONFIRMED).count() == 4
        again: Case = Case.objects.get(state=State.ACCEPTED)
        assert (again.words, again.reopened) == ("电梯停了 4", 1)
        assert Verdict.objects.values("case").distinct().count() == 5
        letters = Message.objects.filter(person_id__isnull=False)
        stages = Counter(letters.values_list("person_id", "stage"))
        assert set(stages.values()) == {1}, "one message a stage"
        assert letters.values("person_id").distinct().count() == MANY
    return again


@pytest.mark.parametrize("language", LANGUAGES)
def test_forty_homes_tell_of_one_lift_and_each_keeps_a_verdict(cast, language):
    said = SAID[language]
    worker = a_person(cast.company, Role.WORKER, projects=[cast.project])
    code, owners = the_tower(cast)
    pages = forty_tell(cast, language, code, owners)
    told_once(cast)
    with cast.inside():
        fault = Bundle.objects.get().pk
    with clock(AT + 9 * MINUTE):
        desk = browser(cast.desk, language)
        says(look(desk, reverse("bundles")), *said["list"])
        news = {"words": "门机故障，已停梯检修", "expected": "2026-11-20 16:00"}
        told = desk.post(reverse("bundle-news", args=[fault]), news)
        says(read(desk.get(told["Location"])), said["told"], "门机故障")
        says(look(phone(language), reverse("report-home", args=[code])), *said["runs"])
    with clock(AT + 3 * HOUR):
        over = {"by": str(worker.account_id), "cause": "门机老化", "words": "已更换门机"}
        ended = desk.post(reverse("bundle-end", args=[fault]), over)
        assert ended.status_code == 302, read_wrong(ended)
        with cast.inside():
            assert set(Case.objects.values_list("state", flat=True)) <= OVER
            assert Case.objects.filter(kind="complaint", visits__isnull=False).count() == BY_PHONE
        says(look(*pages[5]), *said["asks"])
    with clock(AT + 4 * HOUR):
        for solved in (0, 1, 2, 3):
            judge(*pages[solved], "yes")
        says(judge(*pages[4], "no", said="还是会停"), said["again"])
        again = each_keeps_a_verdict(cast)
        manager = browser(cast.manager, language)
        says(look(manager, reverse("case", args=[again.pk])), "还是会停")
        asked = {"project": str(cast.project.pk), "month": "2026-11"}
        says(look(manager, reverse("month"), **asked), *said["month"])
