"""The homes of a project that a survey can ask; reads only."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from anju.answers.rules.units import normalise
from anju.fieldwork.models import Draw
from anju.fieldwork.rules.sample import FrameHome
from anju.register.models import Unit, UnitUse
from anju.survey.models import Invitation

NOBODY_LIVES_THERE = (UnitUse.PARKING, UnitUse.STORAGE)


def askable(project_id: int) -> QuerySet[Unit]:
    """Return the units of a project that are asked, with their buildings: no garage, no store."""
    rows = Unit.objects.filter(building__project_id=project_id)
    rows = rows.exclude(use__in=NOBODY_LIVES_THERE)
    return rows.select_related("building").order_by("building_id", "id")


def frame_homes(units: Iterable[Unit]) -> tuple[FrameHome, ...]:
    """Return units as a sample is drawn of them: building and number as they are written."""
    return tuple(
        FrameHome(unit.pk, normalise(unit.building.name), normalise(unit.number)) for unit in units
    )


def is_sample(wave_id: int) -> bool:
    """Say whether a wave asks only the homes that were drawn."""
    return Draw.objects.filter(wave_id=wave_id).exists()


def not_drawn(wave_id: int, unit_id: int) -> bool:
    """Say whether a home lies outside the sample of a wave; without a sample none does."""
    asked = Invitation.objects.filter(wave_id=wave_id, unit_id=unit_id)
    return is_sample(wave_id) and not asked.exists()


def asked_numbers(wave_id: int, building_id: int, numbers: Iterable[str]) -> tuple[str, ...]:
    """Return the numbers of a building whose homes a wave asks: all of them without a sample."""
    if not is_sample(wave_id):
        return tuple(numbers)
    rows = Invitation.objects.filter(wave_id=wave_id, unit__building_id=building_id)
    asked = set(rows.values_list("unit__number", flat=True))
    return tuple(number for number in numbers if number in asked)
