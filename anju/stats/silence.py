"""Bounds for the silent: what those who did not answer could still make of a figure.

Not an interval: no probability is claimed, the bounds hold whatever the silent think.
"""
# ruff: noqa: N803 - N is the population and n the answers, as in every textbook

from __future__ import annotations

from dataclasses import dataclass

from anju.stats.cautions import ISSUED_AS_POPULATION
from anju.stats.results import BadArgument, BadCounts, Bounds, Caution, NoAnswers


@dataclass(frozen=True, slots=True)
class Frame:
    """How many households a figure stands for, None where unknown, and what to say about it."""

    N: int | None
    warnings: tuple[Caution, ...] = ()


def frame(population: int | None, issued: int | None) -> Frame:
    """Choose the N of a group: its population, else the number issued, else unknown.

    In a sample (issued below the population) the bounds on N also count those who were never
    asked; `bounds_nonresponse` on the number issued gives the bounds for those asked.
    """
    if population is not None:
        return Frame(population)
    return Frame(issued, () if issued is None else (ISSUED_AS_POPULATION,))


def check_counts(n: int, N: int | None) -> None:
    """Refuse negative counts and more answers than people.

    Errors: BadCounts.
    """
    if n < 0 or (N is not None and N < 0):
        raise BadCounts("n", en="A count cannot be negative.", zh="数目不能为负数。")
    if N is not None and n > N:
        raise BadCounts(
            "n",
            en=f"{n} answers from {N} people or forms: correct one of the two.",
            zh=f"{N} 户（份）却有 {n} 份回答，请更正其中之一。",
        )


def require_answers(n: int) -> None:
    """Refuse an empty group.

    Errors: NoAnswers.
    """
    if n <= 0:
        raise NoAnswers(
            "n",
            en="No valid answer: nothing to compute. Show the group as silent.",
            zh="没有有效回答，无法计算；请将该组显示为“无回答”。",
        )


def bounds_nonresponse(
    value: float,
    n: int,
    N: int,
    *,
    low: float = 0.0,
    high: float = 1.0,
) -> Bounds:
    """Give [r*v + (1-r)*low, r*v + (1-r)*high] with r = n/N.

    `N` is the population, or the number issued; `low` and `high` are the ends of the scale in the
    units of `value`.

    Errors: BadCounts where n > N, N is 0 or a count is negative; BadArgument where `value` lies
    outside the scale.

    Example:
        >>> bounds_nonresponse(0.95, 20, 25)
        Bounds(low=0.76, high=0.96)
    """
    check_counts(n, N)
    if N == 0:
        raise BadCounts("N", en="The population is 0.", zh="总体为 0。")
    if not low <= value <= high:
        raise BadArgument(
            "value",
            en=f"{value:g} lies outside the scale from {low:g} to {high:g}.",
            zh=f"数值 {value:g} 不在量表 {low:g} 至 {high:g} 之间。",
        )
    answered = n * value
    silent = N - n
    return Bounds((answered + silent * low) / N, (answered + silent * high) / N)
