"""What a case is called: where it lies, and its matter in a few words; reads of one row at most."""

from __future__ import annotations

from anju.notify.rules.words import Value, both
from anju.voice.models import Case

TITLE_MOST = 40


def place_of(case: Case) -> str:
    """Return where a case lies, as people write it: project, building, unit, spot."""
    parts = [case.project.name]
    if case.building is not None:
        parts.append(case.building.name)
    if case.unit is not None:
        parts.append(case.unit.number)
    if case.spot:
        parts.append(case.spot)
    return " ".join(parts)


def title_of(case: Case) -> Value:
    """Return a case's matter for a message to colleagues: its category, never the owner's words."""
    if case.category is None:
        return both("未分类事项", "not sorted yet")
    return both(case.category.zh, case.category.en)
