"""Which tests ought to notice a change in which module of `anju.stats`: paths below that room."""

from __future__ import annotations

COLUMNS, ESTIMATES = "columns/tests/test_columns.py", "tests/test_estimate.py"
HAND, ALONE = "tests/test_by_hand.py", "tests/test_one_cluster.py"
ORACLES, MANY, BAD = "tests/test_oracles.py", "tests/test_many.py", "tests/test_bad_input.py"
TESTS: dict[str, tuple[str, ...]] = {
    "adjust": ("tests/test_adjust.py", BAD),
    "calibrate": ("tests/test_calibrate.py", BAD),
    "cautions": ("tests/test_words.py", "tests/test_method.py", ALONE, ESTIMATES, "tests/test_papers.py"),
    "change": ("tests/test_change.py", BAD),
    "columns/crossed": (ALONE, "columns/tests/test_crossed.py"),
    "columns/engines": ("columns/tests/test_engines_opened.py", COLUMNS, "columns/tests/test_crossed.py"),
    "columns/grams": ("columns/tests/test_grams.py",),
    "columns/means": (ALONE, COLUMNS, "columns/tests/test_crossed.py"),
    "columns/relation": (COLUMNS, "columns/tests/test_crossed.py"),
    "columns/table": ("columns/tests/test_crossed.py",),
    "columns/totals": (COLUMNS, "columns/tests/test_crossed.py"),
    "combine": ("tests/test_combine.py", ORACLES),
    "compare": ("tests/test_compare.py", BAD),
    "composite": ("tests/test_composite.py",),
    "control": ("tests/test_control.py", BAD),
    "coverage": ("tests/test_coverage.py",),
    "design": ("tests/test_design.py", HAND, ESTIMATES, BAD),
    "drivers": ("tests/test_drivers.py", MANY, "columns/tests/test_grams.py", BAD),
    "estimate": (HAND, ALONE, ESTIMATES, "tests/test_design.py", "sampling/tests/test_domains.py", BAD),
    "evaluate": (ORACLES, "tests/test_formulas.py", BAD),
    "formulas": ("tests/test_formulas.py", ORACLES, "tests/test_composite.py", "tests/test_papers.py"),
    "given": (BAD, ESTIMATES),
    "ipa": ("tests/test_ipa.py", BAD),
    "linear": (HAND, ESTIMATES, "tests/test_design.py", "sampling/tests/test_domains.py"),
    "method": ("tests/test_method.py", ORACLES),
    "outcome": ("tests/test_outcome.py", ORACLES),
    "patterns/betas": ("patterns/tests/test_betas.py",),
    "patterns/ordinal": ("patterns/tests/test_ordinal_by_hand.py", "patterns/tests/test_ordinal.py"),
    "patterns/timing": ("patterns/tests/test_timing_by_hand.py", "patterns/tests/test_timing.py"),
    "planning": ("tests/test_planning.py", MANY, BAD),
    "pooled": ("tests/test_pooled_by_hand.py", "tests/test_pooled.py"),
    "proportion": ("tests/test_proportion_by_hand.py", "tests/test_proportion.py", BAD),
    "ranks": ("tests/test_ranks.py",),
    "reliability": ("tests/test_reliability.py", MANY, "columns/tests/test_grams.py", BAD),
    "results": ("tests/test_oracles.py", "tests/test_words.py", BAD),
    "rounding": ("tests/test_rounding.py",),
    "sampling/domains": ("sampling/tests/test_domains.py",),
    "sampling/nonresponse": ("sampling/tests/test_nonresponse_by_hand.py", "sampling/tests/test_nonresponse.py"),
    "sampling/overlap": ("sampling/tests/test_overlap.py",),
    "sampling/replicates": ("sampling/tests/test_replicates.py",),
    "sampling/scored": ("sampling/tests/test_scored.py", ALONE),
    "scales": ("tests/test_scales.py", "tests/test_formulas.py"),
    "scores": ("tests/test_scores.py", ORACLES, BAD),
    "servqual": ("tests/test_servqual.py", ORACLES),
    "silence": ("tests/test_silence.py", "tests/test_scores.py"),
    "suppress": ("tests/test_suppress.py",),
}  # fmt: skip
OURS = tuple(TESTS)
# Doors of packages: they name what others compute and have no arithmetic of their own.
LEFT_OUT = ("__init__", "columns/__init__", "patterns/__init__", "sampling/__init__")
SLOW = {  # these run last: others notice most mutants before them
    "test_pooled_shares_are_nearer_to_the_truth_and_their_limits_hold_it",
    "test_over_many_samples_pooled_scores_err_less_and_their_limits_hold",
    "test_a_gap_in_whole_numbers_is_one_group_without_a_name[totals]",
    "test_moments_of_clusters_give_what_their_sums_give",
    "test_no_hidden_cell_of_one_to_four_is_determined",
    "test_satisfied_and_dissatisfied_are_mirror_images",
    "test_estimates_know_no_order_of_rows_and_no_scale_of_weights",
}
