"""Reads an office's spreadsheet whole and compares it with the register; writes nothing there."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from anju.kernel import files
from anju.kernel.models import StoredFile
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import CellProblem, Table
from anju.kernel.tasks import Plain, Run
from anju.register.rules.masking import mask_phone
from anju.register.rules.spellings import Spellings
from anju.register.rules.units import normalise
from anju.roster.queries import building_names, known_of
from anju.roster.rules.compare import Doubt, People, Plan, compare_units
from anju.roster.rules.heard import formed, heard
from anju.roster.rules.known import Known
from anju.roster.rules.reading import SheetReader
from anju.roster.rules.rows import (
    OwnerRow,
    StaffRow,
    homes_named,
    owner_rows,
    staff_rows,
    unit_rows,
)
from anju.roster.rules.shape import FACTS, Column, Kind, from_json
from anju.sheets.limits import Limits
from anju.sheets.marks import MARKS_MOST, mark_problems
from anju.sheets.read import read_table

SHOWN = 1_000
DOUBTS_SHOWN = 200
FORMED_SHOWN = 6


@dataclass(slots=True)
class Read:
    """A spreadsheet read: what it would do, who works where, and every cell at fault by sheet."""

    file: StoredFile
    known: Known
    plan: Plan = field(default_factory=Plan)
    staff: list[StaffRow] = field(default_factory=list)
    sheets: list[SheetReader] = field(default_factory=list)
    nobody: int = 0

    @property
    def faults(self) -> int:
        """How many cells are at fault."""
        return sum(len(sheet.found) for sheet in self.sheets)

    @property
    def faulty_rows(self) -> int:
        """How many rows hold at least one of them."""
        return sum(len({fault.row for fault in sheet.found}) for sheet in self.sheets)

    @property
    def rows(self) -> int:
        """How many rows were read in all sheets."""
        return sum(sheet.table.height for sheet in self.sheets)


def open_sheet(
    stored: StoredFile, *, sheet: str = "", header_row: int = 0, first: int | None = None
) -> Table:
    """Return one sheet of a kept file, or its `first` rows; read in the limited child process."""
    return read_table(
        files.path_of(stored.company_id, stored.sha256),
        sheet=sheet or None,
        header_row=header_row or None,
        name=Path(stored.name).stem,
        limits=Limits(first=first),
    )


def read_roster(run: Run) -> Read:
    """Read and check every sheet that is taken in, units first, before anything is stored."""
    run.report(done=0, total=None, step="reading")
    stored = StoredFile.objects.get(id=int(str(run.argument["file"])), company_id=run.company_id)
    read = Read(stored, known_of(int(str(run.argument["project"]))))
    plans = [plan for plan in from_json(str(run.argument["plan"])) if plan.kind is not Kind.NONE]
    for plan in plans:
        table = open_sheet(stored, sheet=plan.sheet, header_row=plan.header_row)
        read.sheets.append(SheetReader(table, plan))
    run.report(done=0, total=read.rows, step="checking")
    _units(read)
    _people(read, _answers(run))
    _staff(read, may_appoint=bool(run.argument.get("may_appoint")))
    return read


def _of(read: Read, kind: Kind) -> list[SheetReader]:
    return [sheet for sheet in read.sheets if sheet.plan.kind is kind]


def _answers(run: Run) -> dict[Doubt, str]:
    return {doubt: str(run.argument.get(doubt.value, "")) for doubt in Doubt}


def _units(read: Read) -> None:
    seen: set[str] = set()
    for sheet in _of(read, Kind.UNITS):
        rows = unit_rows(sheet, read.known.project, read.known.units, seen)
        compare_units(read.plan, rows, read.known)
    for sheet in _of(read, Kind.OWNERS):
        if sheet.plan.homes or any(sheet.plan.header(column) for column in FACTS):
            homes = homes_named(
                sheet, read.known.project, read.known.units, seen, adds=sheet.plan.homes
            )
            compare_units(read.plan, homes, read.known)


def _people(read: Read, answers: dict[Doubt, str]) -> None:
    people = People(read.plan, read.known, answers)
    spellings = _spellings(read)
    rows: list[OwnerRow] = []
    for number, sheet in enumerate(_of(read, Kind.OWNERS)):
        found = owner_rows(sheet, read.known.project, spellings)
        rows += [_apart(row, number) for row in found]
    named = [row for row in rows if row.name]
    people.compare(named)
    read.nobody = len({row.unit for row in rows} - {row.unit for row in named})


def _apart(row: OwnerRow, sheet: int) -> OwnerRow:
    """Return a row under a number that no row of an earlier sheet has."""
    if not sheet:
        return row
    number = row.row + sheet * 1_000_000
    return OwnerRow(number, *(getattr(row, name) for name in OwnerRow.__slots__[1:]))


def _spellings(read: Read) -> Spellings:
    return Spellings([*read.known.units, *(row.key for row in read.plan.new_units)])


def _staff(read: Read, *, may_appoint: bool) -> None:
    spellings = _spellings(read)
    buildings = {key.partition("-")[0]: "" for key in spellings.keys}
    buildings |= dict.fromkeys(read.known.buildings, "")
    for sheet in _of(read, Kind.STAFF):
        rows = staff_rows(sheet, spellings, buildings)
        for row in rows:
            problem = _account_problem(row, read.known, may_appoint=may_appoint)
            if problem is not None:
                sheet.fault(row.row, Column.EMAIL, problem, row.email)
        read.staff += rows


def _account_problem(row: StaffRow, known: Known, *, may_appoint: bool) -> Problem | None:
    found = known.accounts.get(row.email)
    if found is not None and not found[1]:
        return Problem(
            "E-EMAIL-TAKEN",
            "email",
            "This e-mail address already has an account. Use another address.",
            "该邮箱已有账号。请使用另一个邮箱。",
        )
    if found is None and not may_appoint:
        return Problem(
            "E-REF",
            "email",
            "Nobody of the company has this e-mail address. Ask an administrator to add the"
            " person first.",
            "公司中没有使用该邮箱的人员。请先由管理员添加此人。",
        )
    return None


def read_how(read: Read, project_id: int) -> dict[str, Plain]:
    """Return what a check read otherwise than it is written, as its job keeps it."""
    names = {normalise(name): name for name in building_names(project_id)}
    keys = [*read.known.units, *(row.key for row in read.plan.new_units)]
    rooms = formed(read.sheets, read.known.project, keys)
    lines = [f"{building}：{said} → {key}" for building, said, key in sorted(rooms)[:FORMED_SHOWN]]
    told: dict[str, Plain] = {"n_formed": rooms.total(), "formed": lines}
    return told | heard(read.sheets, read.known.project, names, keys).as_lines()


def keep_marked(run: Run, read: Read) -> dict[str, Plain]:
    """Keep the person's file with its faults marked, sheet after sheet; nothing is imported."""
    language = str(run.argument["language"])
    suffix = ".csv" if read.sheets[0].table.encoding else ".xlsx"
    with tempfile.TemporaryDirectory() as folder:
        source, kept_looks = files.path_of(read.file.company_id, read.file.sha256), True
        for number, sheet in enumerate(sheet for sheet in read.sheets if sheet.found):
            target = Path(folder) / f"{number}{suffix}"
            marked = mark_problems(
                source, target, sheet.found, table=sheet.table, language=language
            )
            source, kept_looks = target, kept_looks and marked.kept_looks
        mark = "（问题）" if language.startswith("zh") else " (problems)"
        kept = files.keep(
            _pieces(source),
            name=f"{Path(read.file.name).stem}{mark}{suffix}",
            company_id=run.company_id,
            actor_id=run.actor_id,
            at=run.at,
        )
    return counts(read) | {
        "shown": min(read.faults, MARKS_MOST),
        "kept_looks": kept_looks,
        "problem_file": kept.pk,
        "examples": [*_told(read, language)],
    }


def _told(read: Read, language: str) -> Iterator[str]:
    """Yield the first faults as lines: sheet, row, column, value, code, sentence, parted by tabs."""
    every = [
        (sheet, fault)
        for sheet in read.sheets
        for fault in sorted(sheet.found, key=lambda fault: fault.row)
    ]
    for sheet, fault in every[:SHOWN]:
        value = _shown_value(sheet, fault)
        parts = (
            sheet.table.name,
            str(fault.row),
            fault.column,
            value,
            fault.code,
            fault.text(language),
        )
        yield "\t".join(" ".join(part.split()) for part in parts)


def _shown_value(sheet: SheetReader, fault: CellProblem) -> str:
    """Return the cell as the page shows it: of a telephone number only its ends."""
    private = fault.column == sheet.plan.header(Column.PHONE)
    return mask_phone(fault.value) if private else fault.value


def counts(read: Read) -> dict[str, Plain]:
    """Return how much of what an import would do, and the people of whom it is not sure."""
    plan = read.plan
    new_staff = {row.email for row in read.staff if row.email not in read.known.accounts}
    doubts = {doubt.value: _doubted(plan, doubt) for doubt in Doubt}
    return {
        "rows": read.rows,
        "faults": read.faults,
        "faulty_rows": read.faulty_rows,
        "units": len(plan.new_units),
        "units_changed": len(plan.changed_units),
        "people": len(plan.new_people),
        "people_changed": len(_changed_people(plan)),
        "ties": len(plan.new_ties),
        "staff": len(new_staff),
        "zones": len({row.zone for row in read.staff if row.zone}),
        "same": plan.same,
        "nobody": read.nobody,
        **{f"n_{name}": len(lines) for name, lines in doubts.items()},
        **{name: lines[:DOUBTS_SHOWN] for name, lines in doubts.items()},
    }


def _changed_people(plan: Plan) -> Sequence[int]:
    return [change.id for change in (*plan.changed_people, *plan.changed_ties)]


def _doubted(plan: Plan, doubt: Doubt) -> list[str]:
    """Return the doubted rows of one kind: row, name and the other, parted by tabs."""
    found = [warned for warned in plan.warned if warned.doubt is doubt]
    return [f"{warned.row % 1_000_000}\t{warned.name}\t{warned.other}" for warned in found]


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            yield chunk
