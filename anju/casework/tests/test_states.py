"""The table of a case's states: whole, without dead ends, and refusing by name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.casework import states, words
from anju.casework.states import DEMANDS, STEPS, CaseVerb, Demand, State, fold, possible, step
from anju.kernel.pure.problems import Problem


def reached_from(state: State) -> set[State]:
    seen, ahead = {state}, [state]
    while ahead:
        at = ahead.pop()
        for verb in possible(at):
            if STEPS[at, verb] not in seen:
                seen.add(STEPS[at, verb])
                ahead.append(STEPS[at, verb])
    return seen


def test_every_state_can_be_reached_from_the_beginning():
    assert reached_from(State.REGISTERED) == set(State)


@pytest.mark.parametrize("state", list(State))
def test_every_state_can_be_left_and_leads_to_the_end(state):
    assert possible(state)
    assert State.SETTLED in reached_from(state)


def test_no_case_closes_from_work_without_the_owner_being_told():
    ways = {
        verb for (at, verb), to in STEPS.items() if to is State.CLOSED and at is not State.CLOSED
    }
    assert ways == {
        CaseVerb.REFER, CaseVerb.MERGE, CaseVerb.WITHDRAW, CaseVerb.DECLINE, CaseVerb.REPORT_BACK,
    }  # fmt: skip
    assert Demand.TOLD in DEMANDS[CaseVerb.REPORT_BACK]
    assert all(Demand.REASON in DEMANDS[verb] for verb in ways - {CaseVerb.REPORT_BACK})


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("verb", list(CaseVerb))
def test_a_verb_outside_the_table_is_refused_with_what_is_possible(state, verb):
    if (state, verb) in STEPS:
        assert step(state, verb, DEMANDS[verb]) is STEPS[state, verb]
        return
    with pytest.raises(Problem) as refused:
        step(state, verb, frozenset(Demand))
    assert refused.value.code == "E-STATE"
    for other in possible(state):
        assert words.VERB_WORDS[other.value][1] in refused.value.text("zh-hans")


@pytest.mark.parametrize(
    ("verb", "demand"), [(verb, one) for verb, all_ in DEMANDS.items() for one in sorted(all_)]
)
def test_a_missing_demand_is_named(verb, demand):
    state = next(at for at, does in STEPS if does is verb)
    with pytest.raises(Problem) as refused:
        step(state, verb, DEMANDS[verb] - {demand})
    assert (refused.value.code, refused.value.field) == ("E-CASE-DEMAND", demand.value)
    assert words.DEMAND_WORDS[demand.value][0] in str(refused.value)


@given(st.lists(st.integers(0, 6), max_size=50))
def test_a_history_of_possible_verbs_always_folds_to_a_state_of_the_table(choices):
    state, done = State.REGISTERED, []
    for choice in choices:
        ways = possible(state)
        verb = ways[choice % len(ways)]
        state = step(state, verb, DEMANDS[verb])
        done.append(verb)
    assert fold(done) is state


def test_each_state_verb_and_demand_has_words_a_stage_and_a_turn():
    assert set(words.STATE_WORDS) == {state.value for state in State}
    assert set(words.VERB_WORDS) == {verb.value for verb in CaseVerb} == {v.value for v in DEMANDS}
    assert set(words.DEMAND_WORDS) == {demand.value for demand in Demand}
    assert set(states.STAGES) == set(states.TURNS) == set(State)


def test_the_diagram_draws_every_step():
    drawn = states.diagram()
    assert drawn.count(" --> ") == len(STEPS) + 2
    assert "working --> waiting: wait" in drawn
