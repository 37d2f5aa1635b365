"""One score a person: the index over items, each dimension, points, expectation gaps.

Arithmetic on whole columns; what a score means is said in `anju.stats`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from anju.answers.rules.answers import AnswerSet, ItemDef
from anju.stats.composite import composite_scores
from anju.stats.servqual import paired_gaps
from anju.tally.overall import overall_place
from anju.tally.tables import Recipe

Floats = NDArray[np.float64]
INDEX, POINTS = "index", "points"


def default_recipe(items: tuple[ItemDef, ...]) -> Recipe:
    """Return the index that a questionnaire suggests: dimensions alike, else items alike.

    The item about the whole service stands apart, so that no opinion counts twice.
    """
    every = tuple(place for place, item in enumerate(items) if item.purpose == "satisfaction")
    lead = overall_place(items, every) if len(every) > 1 else None
    asked = tuple(place for place in every if place != lead)
    if len(asked) < 2:
        return Recipe(asked, lead=lead)
    dimensions = dict.fromkeys(items[place].dimension for place in asked)
    if None in dimensions or len(dimensions) < 2:
        names = [items[place].code for place in asked]
        return Recipe(
            asked, tuple((name, 1 / len(names)) for name in names), by_item=True, lead=lead
        )
    named = [name for name in dimensions if name is not None]
    return Recipe(asked, tuple((name, 1 / len(named)) for name in named), lead=lead)


def scores_of(answers: AnswerSet, recipe: Recipe) -> dict[str, Floats]:
    """Return every score by name, one entry a row, NaN for missing.

    Units: index, dim:… and the like 0 to 100; points 0 to 1; gap:…, expect:…, perceive:… points
    of the scale.
    """
    found: dict[str, Floats] = {}
    asked = recipe.satisfaction
    if len(asked) > 1:
        values = np.column_stack([_index(answers, place) for place in asked])
        found[INDEX] = composite_scores(values, item_shares(answers.items, recipe))
        found |= _dimensions(answers.items, asked, values)
        if points_span(answers.items, recipe) is not None:
            found[POINTS] = _points(answers, asked)
    return found | _gaps(answers)


def item_shares(items: tuple[ItemDef, ...], recipe: Recipe) -> Floats:
    """Return each satisfaction item's share of the index; a dimension's is split evenly."""
    table = dict(recipe.weights)
    asked = [items[place] for place in recipe.satisfaction]
    if recipe.by_item:
        return np.array([table.get(item.code, 0.0) for item in asked])
    dimensions = [item.dimension or "" for item in asked]
    return np.array([table.get(name, 0.0) / dimensions.count(name) for name in dimensions])


def points_span(items: tuple[ItemDef, ...], recipe: Recipe) -> tuple[float, float] | None:
    """Return the least and most points of a form, or None where values are no points."""
    scales = [items[place].scale for place in recipe.satisfaction]
    if not scales or min(scale.minimum for scale in scales) < 0:
        return None
    least, most = sum(s.minimum for s in scales), sum(s.maximum for s in scales)
    return (least, most) if most > 0 else None


def values_of(answers: AnswerSet, place: int) -> Floats:
    """Return the value of each row's answer to one item, NaN where it has none."""
    levels = answers.items[place].scale.levels
    table = [np.nan if level.value is None else level.value for level in levels]
    return np.array([*table, np.nan])[answers.levels[:, place]]


def _index(answers: AnswerSet, place: int) -> Floats:
    scale = answers.items[place].scale
    return 100 * (values_of(answers, place) - scale.minimum) / (scale.maximum - scale.minimum)


def _dimensions(
    items: tuple[ItemDef, ...], asked: tuple[int, ...], values: Floats
) -> dict[str, Floats]:
    names = dict.fromkeys(items[place].dimension for place in asked)
    found: dict[str, Floats] = {}
    for name in names:
        if name is not None:
            mine = [at for at, place in enumerate(asked) if items[place].dimension == name]
            shares = np.full(len(mine), 1 / len(mine))
            found[f"dim:{name}"] = composite_scores(values[:, mine], shares)
    return found


def _points(answers: AnswerSet, asked: tuple[int, ...]) -> Floats:
    """Return points obtained of points possible over the answered items, from half of them on."""
    values = np.column_stack([values_of(answers, place) for place in asked])
    there = ~np.isnan(values)
    most = np.array([answers.items[place].scale.maximum for place in asked])
    possible = there @ most
    got = np.where(there, values, 0.0).sum(axis=1)
    enough = (there.sum(axis=1) * 2 >= len(asked)) & (possible > 0)
    return np.where(enough, got / np.where(possible > 0, possible, 1.0), np.nan)


def pairs_of(items: tuple[ItemDef, ...], side: str) -> dict[str, tuple[int, int]]:
    """Return the pairs of items as pair → (places of the given side, of perception)."""
    other = {item.pair: place for place, item in enumerate(items) if item.side == side}
    return {
        item.pair: (other[item.pair], place)
        for place, item in enumerate(items)
        if item.side == "perception" and item.pair is not None and item.pair in other
    }


def _gaps(answers: AnswerSet) -> dict[str, Floats]:
    pairs = pairs_of(answers.items, "expectation")
    by_dimension: dict[str, list[tuple[int, int]]] = {}
    for name, places in pairs.items():
        key = answers.items[places[1]].dimension or name
        by_dimension.setdefault(key, []).append(places)
    found: dict[str, Floats] = {}
    for key, halves in by_dimension.items():
        expected = np.column_stack([values_of(answers, e) for e, _ in halves])
        perceived = np.column_stack([values_of(answers, p) for _, p in halves])
        gaps = paired_gaps(perceived, expected)
        there = ~np.isnan(perceived - expected)
        found[f"gap:{key}"] = gaps
        found[f"expect:{key}"] = _mean(expected, there)
        found[f"perceive:{key}"] = _mean(perceived, there)
    if found:
        all_gaps = np.column_stack([v for name, v in found.items() if name.startswith("gap:")])
        found["gap:"] = np.asarray(all_gaps.mean(axis=1))
    return found


def _mean(values: Floats, there: NDArray[np.bool_]) -> Floats:
    number = there.sum(axis=1)
    total = np.where(there, values, 0.0).sum(axis=1)
    return np.where(number > 0, total / np.maximum(number, 1), np.nan)
