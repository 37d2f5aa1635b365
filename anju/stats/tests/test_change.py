"""Change between waves: verdicts, intervals, cautions, refusals."""
# ruff: noqa: N803 - N is the population and n the answers, as in every textbook

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm, t

from anju.stats.change import (
    VERDICT_WORDS,
    Measured,
    Verdict,
    WaveTiming,
    change,
    correct,
    distance,
)
from anju.stats.proportion import proportion_ci
from anju.stats.results import ScaleMismatch, Unit
from anju.stats.scores import Sums, mean_score, totals_only
from anju.stats.tests.cast import known

SAME = WaveTiming((("am", 0.5), ("pm", 0.5)), (("early", 1.0),), (("H1", 1.0),), (("paper", 1.0),))


def share(x, n, N=None, timing=SAME, key="share_top[y]@1"):
    return Measured(replace(proportion_ci(x, n, N), formula=key), "n=0/y=1", timing)


def score(mean, n, spread=15.0, N=None, unit=Unit.INDEX):
    sums = Sums.plain(n, mean * n, n * mean**2 + spread**2 * (n - 1))
    return Measured(mean_score(sums, (0, 100), N, unit=unit), "n=0/y=1", SAME)


def codes(found):
    return [caution.code for caution in found.warnings]


def test_a_clear_rise_is_better_and_a_clear_fall_worse():
    assert change(share(60, 100), share(85, 100)).verdict is Verdict.BETTER
    assert change(share(85, 100), share(60, 100)).verdict is Verdict.WORSE
    assert change(score(60, 100), score(85, 100)).verdict is Verdict.BETTER
    assert VERDICT_WORDS[Verdict.CANNOT_TELL].zh == "不能判断有无变化"


def test_a_small_rise_cannot_be_told():
    found = change(share(80, 100), share(84, 100))

    assert found.verdict is Verdict.CANNOT_TELL
    assert known(found.ci_low) < 0 < known(found.ci_high)
    assert found.difference == pytest.approx(0.04)
    assert codes(found) == []


def test_the_interval_equals_newcombes_published_one():
    # Newcombe 1998, table II, method 10: 56/70 against 48/80 gives 0.0524 to 0.3339
    found = change(share(48, 80), share(56, 70))

    assert (found.ci_low, found.ci_high) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_scores_change_by_welchs_interval():
    found = change(score(70, 21, 10), score(76, 21, 10))
    half = 2.021075 * (2 * 100 * 20 / 20 / 21) ** 0.5

    assert found.ci_low == pytest.approx(6 - half, abs=1e-5)
    assert found.se == pytest.approx((200 / 21) ** 0.5)


def test_two_full_counts_change_without_sampling_error():
    rise = change(share(5, 10, 10), share(6, 10, 10))
    same = change(share(5, 10, 10), share(5, 10, 10))
    index = change(score(70, 10, 5, 10), score(71, 10, 5, 10))

    assert (rise.ci_low, rise.ci_high, rise.verdict) == pytest.approx((0.1, 0.1, "better"))
    assert (same.p, same.verdict) == (1, Verdict.CANNOT_TELL)
    assert (index.ci_low, index.ci_high, index.verdict) == (1, 1, Verdict.BETTER)


def test_a_known_population_makes_the_change_sharper():
    loose, sharp = (
        change(share(60, 80), share(68, 80)),
        change(share(60, 80, 100), share(68, 80, 100)),
    )

    assert known(sharp.p) < known(loose.p)
    assert known(sharp.ci_high) - known(sharp.ci_low) < known(loose.ci_high) - known(loose.ci_low)


def test_a_wave_with_totals_only_gives_no_verdict():
    published = Measured(
        replace(totals_only(0.96, 20, (0, 1)), formula="share_top[y]@1"), "n=0/y=1", SAME
    )
    found = change(published, share(60, 100))

    assert (found.ci_low, found.p, found.verdict) == (None, None, Verdict.CANNOT_TELL)
    assert codes(found) == ["no-interval"]


def test_another_scale_or_formula_is_refused_unless_marked():
    other = replace(share(60, 100), scale="n=0/m=1/y=2")
    top = share(60, 100, key="share_top[y+m]@1")

    with pytest.raises(ScaleMismatch, match="mark"):
        change(share(60, 100), other)
    with pytest.raises(ScaleMismatch):
        change(share(60, 100), top)
    assert codes(change(share(60, 100), other, marked=True)) == ["scales-mixed"]


def test_other_units_are_refused_even_when_marked():
    with pytest.raises(ScaleMismatch):
        change(share(60, 100), score(60, 100), marked=True)


def test_another_version_of_the_formula_is_a_caution():
    later = share(60, 100, key="share_top[y]@2")

    assert codes(change(share(60, 100), later)) == ["formula-version"]


@pytest.mark.parametrize(
    ("timing", "code"),
    [
        (replace(SAME, day=(("am", 0.6), ("pm", 0.4))), "time-of-day"),
        (replace(SAME, month=(("early", 0.8), ("late", 0.2))), "month-part"),
        (replace(SAME, half=(("H2", 1.0),)), "half-year"),
        (replace(SAME, mode=(("phone", 1.0),)), "mode"),
        (replace(SAME, mode=()), "timing-unknown"),
    ],
)
def test_waves_that_differ_in_time_or_mode_are_warned_of(timing, code):
    assert codes(change(share(60, 100), share(60, 100, timing=timing))) == [code]


def test_a_small_shift_of_the_mix_is_no_caution():
    near = replace(SAME, day=(("am", 0.55), ("pm", 0.45)))

    assert codes(change(share(60, 100), share(60, 100, timing=near))) == []
    assert distance(SAME.day, near.day) == pytest.approx(0.05)


def test_several_changes_are_corrected_together():
    one = change(share(60, 100), share(74, 100))
    silent = change(
        share(60, 100),
        Measured(replace(totals_only(0.6, 20, (0, 1)), formula="share_top[y]@1"), "n=0/y=1"),
    )
    nothing = change(share(60, 100), share(60, 100))
    found = correct([one, silent, nothing, nothing])

    assert one.verdict is Verdict.BETTER
    assert known(found[0].p_holm) == pytest.approx(3 * known(one.p))
    assert found[0].verdict is Verdict.CANNOT_TELL
    assert found[1].p_holm is None


@given(st.integers(0, 50), st.integers(0, 50), st.integers(50, 80), st.integers(50, 80))
def test_the_way_back_is_the_mirror_of_the_way_there(x, y, n, m):
    there, back = change(share(x, n, 90), share(y, m, 90)), change(share(y, m, 90), share(x, n, 90))

    assert there.difference == pytest.approx(-back.difference)
    assert known(there.ci_low) == pytest.approx(-known(back.ci_high))
    assert there.p == pytest.approx(back.p)
    assert known(there.ci_low) <= there.difference <= known(there.ci_high)


def test_limits_of_a_change_in_scores_are_welchs_on_both_sides():
    found = change(score(60, 100, spread=15), score(62, 50, spread=20))

    old, new = 15**2 / 100, 20**2 / 50
    df = (old + new) ** 2 / (old**2 / 99 + new**2 / 49)
    half = t.ppf(0.975, df) * (old + new) ** 0.5
    assert (found.ci_low, found.ci_high) == pytest.approx((2 - half, 2 + half))


def test_the_p_value_of_scores_is_welchs():
    found = change(score(60, 100, spread=15), score(62, 50, spread=20))

    old, new = 15**2 / 100, 20**2 / 50
    df = (old + new) ** 2 / (old**2 / 99 + new**2 / 49)
    assert found.p == pytest.approx(2 * t.sf(2 / (old + new) ** 0.5, df))


@pytest.mark.parametrize("n", [2, 21])
def test_beside_a_full_count_the_sample_alone_gives_the_degrees_of_freedom(n):
    found = change(score(70, 10, 5, 10), score(71, n, spread=20))

    half = t.ppf(0.975, n - 1) * 20 / n**0.5
    assert (found.ci_low, found.ci_high) == pytest.approx((1 - half, 1 + half))


def of_design(x, n, df):
    plain = share(x, n)
    return replace(plain, estimate=replace(plain.estimate, df=df))


def test_shares_under_a_design_change_by_their_own_degrees_of_freedom():
    found = change(of_design(60, 100, 8.0), of_design(70, 100, 8.0))
    beside = change(share(60, 100), of_design(70, 100, 8.0))

    old, new = (known(one.estimate.se) ** 2 for one in (share(60, 100), share(70, 100)))
    df = (old + new) ** 2 / (old**2 / 8 + new**2 / 8)
    assert found.ci_high == pytest.approx(0.1 + t.ppf(0.975, df) * (old + new) ** 0.5)
    alone = (old + new) ** 2 / (new**2 / 8)  # the share without a design has a normal error
    assert beside.ci_high == pytest.approx(0.1 + t.ppf(0.975, alone) * (old + new) ** 0.5)


def test_answers_that_say_the_same_count_by_their_effective_number():
    found = [
        replace(one, estimate=replace(one.estimate, n_eff=50.0))
        for one in (share(60, 100), share(80, 100))
    ]

    pooled = 0.7 * 0.3 * (1 / 50 + 1 / 50)
    assert change(*found).p == pytest.approx(2 * norm.sf(0.2 / pooled**0.5))


@pytest.mark.parametrize(
    ("x", "y", "n", "N", "left"), [(60, 68, 80, 100, 20 / 99), (0, 1, 1, 2, 1.0)]
)
def test_the_p_value_of_shares_knows_how_many_were_not_asked(x, y, n, N, left):
    middle = (x + y) / 2 / n
    se = (middle * (1 - middle) * 2 * left / n) ** 0.5

    assert change(share(x, n, N), share(y, n, N)).p == pytest.approx(2 * norm.sf((y - x) / n / se))


def test_an_error_without_limits_gives_no_verdict():
    bare = share(60, 100)
    bare = replace(bare, estimate=replace(bare.estimate, ci_low=None, ci_high=None))

    for found in (change(bare, share(90, 100)), change(share(90, 100), bare)):
        assert (found.p, found.verdict, codes(found)) == (
            None,
            Verdict.CANNOT_TELL,
            ["no-interval"],
        )


def test_codes_with_an_at_sign_are_a_part_of_the_formula():
    with pytest.raises(ScaleMismatch):
        change(share(60, 100, key="share_top[a@b]@1"), share(60, 100, key="share_top[a@c]@1"))
    same = [share(x, 100, key="share_top[a@b]@1") for x in (60, 61)]
    assert codes(change(*same)) == []


def test_what_one_mix_lacks_has_to_move_whole():
    halves, whole = (("am", 0.5), ("pm", 0.5)), (("am", 1.0),)

    assert distance(halves, whole) == distance(whole, halves) == 0.5
    assert distance(whole, (("pm", 1.0),)) == 1.0


def test_limits_that_touch_nought_are_no_finding_and_a_p_value_at_the_level_is_one():
    rise, fall = change(share(60, 100), share(85, 100)), change(share(85, 100), share(60, 100))
    found = [replace(rise, ci_low=0.0), replace(fall, ci_high=0.0)]

    assert [one.verdict for one in correct(found)] == [Verdict.CANNOT_TELL] * 2
    assert correct([replace(rise, p=1 - rise.level)])[0].verdict is Verdict.BETTER
