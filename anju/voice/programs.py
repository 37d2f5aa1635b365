"""What another program may send and see of cases: its key's projects, never a name or a phone."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from anju.casework.kinds import NoteFrom, Shown
from anju.casework.promises import Promised
from anju.casework.states import STAGES, State
from anju.kernel.pure.problems import Problem
from anju.register.access import NotFound
from anju.register.models import Building, Project, Unit
from anju.register.programs import Program
from anju.register.rules.spellings import Spellings, unknown_unit
from anju.register.rules.units import normalise
from anju.voice.actions.receiving import Place
from anju.voice.models import Case, CaseNote, Category

NAMED = ("project", "building", "unit", "category")


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise of a case: as first made, as it stands, when it was met."""

    first: datetime | None
    due: datetime | None
    met: datetime | None


@dataclass(frozen=True, slots=True)
class Told:
    """A note that everybody may read: by the owner or the company, its words, when."""

    by: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """A case as a program sees it; words and notes are None where another sent it in."""

    id: int
    number: int
    kind: str
    severity: str
    category: str | None
    state: str
    stage: str
    outcome: str | None
    project: int
    building: str | None
    unit: str | None
    spot: str
    received_at: datetime
    closed_at: datetime | None
    settled_at: datetime | None
    reopened: int
    next_due_at: datetime | None
    promises: Mapping[str, Promise]
    words: str | None = None
    notes: tuple[Told, ...] | None = None


def sent_as(program: Program, key: str) -> str:
    """Return the name under which a case that a program sent with a key is kept."""
    return f"program:{program.id}:{hashlib.sha256(key.encode()).hexdigest()[:40]}"


def _is_own(program: Program, case: Case) -> bool:
    return bool(case.client_id.startswith(f"program:{program.id}:"))


def place_in(program: Program, project_id: int, building: str, unit: str, spot: str) -> Place:
    """Return a place as it was written; errors E-REF for project or building, E-UNIT with the nearest."""
    reach = program.projects
    rows = Project.objects.filter(id=project_id)
    if (reach is not None and project_id not in reach) or not rows.exists():
        raise Problem("E-REF", "project", "Not found. Choose again.", "未找到，请重新选择。")
    if unit:
        return Place(project_id, unit_id=_unit(project_id, building, unit), spot=spot)
    if not building:
        return Place(project_id, spot=spot)
    found = Building.objects.filter(project_id=project_id, name=building).first()
    if found is None:
        raise Problem("E-REF", "building", "Not found. Choose again.", "未找到，请重新选择。")
    return Place(project_id, building_id=found.pk, spot=spot)


def _unit(project_id: int, building: str, unit: str) -> int:
    rows = Unit.objects.filter(building__project_id=project_id)
    known = dict(rows.values_list("key", "id"))
    written = normalise(f"{building}-{unit}" if building else unit)
    spellings = Spellings(known)
    whole = spellings.find(written)
    if not whole:
        raise unknown_unit(written, spellings.close(written))
    return int(known[whole])


def category_by_code(code: str) -> int:
    """Return the id of a category that is offered, by its code. Errors: E-REF."""
    found = Category.objects.filter(code=code, retired_at=None).values_list("id", flat=True).first()
    if found is None:
        raise Problem(
            "E-REF", "category",
            "There is no category “{named}”. Its code stands in the rules for cases.",
            "没有类别“{named}”。类别代码见报事规则。", named=code[:40],
        )  # fmt: skip
    return int(found)


def lines(program: Program, *, after: int, limit: int) -> tuple[Line, ...]:
    """Return cases with numbers above one, rising; the manager's mailbox is left out."""
    rows = _seen(program).filter(number__gt=after).order_by("number")[:limit]
    return tuple(_line(case) for case in rows)


def case_by_number(program: Program, number: int) -> Line:
    """Return one case, with words and notes where the program itself sent it. Errors: NotFound."""
    case = _seen(program).filter(number=number).first()
    if case is None:
        raise NotFound(f"case {number}")
    return _line(case, whole=_is_own(program, case))


def own_case(program: Program, number: int) -> int:
    """Return the id of a case that the program itself sent. Errors: NotFound for any other."""
    case = _seen(program).filter(number=number).first()
    if case is None or not _is_own(program, case):
        raise NotFound(f"case {number}")
    return int(case.pk)


def _seen(program: Program) -> QuerySet[Case]:
    rows: QuerySet[Case] = Case.objects.select_related(*NAMED).filter(restricted=False)
    return rows if program.projects is None else rows.filter(project_id__in=program.projects)


def _line(case: Case, *, whole: bool = False) -> Line:
    promises = {
        one.value: Promise(
            *(getattr(case, f"{one.value}_{what}") for what in ("first", "due", "met"))
        )
        for one in Promised
        if getattr(case, f"{one.value}_first") is not None
    }
    return Line(
        id=case.pk, number=case.number, kind=case.kind, severity=case.severity,
        category=case.category.code if case.category else None,
        state=case.state, stage=STAGES[State(case.state)].value, outcome=case.outcome or None,
        project=case.project_id, building=case.building.name if case.building else None,
        unit=case.unit.number if case.unit else None, spot=case.spot,
        received_at=case.received_at, closed_at=case.closed_at, settled_at=case.settled_at,
        reopened=case.reopened, next_due_at=case.next_due_at, promises=promises,
        words=case.words if whole else None, notes=_notes(case) if whole else None,
    )  # fmt: skip


def _notes(case: Case) -> tuple[Told, ...]:
    rows = CaseNote.objects.filter(case=case, shown=Shown.ALL.value).order_by("at", "id")
    return tuple(
        Told("owner" if row.said_by == NoteFrom.OWNER else "company", row.words, row.at)
        for row in rows
    )
