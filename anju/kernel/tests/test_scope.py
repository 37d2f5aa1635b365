"""Rows of one company are not reachable from another, by query or by key."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from anju.kernel.scope import NoCompany, OtherCompany, company_scope, part_scope
from anju.register.models import Building, Company, Project, Unit

AT = datetime(2026, 11, 2, 1, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def two_companies():
    made = []
    for name in ("翠湖物业", "别家物业"):
        company = Company.objects.create(name=name, created_at=AT)
        with company_scope(company.id):
            project = Project(company=company, name="翠湖苑", use_type="residential")
            project.save()
        made.append((company, project))
    return made


def test_a_query_without_a_company_is_refused():
    with pytest.raises(NoCompany):
        list(Project.objects.all())


def test_a_query_sees_only_the_company_in_force(two_companies):
    (mine, project), _ = two_companies

    with company_scope(mine.id):
        assert list(Project.objects.all()) == [project]


def test_a_row_for_another_company_is_not_saved(two_companies):
    (mine, _), (theirs, _) = two_companies

    with company_scope(mine.id), pytest.raises(OtherCompany):
        Project(company=theirs, name="x", use_type="office").save()


def test_a_key_into_another_company_is_refused_whether_cached_or_not(two_companies):
    (mine, _), (_, foreign) = two_companies

    with company_scope(mine.id):
        with pytest.raises(OtherCompany):
            Building(company=mine, project=foreign, name="1").save()
        with pytest.raises(OtherCompany):
            Building(company=mine, project_id=foreign.id, name="1").save()


def test_a_bulk_write_is_checked_as_a_single_one_is(two_companies):
    (mine, project), (_, foreign) = two_companies

    with company_scope(mine.id):
        good = Building(company=mine, project=project, name="1")
        bad = Building(company=mine, project_id=foreign.id, name="2")
        with pytest.raises(OtherCompany):
            Building.objects.bulk_create([good, bad])
        assert not Building.objects.exists()


def test_a_scope_ends_with_its_block(two_companies):
    (mine, _), (theirs, foreign) = two_companies

    with company_scope(mine.id):
        with company_scope(theirs.id):
            assert list(Project.objects.all()) == [foreign]
        assert Unit.objects.count() == 0
    with pytest.raises(NoCompany):
        Unit.objects.count()


def test_reaching_past_the_scope_takes_a_named_act(two_companies):
    beyond = 0 if connection.vendor == "postgresql" else 2  # there the floor stands below it

    assert Project.objects.unscoped("test").count() == beyond


def test_a_part_in_force_hides_the_rest_of_the_company(two_companies):
    (mine, lake), _ = two_companies
    with company_scope(mine.id):
        wood = Project(company=mine, name="枫林苑", use_type="residential")
        wood.save()
        for project in (lake, wood):
            building = Building(company=mine, project=project, name="1栋")
            building.save()
            Unit(company=mine, building=building, number="101").save()

        with part_scope(frozenset({wood.pk})):
            assert list(Project.objects.all()) == [wood]
            assert [unit.building.project for unit in Unit.objects.all()] == [wood]
            assert Project.objects.across_parts().count() == 2
            with part_scope(None):
                assert Unit.objects.count() == 2
        with part_scope(frozenset()):
            assert not Building.objects.exists()


def test_a_part_survives_an_act_that_sets_its_company_again(two_companies):
    (mine, lake), _ = two_companies

    with company_scope(mine.id), part_scope(frozenset({lake.pk + 1000})), company_scope(mine.id):
        assert not Project.objects.exists()
