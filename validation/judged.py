"""Mutants that may live: of each module the change, by function, and why it means nothing."""

from __future__ import annotations

NEVER_EQUAL = "Only a value that meets the limit to the last bit would tell them apart."
OUTSIDE = "What lies outside is left out by its code afterwards, so the filling is never read."
TOLERANCE = "A tolerance for rounding: a small one serves as well as another."
SEARCH = "Where the search looks first does not move where it ends."
CELLS = "When cells are numbered anew moves no figure: each row keeps its cell."
BLOCKS = "How rows are taken, not what is added up of them."
WAY = "Which of two ways adds up; both give the same figures, which is a test."
FINER = (
    "Where and how finely it is looked: the integral is the same within the tolerance of its test."
)
TOGETHER = "The parts are missing together or not at all."
JUDGED: dict[str, dict[str, str]] = {
    "calibrate": {
        "(ROUNDS, CLOSE, MOST_CELLS): (500, 1e-10, 1000000) → (501, 1e-10, 1000000)": "A cap on work, not a figure: margins that agree settle long before.",
        "(ROUNDS, CLOSE, MOST_CELLS): (500, 1.000000082740371e-10, 1000000) → (500, 1.000000082740371e-10, 1000001)": CELLS,
        "_crossed: many > MOST_CELLS → many >= MOST_CELLS": CELLS,
        "_crossed: (np.zeros(len(margins[0][0]), dtype=np.int64), 1) → (np.zeros(len(margins[0][0]), dtype=np.int64), 2)": CELLS,
        "_crossed: int(at.max()) + 1 → int(at.max()) + 2": CELLS,
        "_fitted: max((_off(cells, codes, totals) for codes, totals in kinds)) <= close → max((_off(cells, codes, totals) for codes, totals in kinds)) < close": NEVER_EQUAL,
        "trim: design.weights > limit → design.weights >= limit": "A weight at the limit is set to the limit, or lifted above it and then cut to it.",
        "trim: spread > limit → spread >= limit": "What lies at the limit stays there, whether it is called cut or not.",
        "_check_sums: abs(total / sums[0] - 1) > 1e-09 → abs(total / sums[0] - 1) >= 1e-09": NEVER_EQUAL,
    },
    "columns/grams": {
        "ROWS: ROWS = 16384 → ROWS = 16385": BLOCKS,
        "SHORT: SHORT = 64 → SHORT = 65": BLOCKS,
        "EXACT: 2 ** 53 → 2 ** 54": "Where nought serves as a centre a little longer, rounding is still below the tolerance of any figure.",
        "grams: len(starts) * SHORT > len(groups) → len(starts) * SHORT >= len(groups)": BLOCKS,
        "grams: len(starts) * SHORT → len(starts) / SHORT": BLOCKS,
        "_middle: most * most * len(column) < EXACT → most * most * len(column) <= EXACT": NEVER_EQUAL,
        "_middle: :1000 → :1001": "Any number near the answers is right; of which rows moves no figure.",
        "_middle: float(np.round(known.mean())) if len(known) else 0.0 → float(np.round(known.mean())) if len(known) else 1.0": "Nobody among the first answered: any number is right.",
        "Grams.covariances: self.n > 0 → self.n > 1": "A group of one has no covariance either way.",
    },
    "columns/table": {
        "MOST_CELLS: MOST_CELLS = 200000 → MOST_CELLS = 200001": WAY,
        "_added: many <= MOST_CELLS → many < MOST_CELLS": WAY,
    },
    "reliability": {
        "(ROUNDS, CLOSE, HEYWOOD): (20000, 1e-14, 0.995) → (20001, 1e-14, 0.995)": "A cap on work, not a figure: loadings settle long before.",
        "alpha_of: apart.shape[0] → apart.shape[1]": "The two are compared with each other.",
        "alpha_of: spread <= SAME * spread.max() → spread < SAME * spread.max()": NEVER_EQUAL,
        "alpha_of: len(apart) if apart.ndim == 2 and apart.shape[0] == apart.shape[1] else 0 → len(apart) if apart.ndim == 2 and apart.shape[0] == apart.shape[1] else 1": "Nought and one are both too few items.",
        "_without: covariances.sum(axis=0) → covariances.sum(axis=1)": "A covariance is that of the two the other way round.",
        "_one_factor: np.abs(loadings - before).max() < CLOSE → np.abs(loadings - before).max() <= CLOSE": NEVER_EQUAL,
        "_one_factor: len(off) - 1 → len(off) + 1": SEARCH,
        "_one_factor: len(off) - 1 → len(off) - 2": SEARCH,
        "_one_factor: max(off.sum() / (len(off) * (len(off) - 1)), 0.01) → max(off.sum() / (len(off) * (len(off) - 1)), 1.01)": SEARCH,
        "_one_factor: loadings - before → loadings + before": "It goes on to the last round: the same loadings, later.",
    },
    "planning": {
        "sample_size: 1 + aim.level → 1 - aim.level": "The other tail: only the square of the value is used.",
        "sample_size: exact - 1e-09 → exact + 1e-09": NEVER_EQUAL,
        "_check: ('deff', aim.deff, 0.0, 1000000.0) → ('deff', aim.deff, 0.0, 1000001.0)": "An end that no design effect comes near to.",
    },
    "sampling/overlap": {
        "_wave: np.where(there, values, 0.0) → np.where(there, values, 1.0)": "What is filled in has a weight of nought.",
    },
    "sampling/replicates": {
        "balanced: np.where(firsts[:, None], 1, -1) * signs[design.first.unit_strata] → np.where(firsts[:, None], 1, -1) / signs[design.first.unit_strata]": "Signs are one or minus one.",
        "balanced: (1 - fay) * turned → (1 - fay) / turned": "Signs are one or minus one.",
        "balanced: 1 + (1 - fay) * turned → 1 - (1 - fay) * turned": "The other half of each pair: every half sample turned round.",
        "balanced: len(counts) + 1 → len(counts) + 2 (no. 2)": "A row of signs that no stratum uses.",
        "replicate_mean: np.where(there, values, 0.0) → np.where(there, values, 1.0)": "What is filled in has a weight of nought.",
    },
    "patterns/timing": {
        "time_standardise: abs(sum(mix.values()) - 1) <= 1e-09 → abs(sum(mix.values()) - 1) < 1e-09": NEVER_EQUAL,
    },
    "patterns/betas": {
        "(GRID, LIMIT_STEPS, FAINT): (40, 40, 0.0001) → (41, 40, 0.0001)": FINER,
        "(GRID, LIMIT_STEPS, FAINT): (40, 40, 0.0001) → (40, 41, 0.0001)": FINER,
        "(WEAKEST, STRONGEST): -6.0 → -7.0": FINER,
        "(WEAKEST, STRONGEST): (-6.0, 9.0) → (-6.0, 10.0)": FINER,
        "_grid: x.sum() + 0.5 → x.sum() - 0.5": FINER,
        "_grid: x.sum() + 0.5 → x.sum() + 1.5": FINER,
        "_grid: n.sum() + 1 → n.sum() - 1": FINER,
        "_grid: n.sum() + 1 → n.sum() + 2": FINER,
        "_grid: 8 / np.sqrt(len(n)) → 9 / np.sqrt(len(n))": FINER,
        "_grid: centre + wide * np.linspace(-1, 1, GRID) → centre - wide * np.linspace(-1, 1, GRID)": "The same points from the other end.",
    },
    "cautions": {
        "FEW_CLUSTERS: (50, 88) → (50, 89)": "Never printed: from fifty clusters on there is no caution; `validate uneven` holds it to chance.",
    },
    "change": {
        "_degrees: found.df or 1.0 → found.df or 2.0": "Without a degree of freedom there is no interval, and `change` has ended before.",
        "timing_cautions: distance(old, new) >= SHIFT - 1e-09 → distance(old, new) > SHIFT - 1e-09": NEVER_EQUAL,
        "_reach: 0.0 if limit is None else limit - found.estimate → 1.0 if limit is None else limit - found.estimate": "An estimate without limits does not come here: `change` has ended before; the branch is for the types.",
        "_score_limits: se > 0 → se >= 0": "With an error of nought the half width is nought either way: t is finite and multiplied by it.",
        "_two_sided: abs(difference) < 1e-12 → abs(difference) <= 1e-12": NEVER_EQUAL,
        "_verdict: found.ci_low is None or found.ci_high is None or found.p_holm is None → found.ci_low is None and found.ci_high is None and (found.p_holm is None)": "Limits and p value are missing together or not at all.",
        "_verdict: found.difference > 0 → found.difference >= 0": "A difference of nought lies within its own limits, so the verdict was given one line above.",
    },
    "columns/means": {
        "means: frame.units > 0 → frame.units >= 0": "Strata are those of the rows, so each has a unit.",
        "_frame: fraction > 1 + 1e-09 → fraction >= 1 + 1e-09": NEVER_EQUAL,
        "_plain: np.maximum(frame.units[cells.strata], 1) → np.maximum(frame.units[cells.strata], 2)": "A stratum with one unit is weighed by nought, or has no spread.",
        "_clustered: np.maximum(units, 1) → np.maximum(units, 2)": "A stratum with one unit is weighed by nought, or has no spread.",
        "_plain: (3, *totals.sums.shape) → (4, *totals.sums.shape)": "A fourth array of noughts that nobody reads.",
        "_summed: frame.units > 1 → frame.units >= 1": "One unit alone has no distance from its own mean: nought times the factor.",
        "_summed: np.where(frame.units > 1, (1 - frame.fraction) * frame.units / np.maximum(frame.units - 1, 1), 0.0) → np.where(frame.units > 1, (1 - frame.fraction) * frame.units / np.maximum(frame.units - 1, 1), 1.0)": "One unit alone has no distance from its own mean: nought times the factor.",
    },
    "rounding": {
        "rounded: Decimal(1) → Decimal(2)": "Only the exponent of this number is used.",
    },
    "combine": {
        "_bases: min(bases, default=0) → min(bases, default=1)": "Without any base neither default is below nought.",
    },
    "compare": {
        "groups_told_apart: adjusted <= 1 - level → adjusted < 1 - level": NEVER_EQUAL,
        "_Table.left: np.where(known, self.population, 2.0) → np.where(known, self.population, 3.0)": "Stands for an unknown population, whose factor is 1 two lines below.",
        "_Table.rest: mean * (1 - mean) → mean / (1 - mean)": "The variance of a rest of shares is not read: the test pools both shares.",
        "_Table.rest: 1 - mean → 1 + mean": "The variance of a rest of shares is not read: the test pools both shares.",
        "_Table.rest: 1 - mean → 2 - mean": "The variance of a rest of shares is not read: the test pools both shares.",
        "_p_values: np.abs(difference) > 1e-12 → np.abs(difference) >= 1e-12": NEVER_EQUAL,
        "_p_values: np.where(se > 0, se, 1.0) → np.where(se > 0, se, 2.0)": "Only keeps the division whole: without an error the p value is set below.",
        "_p_values: np.where(normal, 1.0, degrees) → np.where(normal, 2.0, degrees)": "Stands where the normal tail is taken instead.",
        "_p_values: np.minimum(2 * tail, 1.0) → np.minimum(2 * tail, 2.0)": "A tail from minus the size of the ratio is a half at most.",
        "_welch: bottom > 0 → bottom >= 0": "Without an error there are no degrees to take: the least of 1 stands either way.",
        "_welch: np.where(bottom > 0, bottom, 1.0) → np.where(bottom > 0, bottom, 2.0)": "Only keeps the division whole.",
        "_welch: np.where(bottom > 0, top / np.where(bottom > 0, bottom, 1.0), 1.0) → np.where(bottom > 0, top / np.where(bottom > 0, bottom, 1.0), 2.0)": "Without an error the p value is set without degrees of freedom.",
        "_pairs: own <= 1 - level → own < 1 - level": NEVER_EQUAL,
        "_runs: reached = 0 → reached = 1": "A stretch of two or more ends beyond 1 in any case.",
    },
    "composite": {
        "composite_scores: np.where(weight > 0, weight, 1.0) → np.where(weight > 0, weight, 2.0)": "Only keeps the division whole: without weight the answer is missing.",
    },
    "control": {
        "MOST: MOST = 1000000 → MOST = 1000001": "A cap on the search, far above any count of complaints.",
        "_upper: count <= 0 → count < 0": "The search begins at 1, so nought is never asked.",
        "_upper: 1.0 if count <= 0 else float(betainc(count, earlier + 1, share)) → 2.0 if count <= 0 else float(betainc(count, earlier + 1, share))": "The search begins at 1, so nought is never asked.",
        "_lower: 1.0 if earlier == 0 else float(1.0 - betainc(count + 1, earlier, share)) → 2.0 if earlier == 0 else float(1.0 - betainc(count + 1, earlier, share))": "Only compared with a tail below a half.",
        "_high: (0, 1) → (0, 2)": "Where the search begins does not move where it ends.",
        "_high: _upper(high, earlier, share) >= tail → _upper(high, earlier, share) > tail": NEVER_EQUAL,
        "_high: high < MOST → high <= MOST": "A cap on the search, far above any count of complaints.",
        "_high: 2 * high → 3 * high": "How the bracket grows does not move where the halving ends.",
        "_high: _upper(middle, earlier, share) >= tail → _upper(middle, earlier, share) > tail": NEVER_EQUAL,
        "_low: _lower(count, earlier, share) < tail → _lower(count, earlier, share) <= tail": NEVER_EQUAL,
    },
    "coverage": {
        "_against: low <= truth + 1e-12 → low < truth + 1e-12": NEVER_EQUAL,
        "_against: truth <= high + 1e-12 → truth < high + 1e-12": NEVER_EQUAL,
        "_chances: N - K → N + K": "What is let in has the logarithm of an infinite factorial below the line: its chance is nought.",
    },
    "design": {
        "Calibration: rounds: int = 1 → rounds: int = 2": "Every calibration says its rounds.",
        "Calibration: (1.0, 1.0) → (2.0, 1.0)": "Every calibration says its ratios.",
        "Calibration: (1.0, 1.0) → (1.0, 2.0)": "Every calibration says its ratios.",
        "Design.df: counts > 0 → counts >= 0": "Strata are those of the rows, so each has a unit.",
        "_check_nested: int(units.max()) + 1 → int(units.max()) + 2": "One place more that no unit has.",
        "_check_population: stage.population < stage.counts - 1e-09 → stage.population <= stage.counts - 1e-09": NEVER_EQUAL,
    },
    "drivers": {
        "_shared: np.linalg.eigvalsh(among)[0] < COLLINEAR → np.linalg.eigvalsh(among)[0] <= COLLINEAR": NEVER_EQUAL,
        "Draws: samples: int = 500 → samples: int = 501": "How many draws nobody asked for more or fewer of: a default.",
        "_lmg: 1 << p → 2 << p": "More places than sets: those beyond are never read.",
        "with_limits: len(parts) < draws.samples / 2 → len(parts) <= draws.samples / 2": "One draw in hundreds more or less: the half is a rule of thumb.",
    },
    "estimate": {
        "means_by: np.where(grouped.codes >= 0, values, 0.0) → np.where(grouped.codes >= 0, values, 1.0)": OUTSIDE,
        "means_by: np.where(grouped.codes >= 0, linear, 0.0) → np.where(grouped.codes >= 0, linear, 1.0)": OUTSIDE,
        "totals_by: np.where(grouped.codes >= 0, values, 0.0) → np.where(grouped.codes >= 0, values, 1.0)": OUTSIDE,
        "ratio: np.where(both, 0.0, np.nan) → np.where(both, 1.0, np.nan)": "Only which rows have a number is read.",
        "ratio: np.where(both, above - value * below, 0.0) → np.where(both, above - value * below, 1.0)": OUTSIDE,
        "_beta: found.se is None or found.df is None → found.se is None and found.df is None": TOGETHER,
        "quantile.at: len(ordered) - 1 → len(ordered) + 1": "The share asked for is below what the last value reaches, so the cap does not bind.",
        "quantile: below.ci_low is None or below.ci_high is None or below.df is None → below.ci_low is None and below.ci_high is None and (below.df is None)": TOGETHER,
        "quantile: min(below.ci_high, 1.0) → min(below.ci_high, 2.0)": "Beyond one the largest value is taken in any case.",
        "deff: max(n - 1, 1) → max(n - 1, 2)": "One answer has no spread: nought either way.",
        "_ready: -1 → -2": "Any number below nought is no domain.",
        "_one: t is not None and se is not None → t is not None or se is not None": TOGETHER,
        "contrast: np.where(grouped.codes >= 0, values, 0.0) → np.where(grouped.codes >= 0, values, 1.0)": OUTSIDE,
    },
    "suppress": {
        "_table: min((cell.households for cell in cells), default=0) → min((cell.households for cell in cells), default=1)": "Without any cell neither default is below nought.",
    },
    "columns/crossed": {
        "(BATCH, SAMPLE): (5, 1000) → (6, 1000)": "How many items go to the engine at once: no figure.",
        "(BATCH, SAMPLE): (5, 1000) → (5, 1001)": "From how many rows the centre is taken, and any centre gives the same figures.",
        "_centre: one if one is not None and np.isfinite(one) else 0.0 → one if one is not None and np.isfinite(one) else 1.0": "Any centre gives the same figures; it only saves digits.",
    },
    "columns/engines": {
        "(THREADS, NAME): (2, 'answers') → (3, 'answers')": "How many threads the engine has: no figure.",
        "_chdb.run: text + ' SETTINGS join_use_nulls = 1, aggregate_functions_null_for_empty = 1' → text - ' SETTINGS join_use_nulls = 1, aggregate_functions_null_for_empty = 1'": "Runs only where the extra of this engine is installed; `validate engines` ends there at once.",
    },
    "columns/relation": {
        "check: :12 → :13": "How many columns a refusal lists.",
    },
    "columns/totals": {
        "_two: one.clusters is not None and two.clusters is not None → one.clusters is not None or two.clusters is not None": "Parts of which only one has clusters were refused above.",
        "_two: one.squares is not None and two.squares is not None → one.squares is not None or two.squares is not None": "Squares are kept exactly where clusters are not, and unlike parts were refused above.",
        "_compact: keys.insert(1, totals.clusters) → keys.insert(2, totals.clusters)": "The cells are the same in another order, and no figure knows the order.",
        "_cells: keys[0] → keys[1]": "All keys have a label for each row.",
        "_cells: whole * len(distinct) + codes → whole * len(distinct) - codes": "The cells stay apart and are only numbered the other way round.",
    },
    "formulas": {
        "points_share: -1 → -2": "Any number below nought is refused alike.",
        "composite: abs(total - 1) > 1e-09 → abs(total - 1) >= 1e-09": NEVER_EQUAL,
    },
    "ipa": {
        "_side: found.ci_low is None or found.ci_high is None → found.ci_low is None and found.ci_high is None": TOGETHER,
        "_side: found.ci_low > line → found.ci_low >= line": "A lower limit on the line has been told unclear one line above.",
    },
    "linear": {
        "_calibrated: kinds if calibration is not None else 0 → kinds if calibration is not None else 1": "It is called for calibrated designs only; the branch is for the types.",
        "_stage: np.where(alone, 0.0, left * drawn / np.maximum(drawn - 1, 1)) → np.where(alone, 1.0, left * drawn / np.maximum(drawn - 1, 1))": "One unit has no distance from its own mean: nought times the factor.",
        "_lonely: counts > 0 → counts >= 0": "Strata are those of the rows, so each has a unit.",
    },
    "outcome": {
        "response_rate: min(known, default=0) → min(known, default=1)": "Without any count neither default is below nought.",
    },
    "scores": {
        "Sums.weighted: abs(self.w * self.w - self.n * self.w2) > 1e-09 * self.n * self.w2 → abs(self.w * self.w - self.n * self.w2) >= 1e-09 * self.n * self.w2": NEVER_EQUAL,
        "Sums.variance: size <= 1 → size < 1": "One answer has no spread, so the second condition holds.",
        "Sums.variance: spread <= rounding → spread < rounding": NEVER_EQUAL,
        "sums_of_counts: min(counts, default=0) → min(counts, default=1)": "Without any count neither default is below nought.",
        "mean_score: low is not None and high is not None → low is not None or high is not None": TOGETHER,
        "_bounds: 1e-09 * (span[1] - span[0]) → 1e-09 / (span[1] - span[0])": TOLERANCE,
        "_bounds: span[1] - span[0] → span[1] + span[0]": TOLERANCE,
        "_bounds: span[0] → span[1]": TOLERANCE,
        "_bounds: span[0] - edge <= value <= span[1] + edge → span[0] - edge < value <= span[1] + edge": NEVER_EQUAL,
        "_bounds: span[0] - edge <= value <= span[1] + edge → span[0] - edge <= value < span[1] + edge": NEVER_EQUAL,
        "t_value: lru_cache(maxsize=4096) → lru_cache(maxsize=4097)": "How many quantiles are kept: no figure.",
    },
    "proportion": {
        "weighted_share: 0 <= top <= total * (1 + 1e-12) → 0 <= top < total * (1 + 1e-12)": NEVER_EQUAL,
        "weighted_share: min(1.0, top / total) → min(2.0, top / total)": TOLERANCE,
        "kish: total > 0 → total >= 0": "A total of nought makes an effective number of nought, which is refused alike.",
        "kish: size > n * (1 + 1e-09) → size >= n * (1 + 1e-09)": NEVER_EQUAL,
        "whole: abs(x - round(x)) > 1e-09 → abs(x - round(x)) >= 1e-09": NEVER_EQUAL,
        "people_from_share: abs(nearest / n - share) > 0.5 * 10 ** (-(decimals + 2)) + 1e-12 → abs(nearest / n - share) >= 0.5 * 10 ** (-(decimals + 2)) + 1e-12": NEVER_EQUAL,
        "people_from_share: abs(share * n - nearest) > 1e-09 → abs(share * n - nearest) >= 1e-09": NEVER_EQUAL,
        "z_value: lru_cache(maxsize=64) → lru_cache(maxsize=65)": "How many quantiles are kept: no figure.",
        "_limits: x / n → x * n": "Of a full count: the bounds for the silent meet at the share, and the limits are cut to them.",
        "_limits: x / n → x * n (no. 2)": "Of a full count: the bounds for the silent meet at the share, and the limits are cut to them.",
        "_largest: N * wilson_limits(x / n, effective(n, n, N), 1 - 2 * tail)[1] → N / wilson_limits(x / n, effective(n, n, N), 1 - 2 * tail)[1]": SEARCH,
        "_largest: 1 - 2 * tail → 1 + 2 * tail": SEARCH,
        "_largest: 1 - 2 * tail → 2 - 2 * tail": SEARCH,
        "_largest: 2 * tail → 2 / tail": SEARCH,
        "_largest: 2 * tail → 3 * tail": SEARCH,
        "_largest: near + 3 → near - 3": SEARCH,
        "_largest: near + 3 → near + 4": SEARCH,
        "_largest: near - 2 → near + 2": SEARCH,
        "_largest: near - 2 → near - 3": SEARCH,
    },
    "given": {
        "_first_text: next((place for place, one in enumerate(rows) if not _numeric(one)), 0) → next((place for place, one in enumerate(rows) if not _numeric(one)), 1)": "Asked only where a row would not become a number, so one is found.",
        "_first_text: :40 → :41": "How many letters a refusal quotes.",
    },
}  # fmt: skip
