"""An owner who never answers: three tries, counted apart; her silence is nobody's praise, anywhere."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from anju.casework.kinds import VisitState
from anju.casework.states import Outcome, State
from anju.register.access import Role
from anju.voice.models import Case, ReturnVisit, Verdict
from anju.web.owner.report.tests.hanging import a_code
from tests.cast import AT, Cast, a_person, the_cast
from tests.stories.walking import (
    LANGUAGES,
    browser,
    clock,
    do,
    homes,
    judge,
    lives,
    look,
    newest,
    on_site,
    read,
    says,
    tell,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SAID = {
    "zh-hans": {
        "tried": ("无人接听", "未联系上"),
        "given_up": ("办结：未联系上业主", "已解决，未经确认"),
        "covered": "报修 2 1",
        "month": ("已解决 1 / 1", "未解决 0 / 1", "应回访 2：已访到 1，未联系上 1，待回访 0"),
        "second": "李秀兰二",
        "twice": "本月到期 1 个：已问 0 个，未联系上 1 个",
        "asks": "解决了吗",
        "nobody": "现在没有要回访的",
    },
    "en": {
        "tried": ("无人接听", "not reached"),
        "given_up": ("not reached", "Solved, not confirmed"),
        "covered": "Repair 2 1",
        "month": ("Solved 1 / 1", "Not solved 0 / 1", "Owed 2: reached 1, not reached 1, waiting 0"),
        "second": "李秀兰二",
        "twice": "1 fell due in this month: 0 asked, 1 not reached",
        "asks": "Is it solved",
        "nobody": "Nobody is to be called now",
    },
}  # fmt: skip


@pytest.fixture
def cast(db, settings, tmp_path) -> Cast:
    settings.FILES_ROOT = tmp_path
    return the_cast()


def rings(desk: Client, visit: ReturnVisit, **more: str) -> str:
    """Call an owner who does not pick up, by the form of the call."""
    there = reverse("visit", args=[visit.pk])
    form = desk.get(there)
    assert form.status_code == 200
    version = re.search(r'name="version" value="(\d+)"', form.content.decode())
    assert version is not None
    none = {"version": version[1], "mode": "phone", "result": "none", "words": "无人接听", **more}
    sent = desk.post(there, none)
    assert sent.status_code == 303, sent.content.decode()[-2000:]
    return read(desk.get(there))


def visit_of(cast: Cast, case: Case, *, second: bool = False) -> ReturnVisit:
    with cast.inside():
        found: ReturnVisit = ReturnVisit.objects.get(case=case, second=second)
        return found


def tries(cast: Cast, language: str, visit: ReturnVisit, first: datetime) -> str:
    """Call at three hours of the day; a second call within the hour is no try of its own."""
    for hours in (0, 0.2, 3):
        with clock(first + hours * HOUR):
            page = rings(browser(cast.desk, language), visit)
        with cast.inside():
            assert ReturnVisit.objects.get(id=visit.pk).state == VisitState.DUE
    with clock(first + 6 * HOUR):
        page = rings(browser(cast.desk, language), visit)
    with cast.inside():
        assert ReturnVisit.objects.get(id=visit.pk).state == VisitState.NOT_REACHED
    return page


@pytest.mark.parametrize("language", LANGUAGES)
def test_silence_stays_silence_from_the_first_call_to_every_figure(cast, language):
    said, owners, cases = SAID[language], [], []
    worker = a_person(cast.company, Role.WORKER, projects=[cast.project])
    with clock(AT):
        code = a_code(cast)
        desk, ground = browser(cast.desk, language), browser(worker, language)
        for place, name in ((0, "王安静"), (1, "李秀兰二")):
            with cast.inside():
                unit = homes(cast, "3栋")[place]
                number = lives(cast, unit, name)
            owners.append(tell(code, language, f"水管漏水 {name}", room=unit.number, phone=number))
            cases.append(newest(cast))
            do(desk, cases[-1].pk, "accept", assignee=str(worker.account_id))
            on_site(ground, cases[-1].pk)
            do(desk, cases[-1].pk, "report_back", how="已告知", told_at="2026-11-20T09:30")
    silent, content = cases
    with clock(AT + HOUR):
        judge(*owners[1], "yes")
    page = tries(cast, language, visit_of(cast, silent), AT + HOUR)
    says(page, *said["tried"])
    with clock(AT + 8 * HOUR):
        manager = browser(cast.manager, language)
        says(look(manager, reverse("case", args=[silent.pk])), *said["given_up"])
        says(look(browser(cast.desk, language), reverse("visits")), said["nobody"])
        says(look(*owners[0]), said["asks"])
        with cast.inside():
            one = Case.objects.get(id=silent.pk)
            assert (one.state, one.outcome) == (State.SETTLED, Outcome.UNCONFIRMED)
            assert list(Verdict.objects.values_list("case_id", "solved")) == [(content.pk, "yes")]
        says(look(manager, reverse("visits-coverage")), said["covered"], f"{silent.number}")
        asked = {"project": str(cast.project.pk), "month": "2026-11"}
        says(look(manager, reverse("month"), **asked), *said["month"])
        worked = look(browser(worker, language), reverse("visits-mine"))
        assert f"#{silent.number}" not in worked
    later = AT + 28 * DAY
    with clock(later + HOUR):
        queue = look(browser(cast.desk, language), reverse("visits"), ask="second")
        assert (said["second"] in queue, "王安静" in queue) == (True, False)
    tries(cast, language, visit_of(cast, content, second=True), later + HOUR)
    with clock(later + 8 * HOUR):
        manager = browser(cast.manager, language)
        says(look(manager, reverse("visits-coverage"), month="2026-12"), said["twice"])
        with cast.inside():
            assert Verdict.objects.count() == 1
            held = Case.objects.order_by("number").values_list("state", "outcome")
            assert list(held) == [
                (State.SETTLED, Outcome.UNCONFIRMED),
                (State.SETTLED, Outcome.CONFIRMED),
            ]
