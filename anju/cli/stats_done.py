"""What `anju stats` works out: by sums from the engine where these suffice, else from rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from anju.cli.stats_asked import ROWS, Asked, named
from anju.kernel.pure.later import later
from anju.stats.calibrate import Margin, post_stratify, rake
from anju.stats.cautions import of_clusters
from anju.stats.design import Design, Floats, design
from anju.stats.drivers import lmg
from anju.stats.estimate import means_by
from anju.stats.results import BadArgument, Caution
from anju.stats.sampling.overlap import shift

if TYPE_CHECKING:
    from ibis.expr.types import Table as Relation

    from anju.stats.columns.engines import Source


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of the answer; None where there is none, NaN never."""

    what: str
    item: str
    group: str
    estimate: float
    se: float | None
    low: float | None
    high: float | None
    n: int
    df: float | None
    cautions: tuple[Caution, ...] = ()


def lines(source: Source, wanted: Asked) -> Iterator[Line]:
    """Yield every figure that was asked for; errors as the statistics raise them, by column."""
    _present(source.table, wanted)
    if wanted.items:
        summed = wanted.engine != ROWS and not wanted.rakes
        found = _summed(source, wanted) if summed else _by_rows(source, wanted)
        yield from (_scaled(line, wanted.index) for line in found)
    if wanted.changes or wanted.drivers:
        yield from _others(source, wanted)


def _present(table: Relation, wanted: Asked) -> None:
    for name in named(wanted):
        if name not in table.columns:
            there = ", ".join(table.columns[:12])
            raise BadArgument(
                name, en=f"There is no column “{name}”. There are: {there}.",
                zh=f"没有“{name}”列。现有列：{there}。",
            )  # fmt: skip


def _summed(source: Source, wanted: Asked) -> Iterator[Line]:
    columns, drawn = later("anju.stats.columns.relation"), wanted.drawn
    # Groups may lie across clusters, and then cells are as many as rows: the engine adds up twice.
    across = drawn.cluster and wanted.by
    added = later("anju.stats.columns.crossed").crossed if across else columns.totals
    layout = columns.Layout(
        wanted.items, drawn.weight or None, drawn.strata or None, drawn.cluster or None,
        wanted.by or None, drawn.population or None,
    )  # fmt: skip
    found = later("anju.stats.columns.means").means(
        added(source.table, layout, source.run), level=wanted.level
    )
    order = sorted(range(len(found.groups)), key=lambda at: _ordered(found.groups[at]))
    for place, item in enumerate(found.items):
        for at in order:
            group = found.groups[at]
            if not found.n[at, place]:
                continue
            middle, se, low, high = (
                None if np.isnan(one[at, place]) else float(one[at, place])
                for one in (found.mean, found.se, found.low, found.high)
            )
            yield Line(
                "mean", item, _name(group), middle or 0.0, se, low, high, int(found.n[at, place]),
                None if se is None else found.df, found.cautions_of(at, place),
            )  # fmt: skip


def _name(group: object) -> str:
    return "–" if group is None else str(group)


def _ordered(group: object) -> list[tuple[int, int, str]]:
    """Return how a group stands among others as people count: block 2 before block 10."""
    parts = re.findall(r"[0-9]+|[^0-9]+", _name(group))
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]


def _columns(source: Source, wanted: Asked) -> dict[str, list[object]]:
    arrow = source.run(source.table.select(*named(wanted)))
    return {name: arrow.column(name).to_pylist() for name in arrow.column_names}


def _number(values: Sequence[object], name: str) -> Floats:
    found = np.full(len(values), np.nan)
    for row, value in enumerate(values):
        if value is not None:
            if isinstance(value, str):
                raise BadArgument(
                    name, en=f"The column “{name}” holds text: numbers belong there.",
                    zh=f"“{name}”列是文字，此处应为数值。",
                )  # fmt: skip
            found[row] = float(value)  # type: ignore[arg-type]
    return found


def _design(columns: dict[str, list[object]], wanted: Asked) -> Design:
    drawn = wanted.drawn
    rows = len(next(iter(columns.values())))
    weights = _number(columns[drawn.weight], drawn.weight) if drawn.weight else np.ones(rows)
    made = design(
        weights, strata=columns[drawn.strata] if drawn.strata else None,
        clusters=columns[drawn.cluster] if drawn.cluster else None,
        population=_number(columns[drawn.population], drawn.population) if drawn.population else None,
    )  # fmt: skip
    margins = [
        Margin(
            one.column,
            [_name(value) for value in columns[one.column]],
            one.totals,
        )
        for one in wanted.rakes
    ]
    if not margins:
        return made
    return post_stratify(made, margins[0]) if len(margins) == 1 else rake(made, margins)


def _by_rows(source: Source, wanted: Asked) -> Iterator[Line]:
    columns = _columns(source, wanted)
    made = _design(columns, wanted)
    by = [_name(one) for one in columns[wanted.by]] if wanted.by else None
    for item in wanted.items:
        rows = means_by(made, _number(columns[item], item), by, level=wanted.level)
        for one in sorted(rows, key=lambda row: _ordered(row.key)):
            e = one.estimate
            group = str(one.key) if wanted.by else ""
            yield Line(
                "mean", item, group, e.estimate, e.se, e.ci_low, e.ci_high, e.n, e.df, e.warnings
            )


def _scaled(line: Line, ends: tuple[float, float] | None) -> Line:
    """Return a mean as an index of 0 to 100 on a scale with these ends."""
    if ends is None:
        return line
    low, factor = ends[0], 100 / (ends[1] - ends[0])

    def moved(value: float | None) -> float | None:
        return None if value is None else (value - low) * factor

    return replace(
        line, what="index", estimate=(line.estimate - low) * factor,
        se=None if line.se is None else line.se * factor, low=moved(line.low), high=moved(line.high),
    )  # fmt: skip


def _others(source: Source, wanted: Asked) -> Iterator[Line]:
    columns = _columns(source, wanted)
    made = _design(columns, wanted)
    for before, after in wanted.changes:
        moved = shift(
            made, _number(columns[before], before), _number(columns[after], after),
            level=wanted.level,
        )  # fmt: skip
        yield Line(
            "change", f"{before} → {after}", "", moved.difference, moved.se, moved.ci_low,
            moved.ci_high, moved.both, moved.df, of_clusters(len(made.first.unit_strata), made.n),
        )  # fmt: skip
    if wanted.drivers:
        outcome, names = wanted.drivers
        x = np.column_stack([_number(columns[name], name) for name in names])
        found = lmg(_number(columns[outcome], outcome), x, names)
        for name, part in zip(found.names, found.parts, strict=True):
            yield Line("driver", name, outcome, part, None, None, None, found.n, None)
        yield Line("r2", outcome, "", found.r2, None, None, None, found.n, None)
