"""Walks cases to every state in a running demonstration, through its own pages, and says where they are.

Links lead to one page of each shape; a case looks another way in each state, to the office and to
its owner. Here owners report by the code in a lobby, the office acts on each up to one state, takes
stock, meets, sends in an old ledger and gives a foreman his link. Nothing is planted behind the pages.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_hex
from urllib.parse import urlsplit

from openpyxl import Workbook
from playwright.sync_api import FilePayload

from anju.kernel.pure.clock import utc_now
from tests.pages.furnish import CODE, SCANNED, TOKEN, Office, hung

TOLD = re.compile(r"/o/c/[\w-]+")
LISTED = re.compile(r'href="(/desk/cases/\d+/)')
BEGUN = r'action="(/manage/reviews/(?:take|meetings)/\d+/(?:open/)?)"'
CHOICE = re.compile(r'<select[^>]*name="(\w[\w-]*)"[^>]*>(.*?)</select>', re.DOTALL)
OPTION = re.compile(r'<option value="([^"]+)"( selected)?')
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LEDGER = (
    ("单号", "受理时间", "房号", "投诉内容", "类型", "状态", "完成时间", "责任人", "处理结果"),
    ("A1", "2026-11-02 09:30", "3-502", "楼上噪音扰民", "投诉", "已关闭", "2026-11-05", "", "已协调"),
    ("A2", "2026-13-40", "99-999", "楼道灯整夜不亮", "投诉", "也许", "", "", ""),
)  # fmt: skip
# How far each of the reported cases is led; what the owner says at the end of the last three.
WAYS = (
    (), ("accept",), ("accept", "schedule"), ("accept", "start"), ("accept", "start", "wait"),
    ("accept", "start", "finish"), *3 * (("accept", "start", "finish", "report_back"),),
)  # fmt: skip
VERDICTS = {7: "yes", 8: "no"}
LISTS = (
    "?show=visit", "?show=settled", "?show=all", "?due=overdue", "?repeated=yes",
    "?q=nobody-wrote-these-words",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """Where everything stands: for the manager, for the administrator, and for who has a link."""

    manager: tuple[str, ...]
    administrator: tuple[str, ...]
    owners: tuple[str, ...]


def furnished(manager: Office, administrator: Office) -> Found:
    """Lead cases to every state and begin what belongs to them; return all addresses."""
    poster = CODE.search(manager.read("/desk/places/1/"))
    assert poster, "no code hangs in the first project"
    code = f"{hung(manager, poster[1], SCANNED)}/"
    desk, owners = walked(manager, code)
    firm = foreman(manager)
    lists = (f"/desk/cases/{query}" for query in LISTS)
    return Found(
        (*desk, *lists, *reviewed(manager)), imported(administrator),
        (*owners, f"{owners[0]}follow/", firm, f"{firm}code/", f"{code}tell/?kind=mailbox",
         "/o/c/nobody-has-this-link/"),
    )  # fmt: skip


def chosen(text: str) -> dict[str, str]:
    """Return for every select of a page what is chosen in it, else its first choice."""
    found = {}
    for name, inner in CHOICE.findall(text):
        options = OPTION.findall(inner)
        if options:
            found[name] = next((value for value, on in options if on), options[0][0])
    return found


def walked(office: Office, code: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Lead a case to every state; return the office's addresses of them, and their owners'."""
    desk, owners = [], []
    for number, way in enumerate(WAYS):
        page = reported(office, code, number)
        newest = LISTED.search(office.read("/desk/cases/?show=all&sort=newest"))
        assert newest, "what was reported is not in the list"
        for act in way:
            done(office, newest[1], act)
        if number in VERDICTS:
            office.send(page, page, act="judge", key=token_hex(12), solved=VERDICTS[number])
        desk.append(newest[1])
        owners.append(page)
    return tuple(desk), (*owners, f"{owners[0]}?new=1", f"{owners[7]}?done=judge")


def reported(office: Office, code: str, number: int) -> str:
    """Complain by a code on the wall, and return the address of the case's own page."""
    told = {"kind": "complaint", "what": "noise", "key": token_hex(12)}
    told["words"] = f"楼上第{number + 1}晚深夜装修，声音很大，请管一管"
    sent = office.send(f"{code}tell/", f"{code}tell/", **told, anonymous="1", step="3", act="send")
    case = TOLD.search(sent.url)
    assert case, "the report leads to no page of its own"
    return f"{case[0]}/"


def done(office: Office, case: str, act: str) -> None:
    """Do an act on a case by its form."""
    now = utc_now() + timedelta(hours=8)
    page = f"{case}do/{act}/"
    office.send(page, page, **{
        **chosen(office.read(page)), "arrival": f"{now + timedelta(days=1):%Y-%m-%dT10:00}",
        "reason": "与楼上业主约好明晚面谈", "cause": "夜间施工", "done": "已与楼上业主谈妥，晚八点后停工",
        "waited_for": "builder", "how": "已电话告知处理结果", "told_at": f"{now:%Y-%m-%dT%H:%M}",
    })  # fmt: skip


def reviewed(office: Office) -> tuple[str, ...]:
    """Take stock and begin a meeting; return the pages of both."""
    listed = office.read("/manage/reviews/")
    for action in re.findall(BEGUN, listed):
        office.send("/manage/reviews/", action)
    listed = office.read("/manage/reviews/")
    pages = re.findall(r'href="(/manage/reviews/(?:stocktake|meetings)/\d+/)"', listed)
    inner = [
        link
        for page in pages
        for link in re.findall(rf'href="({page}\d+/)"', office.read(page))[:1]
    ]
    return (*pages, *inner, "/manage/reviews/month/", "/manage/reviews/month/?month=2025-01")


def imported(office: Office) -> tuple[str, ...]:
    """Send in an old ledger with faulty cells; return the pages of its steps."""
    book, body = Workbook(), io.BytesIO()
    for row in LEDGER:
        book.worksheets[0].append(row)
    book.save(body)
    first = "/desk/cases/import/"
    token = TOKEN.search(office.read(first))
    assert token, "the page of the old ledger carries no token"
    columns = _sent(office, first, {
        "csrfmiddlewaretoken": token[1], "project": "1",
        "file": {"name": "旧台账.xlsx", "mimeType": EXCEL, "buffer": body.getvalue()},
    })  # fmt: skip
    job = urlsplit(office.send(columns, columns, **chosen(office.read(columns))).url).path
    return (first, columns, job)


def _sent(
    office: Office, page: str, told: dict[str, str | float | bool | bytes | FilePayload]
) -> str:
    """Send a form with a file, and return the address of what follows."""
    headers = {"Referer": office.base + page}
    answer = office.context.request.post(office.base + page, multipart=told, headers=headers)
    assert answer.ok, f"{page} answered {answer.status}"
    return urlsplit(answer.url).path


def foreman(office: Office) -> str:
    """Give a foreman of a firm his link, and return it."""
    page = "/field/firms/new/"
    until = f"{utc_now() + timedelta(days=90):%Y-%m-%d}"
    office.send(page, page, **chosen(office.read(page)), phone="13900001234", until=until)
    found = re.search(r'<span id="link-\d+">([^<]+)</span>', office.read("/field/firms/"))
    assert found, "the foreman's link is not in the list"
    return urlsplit(found[1]).path
