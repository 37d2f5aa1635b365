"""From the template to units in use and back again, as a person clicks through it."""

from __future__ import annotations

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from anju.kernel.models import StoredFile
from anju.register.access import Role
from anju.register.models import Person, RosterBatch, Unit
from anju.web.study.surveys.tests.going import signed_in, work
from tests.cast import Cast, the_cast

GOOD = "房号,姓名,电话\r\n3-502,李秀兰,13800138000\r\n3-501,王芳,13800138001\r\n"
SHARED = "房号,姓名,电话\r\n3-502,李秀兰,13800138000\r\n3-501,王芳,13800138000\r\n"
BAD = "房号,姓名,电话\r\n9-999,李秀兰,1380013\r\n"
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(settings, tmp_path) -> Cast:
    settings.FILES_ROOT = tmp_path
    return the_cast()


@pytest.fixture
def quality(cast):
    return signed_in(cast)


def said(page) -> str:
    return html.unescape(page.content.decode())


def fields_of(page) -> dict[str, str]:
    """Return what the form on the page would send."""
    text = page.content.decode()
    hidden = re.findall(r'type="hidden" name="(was-\d+)" value="(\w+)"', text)
    chosen = re.findall(
        r'<select[^>]*name="([\w-]+)"[^>]*>(?:(?!</select>).)*?value="(\w*)" selected',
        text,
        re.DOTALL,
    )
    return dict(hidden) | dict(chosen)


def checked(browser, cast, text, name="业主.csv"):
    """Send a file and have its columns, as guessed, checked; return the page of the result."""
    send = reverse("roster", args=[cast.project.id])
    columns = browser.post(send, {"file": SimpleUploadedFile(name, text.encode())})
    assert columns.status_code == 302, said(columns)
    page = browser.get(columns.url)
    answer = browser.post(columns.url, fields_of(page) | {"act": "check"})
    assert answer.status_code == 302, said(answer)
    work()
    return browser.get(answer.url)


def start_of(page) -> str:
    found = re.search(r'action="([^"]+/start/)"', page.content.decode())
    assert found is not None, said(page)
    return found[1]


def imported(browser, cast, text, **answers):
    answer = browser.post(start_of(checked(browser, cast, text)), answers)
    assert answer.status_code == 302, said(answer)
    work()
    return browser.get(answer.url)


def test_a_file_is_checked_imported_and_undone(quality, cast):
    page = checked(quality, cast, GOOD)
    assert "The file can be taken in" in said(page)

    answer = quality.post(start_of(page))
    work()
    page = quality.get(answer.url)

    assert "Units and people are taken in" in said(page)
    with cast.inside():
        assert Person.objects.count() == 2
        batch = RosterBatch.objects.get()
    undone = quality.post(reverse("roster-undo", args=[batch.pk]), follow=True)
    assert "the register is as it was before" in said(undone)
    with cast.inside():
        assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("name", "sent", "code"),
    [
        ("t.xlsx", b"PK\x03\x04 no workbook", "E-"),
        ("t.csv", "房号,姓名,电话\r\n".encode(), "E-IMP-EMPTY"),
        ("t.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(40), "E-FILE-TYPE"),
    ],
)
def test_a_refused_file_is_not_kept(quality, cast, settings, name, sent, code):
    send = reverse("roster", args=[cast.project.id])
    page = quality.post(send, {"file": SimpleUploadedFile(name, sent)})

    assert page.status_code in {400, 413, 415, 422}
    assert code in said(page)
    assert not StoredFile.objects.exists()
    assert not [path for path in settings.FILES_ROOT.rglob("*") if path.is_file()]


def test_a_file_with_faults_comes_back_marked(quality, cast):
    page = checked(quality, cast, BAD)

    assert "2 cells have problems" in said(page)
    assert "1380013" not in re.findall(r'class="bad"[^>]*>([^<]*)<', page.content.decode())
    link = re.search(r'href="([^"]+/marked/)"', page.content.decode())
    marked = b"".join(quality.get(link[1]).streaming_content).decode("utf-8-sig")
    assert "E-" not in marked
    assert marked.splitlines()[0].split(",")[3] in {"Problem", "问题"}


def test_people_who_look_alike_are_asked_about(quality, cast):
    page = checked(quality, cast, SHARED)
    refused = quality.post(start_of(page))

    assert refused.status_code == 422
    assert "Say what is to be done with them" in said(refused)
    done = quality.post(start_of(page), {"shared_phone": "blank"})
    work()
    assert "taken in" in said(quality.get(done.url))
    with cast.inside():
        assert sorted(Person.objects.values_list("phone", flat=True)) == ["", "+8613800138000"]


def test_another_kind_of_sheet_shows_its_own_columns_first(quality, cast):
    send = reverse("roster", args=[cast.project.id])
    columns = quality.post(send, {"file": SimpleUploadedFile("业主.csv", GOOD.encode())})
    page = quality.get(columns.url)
    other = fields_of(page) | {"kind-0": "units", "act": "check"}

    shown = quality.post(columns.url, other)

    assert shown.status_code == 200
    assert fields_of(shown)["was-0"] == "units"
    none = quality.post(columns.url, fields_of(shown) | {"kind-0": "none", "act": "check"})
    assert none.status_code == 422
    assert "No sheet is taken in" in said(none)


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("x.xlsx", b"%PDF-1.7" + b"0" * 600, 415),
        ("x.csv", b"", 422),
        ("x.csv", "房号,姓名,电话\r\n".encode(), 422),
    ],
    ids=["another kind", "empty", "heads alone"],
)
def test_a_strange_file_is_refused_at_its_field(quality, cast, name, content, status):
    send = reverse("roster", args=[cast.project.id])
    answer = quality.post(send, {"file": SimpleUploadedFile(name, content)})

    assert answer.status_code == status
    assert "Nothing was saved yet" in said(answer)


def test_the_same_file_twice_is_told_with_the_import(quality, cast):
    imported(quality, cast, GOOD)
    send = reverse("roster", args=[cast.project.id])
    again = quality.post(send, {"file": SimpleUploadedFile("业主.csv", GOOD.encode())})

    assert again.status_code == 409
    assert "as import 1" in said(again)


def test_work_can_be_stopped_and_checked_again(quality, cast):
    send = reverse("roster", args=[cast.project.id])
    columns = quality.post(send, {"file": SimpleUploadedFile("业主.csv", GOOD.encode())})
    answer = quality.post(columns.url, fields_of(quality.get(columns.url)) | {"act": "check"})
    assert "Checking the file" in said(quality.get(answer.url))

    stopped = quality.post(f"{answer.url}stop/", follow=True)

    assert "The work was stopped" in said(stopped)
    again = quality.post(f"{answer.url}start/", {"again": "check"})
    work()
    assert "The file can be taken in" in said(quality.get(again.url))


def test_templates_are_given_in_both_languages(quality):
    for language, name in (("zh", "%E5%AE%89"), ("en", "anju-units"), ("xx", "anju-units")):
        answer = quality.get(reverse("roster-template"), {"in": language})
        assert name in answer.headers["Content-Disposition"]
        assert answer.content[:2] == b"PK"


def test_the_pages_speak_chinese(cast):
    browser = signed_in(cast, language="zh-hans")
    page = imported(browser, cast, GOOD)

    assert "房屋与人员已导入" in said(page)
    with cast.inside():
        assert Unit.objects.exists()
    assert browser.get(reverse("roster", args=[cast.project.id])).status_code == 200


def test_a_desk_sees_no_import(cast):
    browser = signed_in(cast, Role.DESK)

    assert browser.get(reverse("roster", args=[cast.project.id])).status_code == 403
