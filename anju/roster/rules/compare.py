"""What a spreadsheet would add to the register and change in it; nothing is merged unasked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from anju.roster.rules.known import Known, KnownPerson, KnownTie, KnownUnit
from anju.roster.rules.rows import OwnerRow, UnitRow


class Doubt(StrEnum):
    """A likeness of people that a person has to judge."""

    SAME_IN_FILE = "same_in_file"
    SAME_AS_KNOWN = "same_as_known"
    SHARED_PHONE = "shared_phone"


ONE, APART, KEEP, BLANK = "one", "apart", "keep", "blank"
ANSWERS: dict[Doubt, tuple[str, str]] = {
    Doubt.SAME_IN_FILE: (ONE, APART),
    Doubt.SAME_AS_KNOWN: (ONE, APART),
    Doubt.SHARED_PHONE: (KEEP, BLANK),
}


@dataclass(frozen=True, slots=True)
class Warned:
    """A row in doubt, and the row or the person on record that it resembles."""

    doubt: Doubt
    row: int
    name: str
    other: str


@dataclass(frozen=True, slots=True)
class Change:
    """New values of a row on record, and those that an undo brings back."""

    id: int
    version: int
    before: dict[str, object]
    after: dict[str, object]


@dataclass(frozen=True, slots=True)
class NewTie:
    """A tie to add: the person by the row that first named her, or on record."""

    unit: str
    first_row: int
    person_id: int
    kind: str
    since: date | None
    until: date | None


@dataclass(slots=True)
class Plan:
    """Everything that an import would do, counted and ready."""

    new_units: list[UnitRow] = field(default_factory=list)
    changed_units: list[Change] = field(default_factory=list)
    new_people: list[OwnerRow] = field(default_factory=list)
    changed_people: list[Change] = field(default_factory=list)
    new_ties: list[NewTie] = field(default_factory=list)
    changed_ties: list[Change] = field(default_factory=list)
    same: int = 0
    warned: list[Warned] = field(default_factory=list)


def compare_units(plan: Plan, rows: Iterable[UnitRow], known: Known) -> None:
    """Put each unit of a sheet down as new, changed or the same; an empty cell changes nothing."""
    for row in rows:
        held = known.units.get(row.key)
        change = _unit_change(row, held) if held else None
        if held is None:
            plan.new_units.append(row)
        elif change is not None:
            plan.changed_units.append(change)
        else:
            plan.same += 1


def _unit_change(row: UnitRow, held: KnownUnit) -> Change | None:
    said: dict[str, object] = {
        "floor": row.floor,
        "area": row.area,
        "use": row.use,
        "handover": row.handover,
    }
    return _change(held.id, held.version, held, said)


def _change(row_id: int, version: int, held: object, said: dict[str, object]) -> Change | None:
    after = {
        name: value
        for name, value in said.items()
        if value not in {None, ""} and getattr(held, name) != value
    }
    if not after:
        return None
    return Change(row_id, version, {name: getattr(held, name) for name in after}, after)


class People:
    """Compares the rows of people with the register and with each other."""

    def __init__(self, plan: Plan, known: Known, answers: dict[Doubt, str]) -> None:
        self.plan = plan
        self.answers = answers
        self.unit_ids = {key: unit.id for key, unit in known.units.items()}
        self.by_id = {person.id: person for person in known.people}
        self.by_phone = {(p.name, p.phone): p for p in known.people if p.phone}
        self.ties: dict[tuple[int, str], list[KnownTie]] = defaultdict(list)
        for tie in known.ties:
            self.ties[tie.unit_id, self.by_id[tie.person_id].name].append(tie)
        self.first: dict[tuple[str, str], OwnerRow] = {}
        self.told: set[tuple[str, str, int, str]] = set()
        self.changed: set[int] = set()
        self.names = _names_by_phone(known.people)

    def compare(self, rows: Sequence[OwnerRow]) -> None:
        """Put every row down; see `Plan`."""
        for row in rows:
            self._one(self._phone_judged(row))

    def _phone_judged(self, row: OwnerRow) -> OwnerRow:
        """Return the row, without its phone where a shared one is to be left out."""
        if not row.phone:
            return row
        names = self.names[row.phone]
        other = next((name for name in names if name != row.name), "")
        names.setdefault(row.name)
        if not other:
            return row
        self._warn(Doubt.SHARED_PHONE, row, other)
        if self.answers.get(Doubt.SHARED_PHONE) != BLANK:
            return row
        return OwnerRow(
            row.row, row.unit, row.name, "", "", row.kind, row.since, row.until,
            row.language, row.channel,
        )  # fmt: skip

    def _warn(self, doubt: Doubt, row: OwnerRow, other: str) -> None:
        self.plan.warned.append(Warned(doubt, row.row, row.name, other))

    def _one(self, row: OwnerRow) -> None:
        held = self._held(row)
        if held is not None:
            self._again(row, held)
            return
        person = self._on_record(row)
        first = self._in_file(row) if person is None else None
        if person is None and first is None:
            self.plan.new_people.append(row)
        person_id, first_row = person.id if person else 0, (first or row).row
        mark = (row.unit, row.kind, person_id or -first_row, "")
        if mark not in self.told:
            self.told.add(mark)
            self.plan.new_ties.append(
                NewTie(row.unit, first_row, person_id, row.kind, row.since, row.until)
            )

    def _held(self, row: OwnerRow) -> KnownTie | None:
        """Return the tie on record of somebody of this name to this unit: the same, or the latest."""
        ties = self.ties.get((self.unit_ids.get(row.unit, 0), row.name), [])
        if len({tie.person_id for tie in ties}) > 1:  # two of one name in one home: by the phone
            ties = [tie for tie in ties if self.by_id[tie.person_id].phone == row.phone]
        open_ = [tie for tie in ties if tie.until is None or row.since in {None, tie.since}]
        alike = [tie for tie in open_ if tie.kind == row.kind]
        return next(iter([*alike, *open_]), None)

    def _again(self, row: OwnerRow, tie: KnownTie) -> None:
        person = self.by_id[tie.person_id]
        said: dict[str, object] = {
            "phone": row.phone,
            "language": row.language,
            "channel": row.channel,
        }
        change = _change(person.id, person.version, person, said)
        if change is not None and person.id not in self.changed:
            self.changed.add(person.id)
            if "phone" in change.after:
                change.before["written"] = person.written
                change.after["written"] = row.written
            self.plan.changed_people.append(change)
        days: dict[str, object] = {"kind": row.kind, "since": row.since, "until": row.until}
        stay = _change(tie.id, tie.version, tie, days)
        if stay is not None:
            self.plan.changed_ties.append(stay)
        self.plan.same += change is None and stay is None

    def _on_record(self, row: OwnerRow) -> KnownPerson | None:
        person = self.by_phone.get((row.name, row.phone))
        if person is None:
            return None
        self._warn(Doubt.SAME_AS_KNOWN, row, person.name)
        return None if self.answers.get(Doubt.SAME_AS_KNOWN) == APART else person

    def _in_file(self, row: OwnerRow) -> OwnerRow | None:
        """Return the earlier row of the same person: by name and phone, or in the same home."""
        mark = (row.name, row.phone or row.unit)
        first = self.first.setdefault(mark, row)
        if first is row:
            return None
        self._warn(Doubt.SAME_IN_FILE, row, str(first.row))
        return None if self.answers.get(Doubt.SAME_IN_FILE) == APART else first


def _names_by_phone(people: Iterable[KnownPerson]) -> defaultdict[str, dict[str, None]]:
    names: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for person in people:
        names[person.phone][person.name] = None
    return names
