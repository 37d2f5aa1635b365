"""Estimates under a design beside the same worked out step by step, without any other program."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import beta, t

from anju.stats import estimate as est
from anju.stats.calibrate import greg
from anju.stats.design import Lonely, design
from anju.stats.results import BadArgument, BadDesign, Method

Y = np.array([3.0, 5.0, 4.0, 8.0, 6.0, 1.0])
W = np.array([2.0, 1.0, 3.0, 2.0, 2.0, 4.0])


def error(z):
    """Give the standard error of a sum of rows drawn one by one."""
    return np.sqrt(len(z) * z.var(ddof=1))


def test_logit_limits_are_symmetric_in_the_log_of_the_odds():
    found = est.share(design([5.0] * 40), [1.0] * 28 + [0.0] * 12)
    width = t.ppf(0.975, 39) * np.sqrt(0.21 / 39) / 0.21
    wanted = 1 / (1 + np.exp(-(np.log(0.7 / 0.3) + np.array([-width, width]))))
    assert (found.ci_low, found.ci_high) == pytest.approx(tuple(wanted))
    assert est.share(design([5.0] * 4), [0.0] * 4).method is Method.NONE


def test_beta_limits_stand_on_the_effective_number_and_the_clusters():
    clusters, hit = [row // 4 for row in range(40)], [1.0] * 25 + [0.0] * 15
    found = est.share(design([5.0] * 40, clusters=clusters), hit, method=Method.BETA)
    z = np.array([sum(hit[4 * at : 4 * at + 4]) for at in range(10)]) / 40
    n = 0.625 * 0.375 / error(z) ** 2 * (t.ppf(0.975, 39) / t.ppf(0.975, 9)) ** 2
    assert found.n_eff == pytest.approx(n)
    assert found.ci_low == pytest.approx(beta.ppf(0.025, 0.625 * n, 0.375 * n + 1))
    assert found.ci_high == pytest.approx(beta.ppf(0.975, 0.625 * n + 1, 0.375 * n))


def test_the_error_of_a_ratio_is_that_of_what_it_leaves_over():
    x = np.array([1.0, 2.0, 2.0, 4.0, 3.0, 7.0])
    found = est.ratio(design(W), [*Y[:5], np.nan], x)
    base = (W * x)[:5].sum()
    value = (W * Y)[:5].sum() / base
    z = np.append((W * (Y - value * x))[:5] / base, 0.0)
    assert found.se == pytest.approx(error(z))


@pytest.mark.parametrize(("p", "value", "low", "high"), [(0.5, 10, 6, 15), (0.95, 19, 17, 20)])
def test_limits_of_a_quantile_are_the_values_at_the_limits_of_its_share(p, value, low, high):
    found = est.quantile(design([1.0] * 20), np.arange(1.0, 21.0), p)
    assert (found.estimate, found.ci_low, found.ci_high) == (value, low, high)
    assert found.se == pytest.approx((high - low) / 2 / t.ppf(0.975, 19))


def test_no_quantile_lies_at_nought():
    with pytest.raises(BadArgument):
        est.quantile(design([1.0] * 3), [1.0, 2.0, 3.0], 0.0)


@pytest.mark.parametrize("totals", [False, True])
def test_a_simple_random_sample_costs_what_it_costs(totals):
    made, y = design([5.0] * 40, population=[200] * 40), np.arange(40.0) ** 2
    assert est.deff(made, y, totals=totals) == pytest.approx(1)
    assert est.deff(made, y, totals=totals, replaced=True) == pytest.approx(0.8)


def test_a_contrast_has_the_error_of_the_difference_of_both_means():
    y = np.array([3.0, 5.0, np.nan, 8.0, 6.0, 1.0])
    found = est.contrast(design(W), y, list("ababab"), {"a": 1, "b": -1})
    a, b = np.array([0, 4]), np.array([1, 3, 5])
    means = [np.average(y[rows], weights=W[rows]) for rows in (a, b)]
    z = np.zeros(6)
    z[a] = W[a] * (y[a] - means[0]) / W[a].sum()
    z[b] = -W[b] * (y[b] - means[1]) / W[b].sum()
    assert (found.estimate, found.se) == pytest.approx((means[0] - means[1], error(z)))
    assert found.ci_high == pytest.approx(found.estimate + t.ppf(0.975, 5) * error(z))
    assert (found.n, found.df) == (5, 5)


def test_calibrated_unequal_weights_leave_what_their_own_mean_leaves():
    made = greg(design(W), np.ones((6, 1)), [20.0])
    z = W * 20 / W.sum() * (Y - np.average(Y, weights=W))
    assert est.total(made, Y).se == pytest.approx(error(z))


@pytest.mark.parametrize(
    ("ask", "en", "zh"),
    [
        (lambda: design([1.0, -2.0]), "Row 2 has the weight -2:", "第 2 行的权重为 -2，"),
        (lambda: design([1.0] * 4, strata="aabb", clusters=[1, 2, 2, 3]), "of row 2 lies", "第 2 行的群"),
        (lambda: design([1.0] * 4, strata="aabb", population=[9, 9, 9, 8]), "Row 3 tells", "第 3 行的总体数"),
    ],
)  # fmt: skip
def test_a_refusal_names_the_row_as_people_count(ask, en, zh):
    with pytest.raises(BadDesign) as refused:
        ask()
    assert en in refused.value.en
    assert zh in refused.value.zh


def test_domains_of_a_total_count_everybody_else_as_nought():
    found = est.totals_by(design(W), Y, list("aabbbb"))
    for one, inside in zip(found, ([1, 1, 0, 0, 0, 0], [0, 0, 1, 1, 1, 1]), strict=True):
        assert one.estimate.se == pytest.approx(error(W * Y * inside))


def test_domains_of_calibrated_weights_leave_what_their_columns_leave():
    made = greg(design(W), np.ones((6, 1)), [20.0])
    w, groups = W * 20 / W.sum(), np.array(list("ababab"))
    for one in est.means_by(made, Y, list(groups)):
        inside = groups == one.key
        mean = np.average(Y[inside], weights=W[inside])
        z = inside * (Y - mean) / w[inside].sum()
        assert one.estimate.se == pytest.approx(error(w * (z - np.average(z, weights=W))))


def test_lonely_strata_add_the_average_of_the_others_each():
    made = design([1.0] * 6, strata="aabbcd", lonely=Lonely.AVERAGE)
    others = 2 * np.var(Y[:2], ddof=1) + 2 * np.var(Y[2:4], ddof=1)
    assert est.total(made, Y).se == pytest.approx(np.sqrt(others + 2 * others / 2))


def test_a_lonely_stratum_asked_whole_is_one_of_the_others_with_nothing_to_add():
    made = design([1.0] * 4, strata="aabc", population=[10, 10, 10, 1], lonely=Lonely.AVERAGE)
    others = 0.8 * 2 * np.var(Y[:2], ddof=1)
    assert est.total(made, Y[:4]).se == pytest.approx(np.sqrt(others + others / 2))


@pytest.mark.parametrize("lonely", [Lonely.AVERAGE, Lonely.CENTRE, Lonely.CERTAIN])
def test_a_domain_is_what_it_is_alone_whatever_lonely_strata_add(lonely):
    made, groups = design([1.0] * 6, strata="aabbcd", lonely=lonely), np.array(list("xyzxyx"))
    for one in est.totals_by(made, Y, list(groups)):
        alone = est.total(made, np.where(groups == one.key, Y, 0.0))
        assert one.estimate.se == pytest.approx(alone.se)
