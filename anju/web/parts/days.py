"""Days inside a line of words, never cut at the end of the line."""

from __future__ import annotations

import re

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2})?)")


def whole_days(words: str) -> SafeString:
    """Return words with each day (and its hour) held together; everything is escaped."""
    parts = (("text-nowrap" if _DAY.fullmatch(one) else "", one) for one in _DAY.split(words))
    return format_html_join("", '<span class="{}">{}</span>', parts)
