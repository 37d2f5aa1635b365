"""Small buildings with more strength: direct and pooled side by side, and possible places.

Never a league table: where the places of two buildings overlap, neither is before the other.
"""

from __future__ import annotations

from anju.insight.measured.depth import PooledRow, Pooling
from anju.insight.measured.hiding import decide
from anju.insight.measured.items import Context
from anju.insight.measured.measure import Measure, about, tested, valid
from anju.insight.measured.model import SurveyFigures
from anju.insight.reports.survey.breakdowns import MOST_COMPARED
from anju.insight.reports.survey.labels import say, text
from anju.paper.drawing import DotAxis
from anju.paper.formats import count, percent, span, value
from anju.paper.layout import Column, Row, Section
from anju.stats.compare import Group, groups_told_apart
from anju.stats.pooled import LEAST_AREAS, Pool, small_area
from anju.stats.results import Estimate, Method, StatsError, Unit, Words
from anju.stats.suppress import State

SURE = 1e-4  # of a building that answered whole something is left, so that it can be weighed


def pooling_of(context: Context, measure: Measure) -> Pooling | None:
    """Return the buildings that may be shown, pooled; None where fewer than five can be.

    Buildings kept back stay out of the pool, so that nothing of them comes out by subtraction.
    """
    groups = context.tally.of_kind("building")
    wall = decide(context.tally, context.options.k, lambda g: about(measure, g), context.hidden)
    open_ = [g for g in groups if wall.state(g) is State.SHOWN and valid(measure, g)]
    if not LEAST_AREAS <= len(open_) <= MOST_COMPARED:
        return None
    given = [tested(measure, group, context.base(group)) for group in open_]
    plain = Pooling(measure.label, measure.key, measure.unit, _none(), (), 0.0)
    within = _within(given)
    if within <= 0:
        return None
    errors = [within / group.size * _unseen(group) for group in given]
    try:
        pool = small_area(
            [one.key for one in given],
            [one.mean for one in given],
            errors,
            level=context.options.level,
        )
    except StatsError as refused:
        return Pooling(
            plain.label, plain.formula, plain.unit, _none(), (), 0.0,
            refused=Words(refused.zh, refused.en),
        )  # fmt: skip
    rows = _rows(given, pool, measure, context.options.level)
    left = len(groups) - len(open_)
    return Pooling(plain.label, plain.formula, plain.unit, _title(rows), rows, pool.centre[0], left)


def _within(groups: list[Group]) -> float:
    """Return the variance of one answer within buildings, all buildings together."""
    free = sum(group.size - 1 for group in groups)
    spread = sum((group.size - 1) * group.variance for group in groups)
    return spread / free if free > 0 else 0.0


def _unseen(group: Group) -> float:
    """Return the share of a building's homes that did not answer; all of it where N is unknown."""
    return 1.0 if group.N is None else max(1 - group.n / group.N, SURE)


def _places(given: list[Group], level: float) -> dict[str, tuple[int, int]]:
    """Return the best and worst place of each, by the same comparisons as the table of buildings."""
    higher, lower = ({group.key: 0 for group in given} for _ in range(2))
    for pair in groups_told_apart(given, level).pairs:
        if pair.told_apart:
            up, down = (pair.a, pair.b) if pair.difference > 0 else (pair.b, pair.a)
            higher[down] += 1
            lower[up] += 1
    return {g.key: (1 + higher[g.key], len(given) - lower[g.key]) for g in given}


def _rows(given: list[Group], pool: Pool, measure: Measure, level: float) -> tuple[PooledRow, ...]:
    places = _places(given, level)
    low, high = measure.span if measure.unit is Unit.INDEX else _ends(measure.unit)
    found = [
        PooledRow(
            label=one.key,
            n=group.n,
            direct=one.direct,
            pooled=one.pooled,
            low=max(one.ci_low, low),
            high=min(one.ci_high, high),
            own=one.own,
            best=places[one.key][0],
            worst=places[one.key][1],
        )
        for one, group in zip(pool.areas, given, strict=True)
    ]
    return tuple(sorted(found, key=lambda row: (row.best + row.worst, row.label)))


def _ends(unit: Unit) -> tuple[float, float]:
    return (-100.0, 100.0) if unit is Unit.NPS else (0.0, 1.0)


def _title(rows: tuple[PooledRow, ...]) -> Words:
    many = len(rows)
    if all((row.best, row.worst) == (1, many) for row in rows):
        return Words(
            f"{many}栋楼无法区分：每一栋都可能是第1名，也可能是第{many}名",
            f"The {many} buildings cannot be told apart: each may be first or last",
        )
    first = sum(row.best == 1 for row in rows)
    last = sum(row.worst == many for row in rows)
    return Words(
        f"{many}栋楼中，{first}栋可能最高，{last}栋可能最低；名次有重叠的不分先后",
        f"Of {many} buildings {first} may be the highest and {last} the lowest; "
        "where places overlap nobody is before anybody",
    )


def _none() -> Words:
    return Words("无法合并估计各楼栋", "Buildings cannot be pooled")


NOTE = Words(
    "直接结果只用本楼的回答；合并结果向全部楼栋的平均靠拢，本楼回答越少靠得越多。“本楼的分量”为合并结果中本楼回答所占的比重。",
    "Direct: this building's answers alone. Pooled: drawn towards all buildings, the more the fewer answers it has. "
    "Own voice: the share of the pooled figure that is the building's own.",
)
HOW = Words(
    "合并：费伊-赫里奥特模型，楼间差异用限制性最大似然估计，误差计入该差异的不确定。名次：两两比较，经Holm校正，全部同时成立的把握为95%。异常的楼栋会被拉得过近，不要只凭合并结果评价任何人。",
    "Pooled: Fay and Herriot's model, spread between buildings by restricted likelihood, its own uncertainty in the limits. "
    "Places: pairwise with Holm's correction, all right at once with 95%. An outlying building is drawn in too far: judge nobody by it alone.",
)
LEFT = Words("另有{0}栋楼因回答户数太少而不展示，也不参加合并。", "{0} more buildings have too few homes to be shown and stay out of the pool.")  # fmt: skip
COLUMNS = (
    Words("直接结果", "Direct"),
    Words("合并结果", "Pooled"),
    Words("95%区间", "95% interval"),
    Words("本楼的分量", "Own voice"),
    Words("可能的名次", "Possible places"),
    Words("n", "n"),
)


def section(found: SurveyFigures, language: str) -> Section | None:
    """Return the pooled buildings as dots with intervals, and the places that each may have."""
    given = found.pooling
    if given is None:
        return None
    if given.refused is not None:
        said = text(given.refused, language)
        return Section("pooled", text(given.title, language), "", (), (), lead=said)
    unit = Unit(given.unit)
    dots = [_dot(row, unit) for row in given.rows]
    axis = DotAxis.of(dots, unit, *(row.direct for row in given.rows))
    notes = [text(HOW, language)]
    if given.left:
        notes.append(text(LEFT, language).format(count(given.left)))
    return Section(
        key="pooled",
        title=text(given.title, language),
        subject=say("building", language),
        columns=tuple(Column(text(words, language)) for words in COLUMNS),
        rows=tuple(
            Row(
                label=row.label,
                marks=axis.marks(dot, None, reference=given.centre),
                cells=(
                    value(row.direct, unit),
                    value(row.pooled, unit),
                    span(row.low, row.high, unit, language),
                    percent(row.own, 0),
                    f"{row.best}–{row.worst}" if row.best < row.worst else f"{row.best}",
                    count(row.n),
                ),
            )
            for row, dot in zip(given.rows, dots, strict=True)
        ),
        lead=text(NOTE, language),
        notes=tuple(notes),
        ticks=axis.ticks(),
        grid=axis.grid(),
        drawing=0.3,
    )


def _dot(row: PooledRow, unit: Unit) -> Estimate:
    return Estimate(
        row.pooled, None, None, row.low, row.high, row.n, None, None, Method.LINEAR, unit=unit
    )
