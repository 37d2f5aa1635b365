"""Numbers as people and spreadsheets write them; refuses what a program would accept by accident.

It is not arithmetic and knows no units.
"""

from __future__ import annotations

import re
from decimal import Decimal

from anju.kernel.pure.problems import Problem

WHOLE_MOST = 2**31 - 1
# From here on a spreadsheet's number no longer holds all the digits of an identifier.
LOST_FROM = 10**15

_WIDE = str.maketrans("０１２３４５６７８９＋－．，−", "0123456789+-.,-")
_WHOLE = re.compile(r"[+-]?\d+")
_DECIMAL = re.compile(r"[+-]?\d+(\.\d+)?")
_LOST = re.compile(r"[+-]?\d(\.\d+)?E\+\d{1,3}")


def narrow(text: str) -> str:
    """Return the text with full-width digits, signs and points written narrow, trimmed."""
    return text.translate(_WIDE).strip()


def whole(value: str | float, field: str, *, low: int = 0, high: int = WHOLE_MOST) -> int:
    """Return a whole number between `low` and `high`; a cell's 3.0 is 3.

    Errors: E-NUM-SCI (digits lost in a spreadsheet), E-NUM-FORMAT, E-NUM-RANGE.
    """
    if lost_digits(value):
        raise lost(field)
    text = narrow(value) if isinstance(value, str) else _plain(value)
    if not _WHOLE.fullmatch(text, 0) or not text.isascii():
        raise Problem(
            "E-NUM-FORMAT",
            field,
            "“{value}” is not a whole number; write digits only, for example 12.",
            "“{value}”不是整数，请只写数字，例如 12。",
            value=_short(value),
        )
    if len(text) > 25:
        raise _out_of_range(value, field, low, high)
    number = int(text)
    if not low <= number <= high:
        raise _out_of_range(value, field, low, high)
    return number


def decimal(value: str | float, field: str, *, low: Decimal, high: Decimal, places: int) -> Decimal:
    """Return a decimal number between `low` and `high` with at most `places` decimals.

    Errors: E-NUM-SCI, E-NUM-FORMAT (also NaN and Infinity), E-NUM-RANGE, E-NUM-DECIMALS.
    """
    if lost_digits(value):
        raise lost(field)
    text = narrow(value) if isinstance(value, str) else _plain(value)
    if not _DECIMAL.fullmatch(text) or not text.isascii():
        raise Problem(
            "E-NUM-FORMAT",
            field,
            "“{value}” is not a number; write digits and one point, for example 0.85.",
            "“{value}”不是数字，请写数字和小数点，例如 0.85。",
            value=_short(value),
        )
    if len(text.partition(".")[2]) > places:
        raise Problem(
            "E-NUM-DECIMALS",
            field,
            "“{value}” has too many decimals; at most {places} are allowed.",
            "“{value}”小数位过多，最多保留 {places} 位小数。",
            value=_short(value),
            places=places,
        )
    number = Decimal(text)
    if not low <= number <= high:
        raise _out_of_range(value, field, low, high)
    return number


def lost_digits(value: object) -> bool:
    """Say whether a spreadsheet has dropped digits: 1.38E+10 as text, or a number of 16 digits."""
    if isinstance(value, str):
        return bool(_LOST.fullmatch(value.strip()))
    return isinstance(value, float) and value.is_integer() and abs(value) >= LOST_FROM


def lost(field: str) -> Problem:
    """Return the refusal for a cell whose digits a spreadsheet has dropped: E-NUM-SCI."""
    return Problem(
        "E-NUM-SCI",
        field,
        "The column was a number in the spreadsheet and digits are lost; "
        "format the column as text and enter the value again.",
        "该列在表格中是数字格式，数字已丢失位数；请把该列设为文本格式后重新填写。",
    )


def as_text(value: str | float) -> str:
    """Return how a person would write the cell: 1201.0 is 1201."""
    return value if isinstance(value, str) else _plain(value)


def _plain(value: float) -> str:
    if float(value).is_integer() and abs(value) < LOST_FROM:
        return str(int(value))
    return format(Decimal(str(value)), "f")


def _short(value: str | float) -> str:
    text = str(value)
    return text if len(text) <= 40 else text[:39] + "…"


def _out_of_range(value: str | float, field: str, low: object, high: object) -> Problem:
    return Problem(
        "E-NUM-RANGE",
        field,
        "“{value}” is out of range; allowed is {low} to {high}.",
        "“{value}”超出范围，允许的范围是 {low} 到 {high}。",
        value=_short(value),
        low=str(low),
        high=str(high),
    )
