"""Rows 35 to 39: ids in addresses and bodies, filters and pages of lists."""

from __future__ import annotations

import re

import pytest
from django.core import signing
from django.urls import reverse

from anju.kernel import tasks
from anju.register.access import Role
from anju.register.models import Building
from anju.survey.models import Item, QuestionnaireVersion, Section
from tests.cast import AT, Cast, a_company, a_project, a_wave, answers, version_of
from tests.catalogue.desk import BOTH, Desk, Refused, expect, nothing_written, refused

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|value="/manage/[^"]*"')
MISSING = 987_654_321
SUBJECTS = {
    "project": "project", "building": "building", "person": "membership", "wave": "wave",
    "questionnaire": "version", "section": "section", "item": "item", "job": "job",
    "import-undo": "batch",
}  # fmt: skip


def _ids(cast) -> dict[str, int]:
    """Return an id of each kind of row of the cast's company."""
    wave = a_wave(cast)
    batch = answers(wave, [["o1"] * 10])
    job = tasks.start("none", company_id=cast.company.pk, actor_id=None, at=AT, argument={})
    version = version_of(cast)
    with cast.inside():
        return {
            "project": cast.project.pk,
            "building": Building.objects.order_by("id")[0].pk,
            "membership": cast.desk.account_id,
            "wave": wave.pk,
            "version": version.pk,
            "section": Section.objects.filter(version=version).order_by("id")[0].pk,
            "item": Item.objects.filter(version=version).order_by("id")[0].pk,
            "job": job.pk,
            "batch": batch.pk,
        }


def _stranger() -> Desk:
    """Return the administrator of another company at a page."""
    company, actors = a_company("别家物业", "elsewhere.example")
    project = a_project(actors[Role.QUALITY], "别处", buildings={"1栋": ["101"]})
    people = {role.value: actors[role] for role in actors}
    return Desk(Cast(company=company, project=project, **people))


def test_row_35_another_companys_row_looks_as_one_that_is_not_there(desk):
    ids, stranger = _ids(desk.cast), _stranger()
    for name, kind in SUBJECTS.items():
        ask = stranger.post if name == "import-undo" else stranger.get
        said = ({},) if name == "import-undo" else ()
        pages = [ask(reverse(name, args=[key]), *said) for key in (ids[kind], MISSING)]

        assert [page.status for page in pages] == [404, 404], name
        assert TOKEN.sub("", pages[0].body) == TOKEN.sub("", pages[1].body), name


REF = {"zh": "请从列表中选择", "en": "Choose one of the list"}


def test_row_36_another_companys_project_in_a_form_is_not_found(desk):
    stranger = _stranger()
    wanted = Refused(422, "E-REF", "project_id", REF["zh"], REF["en"])
    for key in (stranger.cast.project.pk, MISSING):
        data = {"title": "调查", "project_id": str(key), "source": "own"}
        refused(desk, reverse("wave-new"), data, wanted)


@pytest.mark.parametrize("field", ["version_id", "base_wave_id"])
def test_row_36_another_companys_row_in_a_plan_is_not_found(field, desk):
    wave, stranger = a_wave(desk.cast), _stranger()
    path = reverse("wave-edit", args=[wave.pk])
    with stranger.cast.inside():
        assert QuestionnaireVersion.objects.count() == 0
    wanted = Refused(422, "E-REF", field, REF["zh"], REF["en"])
    for key in (str(MISSING), "1 OR 1=1", "-1"):
        refused(desk, path, desk.changed(path, **{field: key}), wanted)


def test_row_36_another_companys_building_in_a_frame_is_not_found(desk):
    wave, stranger = a_wave(desk.cast), _stranger()
    with stranger.cast.inside():
        foreign = Building.objects.get().pk
    data = {
        "lines": "1", "kind-0": "building", "building-0": str(foreign), "label-0": "1栋",
        "population-0": "10",
    }  # fmt: skip
    path = reverse("wave-frame", args=[wave.pk])
    desk.client(BOTH[0]), desk.client(BOTH[1])
    with nothing_written():
        for language in BOTH:
            answer = desk.post(path, data, language)
            assert (answer.status, answer.code) == (422, "E-REF")


@pytest.mark.parametrize(
    "key",
    ["1 OR 1=1", "..%2F..%2F", "-1", str(2**63), "9" * 30, "%00", "１２３"],
    ids=["sql", "path", "negative", "2^63", "30-digits", "nul", "full-width"],
)
def test_row_37_an_id_that_is_none_is_not_found(key, desk):
    for address in ("/manage/projects/{}/", "/manage/surveys/{}/", "/manage/surveys/imports/{}/"):
        assert desk.get(address.format(key)).status == 404, address


@pytest.mark.parametrize(
    "asked", ["project=owner__user__password", "state=x' OR 1=1", "project=99999999999999999999999"]
)
def test_row_38_a_filter_that_does_not_exist_is_refused_with_those_that_do(asked, desk):
    a_wave(desk.cast)
    wanted = Refused(400, "E-FILTER", "", "可用的值", "Allowed:")
    for language in BOTH:
        expect(desk.get(f"/manage/surveys/?{asked}", language), wanted, language)


def test_row_38_an_order_that_nobody_offers_changes_nothing(desk):
    plain = desk.get("/manage/surveys/")
    asked = desk.get("/manage/surveys/?sort=owner__user__password&filter[project__company]=1")

    assert asked.status == 200
    assert TOKEN.sub("", asked.body) == TOKEN.sub("", plain.body)


def _foreign_cursor() -> str:
    return signing.dumps(("<", 10), salt="jobs")


@pytest.mark.parametrize("cursor", ["broken", "a:b:c", "=" * 300, _foreign_cursor])
def test_row_39_a_page_link_that_is_not_ours_is_refused(cursor, desk):
    said = cursor() if callable(cursor) else cursor
    wanted = Refused(400, "E-PAGE", "", "请回到第一页", "Go back to the first page")
    for language in BOTH:
        expect(desk.get(f"/manage/history/?page={said}", language), wanted, language)


def test_row_39_nobody_gets_a_million_rows_at_once(desk):
    for number in range(60):
        a_project(desk.cast.quality, f"项目{number}", buildings={})

    page = desk.get("/manage/history/?per_page=1000000")

    assert page.status == 200
    assert page.body.count("<tr") <= 201
