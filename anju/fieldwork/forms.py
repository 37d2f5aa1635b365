"""A wave's form as it is entered from paper: its cells in printed order. Nothing is written."""

from __future__ import annotations

from anju.fieldwork.rules.paper import Cell, cells_of
from anju.survey.actions.keeping import item_plans
from anju.survey.models import Wave

Cells = tuple[Cell, ...]


def cells_of_wave(wave: Wave) -> Cells:
    """Return the cells of a wave's questionnaire; none without one."""
    return cells_of(item_plans(wave))
