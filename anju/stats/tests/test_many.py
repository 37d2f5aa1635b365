"""Reliability, drivers, planning and adjusted p values agree with their sources."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.stats.adjust import Adjust, adjust_p
from anju.stats.drivers import Draws, johnson, lmg, with_limits
from anju.stats.planning import Aim, Rule, Stratum, allocate, sample_size
from anju.stats.reliability import alpha, omega
from anju.stats.results import BadArgument, NotIdentified

REFERENCE = Path(__file__).parents[4] / "shared" / "data" / "reference"
CHANCE = np.random.default_rng(20261122)
FACTOR = CHANCE.normal(size=400)
ITEMS = np.column_stack([0.7 * FACTOR + CHANCE.normal(size=400) for _ in range(4)])


def table(name: str, *columns: str) -> np.ndarray:
    with (REFERENCE / name).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return np.array([[float(row[column]) for column in columns or rows[0]] for row in rows])


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference results lie elsewhere")
def test_the_figures_of_psych_and_relaimpo_are_met():
    said = json.loads((REFERENCE / "psychometrics_reference.json").read_text(encoding="utf-8"))
    attitude = table("attitude.csv")
    found = alpha(attitude)
    wanted = said["alpha_attitude"]
    assert found.value == pytest.approx(wanted["raw"], rel=1e-9)
    assert (found.ci_low, found.ci_high) == pytest.approx(tuple(wanted["feldt"]), rel=1e-9)
    assert found.without == pytest.approx(tuple(wanted["drop"].values()), rel=1e-9)
    assert found.standardised == pytest.approx(wanted["std"], rel=1e-9)
    assert found.average == pytest.approx(wanted["avg_r"], rel=1e-9)
    assert omega(attitude).value == pytest.approx(said["omega_attitude_1f"]["omega_tot"], abs=1e-6)
    names = list(said["lmg_attitude"])
    shared = lmg(attitude[:, 0], attitude[:, 1:], names, per_driver=5)
    assert shared.parts == pytest.approx(tuple(said["lmg_attitude"].values()), rel=1e-9)
    assert shared.r2 == pytest.approx(said["r2_attitude"], rel=1e-9)
    cars = table("mtcars.csv", "mpg", *said["johnson_mtcars"])
    weights = johnson(cars[:, 0], cars[:, 1:], list(said["johnson_mtcars"]), per_driver=8)
    assert weights.parts == pytest.approx(tuple(said["johnson_mtcars"].values()), rel=1e-9)
    assert weights.r2 == pytest.approx(said["r2_mtcars"], rel=1e-9)
    kinds = {"BH": "bh", "BY": "by"}
    for kind, wanted in said["padjust"].items():
        if kind != "p":
            mine = adjust_p(said["padjust"]["p"], Adjust(kinds.get(kind, kind)))
            assert mine == pytest.approx(tuple(wanted), rel=1e-12)


def test_alpha_of_items_alike_is_that_of_spearman_and_brown():
    r = np.corrcoef(ITEMS, rowvar=False)[np.triu_indices(4, 1)].mean()
    found = alpha(ITEMS)
    assert found.standardised == pytest.approx(4 * r / (1 + 3 * r))
    assert found.ci_low < found.value < found.ci_high
    assert len(found.without) == 4
    assert alpha(ITEMS[:, :2]).without == ()


def test_omega_finds_the_factor_that_was_planted():
    found = omega(ITEMS)
    assert found.loadings == pytest.approx([0.7 / np.sqrt(1.49)] * 4, abs=0.1)
    assert not found.heywood


def test_an_item_that_is_nearly_the_factor_itself_is_told():
    exact = np.column_stack([FACTOR, 0.9 * FACTOR + 0.3 * ITEMS[:, 0], ITEMS[:, 1]])
    assert omega(exact).heywood


def test_rows_with_a_gap_are_left_out():
    gap = ITEMS.copy()
    gap[0, 0] = np.nan
    assert alpha(gap).n == 399


@pytest.mark.parametrize(
    ("ask", "refused"),
    [
        (lambda: alpha(ITEMS[:, :1]), BadArgument),
        (lambda: alpha(ITEMS[:2]), BadArgument),
        (lambda: alpha(np.column_stack([ITEMS, np.ones(400)])), NotIdentified),
        (lambda: omega(ITEMS[:, :2]), BadArgument),
        (lambda: lmg(FACTOR, ITEMS[:, :2], ["a"]), BadArgument),
        (lambda: lmg(FACTOR[:30], ITEMS[:30], list("abcd")), BadArgument),
        (lambda: lmg(FACTOR, np.zeros((400, 16)), list("abcdefghijklmnop")), BadArgument),
        (lambda: johnson(FACTOR, np.ones((400, 1)), ["a"]), NotIdentified),
        (lambda: johnson(FACTOR, ITEMS[:, [0, 0]], ["a", "b"]), NotIdentified),
        (lambda: sample_size(100, Aim(0.0)), BadArgument),
        (lambda: sample_size(0, Aim(0.05)), BadArgument),
        (lambda: sample_size(100, Aim(0.05, response_rate=1.2)), BadArgument),
        (lambda: allocate([Stratum("a", 5)], 6), BadArgument),
        (lambda: allocate([Stratum("a", 5), Stratum("a", 5)], 6), BadArgument),
        (lambda: adjust_p([0.5, 1.5]), BadArgument),
    ],
)
def test_what_cannot_be_answered_is_refused(ask, refused):
    with pytest.raises(refused):
        ask()


def test_parts_of_unrelated_drivers_are_their_own_squared_correlations():
    one, two = np.tile([1.0, 1.0, -1.0, -1.0], 50), np.tile([1.0, -1.0, 1.0, -1.0], 50)
    y = 2 * one + two + CHANCE.normal(size=200)
    squared = [np.corrcoef(y, x)[0, 1] ** 2 for x in (one, two)]
    for split in (lmg, johnson):
        found = split(y, np.column_stack([one, two]), ["one", "two"])
        assert found.parts == pytest.approx(squared)
        assert sum(found.parts) == pytest.approx(found.r2)


def test_limits_come_from_whole_clusters_and_a_seed():
    buildings = [row // 10 for row in range(400)]
    ask = Draws(buildings, seed=7, samples=200)
    found = with_limits(lmg, FACTOR, ITEMS, list("abcd"), ask)
    assert found.ci is not None
    assert all(low < part < high for part, (low, high) in zip(found.parts, found.ci, strict=True))
    assert found == with_limits(lmg, FACTOR, ITEMS, list("abcd"), ask)
    assert found.draws == 200
    with pytest.raises(BadArgument):
        with_limits(lmg, FACTOR, ITEMS, list("abcd"), Draws([0] * 400, seed=7))


def test_draws_in_which_drivers_coincide_are_left_out_and_too_many_refused():
    rare = np.zeros(400)
    rare[:10] = 1.0
    buildings = [row // 10 for row in range(400)]
    with_rare = np.column_stack([ITEMS[:, 0], rare])
    found = with_limits(
        lmg, FACTOR, with_rare, ["a", "rare"], Draws(buildings, seed=7, samples=200)
    )
    assert 100 < found.draws < 200
    twins = np.column_stack([rare, np.where(np.arange(400) == 15, 1.0, rare)])
    with pytest.raises(NotIdentified):
        with_limits(
            lmg, FACTOR, np.column_stack([twins, np.roll(rare, 40)]), ["a", "b", "c"],
            Draws(buildings, seed=7, samples=200),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("size", "margin", "exact", "n"),
    [
        (1_000, 0.05, 277.7, 278),
        (2_500, 0.04, 484.2, 485),
        (7_271, 0.04, 554.5, 555),
        (10_000, 0.03, 964.3, 965),
        (25_000, 0.02, 2_190.6, 2_191),
        (None, 0.05, 384.1, 385),
    ],
)
def test_published_sample_sizes_are_met(size, margin, exact, n):
    found = sample_size(size, Aim(margin))
    assert (round(found.exact, 1), found.n) == (exact, n)


def test_invitations_follow_the_response_rate_and_never_exceed_the_homes():
    assert sample_size(2_500, Aim(0.04, response_rate=0.5)).invitations == 970
    assert sample_size(500, Aim(0.04, response_rate=0.4)).invitations == 500


strata = st.lists(st.tuples(st.integers(1, 200), st.floats(0.1, 2)), min_size=1, max_size=8)


@given(strata, st.floats(0, 1), st.sampled_from(list(Rule)))
def test_every_answer_is_shared_out_and_no_stratum_gets_more_than_it_has(parts, fill, rule):
    given_ = [Stratum(str(place), size, spread) for place, (size, spread) in enumerate(parts)]
    least, most = sum(min(2, one.N) for one in given_), sum(one.N for one in given_)
    n = least + int(fill * (most - least))
    found = allocate(given_, n, rule=rule)
    assert sum(found.values()) == n
    assert all(min(2, one.N) <= found[one.key] <= one.N for one in given_)


def test_wider_spread_and_smaller_size_draw_more_answers_by_their_rules():
    two = [Stratum("even", 100, 0.2), Stratum("mixed", 100, 0.8)]
    assert allocate(two, 50, rule=Rule.NEYMAN) == {"even": 10, "mixed": 40}
    sizes = [Stratum("large", 400), Stratum("small", 100)]
    assert allocate(sizes, 50)["small"] == 10
    assert allocate(sizes, 51, rule=Rule.POWER)["small"] == 17
    assert allocate([Stratum("a", 9), Stratum("b", 9)], 4, least=0) == {"a": 2, "b": 2}


def test_a_fit_that_is_stopped_early_is_still_near(monkeypatch):
    whole = omega(ITEMS).value
    monkeypatch.setattr("anju.stats.reliability.ROUNDS", 3)
    assert omega(ITEMS).value == pytest.approx(whole, abs=0.01)
