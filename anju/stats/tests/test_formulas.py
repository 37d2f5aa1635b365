"""The formula table: ids, keys, refusals, and the formula that is not offered."""

import pytest

from anju.stats.formulas import FORMULAS, composite, mean_index, nps, points_share, share_top
from anju.stats.results import BadWeights
from anju.stats.scales import Level, scale
from anju.stats.tests.cast import ELEVEN, FIVE, THREE, YES_NO


def test_the_key_names_the_top_set_best_first():
    assert share_top(THREE).key == "share_top[vs+bs]@1"
    assert share_top(THREE, {"vs"}).key == "share_top[vs]@1"


def test_the_key_names_the_points_best_first():
    assert points_share(THREE).key == "points_share[3/2/1]@1"
    assert points_share(THREE, {"vs": 10, "bs": 8, "ds": 0.5}).key == "points_share[10/8/0.5]@1"


def test_other_keys_name_what_they_are_made_of():
    assert mean_index(FIVE).key == "mean_index@1"
    assert nps(ELEVEN, {"9", "10"}, {"0", "1"}).key == "nps[10+9-1+0]@1"
    assert composite({"t": 0.4, "e": 0.6}).key == "composite[0.4*t+0.6*e]@1"
    assert composite({"t": 0.4, "e": 0.6}).meaning == "composite[0.4*t+0.6*e]"


def test_every_formula_of_the_table_is_named_in_both_languages():
    assert set(FORMULAS) == {
        "share_top",
        "share_ticked",
        "points_share",
        "mean_index",
        "nps",
        "composite",
    }
    assert all(found.zh and found.en and found.version == 1 for found in FORMULAS.values())
    assert FORMULAS["nps"].key == "nps@1"


def test_the_top_levels_share_of_points_is_not_offered():
    assert not any("top_points" in name for name in FORMULAS)
    # 3a / (3a + 2b + c) = 48/55: no table of points with one weight a level can give it
    weights = [(a, b, c) for a in range(1, 11) for b in range(a + 1) for c in range(b + 1)]
    shares = {(16 * a + 3 * b + c) / (20 * a) for a, b, c in weights}
    assert not any(abs(share - 48 / 55) < 1e-9 for share in shares)


@pytest.mark.parametrize(
    "weights",
    [{}, {"a": 0.5, "b": 0.4}, {"a": 1.2, "b": -0.2}, {"a": float("nan")}, {"a": 1 + 2e-9}],
)
def test_composite_weights_that_do_not_sum_to_one_are_refused(weights):
    with pytest.raises(BadWeights, match="sum to 1"):
        composite(weights)


def test_composite_weights_may_miss_one_by_a_rounding():
    assert composite({"a": 0.1, "b": 0.2, "c": 0.7 + 5e-10}).weights[0] == ("a", 0.1)


@pytest.mark.parametrize(
    "weights",
    [
        {"vs": 3},
        {"vs": 3, "bs": 2, "ds": -1},
        {"vs": 0, "bs": 0, "ds": 0},
        {"vs": 3, "bs": 2, "ds": 1, "no": 1},
        {"vs": 3, "bs": 2, "ds": float("inf")},
    ],
)
def test_points_that_are_missing_or_negative_are_refused(weights):
    with pytest.raises(BadWeights, match="Points are needed"):
        points_share(THREE, weights)


def test_points_from_a_scale_with_negative_values_are_refused():
    signed = scale("s", [Level("a", -1, "差", "bad"), Level("b", 1, "好", "good")])

    with pytest.raises(BadWeights):
        points_share(signed)


@pytest.mark.parametrize("top", [set(), {"x"}, {"q"}])
def test_a_top_set_outside_the_valued_levels_is_refused(top):
    with pytest.raises(BadWeights):
        share_top(YES_NO, top)


def test_a_level_cannot_be_promoter_and_detractor():
    with pytest.raises(BadWeights, match="both"):
        nps(ELEVEN, {"9", "10"}, {"9"})


def test_the_ends_of_a_scale_become_the_ends_of_its_index():
    assert mean_index(FIVE).weights == (("c5", 5), ("c1", 1))


def test_one_point_at_best_is_a_table_of_points():
    assert points_share(THREE, {"vs": 1, "bs": 0.5, "ds": 0}).key == "points_share[1/0.5/0]@1"


def test_a_code_with_an_at_sign_stays_in_the_meaning():
    odd = scale("s", [Level("n", 0, "否", "no"), Level("a@b", 1, "是", "yes")])

    assert share_top(odd, {"a@b"}).meaning == "share_top[a@b]"


def test_a_refused_top_set_names_what_is_strange():
    with pytest.raises(BadWeights, match="not: q, x"):
        share_top(YES_NO, {"x", "q"})
    with pytest.raises(BadWeights, match="not: -"):
        share_top(YES_NO, set())
