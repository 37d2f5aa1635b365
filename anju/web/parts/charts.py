"""Small charts of table rows as SVG with percentages for coordinates, so text keeps its size.

They draw plain numbers that are already suppressed, rounded and judged; they compute no statistic.
Each drawing carries its sentence for screen readers; the table around it is the full account.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

NUMBERED = 0.06  # a segment narrower than this share has no room for its number
GAP = 0.1  # between the positive side and the block of neutral answers
ROW = 24
MIDDLE = 12.0


class Verdict(StrEnum):
    """What may be said of an estimate against a line."""

    LOW = "low"
    TIE = "tie"
    HIGH = "high"
    NONE = "ink"


@dataclass(frozen=True, slots=True)
class Likert:
    """Shares of one item, worst to best, as three groups; they sum to one."""

    negative: tuple[float, ...]
    neutral: float
    positive: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class LikertAxis:
    """How far the bars of a whole table reach, so that rows can be compared."""

    left: float
    right: float
    neutral: float

    @property
    def width(self) -> float:
        """Return the sum of all parts, in shares."""
        return self.left + self.right + (GAP + self.neutral if self.neutral else 0.0)

    def at(self, share: float) -> float:
        """Return the coordinate in percent of a share right of nought."""
        return 100 * (self.left + share) / self.width

    def wide(self, share: float) -> float:
        """Return the width in percent of a share."""
        return 100 * share / self.width


@dataclass(frozen=True, slots=True)
class DotAxis:
    """The range of values that a column of dots shows."""

    low: float
    high: float

    def at(self, value: float) -> float:
        """Return the coordinate in percent; what lies outside is drawn at the edge."""
        inside = min(max(value, self.low), self.high)
        return 100 * (inside - self.low) / (self.high - self.low)


@dataclass(frozen=True, slots=True)
class Dot:
    """An estimate with what is known of its error: an interval, bounds, or neither."""

    estimate: float
    interval: tuple[float, float] | None = None
    bounds: tuple[float, float] | None = None
    target: float | None = None
    verdict: Verdict = Verdict.NONE


def split(shares: Sequence[float], *, positive: int, middle: bool) -> Likert:
    """Part shares, worst to best, into sides: the last `positive` ones, a neutral one, the rest."""
    below = len(shares) - positive
    neutral = shares[below - 1] if middle else 0.0
    negative = shares[: below - 1] if middle else shares[:below]
    return Likert(tuple(negative), neutral, tuple(shares[below:]))


def steps(count: int, outer: int, inner: int) -> tuple[int, ...]:
    """Return the colour steps of one side, from the outside in; more than two share the inner."""
    return (outer, *([inner] * (count - 1))) if count else ()


def axis_of(rows: Iterable[Likert]) -> LikertAxis:
    """Return an axis on which every row has room, in steps of twenty percent."""
    many = list(rows)
    left = max((sum(row.negative) for row in many), default=0.0)
    right = max((sum(row.positive) for row in many), default=0.0)
    neutral = max((row.neutral for row in many), default=0.0)
    return LikertAxis(_up(left), _up(right), max(neutral, 0.1) if neutral else 0.0)


def _up(share: float) -> float:
    return max(1, ceil(round(share / 0.2, 6))) * 0.2


def _svg(height: int, label: str, inner: SafeString) -> SafeString:
    if not label:
        return format_html(
            '<svg class="viz" height="{}" aria-hidden="true">{}</svg>', height, inner
        )
    words = '<svg class="viz" height="{}" role="img" aria-label="{}">{}</svg>'
    return format_html(words, height, label, inner)


def _p(value: float) -> str:
    return f"{value:.2f}%"


def _lines(kind: str, places: Iterable[float]) -> SafeString:
    row = '<line class="{}" x1="{}" x2="{}" y1="0" y2="100%"/>'
    return format_html_join("", row, ((kind, _p(x), _p(x)) for x in places))


def _block(step: int, start: float, width: float, share: float) -> SafeString:
    if share <= 0:
        return SafeString("")
    bar = format_html(
        '<rect class="q{}" x="{}" width="{}" y="2" height="20"/>', step, _p(start), _p(width)
    )
    if share < NUMBERED:
        return bar
    middle = _p(start + width / 2)
    number = round(100 * share)
    return format_html('{}<text class="m n{}" x="{}" y="16.5">{}</text>', bar, step, middle, number)


def _ticks(axis: LikertAxis) -> list[tuple[float, int]]:
    """Return coordinate and percentage of the ticks; every forty on a wide axis, else twenty."""
    step = 0.4 if axis.left + axis.right > 1 else 0.2
    left = [-step * n for n in range(1, int(axis.left / step + 1e-6) + 1)]
    right = [step * n for n in range(int(axis.right / step + 1e-6) + 1)]
    return [(axis.at(share), round(abs(share) * 100)) for share in [*reversed(left), *right]]


def likert_head(axis: LikertAxis, *, neutral: str) -> SafeString:
    """Return the scale above a column of bars; `neutral` names the block on the right."""
    texts = format_html_join(
        "",
        '<text class="{}" x="{}" y="14">{}%</text>',
        (("m" if 2 < x < 97 else "r" if x >= 97 else "", _p(x), n) for x, n in _ticks(axis)),
    )
    if not axis.neutral:
        return _svg(20, "", texts)
    start = _p(axis.at(axis.right + GAP))
    named = format_html('{}<text x="{}" y="14">{}</text>', texts, start, neutral)
    return _svg(20, "", named)


def likert_row(row: Likert, axis: LikertAxis, label: str) -> SafeString:
    """Return one diverging bar: negative left of nought, positive right, neutral by itself."""
    parts = [_lines("gr", (x for x, n in _ticks(axis) if n))]
    start = -sum(row.negative)
    down = steps(len(row.negative), 1, 2)
    up = steps(len(row.positive), 5, 4)[::-1]
    for step, share in [*zip(down, row.negative, strict=True), *zip(up, row.positive, strict=True)]:
        parts.append(_block(step, axis.at(start), axis.wide(share), share))
        start += share
    if axis.neutral:
        parts.append(_block(3, axis.at(axis.right + GAP), axis.wide(row.neutral), row.neutral))
    parts.append(_lines("ax", [axis.at(0)]))
    return _svg(ROW, label, format_html_join("", "{}", ((part,) for part in parts)))


def dot_head(axis: DotAxis, *, step: float, unit: str = "") -> SafeString:
    """Return the scale above a column of dots."""
    count = int((axis.high - axis.low) / step + 1e-6)
    values = [axis.low + step * n for n in range(count + 1)]
    texts = format_html_join(
        "",
        '<text class="{}" x="{}" y="14">{}{}</text>',
        ((_anchor(axis.at(v)), _p(axis.at(v)), f"{v:g}", unit) for v in values),
    )
    return _svg(20, "", texts)


def _anchor(x: float) -> str:
    return "" if x < 2 else "r" if x > 98 else "m"


def dot_row(dot: Dot, axis: DotAxis, label: str) -> SafeString:
    """Return one dot: solid where a difference is shown, hollow where it cannot be told."""
    parts = [_lines("tg", [axis.at(dot.target)])] if dot.target is not None else []
    kind = f"b-{dot.verdict}"
    if dot.bounds is not None:
        low, high = (axis.at(value) for value in dot.bounds)
        parts += [_across(f"{kind} bnd", low, high), _cap(kind, low), _cap(kind, high)]
    if dot.interval is not None:
        parts.append(_across(f"{kind} ci", *(axis.at(value) for value in dot.interval)))
    hollow = dot.verdict is Verdict.TIE or dot.interval is None
    parts.append(
        format_html(
            '<circle class="{}{}" cx="{}" cy="{}" r="5"/>',
            kind,
            " hollow" if hollow else "",
            _p(axis.at(dot.estimate)),
            MIDDLE,
        )
    )
    return _svg(ROW, label, format_html_join("", "{}", ((part,) for part in parts)))


def _across(kind: str, low: float, high: float) -> SafeString:
    line = '<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>'
    return format_html(line, kind, _p(low), _p(high), MIDDLE, MIDDLE)


def _cap(kind: str, x: float) -> SafeString:
    line = '<line class="{}" x1="{}" x2="{}" y1="8" y2="16"/>'
    return format_html(line, kind, _p(x), _p(x))


def gap_row(expected: float, perceived: float, axis: DotAxis, label: str) -> SafeString:
    """Return two dots joined: hollow for what was expected, solid for what was met."""
    low, high = sorted((axis.at(expected), axis.at(perceived)))
    kind = "b-low" if perceived < expected else "b-high"
    inner = format_html(
        '{}<circle class="b-ink hollow" cx="{}" cy="{}" r="5"/>'
        '<circle class="{}" cx="{}" cy="{}" r="5"/>',
        _across(f"{kind} ci", low, high),
        _p(axis.at(expected)),
        MIDDLE,
        kind,
        _p(axis.at(perceived)),
        MIDDLE,
    )
    return _svg(ROW, label, inner)


def silence_bar(parts: Sequence[tuple[str, int]], label: str) -> SafeString:
    """Return one bar of all who were asked; a part is (class, count): q1 to q5, or silent."""
    total = sum(count for _, count in parts) or 1
    start, drawn = 0.0, []
    for kind, count in parts:
        width = 100 * count / total
        bar = '<rect class="{}" x="{}" width="{}" y="1" height="30"/>'
        drawn.append(format_html(bar, kind, _p(start), _p(width)))
        if kind != "silent" and count / total >= NUMBERED:
            text = '<text class="m n{}" x="{}" y="20">{}</text>'
            drawn.append(format_html(text, kind[1:], _p(start + width / 2), count))
        start += width
    return _svg(32, label, format_html_join("", "{}", ((part,) for part in drawn)))


def funnel_bar(count: int, most: int, label: str) -> SafeString:
    """Return one bar of a funnel: how many of the most are still there."""
    width = _p(100 * count / most) if most else _p(0)
    inner = format_html(
        '<rect class="q4" x="0" width="{}" y="4" height="16"/>{}', width, _lines("ax", [0.0])
    )
    return _svg(ROW, label, inner)
