"""Stays that are on record: ended, corrected and taken back; a tenant never loses her owner unasked."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from anju.kernel import history
from anju.kernel.history import HistoryEntry
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.register.access import Actor, Forbidden, NotFound, Role
from anju.register.actions.places import ProjectDraft, add_building, found_company, save_project
from anju.register.actions.residents import MoveIn, PersonDraft, move_in
from anju.register.actions.stays import StayDraft, correct_stay, end_stay, take_back_stay
from anju.register.models import Person, Tie, Unit
from anju.register.rules.stays import Stay, left_ownerless

AT = datetime(2026, 11, 2, 1, tzinfo=UTC)
JAN, JUN, DEC = date(2024, 1, 1), date(2024, 6, 1), date(2024, 12, 1)


@pytest.fixture
def quality():
    company = found_company(name="翠湖物业", phone="", at=AT)
    return Actor(1, company.id, Role.QUALITY, "赵敏")


@pytest.fixture
def unit(quality):
    project = save_project(actor=quality, draft=ProjectDraft("翠湖苑", "residential"), at=AT)
    add_building(actor=quality, project_id=project.id, name="3栋", units=["502"], at=AT)
    with company_scope(quality.company_id):
        yield Unit.objects.get(number="502")


def moved(actor, unit, name="李秀兰", kind="owner", since=JAN, until=None, phone="", **more):
    draft = MoveIn(PersonDraft(name, phone), kind, since, until, **more)
    return move_in(actor=actor, unit_id=unit.pk, draft=draft, at=AT)


@pytest.mark.django_db
def test_a_wrong_stay_is_corrected_and_the_history_keeps_what_stood_before(quality, unit):
    tie = moved(quality, unit, kind="family")

    correct_stay(
        actor=quality, tie_id=tie.pk, draft=StayDraft("owner", JUN, None), version=1, at=AT
    )

    stay = Tie.objects.get()
    assert (stay.kind, stay.since, stay.until, stay.version) == ("owner", JUN, None, 2)
    kept = HistoryEntry.objects.get(verb="stay_corrected").payload
    assert (kept["tie"], kept["since"], kept["until"]) == ("family", "2024-01-01", "")
    assert history.verify(history.Subject(quality.company_id, "unit", unit.pk)) == 2


@pytest.mark.django_db
def test_a_stay_that_never_was_goes_and_the_person_stays(quality, unit):
    tie = moved(quality, unit)

    assert take_back_stay(actor=quality, tie_id=tie.pk, version=1, at=AT) == unit.pk

    assert not Tie.objects.exists()
    assert Person.objects.get().name == "李秀兰"
    assert HistoryEntry.objects.get(verb="stay_taken_back").payload["tie"] == "owner"


@pytest.mark.django_db
@pytest.mark.parametrize("act", ["end", "correct", "take_back"])
def test_a_tenant_loses_her_owner_only_with_a_second_yes(quality, unit, act):
    tie = moved(quality, unit)
    moved(quality, unit, "王芳", "tenant")

    def do(*, yes):
        if act == "end":
            end_stay(actor=quality, tie_id=tie.pk, until=JUN, version=1, at=AT, without_owner=yes)
        elif act == "correct":
            draft = StayDraft("family", JAN, None, without_owner=yes)
            correct_stay(actor=quality, tie_id=tie.pk, draft=draft, version=1, at=AT)
        else:
            take_back_stay(actor=quality, tie_id=tie.pk, version=1, at=AT, without_owner=yes)

    with pytest.raises(Problem, match="E-STAY-OWNERLESS"):
        do(yes=False)
    assert Tie.objects.get(id=tie.pk).version == 1
    do(yes=True)

    assert not Tie.objects.filter(kind="owner", until=None).exists()


@pytest.mark.django_db
def test_a_late_or_foreign_hand_changes_no_stay(quality, unit):
    tie = moved(quality, unit)
    draft = StayDraft("owner", JUN, None)
    steward = Actor(2, quality.company_id, Role.STEWARD, "周")
    elsewhere = Actor(3, quality.company_id, Role.DESK, "陈", frozenset({987}))

    with pytest.raises(Problem, match="E-STALE"):
        correct_stay(actor=quality, tie_id=tie.pk, draft=draft, version=9, at=AT)
    with pytest.raises(Forbidden):
        correct_stay(actor=steward, tie_id=tie.pk, draft=draft, version=1, at=AT)
    with pytest.raises(NotFound):
        take_back_stay(actor=elsewhere, tie_id=tie.pk, version=1, at=AT)
    wrong = StayDraft("owner", JUN, JAN)
    with pytest.raises(Problem, match="E-STAY-ORDER"):
        correct_stay(actor=quality, tie_id=tie.pk, draft=wrong, version=1, at=AT)

    assert Tie.objects.get().version == 1


@pytest.mark.django_db
def test_the_same_name_in_the_same_home_is_asked_about_and_not_doubled(quality, unit):
    moved(quality, unit)

    with pytest.raises(Problem, match="E-PERSON-TWICE"):
        moved(quality, unit)
    with pytest.raises(Problem, match="E-STAY-TWICE"):
        moved(quality, unit, same_person="one")
    moved(quality, unit, same_person="apart")

    assert Person.objects.count() == 2


@pytest.mark.parametrize(
    ("before", "after", "asked"),
    [
        ([Stay(1, "owner", None, None)], [], False),
        ([Stay(1, "owner", None, None), Stay(2, "tenant", JAN, JUN)], [], True),
        ([Stay(1, "owner", None, None), Stay(2, "tenant", JAN, JUN)], [Stay(1, "owner", JAN, JUN)], False),
        ([Stay(1, "owner", JUN, None), Stay(2, "tenant", JAN, DEC)], [], False),
    ],
)  # fmt: skip
def test_only_a_gap_that_was_not_there_is_asked_about(before, after, asked):
    tenants = [stay for stay in before if stay.kind == "tenant"]

    assert left_ownerless(before, [*after, *tenants]) is asked
