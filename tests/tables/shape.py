"""A row of the table of addresses."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """Who may use a URL, and whether it is asked by POST."""

    roles: str
    post: bool = False
    # Letters of those who may ask, and see only what is theirs: the cast's rows are not.
    theirs: str = ""
