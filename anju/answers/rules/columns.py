"""What the cells of one column look like, counted once; what they mean is decided by the guess."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from math import gcd

from anju.answers.rules.reading import written
from anju.answers.rules.vocabulary import folded, is_blank, is_not_applicable
from anju.kernel.pure.tables import Cell
from anju.stats.scales import Level, Scale, scale

FEW = 12
LONG_TEXT = 16
_STRAYS_FROM = 200
_STRAYS_SHARE = 0.005
_LETTERS = frozenset("abcdefgh")


@dataclass(frozen=True, slots=True)
class Look:
    """A column's cells counted: texts as written with how often, dates apart."""

    header: str
    texts: tuple[tuple[str, int], ...]
    dates: int
    blank: int

    @property
    def filled(self) -> int:
        """Return how many cells say something."""
        return sum(count for _, count in self.texts) + self.dates

    @property
    def answers(self) -> tuple[str, ...]:
        """Return the distinct texts that are answers, not "does not apply"."""
        return tuple(text for text, _ in self.texts if not is_not_applicable(text))

    @property
    def numbers(self) -> tuple[tuple[int, int], ...] | None:
        """Return the distinct whole numbers with how often, or None when others stand there."""
        found: Counter[int] = Counter()
        for text, count in self.texts:
            key = folded(text)
            if key.isascii() and key.isdigit() and len(key) <= 9:
                found[int(key)] += count
            elif not is_not_applicable(text):
                return None
        return tuple(sorted(found.items())) if found else None

    @property
    def long(self) -> bool:
        """Say whether the texts are sentences and hardly ever repeat."""
        total = sum(count for _, count in self.texts)
        if not total or len(self.texts) < 2:
            return False
        mean = sum(len(text) * count for text, count in self.texts) / total
        return mean >= LONG_TEXT and len(self.texts) > total / 2

    @property
    def lettered(self) -> bool:
        """Say whether the answers are letters such as A, B, C."""
        return len(self.answers) >= 2 and all(t.strip().lower() in _LETTERS for t in self.answers)


def look_at(header: str, cells: tuple[Cell, ...]) -> Look:
    """Return the column counted."""
    counted = Counter(cells)
    texts: Counter[str] = Counter()
    dates = blank = 0
    for cell, count in counted.items():
        if isinstance(cell, date):
            dates += count
        elif is_blank(written(cell)):
            blank += count
        else:
            texts[written(cell)] += count
    ordered = sorted(texts.items(), key=lambda pair: (-pair[1], pair[0]))
    return Look(header, tuple(ordered), dates, blank)


def typical(numbers: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    """Return lowest and highest number, without the rare strays of a large column."""
    total = sum(count for _, count in numbers)
    rare = total * _STRAYS_SHARE if total >= _STRAYS_FROM else 0
    kept = [number for number, count in numbers if count > rare] or [n for n, _ in numbers]
    return kept[0], kept[-1]


def numeric_ends(low: int, high: int, widest: int) -> tuple[int, int] | None:
    """Return the ends of the scale that numbers from `low` to `high` were given on, or None.

    `widest` is the highest number in any such column: one survey tends to use one scale.
    """
    if low == 0:
        return (0, 1) if widest <= 1 else (0, 5) if widest <= 5 else (0, 10) if high <= 10 else None
    if high <= 5:
        return (1, 3) if widest <= 3 else (1, 5)
    if high <= 10:
        return (1, 7) if widest <= 7 else (1, 10)
    return None


def numeric_scale(low: int, high: int) -> Scale:
    """Return the scale of whole numbers from `low` to `high`; on long ones the two best are top."""
    numbers = range(low, high + 1)
    levels = [Level(str(n), float(n), str(n), str(n)) for n in numbers]
    top = [str(n) for n in numbers[-2:]] if len(numbers) >= 5 else [str(high)]
    return scale(f"n{low}to{high}", levels, top=top)


def points_scale(numbers: tuple[tuple[int, int], ...]) -> Scale | None:
    """Return a scale of points from 0 to 100 in the coarsest even step, or None for other numbers."""
    seen = [number for number, _ in numbers]
    if seen[-1] > 100 or seen[-1] <= 10:
        return None
    step = 100
    for number in seen:
        step = gcd(step, number)
    levels = [Level(str(n), float(n), str(n), str(n)) for n in range(0, 101, step)]
    return scale(f"points{step}", levels, top=[lv.code for lv in levels if int(lv.code) >= 80])


def listed_scale(texts: tuple[str, ...]) -> Scale:
    """Return a scale of the texts in the order given, worst first; the best ones are top."""
    levels = [
        Level(f"L{place}", float(place), text, text) for place, text in enumerate(texts, start=1)
    ]
    top = [level.code for level in levels[-2:]] if len(levels) >= 4 else [levels[-1].code]
    return scale("listed", levels, top=top)
