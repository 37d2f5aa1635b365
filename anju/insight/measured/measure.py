"""One figure under one formula, for any group: its estimate, its test group, what may be shown."""

from __future__ import annotations

from dataclasses import dataclass, replace

from anju.insight.measured.hiding import About
from anju.insight.measured.model import Shown
from anju.insight.measured.words import state_note
from anju.stats.compare import Group, score_group, share_group, weighted_share_group
from anju.stats.evaluate import evaluate, points_of_people
from anju.stats.formulas import Formula, Kind
from anju.stats.results import Bounds, Estimate, Unit, Words
from anju.stats.scales import Scale
from anju.stats.scores import Sums, mean_score, sums_of_counts
from anju.stats.suppress import State, band
from anju.tally.tables import GroupTally, Hist

FEW_BELOW = 30


@dataclass(frozen=True, slots=True)
class Measure:
    """A formula bound to an item (`place` 0 or more) or to one score a person (`score`).

    `span` holds the ends of the score; `most` the points of a full form for a share of points,
    whose items stand at `places` and have `widths` levels with a value.
    """

    key: str
    label: Words
    unit: Unit
    signature: str
    place: int = -1
    formula: Formula | None = None
    scale: Scale | None = None
    score: str = ""
    span: tuple[float, float] = (0.0, 100.0)
    most: float = 0.0
    places: tuple[int, ...] = ()
    widths: tuple[int, ...] = ()


def item_measure(place: int, formula: Formula, scale: Scale, label: Words) -> Measure:
    """Bind a formula to an item."""
    units = {Kind.MEAN: Unit.INDEX, Kind.NPS: Unit.NPS}
    return Measure(
        key=formula.key,
        label=label,
        unit=units.get(formula.kind, Unit.SHARE),
        signature=scale.signature,
        place=place,
        formula=formula,
        scale=scale,
    )


def valid(measure: Measure, group: GroupTally) -> int:
    """Return how many people the figure of a group rests on."""
    if measure.scale is None:
        found = group.scores.get(measure.score)
        return found.sums.n if found else 0
    return sum(group.hists[measure.place].n[: len(measure.scale.valued)])


def about(measure: Measure, group: GroupTally) -> About:
    """Return what the decision about showing needs: households, and whether all answered alike."""
    if measure.scale is None:
        found = group.scores.get(measure.score)
        if found is None:
            return About(0)
        same = found.sums.n > 0 and found.sums.variance == 0
        return About(found.households, f"{found.sums.mean:.9g}" if same else None)
    hist = group.hists[measure.place]
    return About(answering(group, measure.place, measure.scale), _alike(measure, hist))


def answering(group: GroupTally, place: int, scale: Scale) -> int:
    """Return the homes behind an item: with a value, or where none has, those it does not apply to.

    Homes are not kept of the latter: it is the fewest that so many people can come from.
    """
    hist = group.hists[place]
    silent = sum(hist.n[len(scale.valued) :])
    if hist.households or not silent:
        return hist.households
    return max(1, silent - (group.people - group.households))


def _alike(measure: Measure, hist: Hist) -> str | None:
    """Return what everybody answered; of a share only in or out of the top set is told."""
    assert measure.scale is not None
    levels = measure.scale.valued
    used = [level.code for level, n in zip(levels, hist.n, strict=False) if n]
    if measure.formula is None or measure.formula.kind is not Kind.SHARE:
        return used[0] if len(used) == 1 else None
    inside = {code in measure.formula.top for code in used}
    return None if len(inside) != 1 else ("top" if inside.pop() else "rest")


def estimate(measure: Measure, group: GroupTally, base: int | None, level: float) -> Estimate:
    """Compute the figure of a group; a base smaller than the answers is not used.

    Errors: NoAnswers where nobody answered.
    """
    n = valid(measure, group)
    people = base if base is not None and base >= n else None
    if measure.scale is not None and measure.formula is not None:
        counts = group.hists[measure.place].counts
        return evaluate(measure.formula, measure.scale, counts, people, level)
    found = group.scores.get(measure.score)
    sums = found.sums if found else Sums.plain(0, 0.0, 0.0)
    if measure.most:
        scaled, least = sums.scaled(measure.most), measure.span[0] * measure.most
        share = points_of_people(
            scaled, measure.most, people, least=least, formula=measure.key, level=level
        )
        # With items left out these are no points that anybody gave, but a mean of shares.
        return (
            share if complete(measure, group) else replace(share, numerator=None, denominator=None)
        )
    return mean_score(
        sums, measure.span, people, unit=measure.unit, formula=measure.key, level=level
    )


def complete(measure: Measure, group: GroupTally) -> bool:
    """Say whether everybody answered every item of a score."""
    asked = zip(measure.places, measure.widths, strict=True)
    return all(
        not group.hists[place].missing and not any(group.hists[place].n[width:])
        for place, width in asked
    )


def tested(measure: Measure, group: GroupTally, base: int | None) -> Group:
    """Describe a group for comparison with others."""
    n = valid(measure, group)
    people = base if base is not None and base >= n else None
    if measure.scale is None or measure.formula is None:
        return replace(score_group(group.label, group.scores[measure.score].sums, people))
    hist = group.hists[measure.place]
    if measure.formula.kind is Kind.SHARE:
        return _share_group(measure, group.label, hist, people)
    values = [value or 0.0 for value in _values(measure)]
    keep = len(measure.scale.valued)
    sums = sums_of_counts(
        values,
        hist.n[:keep],
        None if hist.weights is None else hist.weights[:keep],
        None if hist.squares is None else hist.squares[:keep],
    )
    return score_group(group.label, sums, people)


def _values(measure: Measure) -> list[float]:
    assert measure.scale is not None
    assert measure.formula is not None
    table = dict(measure.formula.weights)
    if measure.formula.kind is Kind.POINTS:
        most = max(table.values())
        return [table[level.code] / most for level in measure.scale.valued]
    if measure.formula.kind is Kind.NPS:
        best, worst = measure.formula.top, measure.formula.low
        return [100.0 * ((x.code in best) - (x.code in worst)) for x in measure.scale.valued]
    low, width = measure.scale.minimum, measure.scale.maximum - measure.scale.minimum
    return [100 * (value - low) / width for value in measure.scale.values]


def level_values(measure: Measure) -> list[float]:
    """Return what each level with a value counts for, worst first: in the units of the figure."""
    assert measure.scale is not None
    assert measure.formula is not None
    if measure.formula.kind is Kind.SHARE:
        return [float(level.code in measure.formula.top) for level in measure.scale.valued]
    return _values(measure)


def _share_group(measure: Measure, label: str, hist: Hist, people: int | None) -> Group:
    assert measure.scale is not None
    assert measure.formula is not None
    chosen = [level.code in measure.formula.top for level in measure.scale.valued]
    n = hist.n[: len(chosen)]
    if hist.weights is None or hist.squares is None:
        x = sum(count for count, top in zip(n, chosen, strict=True) if top)
        return share_group(label, x, sum(n), people)
    weights = hist.weights[: len(chosen)]
    weight = sum(w for w, top in zip(weights, chosen, strict=True) if top)
    squares = sum(hist.squares[: len(chosen)])
    return weighted_share_group(label, weight, sum(weights), squares, sum(n), people)


def shown(found: Estimate | None, state: State, k: int) -> Shown:
    """Return the figure, or what stands in its place."""
    if state in (State.SMALL, State.COMPLEMENT):
        return Shown(state, note=state_note(state, k))
    if found is None or state is State.EMPTY:
        return Shown(State.EMPTY, n=0, note=state_note(State.EMPTY, k))
    if state is State.SHOWN:
        return Shown(state, figure=found, n=found.n, few=found.n < FEW_BELOW)
    note = state_note(state, k)
    return Shown(state, band=_band(found), n=found.n, few=found.n < FEW_BELOW, note=note)


def _band(found: Estimate) -> Bounds | None:
    if found.unit is Unit.SHARE:
        return band(found.estimate)
    if found.unit is not Unit.INDEX:
        return None
    part = band(found.estimate / 100)
    return Bounds(100 * part.low, 100 * part.high)
