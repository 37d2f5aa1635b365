"""The large button of a worker's page: one step after the other, in every state, and none skipped unseen."""

from __future__ import annotations

import pytest

from anju.casework.kinds import Evidence
from anju.casework.onsite import (
    PARTY,
    SHOWS,
    WAITS,
    Cannot,
    Cause,
    Facts,
    Step,
    demanded,
    step_of,
)
from anju.casework.states import State


@pytest.mark.parametrize("state", [State.ACCEPTED, State.SCHEDULED])
def test_who_has_not_taken_a_job_takes_it_and_then_arrives(state):
    assert step_of(Facts(state)) is Step.TAKE
    assert step_of(Facts(state, taken=True)) is Step.ARRIVE


def test_at_work_photos_and_parts_come_before_done():
    seen = Facts(State.WORKING, taken=True)
    assert step_of(seen) is Step.BEFORE
    assert step_of(Facts(State.WORKING, before=True)) is Step.AFTER
    assert step_of(Facts(State.WORKING, before=True, after=True)) is Step.PARTS
    assert step_of(Facts(State.WORKING, before=True, after=True, parts=True)) is Step.DONE


def test_what_waits_goes_on_and_what_is_done_asks_for_nothing():
    assert step_of(Facts(State.WAITING)) is Step.RESUME
    for state in (State.REGISTERED, State.DONE, State.CLOSED, State.SETTLED):
        assert step_of(Facts(state, taken=True)) is None


@pytest.mark.parametrize(
    ("evidence", "wanted"),
    [
        (Evidence.NONE, set()),
        (Evidence.AFTER, {Step.AFTER}),
        (Evidence.BOTH, {Step.BEFORE, Step.AFTER}),
        ("", set()),
    ],
)
def test_only_photos_that_a_category_asks_for_must_be_taken(evidence, wanted):
    assert demanded(str(evidence)) == wanted


def test_every_cause_names_a_party_and_every_reason_but_help_is_a_wait():
    assert set(PARTY) == set(Cause)
    assert set(Cannot) - set(WAITS) == {Cannot.HELP}
    assert set(SHOWS) == {Step.BEFORE, Step.AFTER}
