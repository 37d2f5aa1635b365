"""What a check of answers read how: words, blanks, buildings and homes, for the page of the check."""

from __future__ import annotations

from django.utils.translation import gettext as _

from anju.kernel.tasks import Job
from anju.web.parts.readings import Reading, blanks_of, places_of, words_of


def heard_of(job: Job, language: str) -> tuple[Reading, ...]:
    """Return what the check of a file told of how it read the cells."""
    result = job.result or {}
    return (
        *words_of(result, language),
        *blanks_of(
            result.get("heard_blanks", []),
            _("%(n)s answers left blank, by item: they are in no denominator"),
            _("Item"),
        ),
        *places_of(result, language),
    )
