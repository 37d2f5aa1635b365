"""Where marks stand: diverging bars with the middle apart, dots with intervals and bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log2, log10
from typing import Protocol

from anju.paper.formats import plain
from anju.paper.layout import Mark, Tick
from anju.stats.results import Bounds, Estimate, Unit

NUMBERED_FROM = 0.06
_ROOMY = 0.1  # from here on a decimal has room beside the number
_APART = 0.05
_STEP = 0.2


class Piece(Protocol):
    """One piece of a bar: `tone` 1 (worst) to 5 (best), 3 the middle, 0 what is silent."""

    @property
    def tone(self) -> int: ...
    @property
    def count(self) -> int: ...
    @property
    def share(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Diverging:
    """The axis of diverging bars: room on the left, on the right, and for the middle apart."""

    left: float
    right: float
    middle: float

    @classmethod
    def of(cls, bars: Sequence[Sequence[Piece]]) -> Diverging:
        """Return an axis that holds every bar."""
        left = max((_side(bar, (1, 2)) for bar in bars), default=0.0)
        right = max((_side(bar, (4, 5)) for bar in bars), default=0.0)
        middle = max((_side(bar, (3,)) for bar in bars), default=0.0)
        return cls(max(left, 0.02), max(right, 0.1), middle)

    @property
    def total(self) -> float:
        """Return the width of everything, in shares."""
        return self.left + self.right + (_APART + self.middle if self.middle else 0.0)

    def x(self, share: float) -> float:
        """Return the place of a share, negative to the left of the axis."""
        return (self.left + share) / self.total

    @property
    def apart(self) -> float:
        """Return where the middle begins."""
        return (self.left + self.right + _APART) / self.total

    def ticks(self, neutral: str) -> tuple[Tick, ...]:
        """Return the labels over the bars."""
        steps = [n * _STEP for n in range(-int(self.left / _STEP), int(self.right / _STEP) + 1)]
        wide = len(steps) > 6
        shown = [s for s in steps if not wide or round(s / _STEP) % 2 == 0]
        found = [Tick(self.x(s), f"{abs(100 * s):.0f}%") for s in shown]
        if self.middle:
            found.append(Tick(self.apart, neutral, left=True))
        return tuple(found)

    def marks(self, bar: Sequence[Piece]) -> tuple[Mark, ...]:
        """Return one bar, worst on the outside left, best on the outside right."""
        bad = _side(bar, (1, 2))
        found: list[Mark] = []
        at = -bad
        for piece in bar:
            if piece.tone in (1, 2, 4, 5) and piece.share > 0:
                found.append(_piece(piece, self.x(at), piece.share / self.total))
                at += piece.share
        middle = [piece for piece in bar if piece.tone == 3 and piece.share > 0]
        found += [_piece(piece, self.apart, piece.share / self.total) for piece in middle]
        return (*found, Mark("line", self.x(0.0), tone="axis"))


def _piece(piece: Piece, x: float, w: float) -> Mark:
    return Mark("seg", x, w, f"q{piece.tone}", _inside(piece.share))


def _inside(share: float) -> str:
    """Return the percent that stands in a piece: 12.5 where it fits, else the nearest whole."""
    if share < NUMBERED_FROM:
        return ""
    if share < _ROOMY:
        return str(floor(100 * share + 0.5 + 1e-9))
    return f"{100 * share:.1f}".removesuffix(".0")


def _side(bar: Sequence[Piece], tones: tuple[int, ...]) -> float:
    return sum(piece.share for piece in bar if piece.tone in tones)


def whole_bar(bar: Sequence[Piece]) -> tuple[Mark, ...]:
    """Return one bar from 0 to all, each piece with its count."""
    found, at = [], 0.0
    for piece in bar:
        tone = f"q{piece.tone}" if piece.tone else "silent"
        named = piece.tone and piece.share >= NUMBERED_FROM  # the hatched rest is in the legend
        text = f"{piece.count:,}" if named else ""
        if piece.share > 0:
            found.append(Mark("seg", at, piece.share, tone, text))
        at += piece.share
    return tuple(found)


@dataclass(frozen=True, slots=True)
class DotAxis:
    """The axis of dots, in the units of the figures."""

    low: float
    high: float
    step: float
    unit: Unit

    @classmethod
    def of(cls, figures: Sequence[Estimate], unit: Unit, *more: float) -> DotAxis:
        """Return an axis with round ends that holds every figure, interval and bound."""
        values = [*more]
        for found in figures:
            ends = (found.estimate, found.ci_low, found.ci_high)
            values += [value for value in ends if value is not None]
            values += [found.bounds.low, found.bounds.high] if found.bounds else []
        scale = {Unit.SHARE: 0.1, Unit.INDEX: 10.0, Unit.NPS: 20.0, Unit.GAP: 0.5}[unit]
        low = floor(min(values, default=0.0) / scale + 1e-9) * scale
        high = max(ceil(max(values, default=1.0) / scale - 1e-9) * scale, low + scale)
        lines = round((high - low) / scale)
        return cls(low, high, scale * max(1, ceil(lines / 5)), unit)

    def x(self, value: float) -> float:
        """Return the place of a value, between 0 and 1."""
        return min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)

    def ticks(self) -> tuple[Tick, ...]:
        """Return the labels over the dots."""
        number = int((self.high - self.low) / self.step + 1e-9)
        values = [self.low + n * self.step for n in range(number + 1)]
        return tuple(Tick(self.x(value), self._label(value)) for value in values)

    def _label(self, value: float) -> str:
        if self.unit is Unit.SHARE:
            return f"{100 * value:.0f}%"
        return plain(value, self.unit) if self.unit is Unit.GAP else f"{value:.0f}"

    def grid(self) -> tuple[Mark, ...]:
        """Return the lines behind the dots."""
        return tuple(Mark("line", tick.x, tone="grid") for tick in self.ticks())

    def marks(
        self,
        figure: Estimate | None,
        band: Bounds | None = None,
        *,
        verdict: str = "",
        reference: float | None = None,
    ) -> tuple[Mark, ...]:
        """Return one row: reference, bounds, interval, dot; a range where only that may be told."""
        tone = verdict or "ink"
        found = [] if reference is None else [Mark("line", self.x(reference), tone="ref")]
        if band is not None:
            low, high = self.x(band.low), self.x(band.high)
            return (*found, Mark("seg", low, high - low, "range"))
        if figure is None:
            return tuple(found)
        if figure.bounds is not None:
            found.append(self._span("bound", figure.bounds.low, figure.bounds.high, tone))
        if figure.ci_low is not None and figure.ci_high is not None:
            found.append(self._span("ci", figure.ci_low, figure.ci_high, tone))
        return (*found, Mark("dot", self.x(figure.estimate), tone=tone))

    def _span(self, kind: str, low: float, high: float, tone: str) -> Mark:
        return Mark(kind, self.x(low), self.x(high) - self.x(low), tone)


@dataclass(frozen=True, slots=True)
class PlainAxis:
    """The axis of numbers whose unit nobody told, with round ends; lines lie `step` apart."""

    low: float
    high: float
    step: float

    @classmethod
    def of(cls, values: Sequence[float]) -> PlainAxis:
        """Return an axis that holds every value; there is at least one."""
        least, most = min(values), max(values)
        width = (most - least) or abs(most) or 1.0
        rough = width / 4
        tens = 10.0 ** floor(log10(rough))
        step = next(tens * one for one in (1, 2, 5, 10) if tens * one >= rough * (1 - 1e-9))
        low = floor(least / step + 1e-9) * step
        return cls(low, max(ceil(most / step - 1e-9) * step, low + step), step)

    def x(self, value: float) -> float:
        """Return the place of a value, between 0 and 1."""
        return min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)

    def ticks(self) -> tuple[Tick, ...]:
        """Return the labels over the dots."""
        number = round((self.high - self.low) / self.step)
        places = max(0, -floor(log10(self.step) + 1e-9))
        values = [self.low + n * self.step for n in range(number + 1)]
        return tuple(Tick(self.x(value), f"{value:,.{places}f}") for value in values)

    def grid(self) -> tuple[Mark, ...]:
        """Return the lines behind the dots."""
        return tuple(Mark("line", tick.x, tone="grid") for tick in self.ticks())

    def marks(
        self, value: float, limits: tuple[float, float] | None, reference: float | None = None
    ) -> tuple[Mark, ...]:
        """Return one row: the reference, the interval, the dot."""
        found = [] if reference is None else [Mark("line", self.x(reference), tone="ref")]
        if limits is not None:
            low, high = (self.x(end) for end in limits)
            found.append(Mark("ci", low, high - low, "ink"))
        return (*found, Mark("dot", self.x(value), tone="ink"))


@dataclass(frozen=True, slots=True)
class OddsAxis:
    """The axis of odds ratios in powers of two: half and double lie equally far from one."""

    low: int
    high: int

    @classmethod
    def of(cls, ends: Sequence[float]) -> OddsAxis:
        """Return an axis that holds every limit, at most from 1/64 to 64."""
        logs = [log2(min(max(end, 1 / 64), 64)) for end in ends]
        return cls(floor(min([*logs, -1])), ceil(max([*logs, 1])))

    def x(self, odds: float) -> float:
        """Return the place of a ratio, between 0 and 1."""
        at = (log2(max(odds, 1e-9)) - self.low) / (self.high - self.low)
        return min(max(at, 0.0), 1.0)

    def ticks(self) -> tuple[Tick, ...]:
        """Return the labels over the dots."""
        powers = range(self.low, self.high + 1)
        names = [f"{2**power}" if power >= 0 else f"1/{2**-power}" for power in powers]
        return tuple(Tick(self.x(2.0**p), f"×{n}") for p, n in zip(powers, names, strict=True))

    def grid(self) -> tuple[Mark, ...]:
        """Return the lines behind the dots."""
        return tuple(Mark("line", tick.x, tone="grid") for tick in self.ticks())

    def marks(
        self, odds: float | None, limits: tuple[float, float] | None, tone: str
    ) -> tuple[Mark, ...]:
        """Return one row: the line of no difference, the interval, the dot; a base lies on the line."""
        one = Mark("line", self.x(1.0), tone="ref")
        if odds is None or limits is None:
            return (one, Mark("dot", self.x(1.0), tone=tone))
        low, high = (self.x(end) for end in limits)
        return (one, Mark("ci", low, high - low, tone), Mark("dot", self.x(odds), tone=tone))
