"""A table of means straight from a table in an engine: the one call for whoever has the answers there."""

from __future__ import annotations

from ibis.expr.types import Table as Answers

from anju.stats.columns.crossed import Crossed, crossed
from anju.stats.columns.engines import Run, here
from anju.stats.columns.means import Table, means
from anju.stats.columns.relation import Layout, check, key, totals
from anju.stats.columns.totals import Totals
from anju.stats.design import Lonely

MOST_CELLS = 200_000  # cells of cluster × group that come back from the engine as they are


def estimate_table(
    table: Answers,
    layout: Layout,
    *,
    run: Run = here,
    lonely: Lonely = Lonely.REFUSE,
    level: float = 0.95,
) -> Table:
    """Return the mean of every item in every group with its design-based error, added up by an engine.

    The figures are those of `means_by` from rows. `run` works an expression out, where that is not the
    business of the table's own engine. Errors: as `table_totals` and `table_means`.

    Example: `estimate_table(ibis.read_parquet("answers.parquet"), Layout(["q1"], "w", "stratum", "building", "project"))`.
    """
    check(table, layout)
    return means(_added(table, layout, run), lonely=lonely, level=level)


def _added(table: Answers, layout: Layout, run: Run) -> Totals | Crossed:
    """Return the sums of cells, or moments where groups lie across so many clusters as to be rows."""
    if layout.cluster is None or layout.by is None:
        return totals(table, layout, run)
    cells = table.select(a=key(table, layout.cluster), b=key(table, layout.by)).distinct()
    many = run(cells.aggregate(many=cells.count())).column("many")[0].as_py()
    return (totals if many <= MOST_CELLS else crossed)(table, layout, run)
