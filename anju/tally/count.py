"""From answers in rows to the small tables, a column at a time; 100,000 rows take a second."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from anju.answers.rules.answers import MISSING, AnswerSet
from anju.stats.scores import Sums
from anju.stats.servqual import gap_signs
from anju.tally.bands import day_of, half_of, third_of
from anju.tally.joint import joint
from anju.tally.scores import default_recipe, scores_of
from anju.tally.tables import (
    WHOLE,
    GroupTally,
    Hist,
    Nest,
    Recipe,
    Scored,
    Signs,
    Tally,
    Timing,
)
from anju.tally.ticks import ticked

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def tally(answers: AnswerSet, recipe: Recipe | None = None) -> Tally:
    """Return the small tables of a wave, or of a part of one.

    Example: `tally(answer_set).whole.hists[0].n` are the people by level of the first item.
    """
    used = recipe or default_recipe(answers.items)
    scores = scores_of(answers, used)
    sheet = _Sheet.of(answers)
    cuts = [_Cut.whole(sheet.rows), *(_Cut.of(k, v) for k, v in answers.groups.items())]
    return Tally(
        items=answers.items,
        recipe=used,
        groups=tuple(group for cut in cuts for group in _groups(sheet, cut, scores)),
        nests=_nests(cuts[1:]),
        signs=_signs(scores, answers.count),
        timing=_timing(answers),
        rows=sheet.rows,
        weighted=sheet.weighted,
        lists=ticked(answers),
        joint=joint(answers, _main(used)),
    )


def _main(recipe: Recipe) -> int | None:
    """Return the item about the whole service, or the only one about satisfaction."""
    only = recipe.satisfaction[0] if len(recipe.satisfaction) == 1 else None
    return recipe.lead if recipe.lead is not None else only


@dataclass(frozen=True, slots=True)
class _Cut:
    """Which group of one kind each row is in; -1 is none."""

    kind: str
    labels: tuple[str, ...]
    code: Ints

    @classmethod
    def whole(cls, rows: int) -> _Cut:
        return cls(WHOLE, ("",), np.zeros(rows, dtype=np.int64))

    @classmethod
    def of(cls, kind: str, labels: Sequence[str | None]) -> _Cut:
        places: dict[str | None, int] = {None: -1}
        for label in labels:
            if label not in places:
                places[label] = len(places) - 1
        code = np.fromiter((places[label] for label in labels), np.int64, len(labels))
        return cls(kind, tuple(label for label in places if label is not None), code)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The columns that every table needs."""

    answers: AnswerSet
    count: Floats
    weight: Floats
    home: Ints
    homes: int
    again: bool
    weighted: bool

    @property
    def rows(self) -> int:
        return int(self.count.size)

    @classmethod
    def of(cls, answers: AnswerSet) -> _Sheet:
        named = {h: i for i, h in enumerate(dict.fromkeys(answers.households)) if h is not None}
        home = np.fromiter(
            (-1 if h is None else named[h] for h in answers.households),
            np.int64,
            len(answers.households),
        )
        there = home[home >= 0]
        return cls(
            answers=answers,
            count=answers.count.astype(np.float64),
            weight=answers.weight,
            home=home,
            homes=len(answers.households) + 1,
            again=bool(there.size and np.bincount(there).max() > 1),
            weighted=bool((answers.weight != 1).any()),
        )

    def households(self, code: Ints, size: int) -> Ints:
        """Count distinct households by group; a row without one stands for its people."""
        there = (code >= 0) & (self.count > 0)
        nameless = there & (self.home < 0)
        found = np.bincount(code[nameless], self.count[nameless], size)
        named = there & (self.home >= 0)
        key = code[named] * self.homes + self.home[named]
        if self.again:
            key = np.unique(key)
        return np.asarray((found + np.bincount(key // self.homes, minlength=size)).astype(np.int64))

    def sums(self, code: Ints, size: int) -> tuple[Floats, Floats, Floats]:
        """Add up people, weights and squared weights by group."""
        there = code >= 0
        c, w = self.count[there], self.weight[there]
        key = code[there]
        n = _added(key, c, size)
        if not self.weighted:
            return n, n, n
        return n, _added(key, c * w, size), _added(key, c * w * w, size)


def _added(key: Ints, values: Floats, size: int) -> Floats:
    return np.bincount(key, values, size).astype(np.float64)


def _groups(sheet: _Sheet, cut: _Cut, scores: dict[str, Floats]) -> list[GroupTally]:
    size = len(cut.labels)
    people = sheet.sums(cut.code, size)[0]
    households = sheet.households(cut.code, size)
    hists = [_hists(sheet, cut, place) for place in range(len(sheet.answers.items))]
    scored = {name: _scored(sheet, cut, values) for name, values in scores.items()}
    return [
        GroupTally(
            kind=cut.kind,
            label=label,
            people=int(people[at]),
            households=int(households[at]),
            hists=tuple(column[at] for column in hists),
            scores={name: column[at] for name, column in scored.items()},
        )
        for at, label in enumerate(cut.labels)
    ]


def _hists(sheet: _Sheet, cut: _Cut, place: int) -> list[Hist]:
    scale = sheet.answers.items[place].scale
    size, width = len(cut.labels), len(scale.levels)
    level = sheet.answers.levels[:, place].astype(np.int64)
    there = (level != MISSING) & (cut.code >= 0)
    key = np.where(there, cut.code * width + level, -1)
    n, w, w2 = (part.reshape(size, width) for part in sheet.sums(key, size * width))
    missing = sheet.sums(np.where(there, -1, cut.code), size)[0]
    valued = there & (level < len(scale.valued))
    households = sheet.households(np.where(valued, cut.code, -1), size)
    return [
        Hist(
            n=tuple(int(value) for value in n[at]),
            missing=int(missing[at]),
            households=int(households[at]),
            weights=tuple(w[at].tolist()) if sheet.weighted else None,
            squares=tuple(w2[at].tolist()) if sheet.weighted else None,
        )
        for at in range(size)
    ]


def _scored(sheet: _Sheet, cut: _Cut, scores: Floats) -> list[Scored]:
    size = len(cut.labels)
    code = np.where(np.isnan(scores), -1, cut.code)
    there = code >= 0
    key, s = code[there], scores[there]
    cw = sheet.count[there] * (sheet.weight[there] if sheet.weighted else 1.0)
    n, w, w2 = sheet.sums(code, size)
    ws, wss = np.bincount(key, cw * s, size), np.bincount(key, cw * s * s, size)
    households = sheet.households(code, size)
    return [
        Scored(
            Sums(int(n[at]), float(w[at]), float(ws[at]), float(wss[at]), float(w2[at])),
            int(households[at]),
        )
        for at in range(size)
    ]


def _nests(cuts: Sequence[_Cut]) -> tuple[Nest, ...]:
    """Return which kinds lie inside which, so that nothing hidden comes out by subtraction."""
    found = []
    for fine in cuts:
        for coarse in cuts:
            if fine is coarse or len(coarse.labels) < 2:
                continue
            there = (fine.code >= 0) & (coarse.code >= 0)
            keys = np.unique(fine.code[there] * len(coarse.labels) + coarse.code[there])
            pairs = [divmod(int(key), len(coarse.labels)) for key in keys]
            if len({f for f, _ in pairs}) == len(pairs) > len(coarse.labels):
                named = tuple((fine.labels[f], coarse.labels[c]) for f, c in pairs)
                found.append(Nest(fine.kind, coarse.kind, named))
    return tuple(found)


def _signs(scores: dict[str, Floats], count: Ints) -> tuple[Signs, ...]:
    found = []
    for name, values in scores.items():
        if name.startswith("gap:"):
            counted = gap_signs(np.repeat(values, count))
            key = name.removeprefix("gap:")
            found.append(Signs(key, counted.above, counted.equal, counted.below))
    return tuple(found)


def _timing(answers: AnswerSet) -> Timing:
    told = [
        (moment, int(people))
        for moment, people in zip(answers.answered, answers.count, strict=False)
        if moment is not None
    ]
    timed = any((moment.hour, moment.minute) != (0, 0) for moment, _ in told)
    mode = answers.groups.get("mode", ())
    modes = [(m, int(c)) for m, c in zip(mode, answers.count, strict=False) if m is not None]
    return Timing(
        day=_add_up([(day_of(m), c) for m, c in told]) if timed else (),
        month=_add_up([(third_of(m), c) for m, c in told]),
        half=_add_up([(half_of(m), c) for m, c in told]),
        mode=_add_up(modes),
    )


def _add_up(pairs: Sequence[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    total: dict[str, int] = {}
    for band, people in pairs:
        total[band] = total.get(band, 0) + people
    return tuple(sorted(total.items()))
