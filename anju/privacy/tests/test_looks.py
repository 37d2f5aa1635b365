"""Each look has who, when and why, is counted, and cannot be altered without being found."""

from __future__ import annotations

from datetime import date, timedelta
from secrets import token_hex

import pytest
from django.db import connection

from anju.kernel.history import HistoryEntry
from anju.kernel.pure.problems import Problem
from anju.privacy.actions.links import make_link, open_link, waits
from anju.privacy.actions.looks import check_looks, look
from anju.privacy.models import FileLink, Look
from anju.privacy.queries import looks_at
from anju.privacy.rules.looks import A_DAY, Grade, What, Why
from anju.register.access import Forbidden, NotFound, Role
from anju.register.actions.consents import add_care, give_consent
from anju.register.actions.residents import MoveIn, PersonDraft, move_in
from anju.register.models import Unit
from tests.cast import AT, a_person, a_project, everybody, reaching, the_cast

pytestmark = pytest.mark.django_db
CALL = Why("call")


@pytest.fixture
def cast(settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    return the_cast()


@pytest.fixture
def li(cast):
    with cast.inside():
        unit = Unit.objects.get(key="3-502")
    draft = MoveIn(PersonDraft("李秀兰", "13800132201"), "owner", date(2020, 1, 1))
    return move_in(actor=cast.desk, unit_id=unit.pk, draft=draft, at=AT).person_id


def looked(actor, person_id, what=What.PHONE, why=CALL, at=AT, key=""):
    form = key or token_hex(16)
    return look(actor=actor, person_id=person_id, what=what, why=why, key=form, at=at)


def test_a_look_shows_the_phone_and_is_written_down(cast, li):
    seen = looked(cast.desk, li, why=Why("other", "快递放在门口"))

    assert seen.phone == "+8613800132201"
    with cast.inside():
        (line,) = looks_at(cast.manager, li).looks
    assert (line.who, line.grade, line.words) == ("陈前台", "P2", "快递放在门口")
    entry = HistoryEntry.objects.get(verb="looked_at")
    assert "快递" not in entry.said
    assert check_looks(cast.company.pk) == (1, [])


def test_the_same_form_is_one_look_and_shows_nothing_after_its_minute(cast, li):
    key = token_hex(16)
    assert looked(cast.desk, li, key=key).phone
    assert looked(cast.desk, li, key=key, at=AT + timedelta(seconds=59)).phone

    late = looked(cast.desk, li, key=key, at=AT + timedelta(seconds=61))

    assert (late.phone, late.over) == ("", True)
    with cast.inside():
        assert Look.objects.count() == 1


def test_without_a_reason_nothing_is_shown_or_written(cast, li):
    for why, code in (
        (Why(""), "E-CHOICE"),
        (Why("other"), "E-REASON"),
        (Why("call", "a\x00b"), "E-TEXT-CONTROL"),
    ):
        with pytest.raises(Problem) as refused:
            looked(cast.desk, li, why=why)
        assert refused.value.code == code
    with cast.inside():
        assert Look.objects.count() == 0


def test_beyond_the_quota_of_a_day_a_look_is_refused(cast, li, monkeypatch):
    monkeypatch.setitem(A_DAY, Grade.PERSONAL, 2)
    looked(cast.desk, li)
    looked(cast.desk, li)

    with pytest.raises(Problem, match="2 times today"):
        looked(cast.desk, li)

    assert looked(cast.manager, li).phone, "each person has a quota of her own"
    assert looked(cast.desk, li, at=AT + timedelta(days=1)).phone


def test_signs_of_care_are_for_those_who_meet_the_people(cast, li):
    give_consent(actor=cast.desk, person_id=li, purpose="care", channel="paper", at=AT)
    add_care(actor=cast.manager, person_id=li, kind="alone", purpose="先打电话", at=AT)
    people = everybody(cast)

    seen = looked(people[Role.STEWARD], li, What.CARE, Why("visit"))

    assert [line.purpose for line in seen.care] == ["先打电话"]
    for role in (Role.DESK, Role.QUALITY, Role.ADMINISTRATOR, Role.HEAD, Role.WORKER):
        with pytest.raises(Forbidden):
            looked(people[role], li, What.CARE, Why("visit"))
    for role in (Role.STEWARD, Role.QUALITY, Role.HEAD, Role.WORKER):
        with pytest.raises(Forbidden):
            looked(people[role], li)


def test_somebody_out_of_reach_does_not_exist(cast, li):
    other = a_project(cast.quality, "枫林苑")
    stranger = reaching(a_person(cast.company, Role.DESK, mail="two.example"), [other])

    with pytest.raises(NotFound):
        looked(stranger, li)
    with pytest.raises(NotFound):
        make_link(actor=stranger, person_id=li, at=AT)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE privacy_look SET reason = 'visit'",
        "UPDATE privacy_look SET words = 'harmless'",
        "UPDATE privacy_look SET salt = ''",
        "DELETE FROM privacy_look",
    ],
)
def test_a_row_changed_by_hand_is_found(cast, li, change):
    looked(cast.desk, li, why=Why("call", "电梯的事"))
    assert check_looks(cast.company.pk) == (1, [])

    with cast.inside(), connection.cursor() as cursor:
        cursor.execute(change)

    assert len(check_looks(cast.company.pk)[1]) == 1


def test_a_row_put_in_by_hand_is_found(cast, li):
    looked(cast.desk, li)
    with cast.inside():
        row = Look.objects.get()
        row.pk = None
        row.save()

    assert len(check_looks(cast.company.pk)[1]) == 1


def test_an_owners_link_shows_once_who_looked(cast, li):
    looked(cast.desk, li)
    token = make_link(actor=cast.desk, person_id=li, at=AT)
    soon = AT + timedelta(minutes=5)
    with cast.inside():
        assert token not in str(FileLink.objects.values_list()[0])

    assert waits(token, at=soon) == cast.company
    found = open_link(token=token, at=soon)

    assert found is not None
    assert [line.who for line in found.looks] == ["陈前台"]
    assert waits(token, at=soon) is None
    assert open_link(token=token, at=soon) is None


def test_a_link_ends_with_its_days_and_with_the_next_one(cast, li):
    first = make_link(actor=cast.desk, person_id=li, at=AT)
    second = make_link(actor=cast.desk, person_id=li, at=AT)

    assert waits(first, at=AT) is None
    assert waits(second, at=AT + timedelta(days=7)) is None
    assert open_link(token=second, at=AT + timedelta(days=7)) is None
    for wrong in ("", "1-x", f"999-{second.split('-', 1)[1]}"):
        assert waits(wrong, at=AT) is None
        assert open_link(token=wrong, at=AT) is None
