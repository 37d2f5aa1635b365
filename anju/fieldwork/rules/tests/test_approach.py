"""Who is written to at a stage: in order, not too soon, never after an answer or a refusal."""

from __future__ import annotations

from datetime import timedelta

import pytest

from anju.fieldwork.rules.approach import (
    BETWEEN,
    HomeNow,
    Reader,
    Skipped,
    Stage,
    decide,
    reader_of,
    refuse_rest,
    refuse_unexpected,
)
from anju.kernel.pure.problems import Problem
from tests.cast import AT

OWNER = Reader(1, owner=True, agreed=True, phone=True)
TENANT = Reader(2, owner=False, agreed=True, phone=True)
DAYS = timedelta(days=1)


@pytest.mark.parametrize(
    ("home", "stage", "why"),
    [
        (HomeNow(answered=True, readers=[OWNER]), Stage.INVITE, Skipped.ANSWERED),
        (HomeNow(revoked=True, readers=[OWNER]), Stage.INVITE, Skipped.REVOKED),
        (HomeNow(refused=True, readers=[OWNER]), Stage.INVITE, Skipped.REFUSED),
        (HomeNow(stages=frozenset({0}), readers=[OWNER]), Stage.INVITE, Skipped.DONE),
        (HomeNow(readers=[OWNER]), Stage.FIRST, Skipped.NOT_INVITED),
        (HomeNow(stages=frozenset({0}), last=AT - DAYS), Stage.FIRST, Skipped.NOT_YET),
        (HomeNow(stages=frozenset({0}), last=AT - 9 * DAYS), Stage.SECOND, Skipped.NOT_INVITED),
        (HomeNow(), Stage.INVITE, Skipped.NOBODY),
    ],
)
def test_a_home_is_left_out_for_the_first_reason_that_holds(home, stage, why):
    assert decide(home, stage, AT) is why


@pytest.mark.parametrize(
    ("stages", "stage"), [(set(), Stage.INVITE), ({0}, Stage.FIRST), ({0, 1}, Stage.SECOND)]
)
def test_each_stage_follows_the_one_before_after_three_days(stages, stage):
    home = HomeNow(stages=frozenset(stages), last=AT - BETWEEN, readers=[OWNER])
    assert decide(home, stage, AT) == OWNER


def test_the_owner_who_agreed_is_written_to_before_others():
    silent = Reader(3, owner=True, agreed=False, phone=True)
    assert reader_of(HomeNow(readers=[TENANT, silent, OWNER])) == OWNER
    assert reader_of(HomeNow(readers=[TENANT, silent])) == TENANT
    assert reader_of(HomeNow(readers=[silent])) == silent
    assert reader_of(HomeNow()) is None


def test_a_reminder_goes_to_whoever_had_the_invitation():
    assert reader_of(HomeNow(readers=[OWNER, TENANT], told=TENANT.person_id)) == TENANT


@pytest.mark.parametrize("days", [-1, 731])
def test_a_rest_that_is_no_number_of_days_is_refused(days):
    with pytest.raises(Problem) as caught:
        refuse_rest(days)
    assert caught.value.code == "E-NUM-RANGE"


def test_nothing_goes_out_without_the_tick_or_to_another_number():
    refuse_rest(0)
    refuse_unexpected(3, 3, agreed=True)
    with pytest.raises(Problem) as caught:
        refuse_unexpected(3, 3, agreed=False)
    assert caught.value.code == "E-CONFIRM"
    with pytest.raises(Problem) as caught:
        refuse_unexpected(3, 4, agreed=True)
    assert caught.value.code == "E-STALE"
