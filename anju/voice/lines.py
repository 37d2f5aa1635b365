"""A case as lists show it: what is read of it, and how that becomes a line. Knows no filter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Case as Chosen
from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery, Value, When

from anju.casework.kinds import CaseKind, Severity
from anju.casework.promises import Promised
from anju.casework.states import OPEN, STAGES, Stage, State, Turn
from anju.casework.turns import People, turn_of
from anju.voice.models import Case

NAMED = ("project", "building", "unit", "category", "assignee", "executor", "first_receiver")


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case as a list shows it; names are those of the register, words the owner's."""

    id: int
    number: int
    project: str
    place: str
    zh: str
    en: str
    words: str
    kind: CaseKind
    severity: Severity
    state: State
    turn: Turn
    holder: str
    promised: Promised | None
    due_at: datetime | None
    received_at: datetime
    times: int
    assignee: str
    restricted: bool
    version: int

    @property
    def stage(self) -> Stage:
        """The stage that people see."""
        return STAGES[self.state]

    @property
    def open(self) -> bool:
        """Whether somebody still works on it."""
        return self.state in OPEN

    def late(self, at: datetime) -> bool:
        """Say whether the promise that comes next is broken."""
        return self.due_at is not None and self.due_at < at


class _Flat(NamedTuple):
    """What a list reads of a case, in the order in which it is read: no row is made for it."""

    id: int
    number: int
    project: str
    building: str | None
    unit: str | None
    spot: str
    zh: str | None
    en: str | None
    words: str
    kind: str
    severity: str
    state: str
    first_receiver_id: int | None
    assignee_id: int | None
    executor_id: int | None
    receiver: str | None
    assignee: str | None
    executor: str | None
    next_due_at: datetime | None
    received_at: datetime
    reopened: int
    restricted: bool
    version: int
    promised: str


BEYOND = {
    "project": "project__name", "building": "building__name", "unit": "unit__number",
    "zh": "category__zh", "en": "category__en", "receiver": "first_receiver__name",
    "assignee": "assignee__name", "executor": "executor__name",
}  # fmt: skip
# Which promise comes next, told by the database: one short word instead of eight instants a row.
_PROMISED = Chosen(
    *(
        When(
            Q(**{f"{one.value}_met": None, f"{one.value}_due": F("next_due_at")}),
            then=Value(one.value),
        )
        for one in Promised
    ),
    default=Value(""),
    output_field=CharField(),
)


def _beyond(path: str) -> Subquery:
    """Return a name that a case points at, looked up for the rows that are shown and no others.

    Joined, a planner that takes the cases for few looks up the names of all and sorts afterwards.
    """
    pointer, column = path.split("__")
    there: Any = Case._meta.get_field(pointer).related_model
    rows = there._base_manager.filter(pk=OuterRef(f"{pointer}_id"))
    return Subquery(rows.values(column), output_field=CharField())


_NAMES = {f"named_{name}": _beyond(path) for name, path in BEYOND.items()}
READ = tuple(f"named_{name}" if name in BEYOND else name for name in _Flat._fields)


def read(rows: QuerySet[Case]) -> QuerySet[Case, tuple[Any, ...]]:
    """Return what a list shows of cases, in the order in which `lines_of` takes it."""
    return rows.annotate(promised=_PROMISED, **_NAMES).values_list(*READ)


def lines_of(rows: Iterable[tuple[Any, ...]]) -> list[CaseLine]:
    """Return cases that were read by `read` as a list shows them."""
    return [_line(_Flat(*values)) for values in rows]


def lines(rows: Iterable[Case]) -> tuple[CaseLine, ...]:
    """Return cases as a list shows them; the rows come with what `NAMED` says."""
    return tuple(line_of(row) for row in rows)


def line_of(row: Case) -> CaseLine:
    """Return one case as a list shows it."""
    near = {
        "project": row.project.name,
        "building": row.building.name if row.building else None,
        "unit": row.unit.number if row.unit else None,
        "zh": row.category.zh if row.category else None,
        "en": row.category.en if row.category else None,
        "receiver": row.first_receiver.name if row.first_receiver else None,
        "assignee": row.assignee.name if row.assignee else None,
        "executor": row.executor.name if row.executor else None,
        "promised": next_promised(row) or "",
    }
    own: list[Any] = [near[name] if name in near else getattr(row, name) for name in _Flat._fields]
    return _line(_Flat(*own))


@lru_cache(maxsize=4_096)
def _line(row: _Flat) -> CaseLine:
    """Return what was read as a line; the same words of the same case make the same line."""
    state = State(row.state)
    turn, holder = turn_of(state, People(row.first_receiver_id, row.assignee_id, row.executor_id))
    names = {
        row.first_receiver_id: row.receiver,
        row.executor_id: row.executor,
        row.assignee_id: row.assignee,
    }
    return CaseLine(
        id=row.id, number=row.number, project=row.project, place=_place(row),
        zh=row.zh or "", en=row.en or "",
        words=row.words, kind=CaseKind(row.kind), severity=Severity(row.severity),
        state=state, turn=turn, holder=(names[holder] or "") if holder else "",
        promised=Promised(row.promised) if row.promised and state in OPEN else None,
        due_at=row.next_due_at, received_at=row.received_at,
        times=row.reopened + 1, assignee=row.assignee or "",
        restricted=row.restricted, version=row.version,
    )  # fmt: skip


def _place(row: _Flat) -> str:
    return " ".join(one for one in (row.building, row.unit, row.spot) if one)


def people_of(row: Case) -> People:
    """Return who is named at a case."""
    return People(row.first_receiver_id, row.assignee_id, row.executor_id)


def where(row: Case) -> str:
    """Return where a case lies inside its project: building and unit, and a spot in words."""
    parts = [row.building.name] if row.building is not None else []
    if row.unit is not None:
        parts.append(row.unit.number)
    return " ".join([*parts, row.spot] if row.spot else parts)


def next_promised(row: Case) -> Promised | None:
    """Return which promise of an open case comes next; None where none runs."""
    if State(row.state) not in OPEN or row.next_due_at is None:
        return None
    for one in Promised:
        open_still = getattr(row, f"{one.value}_met") is None
        if open_still and getattr(row, f"{one.value}_due") == row.next_due_at:
            return one
    return None
