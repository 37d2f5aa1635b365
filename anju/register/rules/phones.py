"""Telephone numbers as people write them, brought to one form; whether one answers is not asked."""

from __future__ import annotations

import re
import unicodedata

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from anju.kernel.pure.numbers import lost, lost_digits
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import Cell

COUNTRY = "CN"
TAIL = 4
_WRITTEN_MOST = 40
_PRINTED = re.compile(r"\+?[0-9(][0-9 ()\-]{1,38}")
_DIGITS_LEAST, _DIGITS_MOST = 3, 20
_NOISE = re.compile(r"[\s\-－–—().（）·]+")
# The form that nearly every number has; the library is asked about all the others.
_MOBILE = re.compile(r"(?:\+?86|0086)?(1[3-9]\d{9})")
_COSTLY = frozenset({PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST})


def phone_of(cell: Cell, field: str) -> str:
    """Return a telephone number as +country and digits, or an empty text where none was written.

    Errors: E-PHONE for what is no number one can call, E-NUM-SCI where a spreadsheet lost digits.

    Example:
        >>> phone_of("+86 138 0013 8000", "phone"), phone_of("０５７１－８７６５４３２１", "phone")
        ('+8613800138000', '+8657187654321')
    """
    if lost_digits(cell):
        raise lost(field)
    text = written_phone(cell)
    plain = _NOISE.sub("", text)
    if not plain:
        return ""
    mobile = _MOBILE.fullmatch(plain)
    return f"+86{mobile[1]}" if mobile else _other(plain, text, field)


def written_phone(cell: Cell) -> str:
    """Return a number as it was written, narrow and trimmed; a cell's 13800138000.0 is its digits."""
    if cell is None:
        return ""
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    return unicodedata.normalize("NFKC", text).strip()[:_WRITTEN_MOST]


def office_phone(written: str, field: str) -> str:
    """Return the number by which owners reach the company, as it is printed; empty where none is.

    Service numbers of one country, such as 400 or 96 ones, are no numbers to the library, so only
    the signs are looked at. Errors: E-PHONE.

    Example:
        >>> office_phone("４００－８２０－８８２０", "phone"), office_phone(" 96 811 ", "phone")
        ('400-820-8820', '96 811')
    """
    text = " ".join(unicodedata.normalize("NFKC", written).split())
    digits = sum(sign.isdigit() for sign in text)
    if text and not (_PRINTED.fullmatch(text) and _DIGITS_LEAST <= digits <= _DIGITS_MOST):
        raise Problem(
            "E-PHONE",
            field,
            "“{value}” is no telephone number; write it in digits as owners dial it, such as"
            " 400-820-8820 or 0571-87654321.",
            "“{value}”不是电话号码；请按业主拨打的方式填写数字，例如 400-820-8820 或 0571-87654321。",
            value=text[:20],
        )
    return text


def tail_of(phone: str) -> str:
    """Return the last four digits, by which a person at the desk finds somebody."""
    return phone[-TAIL:] if len(phone) > TAIL else ""


def _other(plain: str, text: str, field: str) -> str:
    try:
        if not re.fullmatch(r"\+?\d{5,20}", plain):
            raise phonenumbers.NumberParseException(1, "letters stand in it")
        number = phonenumbers.parse(plain, COUNTRY)
    except phonenumbers.NumberParseException:
        raise _refused(text, field) from None
    kind = phonenumbers.number_type(number)
    if not phonenumbers.is_valid_number(number) or kind in _COSTLY:
        raise _refused(text, field)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _refused(text: str, field: str) -> Problem:
    return Problem(
        "E-PHONE",
        field,
        "“{value}” is no telephone number we can call; write 11 digits of a mobile phone, or a"
        " landline with its area code, such as 0571-87654321.",
        "“{value}”不是可以拨打的电话号码；请填写 11 位手机号，或带区号的座机，例如 0571-87654321。",
        value=text[:20],
    )
