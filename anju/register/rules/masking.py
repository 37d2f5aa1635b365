"""The one way a telephone number or a name is shown to whoever has no need of all of it."""

from __future__ import annotations

HIDDEN = "****"


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
