"""The one line that says that hidden direction marks were taken out of what somebody wrote."""

from __future__ import annotations

from django.utils.translation import ngettext


def marks_out(taken: int) -> str:
    """Return the notice in the reader's language."""
    return ngettext(
        "%(n)d hidden sign that turns the direction of writing was taken out. Your words are kept.",
        "%(n)d hidden signs that turn the direction of writing were taken out. Your words are kept.",
        taken,
    ) % {"n": taken}
