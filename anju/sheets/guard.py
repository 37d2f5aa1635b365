"""The apostrophe that keeps text from becoming a formula when a CSV is opened in a spreadsheet.

Guarding and unguarding are inverse to each other: what we write we read back unchanged.
"""

from __future__ import annotations

import re

# The full-width signs count too: spreadsheets in Chinese read them as the narrow ones.
_RISKY = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")


def guarded(text: str) -> str:
    """Return the text with one apostrophe before it when a spreadsheet might run it."""
    return "'" + text if _RISKY.match(text) else text


def unguarded(text: str) -> str:
    """Return the text without the one apostrophe that `guarded` put before it."""
    return text[1:] if _GUARDED.match(text) else text
