"""A case of the old ledger: brought in by its sheet, worked on, in lists, stocktake and month."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from anju.casework.states import Outcome, State
from anju.kernel import tasks
from anju.register.access import Role
from anju.voice.models import Case, ReturnVisit
from tests.cast import AT, Cast, a_person, the_cast
from tests.stories.walking import (
    LANGUAGES,
    browser,
    clock,
    do,
    look,
    on_site,
    read,
    read_wrong,
    says,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HEAD = ("单号", "受理时间", "房号", "投诉内容", "类型", "状态", "完成时间", "责任人", "处理结果")
ROWS = (
    ("A1", "2026-11-02 09:30", "3-502", "楼上噪音扰民", "投诉", "已关闭", "2026-11-05", "", "已协调"),
    ("A2", "2026-11-18", "3-501", "楼道灯整夜不亮", "投诉", "处理中", "", "陈前台", "已约"),
    ("A3", "2026-11-19", "", "小区大门关不上", "投诉", "", "", "", ""),
)  # fmt: skip
FRESH = ("B1", "2026-11-19", "3-401", "楼道有杂物", "投诉", "", "", "", "")
WRONG = ("A4", "2026-13-40", "99-999", "漏水", "投诉", "也许", "", "", "")
SAID = {
    "zh-hans": {
        "wrong": ("部分单元格有问题", "99-999", "2026-13-40", "也许"),
        "checked": ("台账可以导入", "未了结 2", "已办结 1"),
        "done": ("台账已导入",),
        "case": ("旧台账", "楼道灯整夜不亮", "轮到谁", "陈前台", "已约"),
        "stock": ("期初未结 2 + 新增 0 + 重开 0 − 关闭 0 = 期末未结 2", "缺责任人；缺根源；缺新期限"),
        "month": "投诉 3 件",
        "used": "中已有 1 单被处理过，无法再撤销",
    },
    "en": {
        "wrong": ("Some cells have problems", "99-999", "2026-13-40", "也许"),
        "checked": ("The ledger can be taken in", "Open cases 2", "Cases that are over 1"),
        "done": ("The ledger is taken in",),
        "case": ("ledger", "楼道灯整夜不亮", "Whose turn", "陈前台", "已约"),
        "stock": (
            "2 carried over + 0 new + 0 reopened − 0 closed = 2 open",
            "no responsible person; no cause of the delay; no new time",
        ),
        "month": "2026-11: 3 complaints",
        "used": "1 cases of import",
    },
}  # fmt: skip


@pytest.fixture
def cast(db, settings, tmp_path) -> Cast:
    settings.FILES_ROOT = tmp_path
    return the_cast()


def sheet(*rows: tuple[str, ...]) -> SimpleUploadedFile:
    """Return the office's list as a workbook."""
    book, body = openpyxl.Workbook(), BytesIO()
    for row in (HEAD, *rows):
        book.worksheets[0].append(row)
    book.save(body)
    return SimpleUploadedFile("旧台账.xlsx", body.getvalue())


def job_of(address: str) -> int:
    return int(address.rstrip("/").split("/")[-1])


def checked(cast: Cast, client: Client, file: SimpleUploadedFile) -> str:
    """Send a list, take its columns as they are understood, and return the page of its check."""
    sent = client.post(reverse("case-import"), {"project": str(cast.project.pk), "file": file})
    assert sent.status_code == 302, sent.content.decode()[-2000:]
    page = client.get(sent["Location"])
    assert all(head in read(page) for head in HEAD)
    begun = client.post(
        sent["Location"], {line.name: line.column for line in page.context["lines"]}
    )
    assert begun.status_code == 302, begun.content.decode()[-2000:]
    tasks.run_job.func(job_of(begun["Location"]))
    return str(begun["Location"])


def imported(client: Client, good: str) -> str:
    """Take in what was checked, and return the page of the import."""
    begun = client.post(reverse("case-import-start", args=[job_of(good)]))
    tasks.run_job.func(job_of(begun["Location"]))
    return str(begun["Location"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_case_of_the_old_ledger_is_worked_on_like_any_other(cast, language, tmp_path):
    said = SAID[language]
    worker = a_person(cast.company, Role.WORKER, projects=[cast.project])
    with clock(AT):
        quality = browser(cast.quality, language)
        bad = checked(cast, quality, sheet(*ROWS, WRONG))
        says(look(quality, bad), *said["wrong"])
        marked = tmp_path / "marked.xlsx"
        given = quality.get(reverse("case-import-marked", args=[job_of(bad)]))
        marked.write_bytes(b"".join(given))
        assert cells_of(marked)[4][-1], "the fault is written beside its row"
        good = checked(cast, quality, sheet(*ROWS))
        says(look(quality, good), *said["checked"])
        with cast.inside():
            assert not Case.objects.exists()
        begun = imported(quality, good)
        says(look(quality, begun), *said["done"])
    with cast.inside():
        over, lamp, gate = Case.objects.order_by("received_at")
    assert (over.state, over.outcome) == (State.SETTLED, Outcome.UNCONFIRMED)
    with clock(AT + HOUR):
        manager = browser(cast.manager, language)
        says(look(manager, reverse("cases")), f"#{lamp.number}", f"#{gate.number}")
        says(look(manager, reverse("cases"), q="整夜不亮"), f"#{lamp.number}")
        says(look(manager, reverse("case", args=[lamp.pk])), *said["case"])
        taken = manager.post(reverse("stocktake-take", args=[cast.project.pk]))
        says(look(manager, taken["Location"]), *said["stock"], f"#{lamp.number}")
        do(manager, lamp.pk, "hand_over", assignee=str(worker.account_id), reason="需电工")
        on_site(browser(worker, language), lamp.pk)
        desk = browser(cast.desk, language)
        do(desk, lamp.pk, "report_back", how="已告知", told_at="2026-11-20T10:20")
        with cast.inside():
            assert ReturnVisit.objects.get().case_id == lamp.pk
        asked = {"project": str(cast.project.pk), "month": "2026-11"}
        says(look(manager, reverse("month"), **asked), said["month"])
    with clock(AT + DAY):
        quality = browser(cast.quality, language)
        refused = quality.post(reverse("case-import-undo", args=[job_of(begun)]))
        assert (refused.status_code, "E-UNDO-USED" in refused.content.decode()) == (422, True)
        says(read_wrong(refused), said["used"])
        fresh = imported(quality, checked(cast, quality, sheet(FRESH)))
        with cast.inside():
            assert Case.objects.count() == 4
        quality.post(reverse("case-import-undo", args=[job_of(fresh)]))
        with cast.inside():
            left = list(Case.objects.order_by("received_at").values_list("id", flat=True))
        assert left == [over.pk, lamp.pk, gate.pk], "what was worked on stays, the rest goes"


def cells_of(path: Path) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path).worksheets[0].values)
