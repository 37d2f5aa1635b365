"""A claim names what it stands on and what it lacks; who may repair in the builder's stead, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from anju.casework.warranty import (
    Facts,
    Proof,
    asked_first,
    may_step_in,
    proofs,
    read_cost,
    written_cost,
)
from anju.kernel.pure.problems import Problem

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
WEEK = timedelta(days=7)
BARE = Facts(AT)
FULL = Facts(AT, AT, (AT, AT + WEEK), letters=1, before=1, after=2, cause=True, cost=True, confirmed=True)  # fmt: skip


def test_a_claim_without_more_stands_on_the_owners_word_alone():
    assert [one for one, there in proofs(BARE) if there] == [Proof.FIRST]
    assert all(there for _one, there in proofs(FULL))
    assert [one for one, _there in proofs(FULL)] == list(Proof)


def test_stepping_in_waits_for_two_reminders_and_a_week():
    assert may_step_in(FULL, AT + WEEK)
    assert not may_step_in(FULL, AT + WEEK - timedelta(minutes=1))
    assert not may_step_in(replace(FULL, chased=(AT,)), AT + 9 * WEEK)
    assert not may_step_in(BARE, AT + 9 * WEEK)


def test_a_builder_heard_of_it_when_he_was_asked_or_first_reminded():
    assert asked_first(BARE) is None
    assert asked_first(replace(BARE, chased=(AT + WEEK, AT))) == AT


@pytest.mark.parametrize(("text", "fen"), [("128.5", 12850), ("0", 0), ("  ", None), ("３", 300)])
def test_a_cost_is_kept_in_fen_and_read_again(text, fen):
    assert read_cost(text) == fen
    assert read_cost(written_cost(fen)) == fen


@pytest.mark.parametrize("text", ["-1", "1.234", "1e3", "x", "10000000"])
def test_what_is_no_cost_is_refused(text):
    with pytest.raises(Problem) as refused:
        read_cost(text)
    assert refused.value.code.startswith("E-NUM-")
