"""The ordered model against plain likelihoods: written out row by row, climbed by a general optimiser."""

from __future__ import annotations

from math import exp, log

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import chi2, norm

from anju.stats.patterns.ordinal import Factor, chances, ordered
from anju.stats.results import BadArgument, NotIdentified

# Forty rows: an answer of three levels, two drivers (of three categories and of two), a building, people.
Y = [0, 1, 2, 2, 1, 0, 0, 1, 2, 1] * 4
A = ["x", "y", "z", "z", "x", "x", "y", "y", "z", "z", "y", "x", "x", "z"] * 2 + [
    "x",
    "y",
    "z",
    "z",
] * 3
B = ([0, 0, 1, 1, 0, 1, 0, 0] * 5)[:40]
HOME = [row % 7 for row in range(40)]
PEOPLE = [1.0 + row % 3 + 0.5 * (row % 2) for row in range(40)]
FACTORS = [Factor("a", A, "x"), Factor("b", B, 0)]
COLUMNS = np.array([[a == "y", a == "z", b == 1] for a, b in zip(A, B, strict=True)], dtype=float)


def edge(cut: float) -> float:
    return 1 / (1 + exp(-cut))


def row_loss(theta, y: int, column, cuts: int = 2) -> float:
    """Return minus the log of the chance of one answer, as McCullagh writes it."""
    moved = float(np.dot(column, theta[cuts:]))
    upper = 1.0 if y == cuts else edge(theta[y] - moved)
    lower = 0.0 if y == 0 else edge(theta[y - 1] - moved)
    return -log(max(upper - lower, 1e-300))


def loss(theta, columns=COLUMNS) -> float:
    rows = zip(Y, columns, PEOPLE, strict=True)
    return sum(people * row_loss(theta, y, column) for y, column, people in rows)


def climbed(columns=COLUMNS):
    """Return the best coefficients and their loss, by an optimiser that knows no slope of ours."""
    start = np.array([-0.5, 0.5, *([0.0] * columns.shape[1])])
    found = minimize(loss, start, args=(columns,), method="BFGS", options={"gtol": 1e-9})
    return minimize(loss, found.x, args=(columns,), method="Nelder-Mead",
                    options={"xatol": 1e-10, "fatol": 1e-12, "maxiter": 20_000, "maxfev": 20_000})  # fmt: skip


def slope(of, theta, h: float = 1e-5):
    steps = np.eye(len(theta)) * h
    return np.array([(of(theta + step) - of(theta - step)) / (2 * h) for step in steps])


def curve(theta, h: float = 1e-4):
    return np.array([
        (slope(loss, theta + step) - slope(loss, theta - step)) / (2 * h)
        for step in np.eye(len(theta)) * h
    ])  # fmt: skip


BEST = climbed()


def test_coefficients_errors_and_limits_are_those_of_the_plain_likelihood():
    found = ordered(Y, (0, 1, 2), FACTORS, counts=PEOPLE, level=0.9)

    spread = np.sqrt(np.diag(np.linalg.inv(curve(BEST.x))))
    assert found.cuts == pytest.approx(BEST.x[:2], abs=1e-5)
    assert [step.log_odds for step in found.steps] == pytest.approx(BEST.x[2:], abs=1e-5)
    assert [step.se for step in found.steps] == pytest.approx(spread[2:], rel=1e-4)
    wide = norm.ppf(0.95)
    for step, se in zip(found.steps, spread[2:], strict=True):
        assert step.ci_low == pytest.approx(step.log_odds - wide * se, abs=1e-4)
        assert step.ci_high == pytest.approx(step.log_odds + wide * se, abs=1e-4)
    assert found.deviance == pytest.approx(2 * BEST.fun, rel=1e-9)
    assert found.n == sum(PEOPLE)


def test_what_a_driver_adds_is_the_fall_of_the_plain_deviance():
    found = {one.driver: one for one in ordered(Y, (0, 1, 2), FACTORS, counts=PEOPLE).drivers}

    for name, left, df in (("a", COLUMNS[:, 2:], 2), ("b", COLUMNS[:, :2], 1)):
        lost = 2 * (climbed(left).fun - BEST.fun)
        assert found[name].deviance == pytest.approx(lost, rel=1e-5)
        assert found[name].df == df
        assert found[name].p == pytest.approx(chi2.sf(lost, df), rel=1e-5)
    ps = sorted(one.p for one in found.values())
    assert min(one.p_holm for one in found.values()) == pytest.approx(min(1, 2 * ps[0]))


def test_errors_of_clusters_are_the_sandwich_of_their_plain_slopes():
    found = ordered(Y, (0, 1, 2), FACTORS, counts=PEOPLE, clusters=HOME)

    inner = np.zeros((5, 5))
    for home in range(7):
        rows = [row for row in range(40) if HOME[row] == home]

        def of(theta, rows=rows):
            return sum(PEOPLE[row] * row_loss(theta, Y[row], COLUMNS[row]) for row in rows)

        mine = slope(of, BEST.x)
        inner += np.outer(mine, mine)
    outer = np.linalg.inv(curve(BEST.x))
    spread = np.sqrt(np.diag(outer @ inner @ outer) * 7 / 6)
    assert found.robust
    assert [step.se for step in found.steps] == pytest.approx(spread[2:], rel=1e-3)


def test_two_clusters_are_enough_for_a_spread():
    halves = [row % 2 for row in range(40)]

    assert all(step.se > 0 for step in ordered(Y, (0, 1, 2), FACTORS, clusters=halves).steps)


def test_chances_of_a_person_are_the_steps_between_edges():
    found = ordered(Y, (0, 1, 2), FACTORS, counts=PEOPLE)
    moved = found.steps[1].log_odds + found.steps[2].log_odds

    one, two = (edge(cut - moved) for cut in found.cuts)

    assert chances(found, {"a": "z", "b": 1}) == pytest.approx((one, two - one, 1 - two))
    plain = [edge(cut) for cut in found.cuts]
    assert chances(found, {}) == pytest.approx((plain[0], plain[1] - plain[0], 1 - plain[1]))


def test_the_strongest_driver_is_that_of_the_largest_fall_a_degree_of_freedom():
    """A driver in five categories falls by more in all and by less a degree of freedom."""
    chance = np.random.default_rng(5)
    many, two = chance.integers(0, 5, 1_500), chance.integers(0, 2, 1_500)
    hidden = 0.28 * many + 0.62 * two + chance.logistic(size=1_500)
    y = np.digitize(hidden, [0.3, 1.8])

    found = ordered(
        list(y), (0, 1, 2), [Factor("many", list(many), 0), Factor("two", list(two), 0)]
    )

    falls = {one.driver: one.deviance for one in found.drivers}
    assert falls["many"] > falls["two"]
    assert [one.driver for one in found.drivers] == ["two", "many"]


def test_a_driver_that_tells_nothing_falls_by_next_to_nothing():
    y, driver = [0, 1, 2, 0, 1, 2] * 10, [0, 0, 0, 1, 1, 1] * 10

    [only] = ordered(y, (0, 1, 2), [Factor("d", driver, 0)]).drivers

    assert only.deviance == pytest.approx(0, abs=1e-8)
    assert only.p == pytest.approx(1, abs=1e-4)


def test_rows_that_stand_for_nobody_change_nothing():
    more = [Factor("a", [*A, "x"], "x"), Factor("b", [*B, 0], 0)]

    one = ordered(Y, (0, 1, 2), FACTORS, counts=PEOPLE)
    two = ordered([*Y, 2], (0, 1, 2), more, counts=[*PEOPLE, 0.0])

    assert one.deviance == pytest.approx(two.deviance)
    assert [s.log_odds for s in one.steps] == pytest.approx([s.log_odds for s in two.steps])


def test_a_driver_seen_only_where_nobody_stands_repeats_another():
    """Its categories differ in a row of nought people: among people it says what the other says."""
    a, b = [0, 1] * 30 + [0], [5, 6] * 30 + [6]

    with pytest.raises(NotIdentified):
        ordered([*([0, 1, 2] * 20), 1], (0, 1, 2), [Factor("a", a, 0), Factor("b", b, 5)],
                counts=[1.0] * 60 + [0.0])  # fmt: skip


def test_half_a_person_may_stand_in_a_row():
    halves = ordered(Y * 2, (0, 1, 2), [Factor("b", B * 2, 0)], counts=[0.5] * 80)

    assert halves.deviance == pytest.approx(ordered(Y, (0, 1, 2), [Factor("b", B, 0)]).deviance)


def test_ten_people_a_column_are_enough_and_nine_are_not():
    y, driver = [0, 1, 2, 1, 0, 2, 1, 0, 2, 1], [0, 1, 1, 0, 1, 0, 1, 0, 1, 0]

    assert ordered(y, (0, 1, 2), [Factor("d", driver, 0)]).n == 10
    with pytest.raises(BadArgument, match="9 people for 1"):
        ordered(y[:9], (0, 1, 2), [Factor("d", driver[:9], 0)])
    three = ["a", "b", "c"] * 6
    with pytest.raises(BadArgument, match="18 people for 2"):
        ordered(([0, 1, 2] * 6), (0, 1, 2), [Factor("d", three, "a")])


def test_people_of_nobody_at_all_are_refused_by_the_answers():
    with pytest.raises(BadArgument) as refused:
        ordered(Y, (0, 1, 2), FACTORS, counts=[0.0] * 40)

    assert refused.value.field == "y"
