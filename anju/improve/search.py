"""Findings by their number, for the search box; only those that the reader sees."""

from __future__ import annotations

import re

from anju.improve.access import visible_findings
from anju.improve.queries import title_of
from anju.kernel.pure.text import clean_search
from anju.register.access import Actor, Verb

_NUMBER = re.compile(r"(?:F-?|#|no\.?|第|编号)?\s*(\d{1,6})\s*号?", re.IGNORECASE)


def findings_numbered(
    actor: Actor, written: str, language: str
) -> tuple[tuple[int, int, str, str], ...]:
    """Return id, number, title and project of the finding that a text names by its number."""
    found = _NUMBER.fullmatch(clean_search(written))
    if found is None or not actor.may(Verb.SEE_FINDINGS):
        return ()
    rows = visible_findings(actor).filter(number=int(found[1]))
    return tuple(
        (row.pk, row.number, title_of(row).text(language), row.project.name)
        for row in rows.select_related("item", "project").order_by("id")
    )
