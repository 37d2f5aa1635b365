"""From a low item to a verified measure over HTTP, by those who plan, do and check, in both languages."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.conf import settings as configured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from anju.flows import survey_life
from anju.flows.findings import open_findings
from anju.improve.models import Finding, Measure
from anju.insight.actions.snapshot import take_snapshot
from anju.kernel.pure.clock import utc_now
from anju.register.access import Role
from anju.register.models import Account
from tests.cast import AT, Cast, a_person, a_project, a_wave, answers, the_cast

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True)
class Words:
    """What the pages say in one language."""

    missing: str
    measure_set: str
    verified: str
    not_self: str
    both_versions: str


SAID = {
    "zh-hans": Words("缺 3 格", "措施已确定", "已验证", "不能验证自己的工作", "他人已先修改"),
    "en": Words(
        "3 boxes missing",
        "The measure is set.",
        "Verified",
        "cannot check it",
        "Somebody was faster",
    ),
}


@pytest.fixture
def cast(settings, tmp_path) -> Cast:
    settings.FILES_ROOT = tmp_path
    return the_cast()


def signed_in(account_id: int, language: str) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(Account.objects.get(id=account_id))
    client.cookies[configured.LANGUAGE_COOKIE_NAME] = language
    return client


def low_finding(cast: Cast) -> Finding:
    """Close a survey in which twelve of twenty owners are dissatisfied with one item."""
    wave = a_wave(cast, population=200)
    answers(wave, [["vs"] * 10] * 8 + [["ds"] + ["vs"] * 9] * 12)
    survey_life.close(actor=cast.quality, wave_id=wave.pk, at=AT)
    with cast.inside():
        take_snapshot(wave_id=wave.pk, at=AT)
        open_findings(wave_id=wave.pk, at=AT)
        found: Finding = Finding.objects.get(wave=wave)
        return found


def text_of(client: Client, name: str, key: int, **sent: object) -> str:
    """Send a form as its page gave it out, follow where it leads, and return that page."""
    address = reverse(name, args=[key])
    form = client.get(address)
    assert form.status_code == 200, (name, form.status_code)
    hidden = re.search(r'name="version" value="(\d+)"', form.content.decode())
    version = {"version": hidden[1]} if hidden else {}
    answer = client.post(address, {**version, **sent}, follow=True)
    return answer.content.decode()


def pressed(client: Client, name: str, key: int) -> str:
    """Press a button of the finding's page."""
    return client.post(reverse(name, args=[key]), follow=True).content.decode()


def seen(client: Client, finding: Finding, *names: str) -> list[int]:
    """Return how each of a finding's forms answers somebody."""
    return [client.get(reverse(name, args=[finding.pk])).status_code for name in names]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_low_item_becomes_a_verified_measure(cast, language):
    said, finding = SAID[language], low_finding(cast)
    checks = a_person(cast.company, Role.HEAD)
    quality = signed_in(cast.quality.account_id, language)
    manager = signed_in(cast.manager.account_id, language)
    checker = signed_in(checks.account_id, language)

    assert said.missing in quality.get(reverse("findings")).content.decode()
    shown = quality.get(reverse("results", args=[finding.wave_id])).content.decode()
    assert reverse("finding", args=[finding.pk]) in shown

    text_of(manager, "finding-cause", finding.pk, cause="路线两年未变", party="property")
    people = {"responsible": cast.manager.account_id, "checker": checks.account_id}
    text_of(quality, "finding-people", finding.pk, **people)
    forms = ("finding-cause", "finding-people", "finding-waive")
    assert seen(quality, finding, *forms) == [200, 200, 200]
    assert seen(manager, finding, *forms) == [200, 200, 403]
    assert seen(checker, finding, *forms) == [403, 403, 403]
    due = (utc_now() + timedelta(days=60)).date().isoformat()
    wanted = {"text": "每晚巡查三次", "due": due, "metric": "打点率", "target": "98%"}
    assert said.measure_set in text_of(quality, "measure-new", finding.pk, **wanted)

    with cast.inside():
        measure = Measure.objects.get(finding=finding)
    check = reverse("measure-check", args=[measure.pk])
    assert check not in checker.get(reverse("finding", args=[finding.pk])).content.decode()
    pressed(manager, "measure-start", measure.pk)
    book = SimpleUploadedFile("book.pdf", b"%PDF-1.7 duty book", content_type="text/html")
    done = text_of(manager, "measure-done", measure.pk, evidence="值班本第 12 页", file=book)
    (address,) = re.findall(r'<a href="([^"]+)"><svg(?:(?!</a>).)*<span>book\.pdf', done, re.DOTALL)
    file = checker.get(html.unescape(address))
    assert file["Content-Disposition"].startswith("attachment")
    assert b"".join(file.streaming_content) == b"%PDF-1.7 duty book"

    for other in (manager, quality):  # the doer, and who planned it
        refused = other.get(check)
        assert (refused.status_code, b"E-MEASURE-CHECKER" in refused.content) == (422, True)
        assert check not in other.get(reverse("finding", args=[finding.pk])).content.decode()
    assert check in checker.get(reverse("finding", args=[finding.pk])).content.decode()
    page = text_of(checker, "measure-check", measure.pk, verb="verify", words="看过三天")
    assert said.verified in page
    with cast.inside():
        assert Finding.objects.get(id=finding.pk).state == "verified"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_checker_cannot_be_the_one_who_does_the_work(cast, language):
    finding = low_finding(cast)
    quality = signed_in(cast.quality.account_id, language)
    same = {"responsible": cast.quality.account_id, "checker": cast.quality.account_id}

    page = text_of(quality, "finding-people", finding.pk, **same)

    assert SAID[language].not_self in page
    assert 'data-code="E-MEASURE-SELF"' in page


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_two_people_in_one_form_see_both_versions_and_lose_nothing(cast, language):
    finding = low_finding(cast)
    quality = signed_in(cast.quality.account_id, language)
    manager = signed_in(cast.manager.account_id, language)
    address = reverse("finding-cause", args=[finding.pk])
    mine = {"cause": "甲的根源", "party": "property", "version": finding.version}
    assert quality.post(address, mine).status_code == 302

    late = manager.post(address, {**mine, "cause": "乙的根源"})
    page = late.content.decode()
    assert late.status_code == 409
    assert SAID[language].both_versions in page
    assert "甲的根源" in page
    assert "乙的根源" in page

    (version,) = re.findall(r'name="version" value="(\d+)"', page)
    again = manager.post(address, {**mine, "cause": "乙的根源", "version": version})
    assert again.status_code == 302
    with cast.inside():
        assert Finding.objects.get(id=finding.pk).cause == "乙的根源"


def test_each_sees_only_the_findings_of_the_own_projects(cast):
    finding = low_finding(cast)
    elsewhere = a_project(cast.quality, "枫林苑")
    other = a_person(cast.company, Role.MANAGER, mail="second.example", projects=[elsewhere])
    client = signed_in(other.account_id, "en")

    assert client.get(reverse("finding", args=[finding.pk])).status_code == 404
    assert f"F-{finding.number}" not in client.get(reverse("findings")).content.decode()
    assert f"F-{finding.number}" not in client.get(reverse("findings-table")).content.decode()
    desk = signed_in(cast.desk.account_id, "en")
    assert desk.get(reverse("findings")).status_code == 403


def test_a_manager_is_shown_the_finding_of_a_comment_but_no_comment(cast):
    wave = low_finding(cast).wave_id
    manager = signed_in(cast.manager.account_id, "en")

    assert manager.get(reverse("findings-comments", args=[wave])).status_code == 403
    quality = signed_in(cast.quality.account_id, "en")
    assert quality.get(reverse("findings-comments", args=[wave])).status_code == 200
