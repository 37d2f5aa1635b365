"""How numbers are printed: shares in percent, indexes, gaps, intervals; the word where none is.

A share below one is never printed as 100 (requirement R032).
"""

from __future__ import annotations

from anju.stats.results import Bounds, Estimate, Unit
from anju.stats.rounding import rounded

DASH = "–"
MINUS = "−"
TO = {"zh": "至", "en": " to "}


def percent(share: float, places: int = 1) -> str:
    """Return a share 0 to 1 as percent; 0.99996 is 99.9%, since one is dissatisfied."""
    return f"{_short_of(100 * share, 100.0, places)}%"


def _short_of(value: float, end: float, places: int) -> str:
    text = rounded(value, places)
    if value < end - 1e-9 and float(text) >= end:
        return f"{end - 10**-places:.{places}f}"
    return "0." + "0" * places if float(text) == 0 and places else text


def signed(value: float, places: int = 1) -> str:
    """Return a difference with its sign, a true minus for negative ones."""
    text = rounded(abs(value), places)
    if float(text) == 0:
        return text
    return f"+{text}" if value > 0 else f"{MINUS}{text}"


def plain(value: float, unit: Unit) -> str:
    """Return a value without the percent sign, as limits of an interval are printed."""
    if unit is Unit.SHARE:
        return _short_of(100 * value, 100.0, 1)
    if unit is Unit.GAP:
        return signed(value, 2)
    text = _short_of(value, 100.0, 1)
    return text.replace("-", MINUS)


def figure(found: Estimate) -> str:
    """Return the estimate itself in its unit."""
    return value(found.estimate, found.unit)


def value(estimate: float, unit: Unit) -> str:
    """Return an estimate of a unit: 95.0% for a share, 74.8 for an index."""
    return f"{plain(estimate, unit)}%" if unit is Unit.SHARE else plain(estimate, unit)


def span(low: float, high: float, unit: Unit, language: str = "zh") -> str:
    """Return two limits: 88.0–96.0, in words where a sign would read as a dash."""
    joint = "–" if unit in (Unit.SHARE, Unit.INDEX) else TO[language]
    return f"{plain(low, unit)}{joint}{plain(high, unit)}"


def interval(found: Estimate, language: str = "zh") -> str:
    """Return the interval, or a dash where none may be given."""
    if found.ci_low is None or found.ci_high is None:
        return DASH
    return span(found.ci_low, found.ci_high, found.unit, language)


def bounds(found: Estimate) -> str:
    """Return the bounds for the silent, or a dash where they are not known."""
    return DASH if found.bounds is None else limits(found.bounds, found.unit)


def limits(given: Bounds, unit: Unit) -> str:
    """Return bounds: 76.0–96.0."""
    return span(given.low, given.high, unit)


def count(number: int | float | None) -> str:
    """Return a count with thousands apart, or a dash where it is unknown."""
    if number is None:
        return DASH
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,.2f}"


def ratio(found: Estimate) -> str:
    """Return numerator and denominator where both are known and whole: 1,920 / 2,000."""
    pair = (found.numerator, found.denominator)
    whole = [round(part) for part in pair if part is not None and abs(part - round(part)) < 1e-6]
    return f"{count(whole[0])} / {count(whole[1])}" if len(whole) == 2 else ""
