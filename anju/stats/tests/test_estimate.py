"""Estimates under a design agree with the textbook's formulas, with R, and with their own symmetry."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.stats import estimate as est
from anju.stats.calibrate import Margin, greg, post_stratify, rake
from anju.stats.design import Design, Lonely, design, second_stage
from anju.stats.proportion import proportion_ci
from anju.stats.results import BadArgument, BadDesign, Method, NoAnswers, Unit

REFERENCE = Path(__file__).parents[4] / "shared" / "data" / "reference"
STYPE: dict[object, float] = {"E": 4421, "H": 755, "M": 1018}
WIDE: dict[object, float] = {"No": 1072, "Yes": 5122}
Y = np.array([3.0, 5.0, 4.0, 8.0, 6.0, 1.0])
W = np.array([2.0, 1.0, 3.0, 2.0, 2.0, 4.0])


def close(found: float | None, wanted: float, tolerance: float = 1e-10) -> bool:
    return found is not None and abs(found - wanted) <= tolerance * max(1.0, abs(wanted))


def test_a_simple_random_sample_has_the_variance_of_the_textbook():
    found = est.mean(design([100 / 6] * 6, population=[100] * 6), Y)
    assert close(found.estimate, Y.mean())
    assert close(found.se, float(np.sqrt(Y.var(ddof=1) / 6 * 0.94)))
    assert (found.n, found.df, found.method) == (6, 5, Method.LINEAR)
    assert found.ci_low is not None
    assert close(found.ci_high, 2 * found.estimate - found.ci_low)


def test_strata_and_clusters_have_the_variance_of_the_textbook():
    made = design(W, strata="aaabbb", clusters=[1, 1, 2, 3, 4, 4], population=[5, 5, 5, 8, 8, 8])
    z = W * (Y - (W * Y).sum() / W.sum()) / W.sum()
    first, second = np.array([z[:2].sum(), z[2]]), np.array([z[3], z[4:].sum()])
    wanted = 0.6 * 2 * first.var(ddof=1) + 0.75 * 2 * second.var(ddof=1)
    assert close(est.mean(made, Y).se, float(np.sqrt(wanted)))


def test_a_second_stage_adds_what_lies_within_clusters():
    clusters, sizes = [1, 1, 1, 2, 2, 2], [6, 6, 6, 9, 9, 9]
    one = design(W, clusters=clusters, population=[10] * 6)
    two = design(
        W, clusters=clusters, population=[10] * 6, second=second_stage(clusters, None, sizes)
    )
    z = W * Y
    within = 0.5 * 3 * z[:3].var(ddof=1) + (1 - 3 / 9) * 3 * z[3:].var(ddof=1)
    first = est.total(one, Y).se or 0
    assert close(est.total(two, Y).se, float(np.sqrt(first**2 + 0.2 * within)))


@pytest.mark.parametrize(
    ("lonely", "adds"),
    [(Lonely.CERTAIN, 0.0), (Lonely.AVERAGE, 2.0), (Lonely.CENTRE, (6 - 13 / 3) ** 2)],
)
def test_a_lonely_cluster_adds_what_was_chosen(lonely, adds):
    made = design([1.0] * 3, strata="aab", lonely=lonely)
    found = est.total(made, [3.0, 4.0, 6.0])
    wanted = 2 * np.var([3.0, 4.0], ddof=1)
    wanted *= 2 if lonely is Lonely.AVERAGE else 1
    wanted += 0 if lonely is Lonely.AVERAGE else adds
    assert close(found.se, float(np.sqrt(wanted)))


def test_equal_clusters_differ_by_nothing_at_all():
    found = est.total(design([0.1] * 3_000), [0.1] * 3_000)
    assert found.se is not None
    assert found.se < 1e-12


def test_domains_keep_the_whole_design_and_missing_answers_leave_only_the_mean():
    made = design(W, population=[40] * 6)
    gone = np.array([3.0, np.nan, 4.0, 8.0, 6.0, 1.0])
    found = {one.key: one.estimate for one in est.means_by(made, gone, list("ababab"))}
    inside = np.array([1, 0, 1, 0, 1, 0.0])
    mean = (W * Y * inside).sum() / (W * inside).sum()
    z = W * inside * (Y - mean) / (W * inside).sum()
    assert close(found["a"].se, float(np.sqrt((1 - 6 / 40) * 6 * z.var(ddof=1))))
    assert [found[key].n for key in "ab"] == [3, 2]
    assert close(est.totals_by(made, gone, list("ababab"))[0].estimate.estimate, 6 + 12 + 12)


def test_a_ratio_is_of_rows_that_have_both():
    made = design(W)
    found = est.ratio(made, [*Y[:5], np.nan], [1.0, 2.0, 2.0, 4.0, 3.0, 7.0])
    assert close(found.estimate, (W * Y)[:5].sum() / (W[:5] * [1, 2, 2, 4, 3]).sum())
    assert found.n == 5
    with pytest.raises(BadArgument):
        est.ratio(made, Y, [0.0] * 6)


def test_a_share_keeps_its_limits_inside_nought_and_one():
    made = design([5.0] * 40, population=[200] * 40)
    hit = [1.0] * 38 + [0.0] * 2
    for method in (Method.LOGIT, Method.BETA):
        found = est.share(made, hit, method=method)
        assert 0 < (found.ci_low or 0) < found.estimate < (found.ci_high or 1) < 1
        assert (found.method, found.unit) == (method, Unit.SHARE)
    assert (est.share(made, hit, method=Method.LINEAR).ci_high or 0) > 1


def test_where_everybody_is_satisfied_only_beta_has_limits():
    made = design([1.0] * 20)
    assert est.share(made, [1.0] * 20).method is Method.NONE
    everybody = est.share(made, [1.0] * 20, method=Method.BETA)
    assert everybody.ci_high == 1
    assert close(everybody.ci_low, 0.025 ** (1 / 20))
    nobody = est.share(made, [0.0] * 20, method=Method.BETA)
    assert nobody.ci_low == 0
    assert close(nobody.ci_high, 1 - 0.025 ** (1 / 20))


def test_one_cluster_has_no_interval():
    alone = design([1.0] * 3, clusters=[1, 1, 1], lonely=Lonely.CERTAIN)
    assert est.mean(alone, [1.0, 0.0, 1.0]).method is Method.NONE
    assert est.quantile(alone, [1.0, 0.0, 1.0], 0.5).se is None
    for method in (Method.LOGIT, Method.BETA):
        assert est.share(alone, [1.0, 0.0, 1.0], method=method).ci_low is None


def test_a_quantile_is_the_first_value_that_reaches_its_share():
    made = design([1.0] * 5)
    assert est.quantile(made, [5.0, 1.0, 2.0, 4.0, 3.0], 0.4).estimate == 2
    assert est.quantile(made, [5.0, np.nan, 2.0, 4.0, 3.0], 0.5).estimate == 3
    assert est.quantile(made, [5.0, 1.0, 2.0, 4.0, 3.0], 0.41).estimate == 3


def test_clusters_alike_inside_make_the_design_dear():
    made = design([1.0] * 8, clusters=[1, 1, 2, 2, 3, 3, 4, 4])
    assert close(est.deff(made, [1, 1, 2, 2, 3, 3, 4, 4.0], replaced=True) or 0, 7 / 3)
    assert est.deff(made, [1.0] * 8) is None


@pytest.mark.parametrize(
    ("ask", "refused"),
    [
        (lambda d: est.mean(d, [1.0]), BadDesign),
        (lambda d: est.mean(d, [1.0, np.inf]), BadArgument),
        (lambda d: est.mean(d, [np.nan, np.nan]), NoAnswers),
        (lambda d: est.means_by(d, [1.0, np.nan], ["a", "b"]), NoAnswers),
        (lambda d: est.means_by(d, [1.0, 2.0], ["a"]), BadDesign),
        (lambda d: est.mean(d, [1.0, 2.0], level=1.5), BadArgument),
        (lambda d: est.share(d, [0.5, 1.0]), BadArgument),
        (lambda d: est.share(d, [0.0, 1.0], method=Method.WILSON), BadArgument),
        (lambda d: est.quantile(d, [0.0, 1.0], 1.0), BadArgument),
    ],
)
def test_what_cannot_be_estimated_is_refused(ask, refused):
    with pytest.raises(refused):
        ask(design([1.0, 1.0]))


rows = st.lists(
    st.tuples(st.floats(0.5, 9), st.integers(0, 4), st.integers(0, 2), st.floats(-50, 50)),
    min_size=12,
    max_size=40,
)


@given(rows, st.randoms(use_true_random=False), st.floats(0.01, 100))
def test_estimates_know_no_order_of_rows_and_no_scale_of_weights(sample, chance, scale):
    def told(these, factor):
        w, clusters, groups, y = zip(*these, strict=True)
        made = design(np.array(w) * factor, clusters=clusters, lonely=Lonely.CERTAIN)
        return {one.key: one.estimate for one in est.means_by(made, y, groups)}

    mixed = list(sample)
    chance.shuffle(mixed)
    before, after = told(sample, 1.0), told(mixed, scale)
    assert before.keys() == after.keys()
    for key, one in before.items():
        assert close(after[key].estimate, one.estimate, 1e-9)
        assert close(after[key].se or 0.0, one.se or 0.0, 1e-7)


def _sheet(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _numbers(sheet: list[dict[str, str]], column: str) -> np.ndarray:
    return np.array([float(row[column]) for row in sheet])


def _designs() -> dict[str, tuple[list[dict[str, str]], Design]]:
    srs, strat, clus = (_sheet(f"{name}.csv") for name in ("apisrs", "apistrat", "apiclus1"))
    one = design(
        _numbers(clus, "pw"), clusters=[r["dnum"] for r in clus], population=_numbers(clus, "fpc")
    )
    kinds, wide = [r["stype"] for r in clus], [r["sch.wide"] for r in clus]
    columns = [np.ones(len(clus)), *(np.array([k == which for k in kinds]) for which in "HM")]
    known = np.column_stack([*columns, _numbers(clus, "api99")])
    return {
        "srs": (srs, design(_numbers(srs, "fpc") / len(srs), population=_numbers(srs, "fpc"))),
        "strat": (
            strat,
            design(
                _numbers(strat, "pw"),
                strata=[r["stype"] for r in strat],
                population=_numbers(strat, "fpc"),
            ),
        ),
        "clus1": (clus, one),
        "clus1+ps": (clus, post_stratify(one, Margin("stype", kinds, STYPE))),
        "clus1+rake": (
            clus,
            rake(one, [Margin("stype", kinds, STYPE), Margin("wide", wide, WIDE)]),
        ),
        "clus1+cal": (clus, greg(one, known, [6194, 755, 1018, 3914069])),
    }


def _ask(name: str, sheet: list[dict[str, str]], made: Design):
    y, wide = _numbers(sheet, "api00"), np.array([r["sch.wide"] == "Yes" for r in sheet], float)
    kind, _, last = name.rpartition("_")
    if kind == "quantile_api00":
        return est.quantile(made, y, float(last))
    if kind == "domain_mean_api00":
        found = est.means_by(made, y, [r["stype"] for r in sheet])
        return next(one.estimate for one in found if one.key == last)
    if name.startswith("total_stype"):
        return est.total(made, [float(r["stype"] == name[-1]) for r in sheet])
    if name == "contrast_E_minus_H":
        return est.contrast(made, y, [r["stype"] for r in sheet], {"E": 1, "H": -1})
    asks = {
        "change_api00_api99": lambda: est.mean(made, y - _numbers(sheet, "api99")),
        "mean_api00": lambda: est.mean(made, y),
        "total_enroll": lambda: est.total(made, _numbers(sheet, "enroll")),
        "prop_schwide_yes": lambda: est.share(made, wide, method=Method.LINEAR),
        "ratio_apistu_enroll": lambda: est.ratio(
            made, _numbers(sheet, "api.stu"), _numbers(sheet, "enroll")
        ),
        "ciprop_logit": lambda: est.share(made, wide),
        "ciprop_xlogit": lambda: est.share(made, wide),
        "ciprop_beta": lambda: est.share(made, wide, method=Method.BETA),
        "ciprop_mean": lambda: est.share(made, wide, method=Method.LINEAR),
    }
    return asks[name]() if name in asks else None


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference results lie elsewhere")
def test_every_figure_of_r_is_met_to_its_tolerance():
    designs, met, left = _designs(), 0, set()
    results = json.loads((REFERENCE / "survey_api_reference.json").read_text(encoding="utf-8"))
    for row in results["results"]:
        sheet, made = designs[row["design"]]
        if row["id"] == "mean_api00_deffreplace":
            assert close(est.deff(made, _numbers(sheet, "api00"), replaced=True), row["value"]), row
            met += 1
            continue
        name = row["id"].removeprefix("poststrat_").removeprefix("rake_").removeprefix("greg_")
        found = _ask(name, sheet, made)
        if found is None:
            left.add(name)
            continue
        met += 1
        exact = 1e-8 if "+" in row["design"] else 1e-10
        assert abs(found.estimate / row["value"] - 1) < max(exact, 1e-7 * ("ci" in name)), row
        if isinstance(row["se"], float):
            scale = row["se"] or abs(row["value"])
            assert abs((found.se or 0) - row["se"]) < max(exact, 1e-6 * ("q" in name)) * scale, row
        limits = row["extra"] or {}
        if "lo" in limits:
            assert close(found.ci_low, limits["lo"], 1e-7), row
            assert close(found.ci_high, limits["hi"], 1e-7), row
        elif "deff" in limits:
            column = "enroll" if name.startswith("total") else "api00"
            mine = est.deff(made, _numbers(sheet, column), totals=name.startswith("total"))
            assert close(mine, limits["deff"]), row
    # Of the ways to make limits of a share only logit and beta are offered, as the product says.
    assert (met, left) == (len(results["results"]) - 6, {"ciprop_likelihood", "ciprop_asin"})


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference results lie elsewhere")
def test_calibrated_weights_know_the_population_and_samples_come_near_it():
    truth = json.loads((REFERENCE / "apipop_truth.json").read_text(encoding="utf-8"))
    for name, (sheet, made) in _designs().items():
        if name in {"clus1+ps", "clus1+rake"}:
            kinds = est.totals_by(made, [1.0] * len(sheet), [row["stype"] for row in sheet])
            found = {one.key: one.estimate.estimate for one in kinds}
            assert found == pytest.approx(truth["stype"], rel=1e-8)
        mean = est.mean(made, _numbers(sheet, "api00"))
        assert (mean.ci_low or 0) < truth["mean_api00"] < (mean.ci_high or 0), name


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference results lie elsewhere")
def test_every_interval_of_a_share_in_the_reference_is_met():
    said = json.loads((REFERENCE / "psychometrics_reference.json").read_text(encoding="utf-8"))
    methods = {"wilson": "wilson", "cp": "clopper_pearson"}
    assert len(said["prop_ci"]) == 7
    for key, wanted in said["prop_ci"].items():
        how, x, n = key.split("_")
        found = proportion_ci(int(x), int(n), method=methods[how])
        assert (found.ci_low, found.ci_high) == pytest.approx(tuple(wanted), rel=1e-10, abs=1e-15)
