"""What goes with satisfaction, all else alike: odds of being one level happier, group by group.

The model speaks of association and of no cause. Groups that are kept back stay out of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp

from anju.insight.measured.items import Context
from anju.insight.measured.model import Driver, DriverRow, Drivers, SurveyFigures
from anju.insight.measured.words import KINDS, of
from anju.insight.reports.survey.labels import say, text
from anju.paper.drawing import OddsAxis
from anju.paper.formats import count
from anju.paper.layout import Column, Row, Section
from anju.stats.patterns.ordinal import Factor, Ordered, ordered
from anju.stats.results import StatsError, Words
from anju.tally.joint import Cell, Joint
from anju.tally.tables import group_key

CHANCE = 0.05


def drivers_of(context: Context) -> Drivers | None:
    """Return what goes with the main item; None where nobody is told apart or it has two levels."""
    joint = context.tally.joint
    if joint is None or joint.place >= len(context.tally.items):
        return None
    shown = _shown(context, joint)
    cells = [
        cell for cell in joint.cells
        if all(label in shown[kind] for kind, label in zip(joint.kinds, cell.labels, strict=True))
    ]  # fmt: skip
    kinds = [
        (place, kind) for place, kind in enumerate(joint.kinds)
        if len({cell.labels[place] for cell in cells}) > 1
    ]  # fmt: skip
    levels = sorted({cell.level for cell in cells})
    if not kinds or len(levels) < 3:
        return None
    item = context.tally.items[joint.place]
    label = Words(item.zh or item.en, item.en or item.zh)
    try:
        found = _fitted(cells, kinds, levels, shown, clustered=joint.clustered)
    except StatsError as refused:
        return Drivers(
            label, _refused(), (), 0, 0, clustered=False, refused=Words(refused.zh, refused.en)
        )
    rows = tuple(_driver(one.driver, found, cells, kinds, shown) for one in found.drivers)
    left = context.tally.whole.people - int(found.n)
    return Drivers(label, _title(label, rows), rows, int(found.n), left, clustered=found.robust)


def _shown(context: Context, joint: Joint) -> Mapping[str, tuple[str, ...]]:
    """Return the groups of each kind that may be shown, in the order of the file."""
    return {
        kind: tuple(
            group.label for group in context.tally.of_kind(kind)
            if group.households >= context.options.k
            and group_key(kind, group.label) not in context.hidden
        )
        for kind in joint.kinds
    }  # fmt: skip


def _fitted(
    cells: list[Cell],
    kinds: list[tuple[int, str]],
    levels: list[int],
    shown: Mapping[str, tuple[str, ...]],
    *,
    clustered: bool,
) -> Ordered:
    there = {kind: {cell.labels[place] for cell in cells} for place, kind in kinds}
    factors = [
        Factor(kind, [cell.labels[place] for cell in cells],
               next(label for label in shown[kind] if label in there[kind]))
        for place, kind in kinds
    ]  # fmt: skip
    houses = [cell.building for cell in cells] if clustered else None
    return ordered(
        [cell.level for cell in cells], levels, factors,
        counts=[float(cell.people) for cell in cells], clusters=houses,
    )  # fmt: skip


def _driver(
    kind: str,
    found: Ordered,
    cells: list[Cell],
    kinds: list[tuple[int, str]],
    shown: Mapping[str, tuple[str, ...]],
) -> Driver:
    place = next(at for at, name in kinds if name == kind)
    people: dict[str, int] = {}
    for cell in cells:
        people[cell.labels[place]] = people.get(cell.labels[place], 0) + cell.people
    steps = {str(step.category): step for step in found.steps if step.driver == kind}
    rows = []
    for label in (label for label in shown[kind] if label in people):
        step = steps.get(label)
        ends = None if step is None else (exp(step.ci_low), exp(step.ci_high))
        rows.append(DriverRow(label, people[label], None if step is None else step.odds, ends))
    strength = next(one for one in found.drivers if one.driver == kind)
    return Driver(
        kind, of(KINDS, kind), strength.deviance, strength.df, strength.p_holm, tuple(rows)
    )


def _title(label: Words, rows: tuple[Driver, ...]) -> Words:
    """Name what goes most with the item, if anything does beyond chance."""
    if rows[0].p_holm >= CHANCE:
        return Words(
            f"没有一个因素与“{label.zh}”的关系超出偶然",
            f"Nothing goes with {label.en} beyond chance",
        )
    return Words(
        f"其他条件相同时，与“{label.zh}”关系最强的是“{rows[0].label.zh}”",
        f"All else alike, {rows[0].label.en} goes most with {label.en}",
    )


def _refused() -> Words:
    return Words("无法分析哪些因素与满意度有关", "What goes with satisfaction cannot be told")


def section(found: SurveyFigures, language: str) -> Section | None:
    """Return what goes with satisfaction as dots with intervals, the strongest driver first."""
    given = found.drivers
    if given is None:
        return None
    if given.refused is not None:
        said = text(given.refused, language)
        return Section("drivers", text(given.title, language), "", (), (), lead=said)
    axis = OddsAxis.of(
        [end for one in given.drivers for row in one.rows for end in row.limits or ()]
    )
    rows = [row for one in given.drivers for row in _rows(one, axis, language)]
    notes = [say("drivers_how", language)]
    notes.append(say("drivers_clustered" if given.clustered else "drivers_model", language))
    if given.left:
        notes.append(say("drivers_left", language).format(count(given.left), count(given.n)))
    return Section(
        key="drivers",
        title=text(given.title, language),
        subject=say("driver", language),
        columns=tuple(Column(say(key, language)) for key in ("odds", "ci", "n")),
        rows=tuple(rows),
        lead=say("drivers_note", language).format(text(given.label, language)),
        ticks=axis.ticks(),
        grid=axis.grid(),
        notes=tuple(notes),
        drawing=0.36,
    )


def _rows(one: Driver, axis: OddsAxis, language: str) -> list[Row]:
    rows = []
    for place, row in enumerate(one.rows):
        side = _side(row)
        limits = "–" if row.limits is None else f"{row.limits[0]:.2f}–{row.limits[1]:.2f}"
        odds = say("odds_base", language) if row.odds is None else f"{row.odds:.2f}"
        name = text(one.label, language)
        p = "p < 0.001" if one.p_holm < 0.001 else f"p = {one.p_holm:.3f}"
        rows.append(
            Row(
                label=f"{name} · {row.label}",
                sub=p if place == 0 else "",
                cells=(odds, limits, count(row.people)),
                marks=axis.marks(row.odds, row.limits, side or "ink"),
                sign=side,
            )
        )
    return rows


def _side(row: DriverRow) -> str:
    if row.limits is None:
        return ""
    return "high" if row.limits[0] > 1 else "low" if row.limits[1] < 1 else "tie"
