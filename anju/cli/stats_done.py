"""What `anju stats` works out: by sums from the engine where these suffice, else from rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from anju.cli.stats_asked import ROWS, Asked, named
from anju.cli.stats_room import check_room
from anju.kernel.pure.later import later
from anju.stats.calibrate import Margin, post_stratify, rake
from anju.stats.cautions import of_clusters
from anju.stats.columns.grams import grams
from anju.stats.design import Design, Floats, Lonely, design
from anju.stats.drivers import lmg_of
from anju.stats.estimate import means_by
from anju.stats.results import BadArgument, Caution, NoAnswers
from anju.stats.sampling.overlap import shift

if TYPE_CHECKING:
    from ibis.expr.types import Table as Relation
    from ibis.expr.types import Value
    from pyarrow import Table

    from anju.stats.columns.engines import Source


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of the answer; None where there is none, NaN never."""

    what: str
    item: str
    group: str
    estimate: float | None
    se: float | None
    low: float | None
    high: float | None
    n: int
    df: float | None
    cautions: tuple[Caution, ...] = ()

    @property
    def value(self) -> float:
        """The estimate of a line that has one."""
        assert self.estimate is not None
        return self.estimate


def lines(source: Source, wanted: Asked) -> Iterator[Line]:
    """Yield every figure that was asked for; errors as the statistics raise them, by column."""
    _present(source.table, wanted)
    rows = _answered(source, wanted)
    by_rows = wanted.engine == ROWS
    for option, asked in (("rake", wanted.rakes), ("change", wanted.changes), ("engine", by_rows)):
        if asked:
            check_room(rows, option)
    if wanted.items:
        summed = wanted.engine != ROWS and not wanted.rakes
        found = _summed(source, wanted) if summed else _by_rows(source, wanted)
        yield from (_scaled(line, wanted.index) for line in found)
    if wanted.changes:
        yield from _changed(source, wanted)
    if wanted.drivers:
        yield from _driven(source, *wanted.drivers)


def _present(table: Relation, wanted: Asked) -> None:
    for name in named(wanted):
        if name not in table.columns:
            there = ", ".join(table.columns[:12])
            raise BadArgument(
                name, en=f"There is no column “{name}”. There are: {there}.",
                zh=f"没有“{name}”列。现有列：{there}。",
            )  # fmt: skip


def _answered(source: Source, wanted: Asked) -> int:
    """Return how many rows there are; refuse none, and an item that nobody answered.

    Before its type is judged: a column without any value comes from a text file as words, and the
    refusal of words would mislead.
    """
    table = source.table
    counted = {f"n{at}": _seen(table, name).count() for at, name in enumerate(_items(wanted))}
    found = source.run(table.aggregate(rows=table.count(), **counted))
    rows = int(found.column("rows")[0].as_py())
    if not rows:
        raise NoAnswers("table", en="The table has no rows.", zh="表中没有数据行。")
    for at, name in enumerate(_items(wanted)):
        if not found.column(f"n{at}")[0].as_py():
            raise NoAnswers(
                name, en=f"Nobody answered “{name}”: leave it out.",
                zh=f"没有人回答“{name}”，请去掉。",
            )  # fmt: skip
    return rows


def _seen(table: Relation, name: str) -> Value:
    """Return a column in which NaN is missing too."""
    floats = table[name].type().is_floating()
    return later("anju.stats.columns.relation").number(table, name) if floats else table[name]


def _items(wanted: Asked) -> list[str]:
    """Return every column whose values are answers, each once."""
    pairs = [name for pair in wanted.changes for name in pair]
    both = [wanted.drivers[0], *wanted.drivers[1]] if wanted.drivers else []
    return list(dict.fromkeys([*wanted.items, *pairs, *both]))


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
        added(source.table, layout, source.run), lonely=Lonely(wanted.lonely), level=wanted.level
    )
    order = sorted(range(len(found.groups)), key=lambda at: _ordered(found.groups[at]))
    for place, item in enumerate(found.items):
        for at in order:
            group = found.groups[at]
            middle, se, low, high = (
                None if np.isnan(one[at, place]) else float(one[at, place])
                for one in (found.mean, found.se, found.low, found.high)
            )
            yield Line(
                "mean", item, _name(group), middle, se, low, high, int(found.n[at, place]),
                None if se is None else found.df, found.cautions_of(at, place),
            )  # fmt: skip


def _name(group: object) -> str:
    return "–" if group is None else str(group)


def _ordered(group: object) -> list[tuple[int, int, str]]:
    """Return how a group stands among others as people count: block 2 before block 10."""
    parts = re.findall(r"[0-9]+|[^0-9]+", _name(group))
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]


def _columns(source: Source, wanted: Asked) -> Table:
    return source.run(source.table.select(*named(wanted)))


def _numbers(columns: Table, name: str) -> Floats:
    """Return a column as numbers, NaN where missing; refuses words."""
    column = columns.column(name)
    types = later("pyarrow").types
    kind = column.type
    if column.null_count == len(column):
        return np.full(len(column), np.nan)
    if not (types.is_floating(kind) or types.is_integer(kind) or types.is_boolean(kind) or types.is_decimal(kind)):  # fmt: skip
        raise BadArgument(
            name, en=f"The column “{name}” holds text: numbers belong there.",
            zh=f"“{name}”列是文字，此处应为数值。",
        )  # fmt: skip
    return np.asarray(column.cast("float64").to_numpy(), dtype=np.float64)


def _labels(columns: Table, name: str) -> list[object]:
    """Return a column as labels: each is made once, however many rows have it; a gap is None."""
    told = columns.column(name).combine_chunks().dictionary_encode()
    names = [None if one != one else one for one in told.dictionary.to_pylist()]
    places = told.indices.fill_null(len(names)).to_numpy()
    made: list[object] = np.array([*names, None], dtype=object)[places].tolist()
    return made


def _design(columns: Table, wanted: Asked) -> Design:
    drawn = wanted.drawn
    made = design(
        _numbers(columns, drawn.weight) if drawn.weight else np.ones(columns.num_rows),
        strata=_labels(columns, drawn.strata) if drawn.strata else None,
        clusters=_labels(columns, drawn.cluster) if drawn.cluster else None,
        population=_numbers(columns, drawn.population) if drawn.population else None,
        lonely=Lonely(wanted.lonely),
    )
    margins = [Margin(one.column, _named(columns, one.column), one.totals) for one in wanted.rakes]
    if not margins:
        return made
    return post_stratify(made, margins[0]) if len(margins) == 1 else rake(made, margins)


def _named(columns: Table, name: str) -> list[str]:
    """Return labels in the words in which they are printed."""
    labels = _labels(columns, name)
    words = {one: _name(one) for one in set(labels)}
    return [words[one] for one in labels]


def _by_rows(source: Source, wanted: Asked) -> Iterator[Line]:
    columns = _columns(source, wanted)
    made = _design(columns, wanted)
    by = _named(columns, wanted.by) if wanted.by else [""] * columns.num_rows
    for item in wanted.items:
        values = _numbers(columns, item)
        there = {group for group, known in zip(by, np.isfinite(values), strict=True) if known}
        # A group in which nobody answered has no row of its own among the estimates: it is told as such.
        some = next(iter(there))
        told = [group if group in there else some for group in by]
        rows = {one.key: one.estimate for one in means_by(made, values, told, level=wanted.level)}
        for group in sorted(set(by), key=_ordered):
            e = rows.get(group)
            if e is None:
                yield Line("mean", item, group, None, None, None, None, 0, None)
                continue
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
        line, what="index", estimate=moved(line.estimate),
        se=None if line.se is None else line.se * factor, low=moved(line.low), high=moved(line.high),
    )  # fmt: skip


def _changed(source: Source, wanted: Asked) -> Iterator[Line]:
    columns = _columns(source, wanted)
    made = _design(columns, wanted)
    for before, after in wanted.changes:
        moved = shift(made, _numbers(columns, before), _numbers(columns, after), level=wanted.level)
        yield Line(
            "change", f"{before} → {after}", "", moved.difference, moved.se, moved.ci_low,
            moved.ci_high, moved.both, moved.df, of_clusters(len(made.first.unit_strata), made.n),
        )  # fmt: skip


def _driven(source: Source, outcome: str, names: Sequence[str]) -> Iterator[Line]:
    """Yield each driver's part, from products that are added up block by block."""
    arrow = source.run(source.table.select(*dict.fromkeys([outcome, *names])))
    columns = [_numbers(arrow, name) for name in (outcome, *names)]
    products = grams(columns, [outcome, *names], np.zeros(arrow.num_rows, dtype=np.int8))
    n = int(products.n[0]) if len(products.n) else 0
    found = lmg_of(np.nan_to_num(products.covariances()[0]), n, names)
    for name, part in zip(found.names, found.parts, strict=True):
        yield Line("driver", name, outcome, part, None, None, None, found.n, None)
    yield Line("r2", outcome, "", found.r2, None, None, None, found.n, None)
