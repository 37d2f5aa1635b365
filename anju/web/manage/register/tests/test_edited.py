"""What two people edit at once shows both; the company's number, stays and zones over HTTP."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
from django.urls import reverse

from anju.register.access import Role
from anju.register.actions.areas import FirmDraft, ZoneDraft, save_firm, save_region, save_zone
from anju.register.actions.residents import MoveIn, PersonDraft, move_in
from anju.register.models import Building, Company, Partner, Tie, Unit
from anju.register.queries import colleagues
from anju.web.study.surveys.tests.going import signed_in
from tests.cast import AT, Cast, the_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(settings, tmp_path) -> Cast:
    settings.FILES_ROOT = tmp_path
    return the_cast()


def said(page) -> str:
    return html.unescape(page.content.decode())


def a_stay(cast, phone="13800138000") -> Tie:
    with cast.inside():
        unit = Unit.objects.get(key="3-502")
    draft = MoveIn(PersonDraft("李秀兰", phone), "owner", date(2024, 1, 1))
    return move_in(actor=cast.desk, unit_id=unit.pk, draft=draft, at=AT)


def test_the_number_for_owners_is_written_down_and_a_wrong_one_refused(cast):
    boss = signed_in(cast, Role.ADMINISTRATOR)
    page = reverse("company")
    sent = {"name": "安和物业", "phone": "４００－８２０－８８２０", "version": "1"}
    assert boss.post(page, sent | {"phone": "call us"}).status_code == 422

    assert boss.post(page, sent).status_code == 302

    assert Company.objects.get(id=cast.company.pk).phone == "400-820-8820"
    late = boss.post(page, sent | {"phone": "96811"})
    assert (late.status_code, "400-820-8820" in said(late)) == (409, True)


@pytest.mark.parametrize("kind", ["project", "zone", "firm", "region"])
def test_who_comes_second_is_shown_what_the_first_one_wrote(cast, kind):
    page, sent = {
        "project": lambda: (
            reverse("project-edit", args=[cast.project.pk]),
            {"use_type": "residential"},
        ),
        "zone": lambda: (
            reverse("zone-edit", args=[a_zone(cast).pk]),
            {},
        ),
        "firm": lambda: (
            reverse("firm-edit", args=[a_firm(cast).pk]),
            {"kind": "builder"},
        ),
        "region": lambda: (
            reverse(
                "region-edit",
                args=[save_region(actor=cast.quality, name="东片", project_ids=[], at=AT).pk],
            ),
            {},
        ),
    }[kind]()
    quality = signed_in(cast, Role.QUALITY)
    assert 'name="version" value="1"' in said(quality.get(page))
    assert quality.post(page, sent | {"name": "先到", "version": "1"}).status_code == 302

    late = quality.post(page, sent | {"name": "后到", "version": "1"})

    assert late.status_code == 409
    assert ">先到</td>" in said(late)
    assert "<b>后到</b>" in said(late)
    again = quality.post(page, sent | {"name": "后到", "version": "2"})
    assert again.status_code == 302


def a_zone(cast):
    draft = ZoneDraft("东区", cast.desk.account_id, [])
    return save_zone(actor=cast.quality, project_id=cast.project.pk, draft=draft, at=AT)


def a_firm(cast) -> Partner:
    return save_firm(actor=cast.quality, draft=FirmDraft("builder", "电梯公司"), at=AT)


def test_a_stay_is_corrected_and_taken_back_from_its_unit(cast):
    tie = a_stay(cast)
    desk = signed_in(cast, Role.DESK)
    edit = reverse("stay-edit", args=[tie.pk])
    assert edit in said(desk.get(reverse("unit", args=[tie.unit_id])))
    back = reverse("stay-take-back", args=[tie.pk])
    assert back in said(desk.get(edit))

    changed = {"kind": "family", "since": "2024-02-01", "until": "", "version": "1"}
    assert desk.post(edit, changed).status_code == 302
    assert desk.post(back, {"version": "1"}).status_code == 409
    assert desk.post(back, {"version": "2"}).status_code == 302

    with cast.inside():
        assert not Tie.objects.exists()
    assert "resident-erase" not in said(desk.get(reverse("resident", args=[tie.person_id])))
    quality = signed_in(cast, Role.QUALITY)
    erase = reverse("resident-erase", args=[tie.person_id])
    assert erase in said(quality.get(reverse("resident", args=[tie.person_id])))
    assert quality.get(erase).status_code == 200


def test_who_looks_after_a_home_stands_on_its_page_and_in_its_file(cast):
    tie = a_stay(cast)
    with cast.inside():
        house = Building.objects.get(units=tie.unit_id)
    for name, buildings, units in (("东区", [house.pk], []), ("单户", [], ["3-502"])):
        draft = ZoneDraft(name, cast.desk.account_id, buildings, units)
        save_zone(actor=cast.quality, project_id=cast.project.pk, draft=draft, at=AT)
    desk = signed_in(cast, Role.DESK)

    for page in ("unit", "home-file"):
        assert "Zone: 单户 · looked after by 陈前台" in said(
            desk.get(reverse(page, args=[tie.unit_id]))
        )


@pytest.mark.parametrize("typed", ["13800138000", "138 0013 8000", "+86 13800138000"])
def test_a_whole_phone_number_finds_its_owner(cast, typed):
    a_stay(cast)
    desk = signed_in(cast, Role.DESK)

    assert "李秀兰" in said(desk.get(reverse("search"), {"q": typed}))
    assert "李秀兰" not in said(desk.get(reverse("search"), {"q": "13900138000"}))


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-hans", ("现在的内容", "全公司", "品质部")), ("en", ("As you wrote it", "Quality"))],
)
def test_two_administrators_who_change_one_role_see_both_versions(cast, language, words):
    boss = signed_in(cast, Role.ADMINISTRATOR)
    boss.cookies["anju-language"] = language
    with cast.inside():
        desk = next(line for line in colleagues() if line.role == Role.DESK)
    page = reverse("person", args=[desk.id])
    seen = re.findall(r'name="version" value="(\d+)"', said(boss.get(page)))[0]
    mine = {"role": "head", "reach": "company", "version": seen}
    assert boss.post(page, mine | {"role": "quality"}).status_code == 302

    late = boss.post(page, mine)

    assert late.status_code == 409
    assert "E-STALE" in said(late)
    assert [word for word in words if word not in said(late)] == []
    newest = re.findall(r'name="version" value="(\d+)"', said(late))[-1]
    assert boss.post(page, mine | {"version": newest}).status_code == 302
    with cast.inside():
        assert next(line.role for line in colleagues() if line.id == desk.id) == Role.HEAD
