"""Shares, ratios and quantiles of domains keep the whole design, as means of domains do."""

from __future__ import annotations

import numpy as np
import pytest

from anju.stats.design import design
from anju.stats.estimate import mean, means_by, quantile, ratio
from anju.stats.results import BadDesign, Method, NoAnswers
from anju.stats.sampling.domains import quantiles_by, ratios_by, shares_by

CHANCE = np.random.default_rng(7)
BY = [str(one) for one in CHANCE.integers(0, 3, 90)]
HIT = CHANCE.integers(0, 2, 90).astype(float)
X = CHANCE.uniform(1, 3, 90)
MADE = design(
    CHANCE.uniform(1, 2, 90), clusters=[at // 3 for at in range(90)], population=[200] * 90
)


def test_a_share_of_a_domain_has_the_error_of_the_domains_mean():
    for mine, plain in zip(shares_by(MADE, HIT, BY), means_by(MADE, HIT, BY), strict=True):
        assert mine.key == plain.key
        assert mine.estimate.se == pytest.approx(plain.estimate.se, rel=1e-12)
        assert mine.estimate.method is Method.LOGIT


def test_ratios_and_quantiles_of_a_domain_are_those_of_its_rows_in_the_whole_design():
    ratios, halves = ratios_by(MADE, HIT, X, BY), quantiles_by(MADE, X, 0.5, BY)
    for at, key in enumerate(dict.fromkeys(BY)):
        mine = np.array([one == key for one in BY])
        assert ratios[at].estimate == ratio(MADE, np.where(mine, HIT, np.nan), X)
        assert halves[at].estimate == quantile(MADE, np.where(mine, X, np.nan), 0.5)


def test_a_ratio_to_one_is_the_mean_of_the_domain():
    (found,) = ratios_by(MADE, HIT, np.ones(90), ["all"] * 90)
    assert found.estimate.se == pytest.approx(mean(MADE, HIT).se)


def test_lengths_and_silent_domains_are_refused():
    with pytest.raises(BadDesign, match="89 groups"):
        shares_by(MADE, HIT, BY[1:])
    with pytest.raises(NoAnswers, match="“quiet”"):
        shares_by(MADE, [np.nan, *HIT[1:]], ["quiet", *BY[1:]])
