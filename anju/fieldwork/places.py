"""Finds the home that a paper form names, and says how a home has answered already."""

from __future__ import annotations

from dataclasses import dataclass

from anju.fieldwork.days import today_of
from anju.fieldwork.models import EntryBatch
from anju.fieldwork.rules.rooms import meant
from anju.register.models import Building, Unit
from anju.survey.homes import frame_of_project
from anju.survey.models import Response
from anju.survey.rules.answering import Channel


@dataclass(frozen=True, slots=True)
class Place:
    """Where a form comes from: a home, a building alone, or nowhere that is known."""

    unit: Unit | None = None
    building: Building | None = None


def place_of(project_id: int, room: str, building: str) -> Place:
    """Return the home or building that was typed. Errors: E-PAPER-ROOM, E-PAPER-WHICH."""
    frame = frame_of_project(project_id)
    found = meant(room, building, homes=frame.homes, buildings=frame.buildings)
    if found.home:
        rows = Unit.objects.select_related("building")
        return Place(unit=rows.get(id=frame.units[found.home]))
    key = frame.buildings.get(found.building) if found.building else None
    return Place(building=Building.objects.get(id=key) if key else None)


def said_of(known: Response) -> tuple[str, str]:
    """Return in both languages how and when a home has answered; never what."""
    batch = known.batch
    day = today_of(known.answered_at or batch.created_at).isoformat()
    if batch.channel == Channel.LINK:
        return f"by its link on {day}", f"{day} 已通过链接作答"
    if batch.channel == Channel.FILE:
        return f"in the file {batch.file_name}", f"在文件 {batch.file_name} 中"
    entry = EntryBatch.objects.select_related("account").filter(batch=batch).first()
    who = entry.account.name if entry else ""
    return (
        f"on paper, form {known.row} of {who}, entered on {day}",
        f"纸质问卷已录入（{who} {day} 第 {known.row} 份）",
    )
