"""Projects, buildings and units come in whole or not at all, in their own company alone."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import OtherCompany, company_scope
from anju.register import queries
from anju.register.access import Actor, Forbidden, NotFound, Role, Verb, building_for, project_for
from anju.register.actions.places import (
    ProjectDraft,
    add_building,
    add_units,
    found_company,
    rename_building,
    save_project,
)
from anju.register.models import Building, Unit

AT = datetime(2026, 11, 2, 1, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def quality():
    company = found_company(name="翠湖物业", phone="", at=AT)
    return Actor(1, company.id, Role.QUALITY, "赵敏")


@pytest.fixture
def project(quality):
    return save_project(actor=quality, draft=ProjectDraft("翠湖苑", "residential"), at=AT)


def test_a_building_brings_its_units_and_history(quality, project):
    add_building(actor=quality, project_id=project.id, name="3栋", units=["502", "501"], at=AT)

    with company_scope(quality.company_id):
        (line,) = queries.project_lines()
        assert (line.name, line.buildings, line.units) == ("翠湖苑", 1, 2)
        assert queries.building_lines(project.id)[0].units == 2
        assert ("3栋", "502") in queries.unit_names(project.id)
    assert history.verify(history.Subject(quality.company_id, "project", project.id)) == 2


def test_a_unit_named_twice_stops_the_whole_building(quality, project):
    with pytest.raises(Problem, match="E-UNIT-TWICE"):
        add_building(actor=quality, project_id=project.id, name="3栋", units=["1", "1"], at=AT)
    with company_scope(quality.company_id):
        assert not Building.objects.exists()


def test_units_that_exist_are_left_and_new_ones_counted(quality, project):
    made = add_building(actor=quality, project_id=project.id, name="3栋", units=["1"], at=AT)

    assert add_units(actor=quality, building_id=made.id, units=["1", "2", " "], at=AT) == 1
    with company_scope(quality.company_id):
        assert Unit.objects.count() == 2


def test_a_building_is_renamed_with_the_keys_of_its_units_and_late_ones_are_told(quality, project):
    made = add_building(actor=quality, project_id=project.id, name="3栋", units=["502"], at=AT)
    add_building(actor=quality, project_id=project.id, name="5栋", units=["1"], at=AT)
    rename = {"actor": quality, "building_id": made.id, "at": AT}
    with pytest.raises(Problem, match="E-NAME-TAKEN"):
        rename_building(**rename, name="5栋", version=0)
    rename_building(**rename, name="6栋", version=0)

    with company_scope(quality.company_id):
        assert Unit.objects.get(building=made).key == "6-502"
    with pytest.raises(Problem, match="E-STALE"):
        rename_building(**rename, name="7栋", version=0)


def test_more_units_than_a_building_can_have_are_refused(quality, project):
    many = [str(n) for n in range(5_001)]

    with pytest.raises(Problem, match="E-UNIT-MANY"):
        add_building(actor=quality, project_id=project.id, name="3栋", units=many, at=AT)


@pytest.mark.parametrize("name", ["翠湖苑", "翠湖苑 "])
def test_a_name_taken_is_refused(quality, project, name):
    with pytest.raises(Problem, match="E-NAME-TAKEN"):
        save_project(actor=quality, draft=ProjectDraft(name, "office"), at=AT)


def test_a_building_name_taken_is_refused(quality, project):
    add_building(actor=quality, project_id=project.id, name="3栋", units=[], at=AT)

    with pytest.raises(Problem, match="E-NAME-TAKEN"):
        add_building(actor=quality, project_id=project.id, name="3栋", units=[], at=AT)


def test_an_unknown_use_type_is_refused(quality):
    with pytest.raises(Problem, match="E-CHOICE"):
        save_project(actor=quality, draft=ProjectDraft("x", "castle"), at=AT)


def test_a_project_can_be_renamed_and_keeps_its_name_while_its_target_changes(quality, project):
    draft = ProjectDraft("翠湖苑", "residential", Decimal("78.0"))

    save_project(actor=quality, draft=draft, at=AT, project_id=project.id)

    with company_scope(quality.company_id):
        assert queries.project_lines()[0].target == 78.0


@pytest.mark.parametrize("role", [Role.MANAGER, Role.DESK])
def test_who_may_not_edit_the_register_is_refused(quality, project, role):
    actor = Actor(2, quality.company_id, role)

    with pytest.raises(Forbidden):
        save_project(actor=actor, draft=ProjectDraft("x", "office"), at=AT)
    with pytest.raises(Forbidden):
        add_building(actor=actor, project_id=project.id, name="1", units=[], at=AT)


def test_another_company_and_nothing_look_the_same(quality, project):
    theirs = found_company(name="别家物业", phone="", at=AT)
    stranger = Actor(3, theirs.id, Role.ADMINISTRATOR)
    with company_scope(theirs.id):
        for missing in (project.id, 999_999):
            with pytest.raises(NotFound):
                project_for(stranger, missing, Verb.SEE_REGISTER)
        with pytest.raises(NotFound):
            building_for(stranger, 1, Verb.SEE_REGISTER)
    with pytest.raises(NotFound):
        add_building(actor=stranger, project_id=project.id, name="1", units=[], at=AT)


def test_a_row_cannot_be_moved_into_another_company(quality, project):
    theirs = found_company(name="别家物业", phone="", at=AT)

    with company_scope(theirs.id), pytest.raises(OtherCompany):
        project.save()
