"""A steward held to her zones sees their homes: every table says where its rows lie."""

from __future__ import annotations

import pytest
from django.apps import apps

from anju.kernel.scope import CompanyRow, part_scope
from anju.privacy.holdings import paths_to
from anju.register import homes
from anju.register.access import Homes, NotFound, Role, Verb, actor_of, building_for, narrowing
from anju.register.actions.areas import ZoneDraft, save_zone
from anju.register.models import Account, Building, Person, Tie, Unit
from anju.register.residents import person_for, unit_for
from anju.register.search import find
from tests.cast import AT, Cast, a_person, held_to, the_cast
from tests.tables.register import a_tie

pytestmark = pytest.mark.django_db

# Tables whose keys lead to homes or people and that are reached another way, each with its reason.
ELSEWHERE = {
    "notify.Message": "a message is shown to whom it was sent, or with rights that no zone has",
}


@pytest.fixture
def cast() -> Cast:
    return the_cast()


def a_steward(cast: Cast, buildings: list[str], units: tuple[str, ...] = ()):
    """Return a steward held to one zone: whole buildings by name, and single units."""
    plain = a_person(cast.company, Role.STEWARD, projects=[cast.project])
    with cast.inside():
        ids = [b.pk for b in Building.objects.filter(name__in=buildings)]
    draft = ZoneDraft(f"周管家的区 {plain.account_id}", plain.account_id, ids, units)
    save_zone(actor=cast.quality, project_id=cast.project.pk, draft=draft, at=AT)
    return held_to(plain, "zones")


def unit_of(cast: Cast, building: str, number: str = "502") -> Unit:
    with cast.inside():
        found: Unit = Unit.objects.get(building__name=building, number=number)
        return found


def test_every_table_that_leads_to_homes_or_people_says_where_its_rows_lie():
    led = {
        **paths_to("register.Unit"),
        **paths_to("register.Building"),
        **paths_to("register.Person"),
    }
    ours = [apps.get_model(label) for label in led]
    bare = {m._meta.label for m in ours if issubclass(m, CompanyRow) and not hasattr(m, "home")}

    assert bare == set(ELSEWHERE)


def test_a_steward_of_a_zone_finds_her_homes_and_no_others(cast):
    tie = a_tie(cast)  # lives in the first unit of 1栋
    steward = a_steward(cast, ["3栋"])
    mine, other = unit_of(cast, "3栋"), unit_of(cast, "2栋")

    with cast.inside():
        assert unit_for(steward, mine.pk, Verb.SEE_OWNERS) == mine
        assert building_for(steward, mine.building_id, Verb.SEE_REGISTER)
        for found in (
            lambda: unit_for(steward, other.pk, Verb.SEE_OWNERS),
            lambda: building_for(steward, other.building_id, Verb.SEE_REGISTER),
            lambda: person_for(steward, tie.person_id, Verb.SEE_OWNERS),
        ):
            with pytest.raises(NotFound):
                found()
        assert {hit.title for hit in find(steward, "502")} == {"3栋 502"}
        assert find(steward, "李秀兰") == ()
        with part_scope(steward.parts, narrowing(steward)):
            assert set(Building.objects.values_list("name", flat=True)) == {"3栋"}
            assert Unit.objects.count() == 10
            assert (Person.objects.count(), Tie.objects.count()) == (0, 0)


def test_a_unit_that_another_zone_names_is_not_hers_though_its_building_is(cast):
    first = a_steward(cast, ["3栋"])
    other = a_person(cast.company, Role.WORKER, projects=[cast.project])
    draft = ZoneDraft("一户一区", other.account_id, [], ["3-502"])
    save_zone(actor=cast.quality, project_id=cast.project.pk, draft=draft, at=AT)
    taken = unit_of(cast, "3栋")

    first, other = (
        actor_of(Account.objects.get(id=first.account_id)),
        held_to(other, "zones"),
    )

    with cast.inside():
        with pytest.raises(NotFound):
            unit_for(first, taken.pk, Verb.SEE_OWNERS)
        with part_scope(other.parts, narrowing(other)):
            assert list(Unit.objects.all()) == [taken]
            assert list(Building.objects.all()) == [taken.building]


def test_a_steward_whom_no_zone_names_sees_no_home(cast):
    steward = held_to(a_person(cast.company, Role.STEWARD, projects=[cast.project]), "zones")

    assert steward.homes == Homes()
    with cast.inside(), part_scope(steward.parts, narrowing(steward)):
        assert (Unit.objects.count(), Building.objects.count()) == (0, 0)


def test_with_the_narrowing_removed_the_other_zone_would_be_seen(cast, monkeypatch):
    steward = a_steward(cast, ["3栋"])
    monkeypatch.setattr("anju.register.access.kept_to", lambda _homes, rows: rows)
    other = unit_of(cast, "2栋")

    with cast.inside():
        assert unit_for(steward, other.pk, Verb.SEE_OWNERS) == other, "control"
        assert homes.kept_to(steward.homes, Unit.objects.filter(id=other.pk)).count() == 0
