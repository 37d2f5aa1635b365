"""Where the rows of a table lie among homes, as each table declares it; pure. Read by homes.py."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class At(StrEnum):
    """What the lookup of a table leads to."""

    UNIT = "unit"
    BUILDING = "building"
    PERSON = "person"
    ZONE = "zone"
    # A form that came back: it names a unit, or a building alone, or nothing.
    FORM = "form"
    # Rows that speak of a project as one; who is held to zones sees none of them.
    WHOLE = "whole"


class Lies(NamedTuple):
    """What a table's rows lie at, and the lookup that leads there; for a form, what stands before."""

    at: At
    path: str = ""
