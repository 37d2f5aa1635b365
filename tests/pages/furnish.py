"""Sets up a survey that runs, in a running demonstration and through its own pages.

The demonstration's surveys are closed: no owner's page and no page of fieldwork has anything to
show. Here a survey is planned, opened, sent out, answered once by its link and once on paper, and
given a poster; what owners would open comes back as addresses. Nothing is planted behind the pages.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from playwright.sync_api import APIResponse, BrowserContext
from pypdf import PdfReader

from anju.kernel.pure.clock import utc_now

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
KEPT = re.compile(r'<input type="hidden" name="(key|known|version|number)" value="([^"]*)"')
RADIO = re.compile(r'<input type="(?:radio|checkbox)" name="(q\.[^"]+)" value="([^"]+)"')
DIGITS = re.compile(r'name="(d\.[^"]+)"[^>]*data-digits="([^"])')
HOME = re.compile(r'href="/manage/register/residents/(\d+)/"')
LOOKED = re.compile(r"/o/f/[^\s<\"&]+")
POSTER = re.compile(r'href="(/manage/surveys/\d+/field/posters/\d+/)"')
HANGS = re.compile(r"/o/l/[\w-]+")
CODE = re.compile(r'href="(/desk/places/code/\d+/poster/)"')
SCANNED = re.compile(r"/o/r/[\w-]+")
TOLD = re.compile(r"/o/c/[\w-]+")


@dataclass(frozen=True, slots=True)
class Office:
    """Somebody signed in at a running demonstration."""

    context: BrowserContext
    base: str

    def read(self, address: str) -> str:
        """Return a page's text."""
        return self.context.request.get(self.base + address).text()

    def send(self, page: str, to: str = "", /, **told: str) -> APIResponse:
        """Fill in the form of a page and send it, with what the page hides in it."""
        text = self.read(page)
        given: dict[str, str | float | bool] = {**dict(KEPT.findall(text)), **told}
        if token := TOKEN.search(text):
            given["csrfmiddlewaretoken"] = token[1]
        address = self.base + (to or page)
        answer = self.context.request.post(address, form=given, headers={"Referer": address})
        said = re.findall(r'class="err[^"]*"[^>]*>(.*?)</', answer.text()) if not answer.ok else ()
        assert answer.ok, f"{to or page} answered {answer.status}: {said}"
        return answer


def running(context: BrowserContext, base: str) -> tuple[str, ...]:
    """Set up the survey as somebody of the quality department; return what owners open."""
    office = Office(context, base)
    wave = _opened(office)
    drawn = office.send(f"{wave}links/", f"{wave}links/draw/", who="all").text()
    links = [urlsplit(row[2]).path for row in list(csv.reader(io.StringIO(drawn)))[1:]]
    _answer(office, links[0])
    _answer(office, links[1], whole=False)
    office.send(f"{wave}field/posters/", f"{wave}field/posters/make/", building="")
    _on_paper(office, wave.replace("manage/surveys", "desk/paper"))
    return (
        _poster(office, wave),
        links[0],
        f"{links[0]}thanks/",
        *(f"{links[1]}{tail}" for tail in ("", "q/1/", "q/11/", "check/")),
        "/o/s/nobody-has-this-link/",
        _file(office),
        *_reports(office),
    )


def _reports(office: Office) -> tuple[str, ...]:
    """Report something by the code in a lobby; return what an owner opens on the way and after it."""
    found = CODE.search(office.read("/desk/places/1/"))
    assert found, "no code hangs in the first project"
    code = f"{hung(office, found[1], SCANNED)}/"
    tell = f"{code}tell/?kind=repair"
    page = office.read(f"{tell}&what=lift")
    key = dict(KEPT.findall(page))["key"]
    told = {"kind": "repair", "what": "lift", "key": key, "words": "电梯运行时抖动，有异响"}
    sent = office.send(f"{tell}&what=lift", f"{code}tell/", **told, step="3", act="send")
    case = TOLD.search(sent.url)
    assert case, "the report leads to no page of its own"
    tails = ("", "tell/?kind=repair", "tell/?kind=complaint&what=noise", "look/", "done/")
    return (*(f"{code}{tail}" for tail in tails), f"{case[0]}/", "/o/r/nobody-has-this-code/")


def _opened(office: Office) -> str:
    """Plan and open a survey of the first project; return its address."""
    new, now = "/manage/surveys/new/", utc_now()
    title = f"住户满意度 {now:%m%d-%H%M%S}"  # a second round is another survey
    first = {"title": title, "project_id": "1", "source": "own", "version_id": "1"}
    wave = urlsplit(office.send(new, **first).url).path.removesuffix("edit/")
    begun, ended = now - timedelta(days=3), now + timedelta(days=11)
    plan: Mapping[str, str] = {
        **first, "goal": "了解住户对服务的看法", "method": "每户一个链接，楼道张贴海报",
        "design": "census", "base": "dwellings", "population": "340", "planned": "120",
        "modes": "online", "fieldwork_from": f"{begun:%Y-%m-%d}", "fieldwork_to": f"{ended:%Y-%m-%d}",
        "period_label": "2026", "target": "80",
    }  # fmt: skip
    office.send(f"{wave}edit/", **plan)
    office.send(wave, f"{wave}open/")
    return wave


def _answer(office: Office, link: str, *, whole: bool = True) -> None:
    """Answer by a home's link; a half answer stops after the second page."""
    page = urlsplit(office.send(link, act="begin").url).path
    for _ in range(12 if whole else 2):
        if "/q/" not in page:
            break
        asked = dict(RADIO.findall(office.read(page)))  # the last choice of each question
        number = page.rstrip("/").rsplit("/", 1)[1]
        page = urlsplit(office.send(page, act="next", questions=number, **asked).url).path
    if whole:
        office.send(f"{link}check/", act="send", contact="call", where="19:00")


def _on_paper(office: Office, entry: str) -> None:
    """Type in six forms of homes, so that a second entry can be drawn."""
    for room in range(6):
        typed = dict(DIGITS.findall(office.read(entry)))
        office.send(entry, building=_buildings(office, entry)[2], room=f"{room + 2}01", **typed)
    office.send(f"{entry}second/", f"{entry}second/draw/", percent="50", seed="7")


def _buildings(office: Office, entry: str) -> list[str]:
    return re.findall(r"<option(?: selected)?>([^<]+)</option>", office.read(entry))


def _poster(office: Office, wave: str) -> str:
    """Return what the code on the poster opens, as it is written below the code."""
    found = POSTER.search(office.read(f"{wave}field/posters/"))
    assert found, "no poster was made"
    return f"{hung(office, found[1], HANGS)}/"


def hung(office: Office, sheet_at: str, what: re.Pattern[str]) -> str:
    """Return the address below the code of a printed sheet."""
    sheet = PdfReader(io.BytesIO(office.context.request.get(office.base + sheet_at).body()))
    address = what.search("".join(sheet.pages[0].extract_text().split()))
    assert address, "the poster names no address"
    assert len(sheet.pages) == 1, "the poster runs over one sheet"
    return address[0]


def _file(office: Office) -> str:
    """Return the link by which an owner sees who looked."""
    page = "/desk/homes/people/1/looks/"
    address = LOOKED.search(office.send(page, f"{page}link/").text())
    assert address, "the owner's link is not on the page"
    return address[0]
