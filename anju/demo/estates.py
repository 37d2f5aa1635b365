"""Makes a project of the demonstration with its buildings and homes."""

from __future__ import annotations

from datetime import datetime

from anju.demo.places import Place
from anju.register.access import Actor
from anju.register.actions.places import ProjectDraft, add_building, save_project
from anju.register.models import Project


def plant_project(actor: Actor, place: Place, at: datetime, language: str) -> Project:
    """Make one of the demonstration's projects with its buildings and homes."""
    draft = ProjectDraft(place.words.text(language), place.use_type, place.target_points)
    project = save_project(actor=actor, draft=draft, at=at)
    for house in place.houses:
        add_building(
            actor=actor,
            project_id=project.pk,
            name=place.label(house, language),
            units=house.units,
            at=at,
        )
    return project
