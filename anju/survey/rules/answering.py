"""What an owner may answer and until when; pure. Not how an answer is stored or shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from anju.answers.rules.answers import NA_CODE
from anju.kernel.pure.problems import Problem
from anju.survey.rules.questionnaire import ItemPlan, ScalePlan

# Between the codes of what was ticked in a list: one text an item, as a row of answers keeps it.
TICKED = "+"


class Privacy(StrEnum):
    """Who may see whose answer it is; stricter later in the list. Never loosened."""

    NAMED = "named"
    CONFIDENTIAL = "confidential"


class Channel(StrEnum):
    """By which way answers came in."""

    FILE = "file"
    LINK = "link"
    PAPER = "paper"


class Contact(StrEnum):
    """How an owner wishes to be contacted about what she answered."""

    NONE = "none"
    CALL = "call"
    VISIT = "visit"


def may_set(now: Privacy, wanted: Privacy, *, asked: bool) -> bool:
    """Say whether who sees the answers may be changed: freely before asking, then only tightened."""
    order = list(Privacy)
    return not asked or order.index(wanted) >= order.index(now)


def na_code(scale: ScalePlan) -> str:
    """Return the code of “did not meet it” on a scale: its own, else the one of all scales."""
    own = [option.code for option in scale.options if option.value is None]
    return own[0] if own and not scale.choose_any else NA_CODE


def _allowed(item: ItemPlan) -> frozenset[str]:
    if item.scale is None:
        return frozenset()
    codes = {option.code for option in item.scale.options}
    return frozenset(codes if item.scale.choose_any else codes | {na_code(item.scale)})


def check_answers(items: Sequence[ItemPlan], given: Mapping[str, Sequence[str]]) -> None:
    """Raise E-SURVEY-ANSWER for an item of another form, or an option of another scale."""
    known = {item.code: item for item in items}
    for code, ticked in given.items():
        item = known.get(code)
        one = item is not None and item.scale is not None and not item.scale.choose_any
        if item is None or not set(ticked) <= _allowed(item) or (one and len(ticked) > 1):
            raise Problem(
                "E-SURVEY-ANSWER",
                f"q.{code}" if item else "survey",
                "This answer does not belong to this questionnaire. Load the page and choose again.",
                "该答案不属于本问卷。请刷新页面后重新选择。",
            )


def row_of(items: Sequence[ItemPlan], given: Mapping[str, Sequence[str]]) -> list[str | None]:
    """Return the option's code or None for each item in printed order.

    Of a list to tick, the codes ticked stand in printed order joined by `TICKED`.
    """
    return [_kept(item, given.get(item.code, ())) for item in items]


def _kept(item: ItemPlan, ticked: Sequence[str]) -> str | None:
    if item.scale is None or not ticked:
        return None
    if not item.scale.choose_any:
        return ticked[0]
    return (
        TICKED.join(option.code for option in item.scale.options if option.code in ticked) or None
    )
