"""A leak: told by the code in the lobby with a photo, worked on step by step, judged by the owner."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from anju.casework.states import Outcome, State
from anju.kernel import history
from anju.notify.models import Message
from anju.register.access import Role
from anju.voice.actions.storing import subject
from anju.voice.models import Case
from anju.web.owner.report.tests.hanging import a_code, her_unit, phone
from tests.cast import AT, Cast, a_person, the_cast
from tests.stories.walking import (
    LANGUAGES,
    a_photo,
    browser,
    clock,
    do,
    judge,
    lives,
    look,
    newest,
    on_site,
    says,
    tell,
)

HOUR = timedelta(hours=1)
WORDS = {"zh-hans": "厨房水管漏水", "en": "The kitchen pipe leaks"}
SAID = {
    "zh-hans": {
        "home": ("3栋", "报修", "查进度"),
        "first": ("已收到", "轮到谁", "我们的承诺"),
        "desk": ("轮到谁", "下一个承诺", "登记", "承诺均未超时"),
        "accepted": ("处理", "张师傅"),
        "closed": ("解决了吗", "接头", "已电话告知"),
        "thanks": ("您的评价已收到", "已办结"),
        "owed": "现在回访",
        "settled": ("业主怎么说", "已解决，业主确认"),
    },
    "en": {
        "home": ("3栋", "Report a repair"),
        "first": ("We have it", "Whose turn", "What we promise"),
        "desk": ("Whose turn", "Next promise", "Register", "No promise broken"),
        "accepted": ("Handle", "张师傅"),
        "closed": ("Is it solved", "接头", "已电话告知"),
        "thanks": ("has arrived", "settled"),
        "owed": "Call now",
        "settled": ("Solved",),
    },
}  # fmt: skip


@pytest.fixture
def cast(db, settings, tmp_path) -> Cast:
    settings.FILES_ROOT = tmp_path
    return the_cast()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_leak_goes_from_the_lobby_to_the_confirmed_verdict(cast, language):
    said = SAID[language]
    worker = a_person(cast.company, Role.WORKER, projects=[cast.project])
    with clock(AT), cast.inside():
        number = lives(cast, her_unit(cast))
    with clock(AT):
        code = a_code(cast)
        says(look(phone(language), reverse("report-home", args=[code])), *said["home"])
        owner, page = tell(
            code, language, WORDS[language], photos=a_photo(), room="502", phone=number
        )
        says(look(owner, page, new="1"), *said["first"], WORDS[language])
        case = newest(cast)
    with clock(AT + HOUR / 3):
        desk = browser(cast.desk, language)
        says(look(desk, reverse("cases")), f"#{case.number}")
        says(look(desk, reverse("case", args=[case.pk])), *said["desk"], WORDS[language])
        after = do(desk, case.pk, "accept", assignee=str(worker.account_id))
        says(after, *said["accepted"])
        says(look(owner, page), "张师傅")
    with clock(AT + 2 * HOUR):
        ground = browser(worker, language)
        says(look(ground, reverse("my-jobs")), WORDS[language])
        on_site(ground, case.pk)
        assert WORDS[language] not in look(ground, reverse("my-jobs"))
    with clock(AT + 3 * HOUR):
        told = f"{AT + 11 * HOUR:%Y-%m-%dT%H:%M}"  # the wall clock of the company
        do(desk, case.pk, "report_back", how="已电话告知，接头已换", told_at=told)
        says(look(desk, reverse("visits")), said["owed"])
        says(look(owner, page), *said["closed"])
    with clock(AT + 5 * HOUR):
        says(judge(owner, page, "yes", reason="speed"), *said["thanks"])
        says(look(desk, reverse("case", args=[case.pk])), *said["settled"])
    with cast.inside():
        case = Case.objects.get()
        assert (case.state, case.outcome) == (State.SETTLED, Outcome.CONFIRMED)
        assert (case.words, case.unit.number) == (WORDS[language], "502")
        history.verify(subject(case))
        verbs = [entry.verb for entry in history.entries(subject(case)).order_by("seq")]
        mine = Message.objects.filter(person_id=case.reporter_id).order_by("id")
        stages = list(mine.values_list("stage", flat=True))
    assert verbs == [
        "received", "file_added", "accept", "taken", "start", "file_added", "file_added",
        "parts_said", "finish", "report_back", "verdict", "confirm",
    ]  # fmt: skip
    assert stages == ["registered.0", "handling.0", "closed.0"]
