"""A person is given out whole and erased whole, also after a backup came back."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest

from anju.improve.actions.opening import Draft, open_by_hand
from anju.improve.models import Finding
from anju.kernel.files import StoredFile, keep, path_of
from anju.kernel.pure.problems import Problem
from anju.privacy import tombstones
from anju.privacy.actions.erase import Order, erase, erase_again, outlook
from anju.privacy.actions.giving import WITHHELD, give_out, packed
from anju.privacy.actions.links import make_link
from anju.privacy.actions.looks import check_looks, look
from anju.privacy.models import Erasure, FileLink, Look
from anju.privacy.rules.looks import What, Why
from anju.register.access import Forbidden
from anju.register.actions.consents import add_care, give_consent
from anju.register.actions.residents import MoveIn, PersonDraft, move_in
from anju.register.models import CareTag, Consent, Person, Tie, Unit
from anju.register.search import find
from anju.survey.models import Invitation, OpenAnswer, Response
from tests.cast import AT, a_wave, answers, the_cast

pytestmark = pytest.mark.django_db
ASKED = Why("asked", "本人到前台申请")


@pytest.fixture
def cast(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    settings.DATA = tmp_path
    return the_cast()


@pytest.fixture
def unit(cast):
    with cast.inside():
        return Unit.objects.get(key="3-502")


def moved(cast, unit, name="李秀兰", phone="138-0013-2201", since=date(2020, 1, 1)):
    draft = MoveIn(
        PersonDraft(name, phone, "zh-hans", "phone"), "owner", since, same_person="apart"
    )
    return move_in(actor=cast.desk, unit_id=unit.pk, draft=draft, at=AT).person_id


@pytest.fixture
def li(cast, unit):
    person = moved(cast, unit)
    give_consent(actor=cast.desk, person_id=person, purpose="care", channel="paper", at=AT)
    add_care(actor=cast.manager, person_id=person, kind="alone", purpose="先打电话", at=AT)
    return person


def answered(cast, unit):
    """Let the home answer by link, in its own words."""
    wave = a_wave(cast)
    batch = answers(wave, [["vs"] * 10], unit=unit, household="3-502", answered_at=AT)
    with cast.inside():
        row = Response.objects.get(batch=batch)
        OpenAnswer(
            company_id=wave.company_id, response=row, heading="意见", text="楼道灯坏了"
        ).save()
        Invitation(
            company_id=wave.company_id,
            wave=wave,
            unit=unit,
            number=1,
            token_hash="0" * 64,
            drawn_at=AT,
            expires_at=AT + timedelta(days=9),
            submitted_at=AT,
            response=row,
            texts={"c": "楼道灯坏了"},
            contact="call",
            contact_where="打我女儿电话",
        ).save()
    return row.pk


def gone(cast, person, at=AT, typed="李秀兰"):
    return erase(actor=cast.quality, order=Order(person, "asked", typed), at=at)


def test_a_person_gets_everything_on_record_and_the_look_is_written_down(cast, unit, li):
    answered(cast, unit)

    given = give_out(actor=cast.quality, person_id=li, why=ASKED, at=AT)

    text = given.text()
    for mark in (
        "李秀兰",
        "+8613800132201",
        "138-0013-2201",
        "先打电话",
        "楼道灯坏了",
        "打我女儿电话",
    ):
        assert mark in text, mark
    assert "0" * 64 not in text
    assert json.loads(text)["format"] == "anju-person@1"
    with zipfile.ZipFile(BytesIO(packed(given, "<p>李秀兰</p>"))) as archive:
        assert archive.namelist() == ["data.json", "index.html"]
    with cast.inside():
        assert Look.objects.get().what == "export"


def test_what_several_of_a_home_share_is_given_to_none_of_them(cast, unit, li):
    moved(cast, unit, "王强", "")
    answered(cast, unit)

    text = give_out(actor=cast.quality, person_id=li, why=ASKED, at=AT).text()

    assert "楼道灯坏了" not in text
    assert "打我女儿电话" not in text
    assert WITHHELD in text


def test_the_answers_of_an_earlier_owner_are_not_the_next_ones(cast, unit, li):
    answered(cast, unit)
    with cast.inside():
        Tie.objects.filter(person_id=li).update(until=date(2026, 11, 21))
    later = moved(cast, unit, "王强", "", since=date(2026, 11, 21))

    assert "survey" not in give_out(actor=cast.quality, person_id=later, why=ASKED, at=AT).text()
    assert "楼道灯" in give_out(actor=cast.quality, person_id=li, why=ASKED, at=AT).text()


def test_an_erased_person_is_a_number_and_figures_stay(cast, unit, li):
    response = answered(cast, unit)
    make_link(actor=cast.desk, person_id=li, at=AT)
    look(actor=cast.desk, person_id=li, what=What.PHONE, why=ASKED, key="k" * 16, at=AT)

    gone(cast, li)

    with cast.inside():
        person = Person.objects.get(id=li)
        assert (person.name, person.phone, person.initials, person.channel) == (
            f"#{li}",
            "",
            "",
            "",
        )
        assert (Tie.objects.count(), Consent.objects.count()) == (1, 1)
        assert (CareTag.objects.count(), FileLink.objects.count()) == (0, 0)
        row = Response.objects.get(id=response)
        assert (row.unit_id, row.household, row.answers) == (None, f"#{response}", ["vs"] * 10)
        assert not OpenAnswer.objects.exists()
        asked = Invitation.objects.get()
        assert (asked.texts, asked.contact_where, asked.submitted_at) == ({}, "", AT)
        assert Look.objects.get().words == ""
        assert find(cast.desk, "李秀兰") == ()
        assert find(cast.desk, "2201") == ()
    assert check_looks(cast.company.pk) == (1, [])


def test_of_a_home_with_others_only_her_own_goes(cast, unit, li):
    moved(cast, unit, "王强", "")
    answered(cast, unit)

    gone(cast, li)

    with cast.inside():
        assert Response.objects.get().unit_id == unit.pk
        assert OpenAnswer.objects.get().text == "楼道灯坏了"
        assert Person.objects.filter(name="王强").exists()


def test_words_of_others_and_files_lose_her_name(cast, li):
    draft = Draft(cast.project.pk, "李秀兰家漏水", "电 13800132201", "", "property")
    open_by_hand(actor=cast.quality, draft=draft, at=AT)
    kept = keep(
        ["姓名\n李秀兰".encode("gb18030")],
        name="李秀兰.csv", company_id=cast.company.pk, actor_id=None, at=AT,
    )  # fmt: skip
    other = keep([b"x"], name="x.csv", company_id=cast.company.pk, actor_id=None, at=AT)
    ahead = outlook(cast.quality, li)
    assert (ahead.words, ahead.files, ahead.history) == (2, ("李秀兰.csv",), 0)

    counts = gone(cast, li).counts

    assert (counts["words"], counts["files"]) == (1, 1), "the file's row is emptied with the file"
    with cast.inside():
        found = Finding.objects.get()
    assert (found.title, found.gap) == ("□□家漏水", "电 □□")
    row = StoredFile.objects.get(id=kept.pk)
    assert "李秀兰" not in row.name
    assert "清除" in path_of(row.company_id, row.sha256).read_text()
    assert path_of(other.company_id, other.sha256).read_bytes() == b"x"


def test_a_name_that_others_bear_is_left_in_words(cast, unit, li):
    moved(cast, unit, "李秀兰", "")
    draft = Draft(cast.project.pk, "李秀兰家漏水", "电 13800132201", "", "property")
    open_by_hand(actor=cast.quality, draft=draft, at=AT)

    gone(cast, li)

    with cast.inside():
        found = Finding.objects.get()
    assert (found.title, found.gap) == ("李秀兰家漏水", "电 □□")


def test_an_erasure_needs_the_name_a_ground_and_the_right_and_is_done_once(cast, li):
    for order, code in (
        (Order(li, "asked", "李秀"), "E-CONFIRM"),
        (Order(li, "", "李秀兰"), "E-CHOICE"),
    ):
        with pytest.raises(Problem) as refused:
            erase(actor=cast.quality, order=order, at=AT)
        assert refused.value.code == code
    with pytest.raises(Forbidden):
        erase(actor=cast.desk, order=Order(li, "asked", "李秀兰"), at=AT)
    with cast.inside():
        assert not Erasure.objects.exists()

    gone(cast, li)

    for act in (
        lambda: gone(cast, li, typed=f"#{li}"),
        lambda: outlook(cast.quality, li),
        lambda: give_out(actor=cast.quality, person_id=li, why=ASKED, at=AT),
        lambda: look(
            actor=cast.desk, person_id=li, what=What.PHONE, why=ASKED, key="k" * 16, at=AT
        ),
    ):
        with pytest.raises(Problem, match="E-STATE"):
            act()


def test_whoever_comes_back_with_a_backup_is_erased_again(
    cast, unit, li, django_capture_on_commit_callbacks
):
    with cast.inside():
        before = Person.objects.get(id=li)
    with django_capture_on_commit_callbacks(execute=True):
        gone(cast, li)
    (stone,) = tombstones.standing()
    with cast.inside():
        Erasure.objects.all().delete()
        before.save()

    assert tombstones.settle() == 0
    assert erase_again(at=AT) == 1
    assert erase_again(at=AT) == 0

    with cast.inside():
        assert Person.objects.get(id=li).name == f"#{li}"
        assert Erasure.objects.get().reason == stone.ground == "asked"


def test_a_line_about_somebody_whom_the_backup_does_not_hold_is_struck_out(cast, li):
    stone = tombstones.Stone(cast.company.pk, li + 50, "asked", AT.isoformat())
    tombstones._append(stone)
    with tombstones.path().open("a", encoding="utf-8") as log:
        log.write('{"company_id": 1, "per')
    tombstones._append(replace(stone, person_id=li))

    assert tombstones.settle() == 1

    assert [one.person_id for one in tombstones.standing()] == [li]
    assert erase_again(at=AT) == 1
