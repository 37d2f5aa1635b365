"""The one way a telephone number or a name is shown to whoever has no need of all of it."""

from __future__ import annotations

import re

HIDDEN = "****"
# Mobile and fixed numbers of the mainland as people write them into a sentence.
_NUMBER = re.compile(
    r"(?<!\d)(?:\+?86[-\s]?)?1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}(?!\d)"
    r"|(?<!\d)0\d{2,3}[-\s]?\d{7,8}(?!\d)"
)


def mask_phone(phone: str) -> str:
    """Return a number with its middle hidden; four digits at the end at most, never all of it.

    A number of mainland China is shown without its country: `138****2201`.

    Example:
        >>> mask_phone("+8613800132201"), mask_phone("+442079460000"), mask_phone("")
        ('138****2201', '+4420****0000', '')
    """
    national = phone.removeprefix("+86")
    if len(national) < 5:
        return HIDDEN if national else ""
    if len(national) < 9:
        return f"{HIDDEN}{national[-2:]}"
    head = 5 if national.startswith("+") else 3
    return f"{national[:head]}{HIDDEN}{national[-4:]}"


def mask_numbers(text: str) -> str:
    """Return a text with the telephone numbers in it masked, and every other word as it was.

    Example:
        >>> mask_numbers("请打138 0013 2201，或 0571-88886666")
        '请打138****2201，或 057****6666'
    """
    return _NUMBER.sub(lambda found: mask_phone(re.sub(r"[-\s]|^\+?86(?=1)", "", found[0])), text)
