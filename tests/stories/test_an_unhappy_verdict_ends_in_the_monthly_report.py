"""Not solved: the case is open again at once, is worked on again, and the month's report says so."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from anju.casework.states import Outcome, State
from anju.register.access import Role
from anju.voice.models import Verdict
from anju.web.owner.report.tests.hanging import a_code
from tests.cast import AT, Cast, a_person, the_cast
from tests.stories.walking import (
    LANGUAGES,
    browser,
    clock,
    do,
    judge,
    look,
    newest,
    on_site,
    says,
    tell,
)

HOUR = timedelta(hours=1)
WORDS = {"zh-hans": "楼上半夜拖椅子", "en": "Chairs at midnight upstairs"}
SAID = {
    "zh-hans": {
        "again": ("本单已重新打开", "已通知经理", "周管家", "您作了评价 · 未解决", "还在拖"),
        "manager": ("重开（第 1 次）", "马上跟进"),
        "case": ("第 2 次打开", "未解决", "还在拖", "周管家"),
        "thanks": ("您的评价已收到", "已办结"),
        "report": ("噪音邻里", "未解决 1 / 2", "已解决 1 / 2"),
        "came": "重开 1 件，共 1 次",
        "book": ("未解决", "1 / 2"),
    },
    "en": {
        "again": ("open again", "manager has been told", "周管家", "Your verdict · Not solved", "还在拖"),
        "manager": ("is open again (1)", "follow up at once"),
        "case": ("opened", "Not solved", "还在拖", "周管家"),
        "thanks": ("has arrived", "settled"),
        "report": ("Noise", "Not solved 1 / 2", "Solved 1 / 2"),
        "came": "came back: 1, times in all: 1",
        "book": ("Not solved", "1 / 2"),
    },
}  # fmt: skip


@pytest.fixture
def cast(db, settings, tmp_path) -> Cast:
    settings.FILES_ROOT = tmp_path
    return the_cast()


def told_back(desk: Client, case_id: int, at: datetime) -> None:
    do(desk, case_id, "report_back", how="已上门沟通", told_at=f"{at + 8 * HOUR:%Y-%m-%dT%H:%M}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_verdict_of_no_opens_the_case_at_once_and_stands_in_the_monthly_report(cast, language):
    said, noise = SAID[language], {"kind": "complaint", "what": "noise"}
    steward = a_person(cast.company, Role.STEWARD, projects=[cast.project])
    with clock(AT):
        code = a_code(cast)
        _happy, other = tell(code, language, "楼道太吵", **noise)
        first = newest(cast)
        owner, page = tell(code, language, WORDS[language], **noise)
        case = newest(cast)
        desk, ground = browser(cast.desk, language), browser(steward, language)
        for one in (first, case):
            do(desk, one.pk, "accept", assignee=str(steward.account_id))
    with clock(AT + HOUR):
        for one in (first, case):
            on_site(ground, one.pk)
            told_back(desk, one.pk, AT + HOUR)
    with clock(AT + 2 * HOUR):
        judge(_happy, other, "yes")
        says(judge(owner, page, "no", said="还在拖", reason="quality"), *said["again"])
        manager = browser(cast.manager, language)
        says(look(manager, reverse("messages")), *said["manager"])
        says(look(manager, reverse("case", args=[case.pk])), *said["case"])
        now = newest(cast)
        assert (now.state, now.number, now.reopened) == (State.ACCEPTED, case.number, 1)
        assert now.assignee_id == steward.account_id
    with clock(AT + 26 * HOUR):
        desk, ground = browser(cast.desk, language), browser(steward, language)
        manager = browser(cast.manager, language)
        says(look(ground, reverse("my-jobs")), WORDS[language])
        on_site(ground, case.pk)
        told_back(desk, case.pk, AT + 26 * HOUR)
        says(judge(owner, page, "yes"), *said["thanks"])
        now = newest(cast)
        assert (now.state, now.outcome) == (State.SETTLED, Outcome.CONFIRMED)
        with cast.inside():
            verdicts = Verdict.objects.filter(case=case).order_by("id")
            assert list(verdicts.values_list("solved", flat=True)) == ["no", "yes"]
        asked = {"project": str(cast.project.pk), "month": "2026-11"}
        says(look(manager, reverse("month"), **asked), *said["report"], said["came"])
        pdf = PdfReader(BytesIO(manager.get(reverse("month-print"), asked).content))
        paper = (
            "".join(sheet.extract_text() for sheet in pdf.pages).replace(" ", "").replace("\n", "")
        )
        says(paper, *(one.replace(" ", "") for one in (*said["report"], said["came"])))
        book = openpyxl.load_workbook(BytesIO(manager.get(reverse("month-book"), asked).content))
    data, printed, *_means = book.worksheets
    assert [cell.value for cell in data[2]][::3] == ["2026-11", 2]
    assert said["report"][0] in str(data.cell(2, 2).value)
    rows = [[str(cell.value) for cell in row if cell.value is not None] for row in printed]
    assert list(said["book"]) in [row[:2] for row in rows], rows
