"""A read whose statement is kept answers as the query itself does, and what cannot be kept is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Concat
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from anju.kernel.planned import MOST, NotPlanned, Planned
from anju.kernel.scope import NoCompany, company_scope, part_scope
from anju.register.models import Building, Company, Project
from tests.cast import the_cast

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


def _since(name, at):
    rows = Project.objects.filter(name__contains=name, company__created_at__gte=at).order_by("id")
    return rows.values_list("id", "name", "company__created_at")


def _named(name):
    return Project.objects.filter(name=name).order_by("id").values_list("name")


@pytest.fixture
def cast(db):
    return the_cast()


@pytest.fixture
def two(cast):
    """A company with two projects of different hours, and a read of them."""
    with cast.inside():
        Company.objects.filter(pk=cast.company.pk).update(created_at=NOON)
        return cast, Project.objects.get(pk=cast.project.pk)


def test_it_answers_as_the_query_does_at_every_moment(two):
    cast, _first = two
    read = Planned(_since)
    with cast.inside():
        for hours in (-1, 0, 1, 500_000):
            at = NOON + timedelta(hours=hours)
            assert read.rows("", given=(at,)) == list(_since("", at))
            assert read.count("", given=(at,)) == _since("", at).count()
    assert len(read.plans) == 1


@settings(max_examples=40, deadline=None)
@drawn(name=st.text(max_size=12).filter(lambda text: "\x00" not in text))
def test_words_that_are_given_are_words_and_no_statement(name):
    read = Planned(_named)
    with company_scope(1):
        plan = read._plan((), (name,))
    assert (plan.filled((name,))[-1], name in plan.sql and len(name) > 20) == (name, False)


def test_another_company_or_part_has_a_statement_of_its_own(two):
    cast, first = two
    read = Planned(lambda: Project.objects.order_by("id").values_list("id"))
    with cast.inside():
        mine = read.rows()
        with part_scope(frozenset({first.pk})):
            near = read.rows()
        with part_scope(frozenset()):
            none = read.rows(), read.count(), read.around("SELECT MAX(id)")
    with company_scope(cast.company.pk + 1):
        other = read.rows()

    assert ((first.pk,) in mine, near, none, other) == (True, [(first.pk,)], ([], 0, None), [])


def test_who_is_held_to_single_homes_gets_what_django_makes_of_it_each_time(two):
    cast, first = two
    read = Planned(lambda: Project.objects.order_by("id").values_list("id"))
    with cast.inside(), part_scope(None, lambda rows: rows.filter(id=first.pk)):
        assert (read.rows(), read.count(), read.plans) == ([(first.pk,)], 1, {})
    with cast.inside(), part_scope(None, lambda rows: rows.filter(id__in=())):
        assert read.count() == 0


def test_outside_a_company_it_asks_nothing():
    with pytest.raises(NoCompany):
        Planned(lambda: Project.objects.values_list("id")).rows()


@pytest.mark.parametrize(
    "build",
    [
        lambda at: Project.objects.filter(
            company__created_at__gte=at - timedelta(days=1)
        ).values_list("id"),
        lambda at: Project.objects.filter(company__created_at__date=at.date()).values_list("id"),
        lambda at: Project.objects.order_by("id").values_list("id")[: at.year - 9000],
        lambda at: Project.objects.filter(
            id__in=list(Building.objects.values_list("project_id", flat=True))
        ).values_list("id"),
    ],
)
def test_a_read_that_depends_on_more_than_it_was_given_is_refused(cast, build):
    with cast.inside(), pytest.raises(NotPlanned):
        Planned(build).rows(given=(NOON,))


def test_a_subquery_is_asked_within_the_statement(cast):
    houses = Building.objects.unscoped("test").filter(project_id=OuterRef("pk"), name="塔楼")
    read = Planned(lambda: Project.objects.filter(Exists(houses)).order_by("id").values_list("id"))
    with cast.inside():
        before = read.rows()
        Building.objects.filter(project_id=cast.project.pk).update(name=Concat(Value("塔楼"), "id"))
        Building.objects.filter(pk=Building.objects.order_by("id")[0].pk).update(name="塔楼")
        assert (before, read.rows()) == ([], [(cast.project.pk,)])


def test_it_forgets_rather_than_grow_without_end(cast):
    read = Planned(_named)
    with cast.inside():
        for number in range(MOST + 1):
            read.rows(f"项目{number}")
    assert len(read.plans) == 1
