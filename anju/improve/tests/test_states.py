"""The two tables: everything reachable, nothing stuck, every refusal says what is possible."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.improve.rules import states
from anju.improve.rules.states import (
    FINDING_FINAL,
    FINDING_NEEDS,
    FINDING_STEPS,
    FOLLOWED,
    MEASURE_FINAL,
    MEASURE_NEEDS,
    MEASURE_STEPS,
    FindingState,
    FindingVerb,
    MeasureState,
    MeasureVerb,
    Need,
    follow,
    measure_possible,
    measure_step,
    possible,
    step,
)
from anju.kernel.pure.problems import Problem

LISTS = [list(many) for n in range(4) for many in product(MeasureState, repeat=n)]


def reached(start, edges):
    seen, waiting = {start}, [start]
    while waiting:
        at = waiting.pop()
        for before, after in edges:
            if before is at and after not in seen:
                seen.add(after)
                waiting.append(after)
    return seen


def finding_edges():
    own = [(at, to) for (at, _verb), to in FINDING_STEPS.items()]
    return own + list(product(FOLLOWED - {FindingState.OPEN}, {follow(many) for many in LISTS}))


def test_every_state_of_a_finding_can_be_reached():
    assert reached(FindingState.CANDIDATE, finding_edges()) == set(FindingState)


def test_every_state_of_a_measure_can_be_reached():
    edges = [(at, to) for (at, _verb), to in MEASURE_STEPS.items()]

    assert reached(MeasureState.SET, edges) == set(MeasureState)


def test_a_measure_is_stuck_in_the_final_states_and_in_no_other():
    leavable = {at for (at, _verb), to in MEASURE_STEPS.items() if to is not at}

    assert set(MeasureState) - leavable == MEASURE_FINAL


def test_a_finding_is_stuck_in_the_final_states_and_in_no_other():
    own = {at for (at, _verb), to in FINDING_STEPS.items() if to is not at}
    by_measures = {follow(many) for many in LISTS if set(many) - MEASURE_FINAL}

    assert set(FindingState) - own - by_measures == FINDING_FINAL


def test_what_measures_make_of_a_finding_is_what_the_table_says_they_may():
    assert {follow(many) for many in LISTS} == FOLLOWED


@pytest.mark.parametrize(
    ("measures", "state"),
    [
        ([], FindingState.OPEN),
        ([MeasureState.WITHDRAWN], FindingState.OPEN),
        ([MeasureState.SET, MeasureState.WITHDRAWN], FindingState.SET),
        ([MeasureState.SET, MeasureState.RUNNING], FindingState.RUNNING),
        ([MeasureState.DONE, MeasureState.VERIFIED], FindingState.DONE),
        ([MeasureState.VERIFIED, MeasureState.SET], FindingState.RUNNING),
        ([MeasureState.NOT_EFFECTIVE], FindingState.NOT_EFFECTIVE),
        ([MeasureState.NOT_EFFECTIVE, MeasureState.WITHDRAWN], FindingState.NOT_EFFECTIVE),
        ([MeasureState.NOT_EFFECTIVE, MeasureState.VERIFIED], FindingState.VERIFIED),
        ([MeasureState.VERIFIED, MeasureState.NOT_EFFECTIVE], FindingState.NOT_EFFECTIVE),
    ],
)
def test_a_finding_follows_its_measures(measures, state):
    assert follow(measures) is state


@given(st.lists(st.sampled_from(list(MeasureState)), max_size=6))
def test_a_finding_is_verified_only_where_some_measure_was_and_none_is_open(measures):
    found = follow(measures)

    if found is FindingState.VERIFIED:
        assert MeasureState.VERIFIED in measures
        assert not set(measures) & {MeasureState.SET, MeasureState.RUNNING, MeasureState.DONE}


@given(st.sampled_from(list(FindingState)), st.sampled_from(list(FindingVerb)))
def test_a_finding_takes_a_step_of_the_table_or_says_which_it_could(state, verb):
    if (state, verb) in FINDING_STEPS:
        assert step(state, verb) is FINDING_STEPS[state, verb]
        return
    with pytest.raises(Problem) as refused:
        step(state, verb)

    assert refused.value.code == "E-STATE"
    for other in possible(state):
        assert states.VERB_WORDS[other][0] in refused.value.text("en")
        assert states.VERB_WORDS[other][1] in refused.value.text("zh-hans")


@given(st.sampled_from(list(MeasureState)), st.sampled_from(list(MeasureVerb)))
def test_a_measure_takes_a_step_of_the_table_or_says_which_it_could(state, verb):
    if (state, verb) in MEASURE_STEPS:
        assert measure_step(state, verb) is MEASURE_STEPS[state, verb]
        return
    with pytest.raises(Problem) as refused:
        measure_step(state, verb)

    assert refused.value.code == "E-STATE"
    for other in measure_possible(state):
        assert states.VERB_WORDS[other][0] in refused.value.text("en")


def test_a_settled_finding_says_that_it_stays_so():
    with pytest.raises(Problem, match="stays so"):
        step(FindingState.VERIFIED, FindingVerb.WRITE)


def test_every_verb_says_what_it_needs_and_every_word_has_two_languages():
    assert set(FINDING_NEEDS) == set(FindingVerb)
    assert set(MEASURE_NEEDS) == set(MeasureVerb)
    assert {*FindingState, *MeasureState} <= set(states.STATE_WORDS)
    assert {*FindingVerb, *MeasureVerb} <= set(states.VERB_WORDS)


def test_a_check_needs_the_checker_and_a_verified_measure_needs_evidence():
    looks = (MeasureVerb.VERIFY, MeasureVerb.REFUTE, MeasureVerb.RETURN)

    assert all(Need.CHECKER in MEASURE_NEEDS[verb] for verb in looks)
    assert Need.EVIDENCE in MEASURE_NEEDS[MeasureVerb.VERIFY]
    assert Need.EVIDENCE in MEASURE_NEEDS[MeasureVerb.FINISH]
    assert Need.BOXES in FINDING_NEEDS[FindingVerb.SET_MEASURE]
    assert Need.REASON in FINDING_NEEDS[FindingVerb.WAIVE]
