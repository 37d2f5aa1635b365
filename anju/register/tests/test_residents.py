"""People move in and out with their days kept; consents, care, zones, firms; each in its project."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from anju.kernel import history
from anju.kernel.history import HistoryEntry
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.register import areas, residents
from anju.register.access import Actor, Forbidden, NotFound, Role, Verb
from anju.register.actions.areas import FirmDraft, ZoneDraft, save_firm, save_region, save_zone
from anju.register.actions.consents import (
    add_care,
    drop_care,
    give_consent,
    withdraw_consent,
)
from anju.register.actions.places import (
    ProjectDraft,
    add_building,
    found_company,
    save_project,
)
from anju.register.actions.residents import (
    MoveIn,
    PersonDraft,
    UnitDraft,
    move_in,
    save_person,
    save_unit,
)
from anju.register.actions.stays import end_stay
from anju.register.models import CareTag, Person, Project, Tie, Unit
from anju.register.search import find

AT = datetime(2026, 11, 2, 1, tzinfo=UTC)
JAN, JUN = date(2024, 1, 1), date(2024, 6, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def quality():
    company = found_company(name="翠湖物业", phone="", at=AT)
    return Actor(1, company.id, Role.QUALITY, "赵敏")


@pytest.fixture
def unit(quality):
    project = save_project(actor=quality, draft=ProjectDraft("翠湖苑", "residential"), at=AT)
    add_building(actor=quality, project_id=project.id, name="3栋", units=["502", "503"], at=AT)
    with company_scope(quality.company_id):
        yield Unit.objects.get(number="502")


def an_actor(quality, role, parts=None):
    return Actor(2, quality.company_id, role, "孙", parts)


def moved(actor, unit, name="李秀兰", phone="13800138000", kind="owner", **more):
    said = {"since": JAN} | more
    draft = MoveIn(PersonDraft(name, phone), kind, **said)
    return move_in(actor=actor, unit_id=unit.pk, draft=draft, at=AT)


def test_ending_one_stay_and_starting_the_next_keeps_both(quality, unit):
    first = moved(quality, unit)
    end_stay(actor=quality, tie_id=first.pk, until=JUN, version=1, at=AT)
    moved(quality, unit, "王芳", "", since=JUN)

    lines = residents.ties_of_unit(unit.pk)

    assert [(line.name, line.since, line.until) for line in lines] == [
        ("王芳", JUN, None),
        ("李秀兰", JAN, JUN),
    ]
    assert [line.now(JUN) for line in lines] == [True, False]
    assert history.verify(history.Subject(quality.company_id, "unit", unit.pk)) == 3


def test_a_phone_leaves_masked_and_never_enters_the_history(quality, unit):
    tie = moved(quality, unit)

    (line,) = residents.ties_of_unit(unit.pk)

    assert line.phone == "138****8000"
    said = " ".join(HistoryEntry.objects.values_list("said", flat=True))
    assert "13800138000" not in said
    assert "李秀兰" not in said
    assert Person.objects.get(id=tie.person_id).phone == "+8613800138000"


def test_a_tenant_without_an_owner_needs_a_second_yes(quality, unit):
    with pytest.raises(Problem, match="E-STAY-OWNERLESS"):
        moved(quality, unit, kind="tenant")
    assert not Tie.objects.exists()
    assert not Person.objects.exists()

    moved(quality, unit, kind="tenant", without_owner=True)

    assert Tie.objects.count() == 1


def test_somebody_known_is_never_merged_unasked(quality, unit):
    first = moved(quality, unit)
    other = Unit.objects.get(number="503")

    with pytest.raises(Problem, match="E-PERSON-TWICE"):
        moved(quality, other)
    same = moved(quality, other, same_person="one")
    apart = moved(quality, other, same_person="apart")

    assert same.person_id == first.person_id
    assert apart.person_id != first.person_id


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "guest"}, "E-CHOICE"),
        ({"phone": "123"}, "E-PHONE"),
        ({"name": " "}, "E-TEXT-EMPTY"),
        ({"until": JAN}, "E-STAY-ORDER"),
    ],
)
def test_a_bad_move_writes_nothing(quality, unit, change, code):
    with pytest.raises(Problem, match=code):
        moved(quality, unit, **change)

    assert not Person.objects.exists()


def test_a_late_edit_and_a_second_end_are_told(quality, unit):
    tie = moved(quality, unit)
    with pytest.raises(Problem, match="E-STALE"):
        end_stay(actor=quality, tie_id=tie.pk, until=JUN, version=9, at=AT)
    end_stay(actor=quality, tie_id=tie.pk, until=JUN, version=1, at=AT)
    with pytest.raises(Problem, match="E-STATE"):
        end_stay(actor=quality, tie_id=tie.pk, until=JUN, version=2, at=AT)


def test_contact_is_changed_and_an_empty_phone_keeps_the_old_one(quality, unit):
    person = moved(quality, unit).person
    save_person(
        actor=quality, person_id=person.pk, draft=PersonDraft("李秀", None), version=1, at=AT
    )

    kept = Person.objects.get(id=person.pk)

    assert (kept.name, kept.initials, kept.phone_tail, kept.version) == ("李秀", "lx", "8000", 2)
    half = PersonDraft("李秀", None, quiet_from=time(21))
    with pytest.raises(Problem, match="E-TIME-PAIR"):
        save_person(actor=quality, person_id=person.pk, draft=half, version=2, at=AT)


def test_a_unit_is_changed_by_the_quality_department_alone(quality, unit):
    draft = UnitDraft(5, None, "home", JAN)
    with pytest.raises(Forbidden):
        save_unit(
            actor=an_actor(quality, Role.DESK), unit_id=unit.pk, draft=draft, version=1, at=AT
        )
    save_unit(actor=quality, unit_id=unit.pk, draft=draft, version=1, at=AT)

    assert Unit.objects.get(id=unit.pk).handover == JAN


def test_a_unit_gets_another_number_unless_a_neighbour_has_it(quality, unit):
    other = Unit.objects.exclude(id=unit.pk).filter(building=unit.building).first()
    taken = UnitDraft(5, None, "home", JAN, f" {other.number} ")
    with pytest.raises(Problem, match="E-NAME-TAKEN number"):
        save_unit(actor=quality, unit_id=unit.pk, draft=taken, version=1, at=AT)
    draft = UnitDraft(5, None, "home", JAN, "1503")
    save_unit(actor=quality, unit_id=unit.pk, draft=draft, version=1, at=AT)

    found = Unit.objects.get(id=unit.pk)
    assert (found.number, found.key.endswith("1503"), found.version) == ("1503", True, 2)


def test_care_needs_a_consent_and_goes_with_it(quality, unit):
    person = moved(quality, unit).person
    manager = an_actor(quality, Role.MANAGER)
    with pytest.raises(Problem, match="E-CONSENT"):
        add_care(actor=manager, person_id=person.pk, kind="alone", purpose="先打电话", at=AT)
    consent = give_consent(
        actor=quality, person_id=person.pk, purpose="care", channel="paper", at=AT
    )
    tag = add_care(actor=manager, person_id=person.pk, kind="alone", purpose="先打电话", at=AT)

    (line,) = residents.care_lines(person.pk)

    assert (line.id, line.purpose) == (tag.pk, "先打电话")
    withdraw_consent(actor=quality, consent_id=consent.pk, at=AT)
    assert not CareTag.objects.exists()


def test_a_consent_is_given_once_and_taken_back_once(quality, unit):
    person = moved(quality, unit).person
    given = give_consent(
        actor=quality, person_id=person.pk, purpose="survey", channel="phone", at=AT
    )
    with pytest.raises(Problem, match="E-STATE"):
        give_consent(actor=quality, person_id=person.pk, purpose="survey", channel="phone", at=AT)
    withdraw_consent(actor=quality, consent_id=given.pk, at=AT)
    with pytest.raises(Problem, match="E-STATE"):
        withdraw_consent(actor=quality, consent_id=given.pk, at=AT)

    (line,) = residents.person_file(person).consents

    assert line.withdrawn_at == AT


def test_a_sign_of_care_can_be_removed(quality, unit):
    person = moved(quality, unit).person
    give_consent(actor=quality, person_id=person.pk, purpose="care", channel="paper", at=AT)
    steward = an_actor(quality, Role.STEWARD)
    tag = add_care(actor=steward, person_id=person.pk, kind="old", purpose="慢一点", at=AT)

    assert drop_care(actor=steward, care_id=tag.pk, at=AT) == person.pk
    assert not CareTag.objects.exists()


def test_whoever_does_not_reach_the_project_finds_nothing(quality, unit):
    tie = moved(quality, unit)
    given = give_consent(
        actor=quality, person_id=tie.person_id, purpose="survey", channel="phone", at=AT
    )
    elsewhere = an_actor(quality, Role.MANAGER, frozenset({987}))
    for look, key in (
        (residents.unit_for, unit.pk),
        (residents.person_for, tie.person_id),
        (residents.tie_for, tie.pk),
        (residents.consent_for, given.pk),
        (residents.care_for, 1),
    ):
        with pytest.raises(NotFound):
            look(elsewhere, key, Verb.SEE_OWNERS)
    assert find(elsewhere, "李秀兰") == ()
    assert find(elsewhere, "3-502") == ()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("3栋502", ["unit"]),
        ("03-502", ["unit"]),
        ("502", ["unit"]),
        ("秀兰", ["person"]),
        ("LXL", ["person"]),
        ("8000", ["person"]),
        ("翠湖", ["project"]),
        ("%", []),
        ("_", []),
        ('" OR NEAR(', []),
        ("  ", []),
    ],
)
def test_one_box_finds_units_people_and_projects_literally(quality, unit, text, kinds):
    moved(quality, unit)

    assert [hit.kind.value for hit in find(quality, text)] == kinds


def test_a_search_of_ten_thousand_signs_is_refused(quality, unit):
    with pytest.raises(Problem, match="E-SEARCH"):
        find(quality, "x" * 10_000)


def test_a_worker_finds_projects_and_no_people(quality, unit):
    moved(quality, unit)

    assert find(an_actor(quality, Role.WORKER), "李秀兰") == ()
    assert [hit.title for hit in find(an_actor(quality, Role.WORKER), "翠湖")] == ["翠湖苑"]


def a_zone(quality, unit, name="东区", **more):
    project_id = unit.building.project_id
    draft = ZoneDraft(name, None, **more)
    return save_zone(actor=quality, project_id=project_id, draft=draft, at=AT)


def test_a_building_and_a_unit_lie_in_one_zone_each(quality, unit):
    a_zone(quality, unit, building_ids=[unit.building_id])
    a_zone(quality, unit, "西区", units=["3栋502"])
    with pytest.raises(Problem, match="E-ZONE-TAKEN"):
        a_zone(quality, unit, "南区", building_ids=[unit.building_id])
    with pytest.raises(Problem, match="E-UNIT"):
        a_zone(quality, unit, "南区", units=["9-999"])
    with pytest.raises(Problem, match="E-REF"):
        a_zone(quality, unit, "南区", building_ids=[987])
    with pytest.raises(Problem, match="E-NAME-TAKEN"):
        a_zone(quality, unit)

    lines = areas.zone_lines(unit.building.project_id)

    assert [(line.name, line.buildings, line.units) for line in lines] == [
        ("东区", ("3栋",), ()),
        ("西区", (), ("3栋 502",)),
    ]


def test_a_stranger_cannot_be_steward(quality, unit):
    with pytest.raises(Problem, match="E-REF"):
        save_zone(
            actor=quality,
            project_id=unit.building.project_id,
            draft=ZoneDraft("东区", 987),
            at=AT,
        )


def test_firms_and_regions_are_kept_by_name(quality, unit):
    save_firm(actor=quality, draft=FirmDraft("contractor", "电梯公司", "", "0571-87654321"), at=AT)
    with pytest.raises(Problem, match="E-NAME-TAKEN"):
        save_firm(actor=quality, draft=FirmDraft("builder", "电梯公司"), at=AT)
    project_id = unit.building.project_id
    region = save_region(actor=quality, name="东片", project_ids=[project_id], at=AT)
    with pytest.raises(Problem, match="E-REF"):
        save_region(actor=quality, name="西片", project_ids=[987], at=AT)

    assert [line.phone for line in areas.firm_lines()] == ["571****4321"]
    assert [line.projects for line in areas.region_lines()] == [("翠湖苑",)]
    save_region(actor=quality, name="东片", project_ids=[], at=AT, region_id=region.pk)
    assert Project.objects.get(id=project_id).region_id is None
