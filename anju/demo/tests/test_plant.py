"""The demonstration company: planted once, the same everywhere, with a story to be found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import transaction

from anju.demo.actions import Planted, plant
from anju.demo.owners import lakeside
from anju.demo.places import PLACES
from anju.demo.queries import account_for_role
from anju.insight.models import WaveTally
from anju.kernel import history
from anju.kernel.models import HistoryEntry
from anju.kernel.scope import company_scope
from anju.register.access import Role
from anju.register.models import Building, Company, Project, Unit
from anju.survey import queries
from anju.survey.answers import answer_set
from anju.survey.data import library
from anju.survey.models import Response
from anju.survey.rules.wave import WaveState

AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def once(django_db_setup, django_db_blocker) -> Iterator[Planted]:
    """Plant once for all tests here, and take everything back after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield plant(at=AT, language="zh-hans")
        transaction.set_rollback(True)


@pytest.fixture
def planted(once: Planted, db) -> Planted:
    return once


def test_there_are_three_projects_a_dozen_buildings_and_480_units(planted):
    with company_scope(planted.company_id):
        assert len(set(Project.objects.values_list("use_type", flat=True))) == 3
        assert (Building.objects.count(), Unit.objects.count()) == (12, 480)
        assert Unit.objects.filter(building__name="3栋", number="502").exists()


def test_planting_twice_does_nothing(planted):
    entries = HistoryEntry.objects.count()
    again = plant(at=AT, language="en")

    assert (again.fresh, again.company_id) == (False, planted.company_id)
    assert HistoryEntry.objects.count() == entries
    assert Company.objects.count() == 1


def test_the_shops_returned_twenty_of_twenty_five_and_nineteen_are_satisfied(planted):
    with company_scope(planted.company_id):
        line = next(line for line in queries.wave_lines() if line.people == 20)
        found = answer_set(line.id)
        totals = queries.total_lines(line.id)
    codes = [found.items[0].scale.levels[index].code for index in found.levels[:, 0]]

    assert (line.counts.issued, line.counts.returned) == (25, 20)
    assert Counter(codes) == {"vs": 16, "bs": 3, "ds": 1}
    assert [(t.totals.numerator, t.totals.denominator) for t in totals] == [(1920, 2000)]


def test_one_building_is_silent_and_one_is_small(planted):
    with company_scope(planted.company_id):
        line = next(line for line in queries.wave_lines() if line.people == 175)
        progress = {
            p.line.label: (p.line.population, p.people) for p in queries.wave_page(line.id).frame
        }

    assert progress["6栋"] == (36, 0)
    assert progress["7栋"][0] == 12


def test_responsiveness_changed_and_what_can_be_seen_did_not():
    form = library.form("short", "zh-hans")

    def satisfied(dimension: str, *, later: bool) -> float:
        rated = [item for item in form.items if item.scale is not None]
        places = [n for n, item in enumerate(rated) if item.dimension == dimension]
        filled = lakeside(form, later=later, language="zh-hans")
        codes = [one.codes[n] for one in filled for n in places if one.codes[n]]
        return sum(code != "ds" for code in codes) / len(codes)

    assert satisfied("responsiveness", later=True) - satisfied("responsiveness", later=False) > 0.1
    assert abs(satisfied("tangibles", later=True) - satisfied("tangibles", later=False)) < 0.03


def test_closed_waves_have_their_small_tables_and_the_open_one_has_not(planted):
    with company_scope(planted.company_id):
        closed = {line.id for line in queries.wave_lines() if line.state is WaveState.CLOSED}
        assert set(WaveTally.objects.values_list("wave_id", flat=True)) == closed
        assert len(closed) == 3


def test_nobody_signs_in_with_a_password_and_every_role_has_a_person(planted):
    for role in Role:
        account = account_for_role(role.value)
        assert account is not None
        assert account.email == planted.accounts[role]
        assert not account.has_usable_password()
    assert account_for_role("owner") is None


def test_every_chain_of_history_holds(planted):
    chains = set(HistoryEntry.objects.values_list("company_id", "kind", "subject_id"))

    assert all(history.verify(history.Subject(*chain)) for chain in chains)


def test_every_answer_belongs_to_a_home_of_the_register(planted):
    with company_scope(planted.company_id):
        assert not Response.objects.filter(unit__isnull=True).exists()
        assert not Response.objects.filter(building__isnull=True).exists()


def test_every_house_has_units_of_its_own():
    for place in PLACES:
        for house in place.houses:
            assert len(set(house.units)) == len(house.units) == house.floors * house.doors


def test_each_survey_has_its_answers(planted):
    with company_scope(planted.company_id):
        assert sorted(line.people for line in queries.wave_lines()) == [20, 75, 175, 191]
