"""Questionnaires leave as PDF: one to copy, or one for each home of a building, in either language."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from pypdf import PdfReader

from anju.fieldwork.actions.links import draw_invitations
from anju.fieldwork.tokens import token_of
from anju.kernel import history
from anju.register.access import Role
from anju.register.actions.places import add_building
from anju.register.models import Building
from anju.survey.models import Invitation
from tests.cast import AT, HER_BUILDING, HER_UNIT, Cast, a_project, a_wave, the_cast, version_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return the_cast()


@pytest.fixture
def quality(cast) -> Client:
    client = Client()
    client.force_login(cast.account(Role.QUALITY))
    return client


def pages(answer) -> list[str]:
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]


def her_building(cast) -> int:
    with cast.inside():
        return int(Building.objects.get(name=HER_BUILDING).pk)


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh-hans", ["业主满意度简表", "楼栋", "日期"]), ("en", ["Building", "Date"])],
)
def test_a_questionnaire_is_printed_in_the_language_asked_for(quality, cast, language, said):
    address = f"/manage/questionnaires/versions/{version_of(cast).pk}/print/?language={language}"

    (text,) = pages(quality.get(address))

    assert [word for word in said if word not in text] == []


def test_each_home_of_a_building_gets_a_copy_with_its_number(quality, cast):
    wave = a_wave(cast)

    told = pages(
        quality.get(f"/manage/surveys/{wave.pk}/paper/form/?building={her_building(cast)}")
    )

    assert len(told) == 10
    assert [text for text in told if HER_UNIT in text and "3" in text and wave.title in text] != []


@pytest.mark.parametrize(("privacy", "signed"), [("confidential", False), ("named", True)])
def test_who_is_promised_secrecy_signs_nothing(quality, cast, privacy, signed):
    wave = a_wave(cast)
    with cast.inside():
        wave.privacy = privacy
        wave.save()

    (text,) = pages(quality.get(f"/manage/surveys/{wave.pk}/paper/form/?language=zh-hans"))

    assert ("业主签名" in text) is signed


def test_the_page_leads_to_a_copy_and_to_each_building(quality, cast):
    wave = a_wave(cast)
    page = quality.get(f"/manage/surveys/{wave.pk}/paper/").content.decode()

    assert f"/manage/surveys/{wave.pk}/paper/form/?language=en" in page
    assert f"?building={her_building(cast)}&amp;language=zh-hans" in page


def test_a_building_of_another_project_is_refused_like_a_missing_one(quality, cast):
    other = a_project(cast.quality, "枫林苑")
    building = add_building(
        actor=cast.quality, project_id=other.pk, name="9栋", units=["101"], at=AT
    )
    wave = a_wave(cast)

    answers = [
        quality.get(f"/manage/surveys/{wave.pk}/paper/form/?building={key}")
        for key in (building.pk, 987_654_321)
    ]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert all("E-REF" in answer.content.decode() for answer in answers)


def test_a_survey_without_a_questionnaire_says_so_and_prints_nothing(quality, cast):
    wave = a_wave(cast)
    with cast.inside():
        type(wave).objects.filter(pk=wave.pk).update(version=None)

    page = quality.get(f"/manage/surveys/{wave.pk}/paper/").content.decode()
    answer = quality.get(f"/manage/surveys/{wave.pk}/paper/form/")

    assert "还没有问卷" in page
    assert (answer.status_code, "E-DESIGN" in answer.content.decode()) == (422, True)


def test_the_same_questionnaire_gives_the_same_bytes(quality, cast, time_machine):
    time_machine.move_to(AT, tick=False)
    address = f"/manage/questionnaires/versions/{version_of(cast).pk}/print/"

    assert quality.get(address).content == quality.get(address).content


def test_each_copy_carries_the_square_code_of_its_own_home_s_link(quality, cast):
    wave = a_wave(cast, population=30)
    address = f"/manage/surveys/{wave.pk}/paper/linked/"
    asked = {"building": her_building(cast), "language": "en"}
    refused = quality.post(address, asked)
    draw_invitations(actor=cast.quality, wave_id=wave.pk, at=AT)

    answer = quality.post(address, asked)

    assert (refused.status_code, "E-PRINT-NONE" in refused.content.decode()) == (422, True)
    assert all("For this home alone" in text for text in pages(answer))
    assert answer["Cache-Control"] == "no-store"
    with cast.inside():
        assert token_of(
            Invitation.objects.get(unit__number=HER_UNIT, unit__building__name=HER_BUILDING)
        )
        subject = history.Subject(cast.company.id, "wave", wave.pk)
        assert history.entries(subject).order_by("-seq")[0].verb == "paper_linked"


def test_without_links_no_copy_speaks_of_scanning(quality, cast):
    wave = a_wave(cast)

    (text,) = pages(quality.get(f"/manage/surveys/{wave.pk}/paper/form/?language=en"))

    assert "scan" not in text
