"""The time of asking: told apart from what changed, never beyond what the answers can carry."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import numpy as np
import pytest

from anju.insight.measured.facts import WaveFacts
from anju.insight.reports.survey.contrasts import Earlier
from anju.insight.reports.survey.document import document
from anju.insight.reports.survey.figures import build
from anju.insight.reports.survey.how import how
from anju.insight.tests.cast import AT, THREE, single
from anju.stats.design import design
from anju.stats.patterns.timing import time_standardise
from anju.tally.columns.rows import table_of
from anju.tally.columns.small import small_of
from anju.tally.count import tally

SPRING, AUTUMN = WaveFacts("2026年春季", AT), WaveFacts("2026年秋季", AT)
FIRST = datetime(2026, 10, 3, 9, 0)  # noqa: DTZ001 - the local time as written
TRUTH = {9: 0.85, 20: 0.45}  # satisfied in the morning, in the evening


def wave(mornings, *, n=600, seed=1, houses=12, days=1, truth=TRUTH, where=FIRST):
    """One item answered by n people, this part of them in the morning, the rest in the evening."""
    chance = np.random.default_rng(seed)
    rows = sorted(
        (
            2 if chance.random() < truth[hour] else 0,
            f"{int(chance.integers(houses)) + 1}栋",
            where.replace(hour=hour) + timedelta(days=int(chance.integers(days))),
        )
        for hour in (9 if chance.random() < mornings else 20 for _ in range(n))
    )
    found = single(THREE, tuple(sum(row[0] == level for row in rows) for level in range(3)))
    return replace(
        found,
        groups={"building": tuple(row[1] for row in rows)},
        answered=tuple(row[2] for row in rows),
    )


def columns(answers):
    counted = tally(answers)
    return partial(small_of, table_of(answers, counted.recipe), counted.items, counted.recipe)


def report(now, before=None, facts=AUTUMN):
    earlier = None if before is None else Earlier(tally(before), SPRING, columns(before))
    return build(tally(now), facts, earlier=earlier, columns=columns(now))


def written(found, language="zh"):
    return {one.key: one for one in document(found, language).sections}


def test_a_change_that_only_the_clock_made_goes_away_in_one_mix_of_times():
    found = report(wave(0.2, seed=2), wave(0.8)).timed

    pair = found.standardised
    assert pair.asked.difference < -0.15
    assert pair.asked.ci_high < 0
    assert abs(pair.change.difference) < 0.08
    assert pair.change.ci_low < 0 < pair.change.ci_high
    assert {one.label.en for one in found.slots} == {"morning", "evening"}


def test_a_change_that_the_clock_hid_comes_out_in_one_mix_of_times():
    better = {hour: share + 0.12 for hour, share in TRUTH.items()}

    pair = report(wave(0.45, n=900, truth=better), wave(0.75, n=900, seed=3)).timed.standardised

    assert pair.change.difference > 0.08
    assert pair.change.ci_low > 0
    assert pair.asked.difference < pair.change.difference - 0.06


def test_the_figures_are_those_of_the_rows():
    now, before = wave(0.3, seed=4), wave(0.7, seed=5)
    times = [[moment.hour for moment in one.answered] for one in (before, now)]
    mornings = sum(hour == 9 for hours in times for hour in hours) / 1200
    mix = {9: mornings, 20: 1 - mornings}

    pair = report(now, before).timed.standardised

    for one, hours, told in zip((before, now), times, (pair.before, pair.after), strict=True):
        satisfied = (one.levels[:, 0] > 0).astype(float)
        wanted = time_standardise(design([1.0] * 600), satisfied, hours, mix).score
        assert told.estimate == pytest.approx(wanted.estimate, abs=1e-12)
        assert told.se == pytest.approx(wanted.se, rel=1e-9)
        assert (told.n, told.unit, told.formula) == (600, "share", "share_top[vs+bs]@1")


def test_one_wave_says_whether_the_time_went_with_the_figure():
    found = report(wave(0.5)).timed
    alike = report(wave(0.5, truth={9: 0.7, 20: 0.7})).timed

    assert found.p < 0.001
    assert found.standardised is None
    assert found.title.en.endswith("differed by the time of asking (p < 0.001)")
    assert found.slots[0].effect > 0 > found.slots[1].effect
    assert alike.p > 0.05
    assert "No sign" in alike.title.en


def test_a_slot_of_few_people_is_never_a_row():
    found = report(wave(0.98, n=500, days=25))

    assert all(one.n >= 20 for one in found.timed.slots)
    assert {one.label.en for one in found.timed.slots} == {
        "start of month", "middle of month", "end of month",
    }  # fmt: skip


def test_waves_without_a_common_time_are_refused_in_words():
    spring = wave(0.5, seed=6, truth={9: 0.6, 20: 0.6})
    night = replace(spring, answered=tuple(one.replace(hour=14) for one in spring.answered))

    found = report(wave(0.5), night).timed

    assert found.standardised is None
    assert "share no times of asking" in found.refused.en
    assert found.refused.zh in written(report(wave(0.5), night))["timing"].notes


@pytest.mark.parametrize("untold", [61, 600])
def test_an_earlier_wave_without_most_of_its_times_is_refused_for_that_reason(untold):
    before = wave(0.7, seed=5)
    before = replace(before, answered=(None,) * untold + before.answered[untold:])

    found = report(wave(0.3, seed=4), before)

    assert found.timed.standardised is None
    assert found.timed.refused.en.startswith("When more than a tenth of the earlier answers")
    for language in ("zh", "en"):
        assert getattr(found.timed.refused, language) in written(found, language)["timing"].notes


def without_times(answers, people):
    return replace(answers, answered=(None,) * people + answers.answered[people:])


def test_a_few_people_without_a_time_are_left_out_and_counted():
    now, before = without_times(wave(0.3, seed=4), 7), without_times(wave(0.7, seed=5), 60)

    found = report(now, before)

    pair = found.timed.standardised
    assert (pair.before.n, pair.after.n, found.timed.left) == (540, 593, 7)
    assert (pair.asked_before.n, pair.asked_after.n) == (600, 600)
    for language, told in (("zh", "另有 7 人没有作答时间"), ("en", "7 more people, whose time")):
        assert any(note.startswith(told) for note in written(found, language)["timing"].notes)


@pytest.mark.parametrize("answers", [without_times(wave(0.5), 200), wave(0.01, n=300)])
def test_times_that_are_mostly_unknown_or_thin_are_refused_in_words(answers):
    found = report(answers)

    assert found.timed.slots == ()
    assert found.timed.refused.en.startswith("Times cannot be compared")
    for language in ("zh", "en"):
        section = written(found, language)["timing"]
        assert section.lead == getattr(found.timed.refused, language)
        assert section.rows == ()


def test_few_buildings_leave_the_slots_without_a_test():
    found = report(wave(0.5, houses=4)).timed

    assert found.p is None
    assert found.why.en.startswith("4 buildings")
    assert found.slots[0].effect is None


@pytest.mark.parametrize(
    ("answers", "facts"),
    [
        (wave(1.0), AUTUMN),  # all at one time
        (replace(wave(0.5), answered=()), AUTUMN),
        (wave(0.5), replace(AUTUMN, provisional=True)),
        (wave(0.5, n=3), AUTUMN),  # kept back
    ],
)
def test_without_times_that_say_something_there_is_no_such_part(answers, facts):
    found = report(answers, facts=facts)

    assert found.timed is None
    assert "timing" not in written(found)


def test_both_languages_tell_slots_and_both_changes():
    found = report(wave(0.2, seed=2), wave(0.8))

    for language, asked, alike in (
        ("zh", "按实际询问", "按同一时段构成"),
        ("en", "As asked", "In one mix of times"),
    ):
        sections = written(found, language)
        assert [row.label for row in sections["standardised"].rows] == [asked, alike]
        assert len(sections["timing"].rows[0].cells) == 4
    steps = how(found, "standardised").steps
    assert [step.figure for step in steps] == [
        found.timed.standardised.before, found.timed.standardised.after,
    ]  # fmt: skip
