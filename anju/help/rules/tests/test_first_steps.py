"""The first steps: what is done, what waits, what is pointed at."""

from __future__ import annotations

from dataclasses import fields, replace

from hypothesis import given
from hypothesis import strategies as st

from anju.help.rules.first_steps import (
    AFTER,
    OPTIONAL,
    Found,
    Stand,
    Step,
    finished,
    lines,
    next_step,
)

WHOLE = Found(
    1, 1, 1, 2, defaults=True, reached=True, times=True, posters=1, cases=1, closed=1, visited=1,
    opened=1, answers=1,
)  # fmt: skip
founds = st.builds(
    Found,
    **{
        field.name: st.booleans() if isinstance(field.default, bool) else st.integers(0, 2)
        for field in fields(Found)
    },
)


def stands(found: Found) -> dict[Step, Stand]:
    return {line.step: line.stand for line in lines(found)}


def test_an_empty_company_begins_with_its_project():
    shown = stands(Found(colleagues=1))

    assert shown[Step.HOMES] is shown[Step.SURVEY] is shown[Step.ANSWER] is Stand.WAITS
    assert shown[Step.DEFAULTS] is Stand.READY
    assert next_step(lines(Found(colleagues=1))) is Step.PROJECT


def test_a_waiting_step_says_for_what():
    (answer,) = [line for line in lines(Found(projects=1)) if line.step is Step.ANSWER]

    assert answer.waits_for == (Step.SURVEY,)


def test_with_everything_there_nothing_is_pointed_at():
    assert set(stands(WHOLE).values()) == {Stand.DONE}
    assert next_step(lines(WHOLE)) is None
    assert finished(lines(WHOLE))


def test_a_company_may_measure_without_owners_and_colleagues():
    bare = replace(WHOLE, residents=0, colleagues=1)

    assert finished(lines(bare))
    assert next_step(lines(bare)) in OPTIONAL


def test_phones_come_before_the_first_survey_and_nothing_is_finished_without_them():
    planned = replace(WHOLE, reached=False, opened=0, answers=0)

    assert next_step(lines(planned)) is Step.PHONES
    assert not finished(lines(replace(WHOLE, reached=False)))


def test_the_first_case_comes_before_its_end_and_its_end_before_the_visit():
    shown = stands(replace(WHOLE, cases=0, closed=0, visited=0))

    assert (shown[Step.CASE], shown[Step.CLOSED]) == (Stand.READY, Stand.WAITS)
    assert shown[Step.VISITED] is Stand.WAITS
    assert finished(lines(replace(WHOLE, posters=0, visited=0)))
    assert not finished(lines(replace(WHOLE, closed=0)))


@given(founds)
def test_no_step_waits_for_one_that_is_done_and_none_is_ready_before_its_time(found):
    shown = lines(found)
    state = {line.step: line.stand for line in shown}
    for line in shown:
        assert all(state[before] is not Stand.DONE for before in line.waits_for)
        if line.stand is Stand.READY:
            assert all(state[before] is Stand.DONE for before in AFTER.get(line.step, ()))


@given(founds)
def test_what_is_pointed_at_can_be_done_now(found):
    first = next_step(lines(found))

    assert first is None or stands(found)[first] is Stand.READY
    assert (first is None) <= finished(lines(found))
