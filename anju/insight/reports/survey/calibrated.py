"""The headline under weights that agree with known numbers of homes, with the error of that estimate.

Weights cure an uneven response, never silence that depends on satisfaction itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from anju.insight.measured.depth import Calibrated
from anju.insight.measured.hiding import decide
from anju.insight.measured.items import Context
from anju.insight.measured.measure import Measure, about, level_values
from anju.insight.measured.model import SurveyFigures
from anju.insight.measured.words import KINDS, of
from anju.insight.reports.survey.labels import say, text
from anju.paper.formats import count, figure, interval
from anju.paper.layout import Column, Row, Section
from anju.stats.calibrate import Margin, rake
from anju.stats.design import Design, Floats, design
from anju.stats.estimate import mean, share
from anju.stats.formulas import Kind
from anju.stats.results import Estimate, StatsError, Words
from anju.stats.suppress import State
from anju.tally.columns.small import Small
from anju.tally.scores import INDEX

if TYPE_CHECKING:
    import pyarrow as pa

COLUMN = {"building": "psu", "use_type": "use_type", "stratum": "stratum"}
MOST_PEOPLE, MOST_HOUSES = 20_000, 60


Columns = Callable[[], Small]


def calibrated_of(context: Context, measure: Measure, columns: Columns | None) -> Calibrated | None:
    """Return the calibrated headline; None where no margin is known or a part of one is kept back.

    The small tables are asked for only where a margin is known.

    A margin is known where each group of its kind has a population. With a group kept back nothing
    is shown: a second total would tell what the first one keeps to itself.
    """
    plain = context.whole(measure).figure
    if columns is None or plain is None or context.tally.whole.people > MOST_PEOPLE:
        return None
    known = _margins(context, measure)
    small = columns() if known else None
    if small is None or not holds(measure, small):
        return None
    names = tuple(of(KINDS, kind) for kind in known)
    try:
        fitted, values = _fitted(context, measure, small, known)
        found = _estimate(fitted, values, measure, context.options.level)
    except StatsError as refused:
        words = Words(refused.zh, refused.en)
        return Calibrated(measure.label, _refused(), names, plain, None, refused=words)
    weights = fitted.weights
    effect = len(weights) * float((weights**2).sum()) / float(weights.sum()) ** 2
    least, most = fitted.calibration.ratio if fitted.calibration is not None else (1.0, 1.0)
    return Calibrated(
        measure.label, _title(measure.label, plain, found, names), names, plain, found,
        effect, most / least,
    )  # fmt: skip


def holds(measure: Measure, small: Small) -> bool:
    """Say whether the small tables hold the headline: its item, or the index where no item leads."""
    if measure.scale is not None:
        return measure.place == small.main
    return small.main is None and measure.score == INDEX


def _margins(context: Context, measure: Measure) -> Mapping[str, Mapping[object, float]]:
    """Return the kinds whose every group is shown and counted, with the homes of each group."""
    wall = decide(context.tally, context.options.k, lambda g: about(measure, g), context.hidden)
    known: dict[str, Mapping[object, float]] = {}
    for kind in COLUMN:
        frames = [frame for frame in context.facts.frames if frame.kind == kind]
        groups = context.tally.of_kind(kind)
        open_ = all(wall.state(group) is State.SHOWN for group in groups)
        sizes: dict[object, float] = {f.label: float(f.population or 0) for f in frames}
        whole = len(sizes) >= 2 and all(sizes.values()) and len(sizes) <= MOST_HOUSES
        if open_ and whole and {group.label for group in groups} <= set(sizes):
            known[kind] = sizes
    return known


def _fitted(
    context: Context, measure: Measure, small: Small, known: Mapping[str, Mapping[object, float]]
) -> tuple[Design, Floats]:
    """Return the design of people, raked to the margins, and each one's value of the measure."""
    cells = small.rake_cells
    people = np.array(cells.column("n").to_pylist(), dtype=np.intp)
    base = np.repeat(np.array(cells.column("sum_w").to_pylist()) / people, people)
    size = context.facts.population
    whole = size if size is not None and size >= len(base) else None
    made = design(base, population=None if whole is None else [float(whole)] * len(base))
    margins = [
        Margin(
            kind, np.repeat(cells.column(COLUMN[kind]).to_pylist(), people).tolist(), dict(sizes)
        )
        for kind, sizes in known.items()
    ]
    return rake(made, margins), np.repeat(values_of(measure, small.rake_cells), people)


def values_of(measure: Measure, cells: pa.Table) -> Floats:
    """Return the measure's value of each cell, NaN where its people gave none."""
    if measure.scale is None:
        scores = cells.column("score").to_pylist()
        return np.array([np.nan if one is None else one for one in scores])
    table = [*level_values(measure)]
    table += [np.nan] * (len(measure.scale.levels) - len(table) + 1)  # the last: no answer
    return np.array([table[level] for level in cells.column("level").to_pylist()])


def _estimate(made: Design, values: Floats, measure: Measure, level: float) -> Estimate:
    is_share = measure.formula is not None and measure.formula.kind is Kind.SHARE
    found = share(made, values, level=level) if is_share else mean(made, values, level=level)
    return replace(found, unit=measure.unit, formula=measure.key)


def _title(label: Words, plain: Estimate, found: Estimate, names: tuple[Words, ...]) -> Words:
    by_zh, by_en = "、".join(n.zh for n in names), ", ".join(n.en.lower() for n in names)
    return Words(
        f"按{by_zh}的户数加权后，{label.zh}为{figure(found)}，未加权为{figure(plain)}",
        f"Weighted to the homes by {by_en}, {label.en} is {figure(found)}; unweighted {figure(plain)}",
    )


def _refused() -> Words:
    return Words("无法按已知户数加权", "Weights cannot be fitted to the known numbers of homes")


NOTE = Words(
    "权重使各组人数与已知户数一致，误差按加权后的估计计算。加权能纠正各组回收不均，不能纠正“不满意的人更少回答”。",
    "Weights agree with the known homes of each group; the error is that of the weighted estimate. "
    "They mend an uneven response, never that the dissatisfied answer less.",
)
HOW = Words("迭代比例拟合；校准后残差的线性化方差。权重放大方差{0}倍（基什），最大调整为最小的{1}倍。", "Raking; linearised variance of what the margins do not explain. Weights multiply the variance by {0} (Kish); the largest change is {1} times the smallest.")  # fmt: skip


def section(found: SurveyFigures, language: str) -> Section | None:
    """Return the weighted headline beside the unweighted one, or why it cannot be made."""
    given = found.calibrated
    if given is None:
        return None
    title = text(given.title, language)
    if given.refused is not None or given.found is None or given.plain is None:
        return Section("calibrated", title, "", (), (), lead=text(given.refused, language))
    rows = [
        Row(text(words, language), (figure(one), _limits(one, language), count(one.n)))
        for words, one in (
            (Words("未加权", "Unweighted"), given.plain),
            (Words("加权后", "Weighted"), given.found),
        )
    ]
    return Section(
        key="calibrated",
        title=title,
        subject=text(given.label, language),
        columns=tuple(Column(say(key, language)) for key in ("result", "ci", "n")),
        rows=tuple(rows),
        lead=text(NOTE, language),
        notes=(text(HOW, language).format(f"{given.effect:.2f}", f"{given.widest:.2f}"),),
    )


def _limits(one: Estimate, language: str) -> str:
    return interval(one, language) if one.has_interval else say("no_interval", language)
