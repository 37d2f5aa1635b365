"""Bad input ends in a refusal that names the field and the cure, never in a NaN or a wrong figure."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from anju import stats
from anju.stats.given import numbers

TEN = stats.survey_design([1.0] * 10, population=[100] * 10)
CHANCE = np.random.default_rng(20261122)
MANY = CHANCE.normal(size=(400, 16))
NAMES = [f"x{at}" for at in range(16)]
FOUND = stats.mean(TEN, range(10))


def margin(name: str, by: str, **totals: float) -> stats.Margin:
    return stats.Margin(name, list(by), dict(totals))


def unlike(scale: str) -> stats.Measured:
    return stats.Measured(FOUND, scale)


CASES = {
    "a weight of nought": (
        lambda: stats.survey_design([1.0, 0.0]), stats.BadDesign, "weights", "Row 2"),
    "a weight below nought": (
        lambda: stats.survey_design([-1.0, 1.0]), stats.BadDesign, "weights", "Row 1"),
    "a missing weight": (
        lambda: stats.survey_design([1.0, np.nan]), stats.BadDesign, "weights", "Row 2"),
    "weights of text": (
        lambda: stats.survey_design(["1", "many"]), stats.BadArgument, "weights", "many"),
    "no weights": (lambda: stats.survey_design([]), stats.BadDesign, "weights", "no weights"),
    "a cluster in two strata": (
        lambda: stats.survey_design([1.0] * 3, strata="aab", clusters=[1, 2, 2]),
        stats.BadDesign, "clusters", "lies in two strata"),
    "a population smaller than the sample": (
        lambda: stats.survey_design([1.0] * 3, population=[2] * 3),
        stats.BadDesign, "population", "3 were drawn from 2"),
    "a lonely cluster": (
        lambda: stats.survey_design([1.0] * 3, clusters=[1, 1, 1]),
        stats.BadDesign, "lonely", "single cluster"),
    "an empty cell in calibration": (
        lambda: stats.post_stratify(TEN, margin("kind", "aaaaabbbbb", a=50, b=40, c=10)),
        stats.NotCalibrated, "kind", "Nobody stands for “c”"),
    "a category without a total": (
        lambda: stats.post_stratify(TEN, margin("kind", "aaaaabbbbb", a=50)),
        stats.NotCalibrated, "kind", "no known total"),
    "margins that disagree": (
        lambda: stats.rake(TEN, [margin("one", "aaaaabbbbb", a=50, b=50),
                                 margin("two", "ababababab", a=50, b=60)]),
        stats.NotCalibrated, "two", "one sum"),
    "margins that cannot be met together": (
        lambda: stats.rake(TEN, [margin("one", "aaaaabbbbb", a=90, b=10),
                                 margin("two", "aaaaabbbbb", a=10, b=90)]),
        stats.NotCalibrated, "margins", "did not settle"),
    "all missing": (lambda: stats.mean(TEN, [np.nan] * 10), stats.NoAnswers, "y", "answered"),
    "a group that nobody answers for": (
        lambda: stats.shares_by(TEN, [1.0] * 5 + [np.nan] * 5, list("aaaaabbbbb")),
        stats.NoAnswers, "y", "“b”"),
    "an item answered by nobody": (
        lambda: stats.importance_performance(
            TEN, np.array([[1.0, np.nan]] * 10), np.ones((10, 2)), ["clean", "safe"]),
        stats.NoAnswers, "safe", "leave the item out"),
    "text where numbers belong": (
        lambda: stats.mean(TEN, [1.0] * 9 + ["好"]), stats.BadArgument, "y", "Row 10 of y holds “好”"),
    "infinity": (lambda: stats.mean(TEN, [1.0] * 9 + [np.inf]), stats.BadArgument, "y", "finite"),
    "all answers equal, in reliability": (
        lambda: stats.alpha(np.ones((30, 3))), stats.NotIdentified, "items", ""),
    "all answers equal, in drivers": (
        lambda: stats.lmg(np.ones(400), MANY[:, :2], NAMES[:2]), stats.NotIdentified, "drivers", "one answer only"),
    "sixteen drivers": (
        lambda: stats.lmg(MANY[:, 0], MANY, NAMES), stats.BadArgument, "drivers", "too many orders"),
    "drivers that say the same": (
        lambda: stats.lmg(MANY[:, 0], MANY[:, [1, 1]], NAMES[:2]), stats.NotIdentified, "drivers", "same thing"),
    "too few answers for the drivers": (
        lambda: stats.johnson(MANY[:9, 0], MANY[:9, 1:3], NAMES[:2]), stats.BadArgument, "n", "9 whole answers"),
    "waves on different scales": (
        lambda: stats.wave_change(unlike("3"), unlike("5")), stats.ScaleMismatch, "", ""),
    "another version of the unit": (
        lambda: stats.wave_change(
            unlike("5"), replace(unlike("5"), estimate=replace(FOUND, unit=stats.Unit.NPS))),
        stats.ScaleMismatch, "", ""),
    "one building, pooled": (
        lambda: stats.small_area(["1"], [80.0], [4.0]), stats.BadArgument, "", ""),
    "one building, times": (
        lambda: stats.time_effect([1.0, 2.0], ["am", "pm"], [1, 1]), stats.BadArgument, "buildings", "1 buildings"),
    "fewer answers than may be shown": (
        lambda: stats.top_box(TEN, [5.0] * 4 + [np.nan] * 6, {5}), stats.Suppressed, "y", "4 answered"),
    "a total that is missing": (
        lambda: stats.post_stratify(TEN, margin("kind", "aaaaabbbbb", a=50, b=np.nan)),
        stats.NotCalibrated,
        "kind",
        "“b”",
    ),
    "a total without end": (
        lambda: stats.rake(TEN, [margin("kind", "aaaaabbbbb", a=50, b=np.inf)]),
        stats.NotCalibrated,
        "kind",
        "“b”",
    ),
    "a known total that is no number": (
        lambda: stats.greg(TEN, np.ones((10, 1)), [np.nan]),
        stats.BadArgument,
        "columns",
        "a total",
    ),
    "a limit that is no number": (
        lambda: stats.trim(TEN, most=np.nan),
        stats.BadArgument,
        "most",
        "median",
    ),
    "a building's mean that is no number": (
        lambda: stats.random_intercepts([stats.Area(key, 5, np.nan, 3.0) for key in "abcdef"]),
        stats.BadArgument,
        "areas",
        "leave the building out",
    ),
    "a spread that is no number": (
        lambda: stats.allocate([stats.Stratum("a", 10, np.nan)], 5, rule=stats.Rule.NEYMAN),
        stats.BadArgument,
        "strata",
        "spread of 0 or more",
    ),
    "infinity, in a change": (
        lambda: stats.shift(TEN, [np.inf, *[1.0] * 9], range(10)),
        stats.BadArgument,
        "y",
        "finite",
    ),
    "infinity, in replicates": (
        lambda: stats.replicate_mean(TEN, stats.jackknife(TEN), [np.inf] + [1.0] * 9),
        stats.BadArgument,
        "y",
        "finite",
    ),
    "a mix of times that is no number": (
        lambda: stats.time_standardise(TEN, range(10), "aaaaabbbbb", {"a": np.nan, "b": 0.5}),
        stats.BadArgument,
        "mix",
        "add up to 1",
    ),
    "reminders that are missing": (
        lambda: stats.effort_curve(TEN, range(10), np.full(10, np.nan).tolist()),
        stats.BadArgument,
        "reminders",
        "0 or more",
    ),
    "a factor that is no number": (
        lambda: stats.contrast(TEN, range(10), "aaaaabbbbb", {"a": np.nan}),
        stats.BadArgument,
        "weights",
        "no finite number",
    ),
    "propensities with weights that are missing": (
        lambda: stats.r_indicator([0.5, 0.6], [np.nan, 1.0]),
        stats.BadArgument,
        "propensity",
        "",
    ),
    "weights below nought for propensities": (
        lambda: stats.propensities([[1.0], [2.0]] * 5, [True, False] * 5, weights=[-1.0] * 10),
        stats.BadArgument,
        "columns",
        "",
    ),
    "a count below nought": (
        lambda: stats.turned(-1, 1, 1, 1),
        stats.BadCounts,
        "counts",
        "0 or more",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_cannot_be_right_is_refused_by_name_in_both_languages(case):
    ask, kind, field, words = CASES[case]

    with pytest.raises(kind) as caught:
        ask()

    assert words in caught.value.en
    assert field in caught.value.field
    assert caught.value.code.startswith("E-STATS")
    assert any("一" <= letter <= "鿿" for letter in caught.value.zh)


def test_answers_that_are_all_equal_have_a_mean_and_a_share_without_a_false_interval():
    mean, share = stats.mean(TEN, [4.0] * 10), stats.top_box(TEN, [5.0] * 10, {5})

    assert (mean.estimate, mean.se, mean.ci_low, mean.ci_high) == (4.0, None, None, None)
    assert mean.warnings[0].code == "no-difference"
    assert (share.estimate, share.ci_low, share.method) == (1.0, None, stats.Method.NONE)


def test_one_building_has_a_figure_and_no_interval_where_that_was_chosen():
    one = stats.survey_design([1.0] * 5, clusters=[1] * 5, lonely=stats.Lonely.CERTAIN)
    found = stats.mean(one, [1.0, 2.0, 3.0, 4.0, 5.0])

    assert (found.estimate, found.se, found.has_interval) == (3.0, None, False)


def test_gaps_are_no_text_and_numbers_may_be_written():
    assert numbers(["3", None, 2], "y").tolist()[::2] == [3.0, 2.0]
    assert np.isnan(numbers([None, 1.0], "y")[0])


@pytest.mark.parametrize(
    "ragged", [[[1.0, 2.0], [3.0]], [[1.0], 2.0], [np.ones((2, 3)), np.ones((2, 4))], {1.0: 2}]
)
def test_rows_of_unequal_length_are_refused(ragged):
    with pytest.raises(stats.BadArgument, match="no number"):
        numbers(ragged, "items")


def test_text_beside_a_gap_is_named_by_its_row():
    with pytest.raises(stats.BadArgument, match="Row 3 of y holds “a”"):
        numbers([None, 1.0, "a"], "y")


def test_few_clusters_are_told_with_the_simulated_coverage_and_single_rows_are_not():
    def warned(many: int) -> list[str]:
        made = stats.survey_design([1.0] * 2 * many, clusters=[at // 2 for at in range(2 * many)])
        return [one.en for one in stats.mean(made, CHANCE.normal(size=2 * many)).warnings]

    assert "Only 3 clusters" in warned(3)[0]
    assert "84 %" in warned(16)[0]
    assert "87 %" in warned(49)[0]
    assert warned(50) == []
    assert FOUND.warnings == ()
