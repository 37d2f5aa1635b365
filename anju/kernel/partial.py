"""A condition in the words of an index that holds only filled columns.

SQLite takes such an index only where the question says the same with the empty text itself in it;
an empty text that is handed over as a parameter hides the index, and every row is looked at.
"""

from __future__ import annotations

from django.db.models import CharField, Func, Q


def filled(column: str) -> Q:
    """Return the condition that a text column is not empty, as `~Q(column="")` stands in an index."""
    return ~Q(**{column: Func(template="''", output_field=CharField())})
