"""Which digit stands for which answer on paper and at the keyboard; pure.

Answers with a value are numbered as printed, from 1. An answer without a value (“not used”, “do
not know”) is 9, further ones count down from it: the hand learns that 9 means “no opinion”.
A scale of too many answers for one digit each has none: its items are entered in words.
The answers of a list to tick are numbered as printed, from 1, however many there are.
"""

from __future__ import annotations

from collections.abc import Mapping

from anju.survey.rules.questionnaire import ItemPlan, ScalePlan

MOST = 9
BLANK = "0"


def digits_of(scale: ScalePlan) -> Mapping[str, str]:
    """Return option code → digit in printed order; empty where nine digits are not enough.

    Example: very satisfied, satisfied, dissatisfied, not used → 1, 2, 3, 9.
    """
    if len(scale.options) > MOST:
        return {}
    valued = [option.code for option in scale.options if option.value is not None]
    silent = [option.code for option in scale.options if option.value is None]
    if not valued:  # nothing is rated: all are plain choices
        return {code: str(place) for place, code in enumerate(silent, start=1)}
    last = {code: str(MOST - place) for place, code in enumerate(silent)}
    first = {code: str(place) for place, code in enumerate(valued, start=1)}
    return {option.code: (first | last)[option.code] for option in scale.options}


def ticks_of(scale: ScalePlan) -> Mapping[str, str]:
    """Return option code → number of a list to tick, in printed order."""
    return {option.code: str(place) for place, option in enumerate(scale.options, start=1)}


def printed_of(item: ItemPlan) -> Mapping[str, str]:
    """Return option code → what stands in its box on paper; empty where nothing does."""
    if item.scale is None:
        return {}
    return ticks_of(item.scale) if item.scale.choose_any else digits_of(item.scale)


def by_digit(item: ItemPlan) -> bool:
    """Say whether an item is answered by one digit: one answer of a scale that has digits."""
    scale = item.scale
    return scale is not None and not scale.choose_any and bool(digits_of(scale))
