"""What the pages of projects and buildings ask for, and how it is read."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import islice

from django.http import QueryDict
from django.utils.translation import gettext as _

from anju.kernel.pure.numbers import decimal
from anju.register.actions.places import ProjectDraft
from anju.register.choices import use_types
from anju.web.parts.form import Field

RANGE = re.compile(r"^(\d{1,4})-(\d{1,4})(?:\s*[x×]\s*(\d{1,3})-(\d{1,3}))?$")
MOST = 5_000


def project_fields(given: QueryDict | dict[str, str]) -> tuple[Field, ...]:
    """Return the fields of a project, filled with what was given."""
    return (
        Field("name", _("Project name"), given.get("name", ""), most=120),
        Field(
            "use_type", _("Use type"), given.get("use_type", ""), kind="select", choices=use_types()
        ),
        Field(
            "target",
            _("Target: share satisfied, in per cent (0–100)"),
            given.get("target", ""),
            hint=_("Held against a share satisfied alone, never against an index or points."),
            optional=True,
            inputmode="decimal",
        ),
    )


def read_project(given: QueryDict) -> ProjectDraft:
    """Read a project as it was written; raises Problem with the field's name."""
    target = given.get("target", "").strip()
    return ProjectDraft(
        name=given.get("name", ""),
        use_type=given.get("use_type", ""),
        target=decimal(target, "target", low=Decimal(0), high=Decimal(100), places=1)
        if target
        else None,
    )


def building_fields(given: QueryDict | dict[str, str], *, named: bool) -> tuple[Field, ...]:
    """Return the fields of a building and its units."""
    units = Field(
        "units",
        _("Unit numbers"),
        given.get("units", ""),
        kind="area",
        rows=8,
        hint=_("One a line, or floors × homes: “1-18 × 01-04” makes 101 to 1804."),
        optional=not named,
    )
    if not named:
        return (units,)
    return (Field("building", _("Building name"), given.get("building", ""), most=60), units)


def name_fields(given: QueryDict | dict[str, str]) -> tuple[Field, ...]:
    """Return the one field of a building's name."""
    return (Field("building", _("Building name"), given.get("building", ""), most=60),)


def _spread(found: re.Match[str]) -> list[str]:
    low, high = int(found[1]), int(found[2])
    floors = range(low, min(high, low + MOST) + 1)
    if found[3] is None:
        return [str(number) for number in floors]
    homes = range(int(found[3]), int(found[4]) + 1)
    every = (f"{floor}{home:02d}" for floor in floors for home in homes)
    return list(islice(every, MOST + 1))


def read_units(text: str) -> list[str]:
    """Return unit numbers from lines, commas, ranges and floor × home patterns."""
    numbers: list[str] = []
    for part in re.split(r"[\n,，、;；]+", text):
        found = RANGE.match(part.strip())
        numbers.extend(_spread(found) if found else [part.strip()])
        if len(numbers) > MOST:
            break
    return [number for number in numbers if number]
