"""When a wave opens, closes, counts and undoes."""

from __future__ import annotations

from contextlib import nullcontext as does_not_raise
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.kernel.pure.problems import Problem
from anju.survey.rules.counts import (
    Counts,
    FrameLine,
    StratumKind,
    Totals,
    TotalsKind,
    check_counts,
    check_frame,
    check_people,
    check_totals,
    more_than_returned,
)
from anju.survey.rules.fieldwork import Period, fieldwork, period_of
from anju.survey.rules.wave import (
    STEPS,
    Design,
    Mode,
    Source,
    WavePlan,
    WaveState,
    WaveVerb,
    check_plan,
    may_undo,
    missing_to_open,
    needs_reason,
    short_of_plan,
    step,
    unknown_yet,
)

FULL = WavePlan(
    title="2026 H1",
    project_id=1,
    version_id=1,
    modes=(Mode.PAPER,),
    population=25,
    planned=20,
    fieldwork_from=date(2026, 6, 1),
    fieldwork_to=date(2026, 6, 7),
    goal="goal",
    method="method",
)


def refused(act, code: str, field: str) -> Problem:
    with pytest.raises(Problem) as caught:
        act()
    assert (caught.value.code, caught.value.field) == (code, field)
    assert caught.value.text("en")
    assert caught.value.text("zh-hans")
    return caught.value


def test_every_state_is_reachable_and_only_closed_is_final():
    assert set(STEPS.values()) == set(WaveState)
    assert {state for state, _ in STEPS} == {WaveState.DRAFT, WaveState.OPEN}


@pytest.mark.parametrize(("state", "verb"), list(product(WaveState, WaveVerb)))
def test_a_verb_is_taken_or_refused_with_the_cure(state, verb):
    if (state, verb) in STEPS:
        assert step(state, verb) is STEPS[state, verb]
    else:
        refused(lambda: step(state, verb), "E-STATE", "wave")


@pytest.mark.parametrize(
    "name",
    ["goal", "method", "modes", "fieldwork_from", "fieldwork_to"],
)
def test_an_own_wave_opens_only_with_its_plan_filled(name):
    empty = () if name == "modes" else "" if name in ("goal", "method") else None

    assert missing_to_open(FULL) == ()
    missing = missing_to_open(replace(FULL, **{name: empty}))
    assert [(m.code, m.field) for m in missing] == [("E-PLAN", name)]


def test_a_population_that_nobody_knows_keeps_no_wave_shut():
    assert missing_to_open(replace(FULL, population=None)) == ()


def test_the_columns_of_a_file_may_be_the_questionnaire_unless_owners_answer_online():
    assert missing_to_open(replace(FULL, version_id=None)) == ()
    online = replace(FULL, version_id=None, modes=(Mode.ONLINE,))
    assert [m.field for m in missing_to_open(online)] == ["version_id"]
    assert missing_to_open(online, with_file=True) == ()


def test_what_nobody_said_of_a_plan_is_unknown():
    assert unknown_yet(replace(FULL, design=Design.CENSUS)) == ()
    nothing = ("design", "population", "modes", "method", "fieldwork_from", "fieldwork_to")
    assert unknown_yet(WavePlan("x", 1)) == nothing


def test_closing_below_the_plan_or_with_nothing_needs_a_reason():
    assert needs_reason(19, FULL, totals=True)
    free = replace(FULL, planned=None)
    assert needs_reason(0, free, totals=False)
    assert not needs_reason(0, free, totals=True)
    assert not needs_reason(1, free, totals=False)


@pytest.mark.parametrize(("returned", "more"), [(None, False), (2, False), (1, True)])
def test_answers_above_the_returned_forms_are_told(returned, more):
    assert more_than_returned(2, Counts(returned=returned)) is more


def test_the_survey_of_others_needs_nothing_more_to_open():
    assert missing_to_open(WavePlan("x", 1, source=Source.THIRD_PARTY)) == ()


def test_dates_turned_round_or_a_wrong_year_are_refused():
    turned = replace(FULL, fieldwork_to=date(2026, 5, 1))
    long = replace(FULL, fieldwork_to=date(2036, 6, 7))

    refused(lambda: check_plan(turned), "E-DATE-RANGE", "fieldwork_to")
    refused(lambda: check_plan(long), "E-DATE-RANGE", "fieldwork_to")
    check_plan(replace(FULL, fieldwork_to=None))


def test_a_plan_above_the_population_is_refused():
    refused(lambda: check_plan(replace(FULL, planned=26)), "E-COUNT", "planned")


def test_returned_above_issued_is_refused_with_both_numbers():
    problem = refused(lambda: check_counts(Counts(25, 26), population=None), "E-COUNT", "returned")
    assert "26" in problem.text("en")
    assert "25" in problem.text("zh")


@pytest.mark.parametrize(
    ("counts", "field"),
    [
        (Counts(issued=31), "issued"),
        (Counts(25, 20, 21), "valid"),
        (Counts(25, 20, 20, 3, 3), "refused"),
        (Counts(25, None, None, 26), "refused"),
    ],
)
def test_a_part_above_its_whole_is_refused(counts, field):
    refused(lambda: check_counts(counts, population=30), "E-COUNT", field)


def test_unknown_counts_contradict_nothing():
    check_counts(Counts(), population=None)
    check_counts(Counts(returned=20, refused=3), population=10)
    check_counts(Counts(25, 20, 19, 2, 3), population=25)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_counts_pass_exactly_when_every_part_fits(population, issued, returned, valid):
    fits = valid <= returned <= issued <= population
    expected = does_not_raise() if fits else pytest.raises(Problem, match="E-COUNT")

    with expected:
        check_counts(Counts(issued, returned, valid), population=population)


def a_line(label: str = "1", **more) -> FrameLine:
    return FrameLine(StratumKind.BUILDING, label, **more)


@pytest.mark.parametrize(
    ("lines", "field"),
    [
        ([a_line(issued=5, returned=6)], "returned"),
        ([a_line(population=5, issued=6)], "issued"),
        ([a_line(population=5, planned=6)], "planned"),
        ([a_line("1", population=20), a_line("2", population=11)], "population"),
        ([a_line("1", issued=20), a_line("2", issued=6)], "issued"),
        ([a_line("1", returned=20), a_line("2", returned=1)], "returned"),
    ],
)
def test_a_frame_that_exceeds_the_whole_is_refused(lines, field):
    counts = Counts(issued=25, returned=20)

    refused(lambda: check_frame(tuple(lines), counts, population=30), "E-COUNT", field)


def test_a_line_twice_in_a_frame_is_refused():
    twice = (a_line(), a_line())

    refused(lambda: check_frame(twice, Counts(), population=None), "E-FRAME-TWICE", "frame")


def test_lines_of_unlike_kinds_are_not_added_up():
    lines = (a_line(population=30), FrameLine(StratumKind.USE_TYPE, "1", population=30))

    check_frame(lines, Counts(), population=30)


def totals(kind: TotalsKind, over: float, under: float, returned: int | None = None) -> Totals:
    return Totals("index", kind, over, under, 25, returned)


def test_points_of_a_published_index_need_not_be_whole_people():
    check_totals(totals(TotalsKind.POINTS, 1920, 2000, 20))


def test_a_share_of_people_with_part_of_a_person_is_refused():
    points = totals(TotalsKind.PEOPLE, 1920, 2000, 20)
    part = totals(TotalsKind.PEOPLE, 19.2, 20)

    refused(lambda: check_totals(points), "E-SHARE", "kind")
    refused(lambda: check_totals(part), "E-SHARE", "kind")
    check_totals(totals(TotalsKind.PEOPLE, 19, 20, 20))
    check_totals(totals(TotalsKind.PEOPLE, 19, 20))


@pytest.mark.parametrize(("over", "under"), [(5, 0), (-1, 5), (6, 5)])
def test_totals_that_are_no_share_are_refused(over, under):
    refused(lambda: check_totals(totals(TotalsKind.POINTS, over, under)), "E-COUNT", "numerator")


def test_published_totals_obey_the_accounting_too():
    refused(lambda: check_totals(totals(TotalsKind.POINTS, 1, 2, 26)), "E-COUNT", "returned")


def test_more_people_than_forms_are_refused():
    check_people(25, Counts(issued=25))
    check_people(10_000, Counts())
    refused(lambda: check_people(26, Counts(issued=25)), "E-COUNT", "returned")


def test_a_wave_below_its_plan_is_known():
    assert short_of_plan(19, FULL)
    assert not short_of_plan(20, FULL)
    assert not short_of_plan(0, replace(FULL, planned=None))


def test_an_import_can_be_undone_for_seven_days():
    live = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)

    assert may_undo(live, live + timedelta(days=7))
    assert not may_undo(live, live + timedelta(days=7, seconds=1))


@pytest.mark.parametrize(
    ("label", "first", "last"),
    [
        ("H1 2012", (2012, 1, 1), (2012, 6, 30)),
        ("2012年下半年", (2012, 7, 1), (2012, 12, 31)),
        ("2026 Q3", (2026, 7, 1), (2026, 9, 30)),
        ("2026年第二季度", (2026, 4, 1), (2026, 6, 30)),
        ("2026年4季度", (2026, 10, 1), (2026, 12, 31)),
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("2026年11月", (2026, 11, 1), (2026, 11, 30)),
        ("annual 2026", (2026, 1, 1), (2026, 12, 31)),
        ("2026-13", (2026, 1, 1), (2026, 12, 31)),
    ],
)
def test_a_period_label_means_its_days(label, first, last):
    assert period_of(label) == Period(date(*first), date(*last))


def test_a_label_without_a_year_means_no_days():
    assert period_of("spring") is None
    assert period_of("12345") is None


def test_fieldwork_that_runs_past_the_half_year_says_by_how_much():
    found = fieldwork(date(2012, 6, 18), date(2012, 7, 12), "2012年上半年")

    assert found is not None
    assert (found.days, found.after, found.before, found.overruns) == (25, 12, 0, True)


@given(st.dates(date(2011, 6, 1), date(2013, 6, 1)), st.integers(0, 500))
def test_days_outside_the_period_are_those_counted_one_by_one(first, length):
    last = first + timedelta(days=length)
    found = fieldwork(first, last, "H1 2012")
    days = [first + timedelta(days=n) for n in range(length + 1)]

    assert found is not None
    assert found.days == len(days)
    assert found.after == sum(day > date(2012, 6, 30) for day in days)
    assert found.before == sum(day < date(2012, 1, 1) for day in days)


def test_undated_or_unlabelled_fieldwork_says_no_more_than_is_known():
    day = date(2012, 6, 18)

    assert fieldwork(None, day, "2012") is None
    assert fieldwork(day, None, "2012") is None
    found = fieldwork(day, day, "")
    assert found is not None
    assert (found.days, found.overruns) == (1, False)
