"""Random histories on real tables: after each act the row is what the history makes of it."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anju.casework.fold import Entry, folded
from anju.casework.kinds import Party
from anju.casework.states import State
from anju.kernel import history
from anju.kernel.scope import company_scope
from anju.notify.models import Message
from anju.register.access import Role
from anju.voice.actions import writing
from anju.voice.actions.storing import subject
from anju.voice.models import Case, CasePause
from anju.voice.tests.making import AT
from anju.voice.tests.straying import Straying
from anju.voice.tests.walking import altered, people, walked
from tests.cast import a_person, the_cast, zhao_of_the_other_company


@pytest.fixture
def staff(db):
    cast = the_cast()
    return people(cast, a_person(cast.company, Role.WORKER, projects=[cast.project]))


@settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(draw=st.randoms(use_true_random=False))
def test_whatever_is_done_the_row_is_what_its_history_makes_of_it(staff, draw):
    walked(staff, draw, 12)


def test_long_walks_come_through_every_state_and_are_seen_by_no_other_company(staff):
    walks = [walked(staff, random.Random(seed), 50, each=False) for seed in (1, 6, 7, 8, 12)]

    assert set().union(*(walk.states for walk in walks)) == set(State)
    assert sum(walk.done for walk in walks) > 100
    assert {"E-STATE"} <= set().union(*(walk.refused for walk in walks))
    with company_scope(zhao_of_the_other_company().company_id):
        assert not Case.objects.exists()


def test_what_goes_on_beside_the_table_leaves_the_row_as_its_history_tells(staff):
    walks = [walked(staff, random.Random(f"aside {n}"), 25, kind=Straying) for n in range(3)]

    assert set().union(*(walk.did for walk in walks)) > {"replay", "correct"}


def test_whose_a_matter_is_stands_in_its_history_when_a_person_corrects_it(staff):
    walk = walked(staff, random.Random(3), 1)
    blamed = writing.Sorted(party=Party.DEVELOPER)
    writing.sort(actor=staff.cast.desk, edition=walk.edition, as_=blamed, at=walk.at)

    with staff.cast.inside():
        case = walk.row()
        told = history.entries(subject(case)).order_by("seq").last()
        assert case.party == Party.DEVELOPER
        assert told.payload == {"party": "developer", "party_was": "unknown"}
        assert not walk.wrong()


@pytest.mark.parametrize(
    "columns",
    [{"state": "settled"}, {"resolve_due": AT}, {"reopened": 7}, {"resolve_met": AT}],
    ids=["state", "deadline", "count", "met"],
)
def test_a_row_changed_behind_the_acts_is_noticed(staff, columns):
    walk = walked(staff, random.Random(3), 1)

    assert altered(walk, **columns)


def test_a_message_lost_or_a_pause_invented_is_noticed(staff):
    walk = walked(staff, random.Random(3), 1)
    with staff.cast.inside():
        Message.objects.filter(person_id__isnull=False).delete()
        assert "told" in walk.wrong()[0]
        row = {"company_id": staff.cast.company.pk, "case_id": walk.case_id}
        CasePause(**row, waited_for="part", start=AT, end=walk.at).save()
        assert "pauses" in walk.wrong()[0]


def test_an_entry_of_a_verb_that_is_unknown_changes_nothing():
    received = Entry("received", 7, AT, {"kind": "repair", "severity": "usual"})
    assert folded([received, Entry("sung", 7, AT)]) == folded([received])


def test_a_step_that_the_table_does_not_have_is_an_error():
    with pytest.raises(KeyError):
        folded([Entry("received", 7, AT), Entry("finish", 7, AT)])
