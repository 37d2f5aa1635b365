"""Surveys by their title, for the search box; only those that the reader reaches."""

from __future__ import annotations

from anju.kernel.pure.text import clean_search
from anju.register.access import Actor, Verb
from anju.survey.access import visible_waves

MOST = 20


def waves_called(actor: Actor, written: str) -> tuple[tuple[int, str, str], ...]:
    """Return id, title and project of surveys whose title holds the text, the newest first."""
    text = clean_search(written)
    if not text or not actor.may(Verb.SEE_SURVEYS):
        return ()
    rows = visible_waves(actor).filter(title__icontains=text).order_by("-id")[:MOST]
    return tuple(rows.values_list("id", "title", "project__name"))
