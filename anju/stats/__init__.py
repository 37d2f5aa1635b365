"""Statistics of owner satisfaction: pure functions on numbers, without database, clock or files.

`from anju import stats` gives everything that is named below; a part is read in when it is first asked
for. A name that a module has already is given with a longer one: `survey_design`, `wave_change`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anju.stats.adjust import Adjust, adjust_p
    from anju.stats.calibrate import Margin, greg, post_stratify, rake, trim
    from anju.stats.change import Change, Measured, Verdict
    from anju.stats.change import change as wave_change
    from anju.stats.columns.engines import Engine, Source
    from anju.stats.columns.engines import source as engine_source
    from anju.stats.columns.grams import Grams, grams, merge_grams
    from anju.stats.columns.means import Table
    from anju.stats.columns.means import means as table_means
    from anju.stats.columns.relation import Layout
    from anju.stats.columns.relation import totals as table_totals
    from anju.stats.columns.table import estimate_table
    from anju.stats.columns.totals import Totals
    from anju.stats.columns.totals import merge as merge_totals
    from anju.stats.combine import Part, overall
    from anju.stats.compare import Comparison, Group, groups_told_apart, score_group, share_group
    from anju.stats.coverage import coverage_table
    from anju.stats.design import Calibration, Design, Lonely, Stage, second_stage
    from anju.stats.design import design as survey_design
    from anju.stats.drivers import (
        Draws,
        Drivers,
        johnson,
        johnson_of,
        lmg,
        lmg_of,
        with_limits,
    )
    from anju.stats.estimate import (
        Domain,
        contrast,
        deff,
        mean,
        means_by,
        quantile,
        ratio,
        share,
        total,
        totals_by,
    )
    from anju.stats.evaluate import Counts
    from anju.stats.evaluate import evaluate as evaluate_counts
    from anju.stats.formulas import Formula, mean_index, nps, points_share, share_top
    from anju.stats.formulas import composite as composite_formula
    from anju.stats.method import MethodRow, SurveyFacts, method_statement
    from anju.stats.outcome import Outcomes, Rate, Rates, outcome_rates, response_rate
    from anju.stats.patterns.betas import Counted, PooledShares, beta_binomial
    from anju.stats.patterns.ordinal import Factor, Ordered, chances, ordered
    from anju.stats.patterns.timing import Standardised, TimeEffect, time_effect, time_standardise
    from anju.stats.planning import Aim, Needed, Rule, Stratum, allocate, sample_size
    from anju.stats.pooled import Area, Pool, Pooled, random_intercepts, small_area
    from anju.stats.proportion import proportion_ci, weighted_proportion_ci
    from anju.stats.ranks import Scored, rank_intervals
    from anju.stats.reliability import Alpha, Omega, alpha, alpha_of, omega
    from anju.stats.results import (
        BadArgument,
        BadCounts,
        BadDesign,
        BadScale,
        BadWeights,
        BasesMissing,
        Bounds,
        Caution,
        Estimate,
        Method,
        NoAnswers,
        NotCalibrated,
        NotIdentified,
        NotWhole,
        ScaleMismatch,
        StatsError,
        Suppressed,
        Unit,
        Words,
    )
    from anju.stats.sampling.domains import quantiles_by, ratios_by, shares_by
    from anju.stats.sampling.nonresponse import (
        Answered,
        Effort,
        Representative,
        effort_curve,
        nonresponse_cells,
        propensities,
        r_indicator,
    )
    from anju.stats.sampling.overlap import Shift, Turned, shift, turned
    from anju.stats.sampling.replicates import (
        Replicates,
        Replication,
        balanced,
        bootstrap,
        jackknife,
        replicate,
        replicate_mean,
    )
    from anju.stats.sampling.scored import (
        Aimed,
        Gaps,
        composite_index,
        index_score,
        net_promoters,
        top_box,
    )
    from anju.stats.sampling.scored import (
        ipa as importance_performance,
    )
    from anju.stats.sampling.scored import (
        servqual as servqual_gaps,
    )
    from anju.stats.scales import Level, Scale, scale
    from anju.stats.scores import Sums, mean_score, sums_of_counts, sums_of_rows
    from anju.stats.silence import bounds_nonresponse
    from anju.stats.suppress import Cell, Suppression
    from anju.stats.suppress import suppress as suppress_small

__all__ = [
    "Adjust",
    "Aim",
    "Aimed",
    "Alpha",
    "Answered",
    "Area",
    "BadArgument",
    "BadCounts",
    "BadDesign",
    "BadScale",
    "BadWeights",
    "BasesMissing",
    "Bounds",
    "Calibration",
    "Caution",
    "Cell",
    "Change",
    "Comparison",
    "Counted",
    "Counts",
    "Design",
    "Domain",
    "Draws",
    "Drivers",
    "Effort",
    "Engine",
    "Estimate",
    "Factor",
    "Formula",
    "Gaps",
    "Grams",
    "Group",
    "Layout",
    "Level",
    "Lonely",
    "Margin",
    "Measured",
    "Method",
    "MethodRow",
    "Needed",
    "NoAnswers",
    "NotCalibrated",
    "NotIdentified",
    "NotWhole",
    "Omega",
    "Ordered",
    "Outcomes",
    "Part",
    "Pool",
    "Pooled",
    "PooledShares",
    "Rate",
    "Rates",
    "Replicates",
    "Replication",
    "Representative",
    "Rule",
    "Scale",
    "ScaleMismatch",
    "Scored",
    "Shift",
    "Source",
    "Stage",
    "Standardised",
    "StatsError",
    "Stratum",
    "Sums",
    "Suppressed",
    "Suppression",
    "SurveyFacts",
    "Table",
    "TimeEffect",
    "Totals",
    "Turned",
    "Unit",
    "Verdict",
    "Words",
    "adjust_p",
    "allocate",
    "alpha",
    "alpha_of",
    "balanced",
    "beta_binomial",
    "bootstrap",
    "bounds_nonresponse",
    "chances",
    "composite_formula",
    "composite_index",
    "contrast",
    "coverage_table",
    "deff",
    "effort_curve",
    "engine_source",
    "estimate_table",
    "evaluate_counts",
    "grams",
    "greg",
    "groups_told_apart",
    "importance_performance",
    "index_score",
    "jackknife",
    "johnson",
    "johnson_of",
    "lmg",
    "lmg_of",
    "mean",
    "mean_index",
    "mean_score",
    "means_by",
    "merge_grams",
    "merge_totals",
    "method_statement",
    "net_promoters",
    "nonresponse_cells",
    "nps",
    "omega",
    "ordered",
    "outcome_rates",
    "overall",
    "points_share",
    "post_stratify",
    "propensities",
    "proportion_ci",
    "quantile",
    "quantiles_by",
    "r_indicator",
    "rake",
    "random_intercepts",
    "rank_intervals",
    "ratio",
    "ratios_by",
    "replicate",
    "replicate_mean",
    "response_rate",
    "sample_size",
    "scale",
    "score_group",
    "second_stage",
    "servqual_gaps",
    "share",
    "share_group",
    "share_top",
    "shares_by",
    "shift",
    "small_area",
    "sums_of_counts",
    "sums_of_rows",
    "suppress_small",
    "survey_design",
    "table_means",
    "table_totals",
    "time_effect",
    "time_standardise",
    "top_box",
    "total",
    "totals_by",
    "trim",
    "turned",
    "wave_change",
    "weighted_proportion_ci",
    "with_limits",
]

_HOMES = {
    "anju.stats.adjust": "Adjust adjust_p",
    "anju.stats.calibrate": "Margin post_stratify rake greg trim",
    "anju.stats.change": "Change Measured Verdict change=wave_change",
    "anju.stats.columns.engines": "Engine Source source=engine_source",
    "anju.stats.columns.grams": "Grams grams merge_grams",
    "anju.stats.columns.means": "Table means=table_means",
    "anju.stats.columns.relation": "Layout totals=table_totals",
    "anju.stats.columns.table": "estimate_table",
    "anju.stats.columns.totals": "Totals merge=merge_totals",
    "anju.stats.combine": "Part overall",
    "anju.stats.compare": "Comparison Group share_group score_group groups_told_apart",
    "anju.stats.coverage": "coverage_table",
    "anju.stats.design": "Design Lonely Stage Calibration design=survey_design second_stage",
    "anju.stats.drivers": "Draws Drivers lmg lmg_of johnson johnson_of with_limits",
    "anju.stats.estimate": "Domain mean means_by total totals_by ratio share quantile contrast deff",
    "anju.stats.evaluate": "Counts evaluate=evaluate_counts",
    "anju.stats.formulas": "Formula share_top points_share mean_index nps composite=composite_formula",
    "anju.stats.method": "MethodRow SurveyFacts method_statement",
    "anju.stats.outcome": "Outcomes Rates Rate outcome_rates response_rate",
    "anju.stats.patterns.betas": "Counted PooledShares beta_binomial",
    "anju.stats.patterns.ordinal": "Factor Ordered ordered chances",
    "anju.stats.patterns.timing": "Standardised TimeEffect time_effect time_standardise",
    "anju.stats.planning": "Aim Needed Rule Stratum sample_size allocate",
    "anju.stats.pooled": "Area Pool Pooled small_area random_intercepts",
    "anju.stats.proportion": "proportion_ci weighted_proportion_ci",
    "anju.stats.ranks": "Scored rank_intervals",
    "anju.stats.reliability": "Alpha Omega alpha alpha_of omega",
    "anju.stats.results": "Estimate Bounds Caution Method Unit Words StatsError BadArgument BadCounts BadDesign BadScale BadWeights BasesMissing NoAnswers NotCalibrated NotIdentified NotWhole ScaleMismatch Suppressed",
    "anju.stats.sampling.domains": "shares_by ratios_by quantiles_by",
    "anju.stats.sampling.nonresponse": "Answered Effort Representative nonresponse_cells propensities r_indicator effort_curve",
    "anju.stats.sampling.overlap": "Shift Turned shift turned",
    "anju.stats.sampling.replicates": "Replicates Replication jackknife balanced bootstrap replicate replicate_mean",
    "anju.stats.sampling.scored": "Gaps Aimed top_box index_score net_promoters composite_index servqual=servqual_gaps ipa=importance_performance",
    "anju.stats.scales": "Level Scale scale",
    "anju.stats.scores": "Sums sums_of_counts sums_of_rows mean_score",
    "anju.stats.silence": "bounds_nonresponse",
    "anju.stats.suppress": "Cell Suppression suppress=suppress_small",
}


def __getattr__(name: str) -> object:
    """Read in the part that a public name comes from, once."""
    home = _PLACES.get(name)
    if home is None:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    found: object = getattr(import_module(home[0]), home[1])
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """Name what can be asked for."""
    return sorted({*globals(), *__all__})


def _places() -> dict[str, tuple[str, str]]:
    """Return the module and the inner name of each public name."""
    found = {}
    for module, names in _HOMES.items():
        for word in names.split():
            inner, _, outer = word.partition("=")
            found[outer or inner] = (module, inner)
    return found


_PLACES = _places()
