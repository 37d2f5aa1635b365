"""Which formula is the headline, and under which others the same answers are shown."""

from __future__ import annotations

from anju.answers.rules.answers import ItemDef
from anju.insight.measured.measure import Measure, item_measure
from anju.insight.measured.words import DIMENSIONS, FORMULA_WORDS, of
from anju.kernel.pure.problems import Problem
from anju.stats.formulas import Formula, composite, mean_index, nps, points_share, share_top
from anju.stats.results import Unit, Words
from anju.stats.scales import Scale
from anju.tally.scores import INDEX, POINTS, points_span
from anju.tally.tables import Tally

FORMULAS = ("share_top", "points_share", "mean_index", "nps", "composite")
_NPS_LEVELS = 11


def lead_item(tally: Tally, wanted: str = "") -> int | None:
    """Return the place of the item that stands for the whole service, or None.

    Errors: E-ITEM where the wanted item is not there.
    """
    asked = tally.recipe.satisfaction
    if wanted:
        return _named(tally, wanted)
    if tally.recipe.lead is None and len(asked) == 1:
        return asked[0]
    return tally.recipe.lead


def _named(tally: Tally, wanted: str) -> int:
    for place, item in enumerate(tally.items):
        if wanted in (item.code, item.zh, item.en):
            return place
    raise Problem(
        "E-ITEM",
        "item",
        "There is no item {wanted}; the items are: {present}.",
        "没有题目 {wanted}；现有题目：{present}。",
        wanted=wanted,
        present=", ".join(item.code for item in tally.items),
    )


def primary(tally: Tally, formula: str, lead: int | None) -> Measure:
    """Return the headline: the formula asked for, else the usual one.

    One item, or one about the whole service among several: its share of points on a scale of
    points, else its share satisfied. Several without such an item: the composite index.

    Errors: E-FORMULA where the formula does not fit the answers.
    """
    several = len(tally.recipe.satisfaction) > 1
    if several and (formula == "composite" or (not formula and lead is None)):
        return index_measure(tally)
    if formula == "points_share" and several:
        return _points_measure(tally)
    if lead is None or formula == "composite":
        raise _unfit(formula, several=several)
    scale = tally.items[lead].scale
    usual = "points_share" if is_points(scale) else "share_top"
    return measure_of(lead, tally.items[lead], formula or usual)


def measure_of(place: int, item: ItemDef, name: str) -> Measure:
    """Bind one of the formulas for a single item."""
    scale = item.scale
    bound: Formula
    if name == "share_top":
        bound = share_top(scale)
    elif name == "points_share":
        bound = points_share(scale)
    elif name == "mean_index":
        bound = mean_index(scale)
    elif name == "nps" and is_nps(scale):
        codes = [level.code for level in scale.valued]
        bound = nps(scale, codes[-2:], codes[:7])
    else:
        raise _unfit(name, several=False)
    return item_measure(place, bound, scale, _label(bound, scale))


def index_measure(tally: Tally) -> Measure:
    """Return the composite index over all satisfaction items."""
    bound = composite(dict(tally.recipe.weights))
    label = of(FORMULA_WORDS, "composite")
    return _score(INDEX, bound.key, label, _signature(tally))


def dimension_measure(tally: Tally, name: str) -> Measure:
    """Return the index of one dimension."""
    bound = composite({name: 1.0})
    return _score(f"dim:{name}", bound.key, of(DIMENSIONS, name), _signature(tally, name))


def _score(name: str, key: str, label: Words, signature: str) -> Measure:
    return Measure(key=key, label=label, unit=Unit.INDEX, signature=signature, score=name)


def _signature(tally: Tally, dimension: str | None = None) -> str:
    asked = [tally.items[place] for place in tally.recipe.satisfaction]
    mine = [item for item in asked if dimension in (None, item.dimension)]
    return " ".join(sorted(f"{item.code}({item.scale.signature})" for item in mine))


def _points_measure(tally: Tally) -> Measure:
    ends = points_span(tally.items, tally.recipe)
    if ends is None:
        raise _unfit("points_share", several=True)
    return Measure(
        key=f"points_share[{ends[1]:g}]@1",
        label=of(FORMULA_WORDS, "points_share"),
        unit=Unit.SHARE,
        signature=_signature(tally),
        score=POINTS,
        span=(ends[0] / ends[1], 1.0),
        most=ends[1],
        places=tally.recipe.satisfaction,
        widths=tuple(len(tally.items[at].scale.valued) for at in tally.recipe.satisfaction),
    )


def pooled_points(tally: Tally) -> tuple[float, float] | None:
    """Return the points that owners gave and could have given, or None where values are no points.

    Answers alone count: what was left out is in neither of the two.
    """
    if points_span(tally.items, tally.recipe) is None:
        return None
    got = possible = 0.0
    for place in tally.recipe.satisfaction:
        scale, counts = tally.items[place].scale, tally.whole.hists[place].n
        got += sum(v * n for v, n in zip(scale.values, counts, strict=False))
        possible += scale.maximum * sum(counts[: len(scale.valued)])
    return got, possible


def under(tally: Tally, lead: int | None) -> tuple[Measure, ...]:
    """Return the formulas under which the same answers are shown side by side."""
    found: list[Measure] = []
    if len(tally.recipe.satisfaction) > 1:
        found.append(index_measure(tally))
        if points_span(tally.items, tally.recipe) is not None:
            found.append(_points_measure(tally))
    if lead is not None:
        found += _of_item(lead, tally.items[lead])
    return tuple({measure.key: measure for measure in found}.values())


def _of_item(place: int, item: ItemDef) -> list[Measure]:
    scale = item.scale
    best = share_top(scale, [scale.valued[-1].code])
    found = [item_measure(place, best, scale, _label(best, scale))]
    found.append(measure_of(place, item, "share_top"))
    if scale.minimum >= 0:
        found.append(measure_of(place, item, "points_share"))
    found.append(measure_of(place, item, "mean_index"))
    if is_nps(scale):
        found.append(measure_of(place, item, "nps"))
    return found


def is_points(scale: Scale) -> bool:
    """Say whether the values of a scale are points of a form, counted from nought."""
    return scale.minimum == 0 and (scale.code.startswith("points") or scale.maximum == 100)


def is_nps(scale: Scale) -> bool:
    """Say whether a scale runs from 0 to 10, as the net promoter score asks."""
    return scale.values == tuple(float(value) for value in range(_NPS_LEVELS))


def top_words(scale: Scale, codes: frozenset[str]) -> Words:
    """Name the levels that count as satisfied, best first."""
    chosen = [level for level in reversed(scale.valued) if level.code in codes]
    return Words("、".join(x.zh for x in chosen), ", ".join(x.en for x in chosen))


def _label(formula: Formula, scale: Scale) -> Words:
    words = of(FORMULA_WORDS, formula.id)
    if formula.id != "share_top":
        return words
    top = top_words(scale, frozenset(formula.top))
    return Words(f"{words.zh}（{top.zh}）", f"{words.en} ({top.en})")


def _unfit(formula: str, *, several: bool) -> Problem:
    if several:
        return Problem(
            "E-FORMULA",
            "formula",
            "{formula} is computed from one item, and there are several. Name one with --item, "
            "or choose composite or points_share.",
            "{formula} 由一道题计算，而这里有多道题。请用 --item 指定一道，或选择 composite、points_share。",
            formula=formula,
        )
    return Problem(
        "E-FORMULA",
        "formula",
        "{formula} does not fit these answers. Choose share_top, mean_index or points_share.",
        "{formula} 不适用于这些回答。请选择 share_top、mean_index 或 points_share。",
        formula=formula,
    )
