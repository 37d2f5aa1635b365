"""Response accounting: outcome rates from the fates of all issued forms; unknown stays unknown.

Not an interval and not a weight: see `proportion` and `silence`.
"""

from __future__ import annotations

from dataclasses import dataclass

from anju.stats.results import BadArgument, BadCounts, Words

UNKNOWN = Words("未知", "unknown")


@dataclass(frozen=True, slots=True)
class Outcomes:
    """How the issued forms or visits ended; None means that nobody counted it."""

    complete: int | None = None
    partial: int | None = None
    refusal: int | None = None
    noncontact: int | None = None
    other: int | None = None
    unknown_household: int | None = None
    unknown_other: int | None = None
    ineligible: int | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate 0 to 1 with its two counts, or None with the reason why it is not known."""

    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    why: Words | None = None


@dataclass(frozen=True, slots=True)
class Rates:
    """The outcome rates of one wave; `e` is the share of unknown cases taken as eligible."""

    rr1: Rate
    rr2: Rate
    rr3: Rate
    rr4: Rate
    rr5: Rate
    rr6: Rate
    coop1: Rate
    ref1: Rate
    con1: Rate
    e: Rate


_NAMES: dict[str, Words] = {
    "complete": Words("完整回答", "complete answers"),
    "partial": Words("部分回答", "partial answers"),
    "refusal": Words("拒答", "refusals"),
    "noncontact": Words("未联系上", "not reached"),
    "other": Words("其他", "other"),
    "unknown_household": Words("是否有住户不明", "unknown whether a household"),
    "unknown_other": Words("其他资格不明", "otherwise unknown eligibility"),
    "ineligible": Words("不在调查范围", "not eligible"),
    "issued": Words("发放数", "number issued"),
    "returned": Words("收回数", "number returned"),
}
_ANSWERED = ("complete", "partial")
_REACHED = (*_ANSWERED, "refusal", "other")
_ELIGIBLE = (*_ANSWERED, "refusal", "noncontact", "other")
_OPEN = ("unknown_household", "unknown_other")
_NOBODY = Words("分母为零", "the base is zero")


def outcome_rates(counts: Outcomes, e: float | None = None) -> Rates:
    """Compute RR1 to RR6, COOP1, REF1, CON1; a rate that needs an uncounted number is unknown.

    `e` defaults to the share eligible among the cases of known eligibility.

    Errors: BadCounts (a negative count), BadArgument (e outside 0 to 1).
    Source: AAPOR Standard Definitions, response rates 1 to 6.

    Example:
        >>> found = outcome_rates(Outcomes(200, 20, 60, 90, 10, 40, 0, 30))
        >>> round(found.rr1.value, 6), round(found.rr3.value, 6)
        (0.47619, 0.479532)
    """
    if any(value is not None and value < 0 for value in _all(counts).values()):
        raise BadCounts("counts", en="A count cannot be negative.", zh="数目不能为负数。")
    if e is not None and not 0 <= e <= 1:
        raise BadArgument("e", en="e lies between 0 and 1.", zh="e 须在 0 与 1 之间。")
    eligible = _rate(counts, _ELIGIBLE, (*_ELIGIBLE, "ineligible")) if e is None else Rate(e)
    full, everyone = ("complete",), (*_ELIGIBLE, *_OPEN)
    return Rates(
        rr1=_rate(counts, full, everyone),
        rr2=_rate(counts, _ANSWERED, everyone),
        rr3=_estimated(counts, full, eligible),
        rr4=_estimated(counts, _ANSWERED, eligible),
        rr5=_rate(counts, full, _ELIGIBLE),
        rr6=_rate(counts, _ANSWERED, _ELIGIBLE),
        coop1=_rate(counts, full, _REACHED),
        ref1=_rate(counts, ("refusal",), everyone),
        con1=_rate(counts, _REACHED, everyone),
        e=eligible,
    )


def response_rate(returned: int | None, issued: int | None) -> Rate:
    """Give returned of issued; unknown where either was not counted.

    Errors: BadCounts where more were returned than issued or a count is negative.

    Example:
        >>> response_rate(20, 25).value
        0.8
    """
    known = [value for value in (returned, issued) if value is not None]
    if min(known, default=0) < 0:
        raise BadCounts("returned", en="A count cannot be negative.", zh="数目不能为负数。")
    if returned is not None and issued is not None and returned > issued:
        raise BadCounts(
            "returned",
            en=f"{returned} returned of {issued} issued: correct one of the two.",
            zh=f"发放 {issued} 份却收回 {returned} 份，请更正其中之一。",
        )
    return _divide({"returned": returned}, {"issued": issued})


def _all(counts: Outcomes) -> dict[str, int | None]:
    return {
        "complete": counts.complete,
        "partial": counts.partial,
        "refusal": counts.refusal,
        "noncontact": counts.noncontact,
        "other": counts.other,
        "unknown_household": counts.unknown_household,
        "unknown_other": counts.unknown_other,
        "ineligible": counts.ineligible,
    }


def _rate(counts: Outcomes, top: tuple[str, ...], base: tuple[str, ...]) -> Rate:
    table = _all(counts)
    return _divide({name: table[name] for name in top}, {name: table[name] for name in base})


def _divide(top: dict[str, int | None], base: dict[str, int | None]) -> Rate:
    missing = [name for name, value in {**base, **top}.items() if value is None]
    if missing:
        return Rate(None, why=_uncounted(missing))
    over = float(sum(value for value in top.values() if value is not None))
    under = float(sum(value for value in base.values() if value is not None))
    return Rate(over / under, over, under) if under > 0 else Rate(None, over, under, _NOBODY)


def _estimated(counts: Outcomes, top: tuple[str, ...], e: Rate) -> Rate:
    table = _all(counts)
    known = _rate(counts, top, _ELIGIBLE)
    still_open = [table[name] for name in _OPEN]
    missing = [name for name in _OPEN if table[name] is None]
    if e.value is None or known.numerator is None or known.denominator is None:
        return Rate(None, why=e.why or known.why)
    if missing:
        return Rate(None, why=_uncounted(missing))
    under = known.denominator + e.value * sum(value for value in still_open if value is not None)
    if under == 0:
        return Rate(None, known.numerator, under, _NOBODY)
    return Rate(known.numerator / under, known.numerator, under)


def _uncounted(names: list[str]) -> Words:
    return Words(
        f"{UNKNOWN.zh}：没有记录{'、'.join(_NAMES[name].zh for name in names)}",
        f"{UNKNOWN.en}: {', '.join(_NAMES[name].en for name in names)} not recorded",
    )
