"""A day adds up whatever happened to its cases: an oracle by brute force, over random histories."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from anju.casework.states import OPEN, STEPS, State, possible
from anju.reviews.rules.counting import Told, counted

BEGIN = datetime(2026, 3, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)
KINDS = frozenset({"complaint"})


@st.composite
def a_history(draw):
    """A case's entries by the table of states, an hour or none apart, sorted now and then."""
    at = BEGIN + draw(st.integers(0, 60)) * HOUR
    state, kind = State.REGISTERED, draw(st.sampled_from(["complaint", "repair"]))
    entries = [Told("received", at, kind)]
    for _step in range(draw(st.integers(0, 12))):
        at += draw(st.integers(0, 10)) * HOUR
        choices = [*possible(state), "noted", "sorted"]
        verb = draw(st.sampled_from(choices))
        if verb == "sorted":
            entries.append(Told("sorted", at, draw(st.sampled_from(["complaint", "repair", ""]))))
        elif verb == "noted":
            entries.append(Told("noted", at))
        else:
            state = STEPS[state, verb]
            entries.append(Told(verb.value, at))
    return entries


def standing(entries, at):
    """Say by brute force whether a case is open and a complaint at an instant."""
    past = [one for one in entries if one.at <= at]
    state, kind = State.REGISTERED, ""
    for one in past:
        kind = one.kind or kind
        state = STEPS.get((state, one.verb), state)
    return bool(past) and state in OPEN and kind in KINDS


@settings(max_examples=150, deadline=None)
@given(st.lists(a_history(), max_size=12), st.lists(st.integers(0, 200), min_size=1, max_size=6))
def test_each_day_adds_up_and_begins_with_what_the_day_before_ended_with(histories, hours):
    before = None
    for since, until in zip(sorted(hours), [*sorted(hours)[1:], 999], strict=True):
        start, end = BEGIN + since * HOUR, BEGIN + until * HOUR
        known = [[one for one in entries if one.at <= end] for entries in histories]
        day = counted(known, start, KINDS)
        assert day.carried + day.new + day.reopened - day.closed == day.open
        assert day.open == sum(standing(entries, end) for entries in histories)
        assert day.carried == sum(standing(entries, start) for entries in histories)
        assert before in (None, day.carried)
        before = day.open


def test_a_case_that_comes_and_goes_in_a_day_counts_on_both_sides():
    entries = [Told("received", BEGIN + HOUR, "complaint"), Told("withdraw", BEGIN + 2 * HOUR)]
    again = [*entries, Told("reopen", BEGIN + 3 * HOUR)]
    assert counted([entries], BEGIN, KINDS) == counted([entries, []], BEGIN, KINDS)
    day = counted([again], BEGIN, KINDS)
    assert (day.carried, day.new, day.reopened, day.closed, day.open) == (0, 1, 1, 1, 1)


def test_a_complaint_that_turns_out_to_be_a_repair_leaves_the_sheet():
    entries = [Told("received", BEGIN, "complaint"), Told("sorted", BEGIN + HOUR, "repair")]
    day = counted([entries], BEGIN, KINDS)
    assert (day.carried, day.closed, day.open) == (1, 1, 0)
