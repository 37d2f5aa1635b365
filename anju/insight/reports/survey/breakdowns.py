"""Groups side by side: figures, verdicts after Holm's correction, and who cannot be told apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from anju.insight.measured.choice import dimension_measure, measure_of
from anju.insight.measured.hiding import Wall, decide
from anju.insight.measured.items import Context
from anju.insight.measured.measure import Measure, about, shown, tested, valid
from anju.insight.measured.model import Breakdown, Cell, GroupRow, PairRow
from anju.insight.measured.words import KINDS, MODES, of
from anju.insight.reports.survey import sentences
from anju.stats.compare import Comparison, Group, against_the_rest, groups_told_apart
from anju.stats.results import Words
from anju.stats.suppress import State
from anju.tally.tables import GroupTally

MOST_COMPARED = 60


def breakdowns(context: Context, measure: Measure) -> tuple[Breakdown, ...]:
    """Return one breakdown a kind of group, suppression applied over all kinds together."""
    wanted = context.options.kinds or context.tally.kinds
    wall = decide(context.tally, context.options.k, lambda g: about(measure, g), context.hidden)
    cells = _cells(context)
    return tuple(
        _breakdown(context, measure, wall, kind, cells.get(kind, ()))
        for kind in context.tally.kinds
        if kind in wanted
    )


def _breakdown(
    context: Context, measure: Measure, wall: Wall, kind: str, cells: tuple[Cell, ...]
) -> Breakdown:
    groups = context.tally.of_kind(kind)
    open_ = [group for group in groups if wall.state(group) is State.SHOWN]
    sample = [tested(measure, g, context.base(g)) for g in open_ if valid(measure, g)]
    compared, rest = _compared(sample, context.options.level)
    rows = tuple(_row(context, measure, wall, group, rest) for group in groups)
    rows = _sorted((*rows, *_silent(context, kind, groups)))
    label = of(KINDS, kind)
    tie = sum(row.verdict == "tie" for row in rows)
    whole = context.whole(measure).figure
    seen = any(row.shown.state in (State.SHOWN, State.BAND) for row in rows)
    return Breakdown(
        kind=kind,
        label=label,
        title=_title(kind, rows, tie) if seen else sentences.none_shown(label),
        formula=measure.key,
        unit=measure.unit,
        rows=rows,
        reference=whole.estimate if whole else None,
        pairs=_pairs(compared),
        alike=compared.alike if compared else (),
        cells=cells,
        notes=_notes(kind, context.options.k, compared, rows),
    )


def _compared(
    sample: list[Group], level: float
) -> tuple[Comparison | None, Mapping[str, tuple[str, float]]]:
    if not 2 <= len(sample) <= MOST_COMPARED:
        return None, _verdicts(sample, level)
    return groups_told_apart(sample, level), _verdicts(sample, level)


def _verdicts(sample: list[Group], level: float) -> Mapping[str, tuple[str, float]]:
    return {
        pair.a: (
            ("high" if pair.difference > 0 else "low") if pair.told_apart else "tie",
            pair.p_holm,
        )
        for pair in against_the_rest(sample, level)
    }


def _pairs(compared: Comparison | None) -> tuple[PairRow, ...]:
    if compared is None:
        return ()
    return tuple(
        PairRow(pair.a, pair.b, pair.difference, pair.p_holm, pair.told_apart)
        for pair in compared.pairs
    )


def _said(
    kind: str, make: Callable[[Callable[[str], str]], tuple[Words, ...]]
) -> tuple[Words, ...]:
    """Return sentences that name groups; modes are codes of ours, all else people's own names."""
    if kind != "mode":
        return make(str)
    zh, en = make(lambda code: of(MODES, code).zh), make(lambda code: of(MODES, code).en)
    return tuple(Words(one.zh, other.en) for one, other in zip(zh, en, strict=True))


def _title(kind: str, rows: tuple[GroupRow, ...], tie: int) -> Words:
    def make(name: Callable[[str], str]) -> tuple[Words, ...]:
        low = [name(row.label) for row in rows if row.verdict == "low"]
        high = [name(row.label) for row in rows if row.verdict == "high"]
        return (sentences.groups(of(KINDS, kind), low, high, tie),)

    return _said(kind, make)[0]


def _notes(
    kind: str, k: int, compared: Comparison | None, rows: tuple[GroupRow, ...]
) -> tuple[Words, ...]:
    def make(name: Callable[[str], str]) -> tuple[Words, ...]:
        small = [name(row.label) for row in rows if row.shown.state is State.SMALL]
        beside = [name(row.label) for row in rows if row.shown.state is State.COMPLEMENT]
        runs = [[name(label) for label in run] for run in compared.alike] if compared else []
        return (*sentences.alike(runs), *sentences.hidden(small, beside, k))

    return _said(kind, make)


def _row(
    context: Context,
    measure: Measure,
    wall: Wall,
    group: GroupTally,
    rest: Mapping[str, tuple[str, float]],
) -> GroupRow:
    state = wall.state(group)
    frame = context.facts.frame(group.kind, group.label)
    verdict, p_holm = rest.get(group.label, ("", None)) if state is State.SHOWN else ("", None)
    return GroupRow(
        label=group.label,
        shown=context.shown(measure, group, state),
        population=frame.population if frame else None,
        issued=frame.issued if frame else None,
        verdict=verdict,
        p_holm=p_holm,
    )


def _silent(context: Context, kind: str, groups: tuple[GroupTally, ...]) -> tuple[GroupRow, ...]:
    """Return the groups of the frame that nobody answered in: no data, which is not nought."""
    seen = {group.label for group in groups}
    return tuple(
        GroupRow(
            label=frame.label,
            shown=shown(None, State.EMPTY, context.options.k),
            population=frame.population,
            issued=frame.issued,
        )
        for frame in context.facts.frames
        if frame.kind == kind and frame.label not in seen
    )


def _sorted(rows: tuple[GroupRow, ...]) -> tuple[GroupRow, ...]:
    return tuple(
        sorted(
            rows,
            key=lambda row: (
                row.shown.figure is None,
                -row.shown.figure.estimate if row.shown.figure else 0.0,
            ),
        )
    )


def _cells(context: Context) -> Mapping[str, tuple[Cell, ...]]:
    """Return every item and dimension in every group, each with a decision of its own."""
    found: dict[str, list[Cell]] = {}
    for what, measure in _measures(context):
        wall = decide(context.tally, context.options.k, partial(about, measure), context.hidden)
        for group in context.tally.groups[1:]:
            cell = Cell(group.label, what, context.shown(measure, group, wall.state(group)))
            found.setdefault(group.kind, []).append(cell)
    return {kind: tuple(cells) for kind, cells in found.items()}


def _measures(context: Context) -> list[tuple[str, Measure]]:
    items = context.tally.items
    asked = context.tally.recipe.asked
    found = [(items[at].code, measure_of(at, items[at], "share_top")) for at in asked]
    inside = context.tally.recipe.satisfaction
    names = dict.fromkeys(items[at].dimension for at in inside)
    if len(inside) > 1 and len(names) > 1 and None not in names:
        found += [(f"dim:{n}", dimension_measure(context.tally, n)) for n in names if n]
    return found if len(asked) > 1 else []
