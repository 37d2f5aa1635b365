"""Reads an import's file and checks it whole; hands back answers, or the file with its faults."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from anju.answers.rules.answers import AnswerSet
from anju.answers.rules.apply import apply
from anju.answers.rules.mapping import Mapping, Role, from_json
from anju.answers.rules.reading import written
from anju.answers.rules.vocabulary import folded
from anju.kernel import files
from anju.kernel.models import StoredFile
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import CellProblem, Table
from anju.kernel.tasks import Plain, Run
from anju.sheets.limits import Limits
from anju.sheets.marks import mark_problems
from anju.sheets.read import read_table
from anju.survey.actions.twins import told_apart
from anju.survey.forms import item_defs
from anju.survey.homes import frame_of_project
from anju.survey.models import Wave

SHOWN = 1_000
# An answer that an item does not have; a person can say what it means.
NOT_KNOWN = frozenset({"E-ANSWER", "E-SCORE-RANGE"})


@dataclass(frozen=True, slots=True)
class Read:
    """A file read for a wave: its table, the answers in it, and every cell at fault."""

    wave_id: int
    version_id: int
    file: StoredFile
    table: Table
    mapping: Mapping
    answers: AnswerSet
    faults: tuple[CellProblem, ...]

    @property
    def headers(self) -> tuple[str, ...]:
        """The heads by which a file with the same columns is known again."""
        return self.table.headers


def open_table(
    stored: StoredFile, *, sheet: str = "", header_row: int = 0, first: int | None = None
) -> Table:
    """Return a kept file, or its `first` rows, as a table; read in the limited child process.

    Heads that stand more than once are numbered.
    """
    path = files.path_of(stored.company_id, stored.sha256)
    table = read_table(
        path,
        sheet=sheet or None,
        header_row=header_row or None,
        name=Path(stored.name).stem,
        limits=Limits(first=first),
    )
    return told_apart(table)


def version_of(wave: Wave) -> int:
    """Return the wave's questionnaire; E-REF where none is chosen yet."""
    if wave.version_id is None:
        raise Problem(
            "E-REF",
            "version",
            "This survey has no questionnaire yet. Choose one, or take the items from the file.",
            "该调查尚未选择问卷。请选择问卷，或按文件中的列建立题目。",
        )
    return wave.version_id


def read_answers(run: Run) -> Read:
    """Read and check the whole file before anything is stored."""
    order = run.argument
    run.report(done=0, total=None, step="reading")
    wave = Wave.objects.get(id=int(str(order["wave"])))
    stored = StoredFile.objects.get(id=int(str(order["file"])), company_id=run.company_id)
    table = open_table(stored, sheet=str(order["sheet"]), header_row=int(str(order["header_row"])))
    run.report(done=0, total=table.height, step="checking")
    mapping = from_json(str(order["mapping"]))
    version_id = version_of(wave)
    homes = frame_of_project(wave.project_id).homes if _names_units(mapping) else None
    answers, faults = apply(table, mapping, item_defs(version_id), homes=homes or None)
    return Read(wave.pk, version_id, stored, table, mapping, answers, faults)


def times_of(order: Mapping, table: Table) -> list[list[str | int]]:
    """Return how often each text that a person gave a meaning stands in its column.

    Shapes: head, text and number of cells, a row each; the file itself may be gone later.
    """
    found: list[list[str | int]] = []
    for column in order.of_role(Role.ITEM):
        cells: Counter[str] = Counter()
        for cell, times in Counter(table.column(column.header)).items():
            cells[folded(written(cell))] += times
        found += [[column.header, said.text, cells[folded(said.text)]] for said in column.answers]
    return found


def _names_units(mapping: Mapping) -> bool:
    return mapping.one(Role.UNIT) is not None


def keep_marked(run: Run, read: Read) -> dict[str, Plain]:
    """Keep the person's file with its faults marked; the import itself stores nothing."""
    source = files.path_of(read.file.company_id, read.file.sha256)
    suffix = ".csv" if read.table.encoding else ".xlsx"
    language = str(run.argument["language"])
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"marked{suffix}"
        marked = mark_problems(source, target, read.faults, table=read.table, language=language)
        mark = "（问题）" if language.startswith("zh") else " (problems)"
        kept = files.keep(
            pieces(target),
            name=f"{Path(read.file.name).stem}{mark}{suffix}",
            company_id=run.company_id,
            actor_id=run.actor_id,
            at=run.at,
        )
    return {
        "rows": read.table.height,
        "faults": len(read.faults),
        "shown": marked.shown,
        "kept_looks": marked.kept_looks,
        "problem_file": kept.pk,
        "examples": [_told(fault, language) for fault in read.faults[:SHOWN]],
        "unknown": [_told(fault, language) for fault in _unknown(read.faults)],
    }


def _unknown(faults: Sequence[CellProblem]) -> list[CellProblem]:
    """Return each answer once that its item does not have: other faults must not crowd it out."""
    found: dict[tuple[str, str], CellProblem] = {}
    for fault in faults:
        if fault.code in NOT_KNOWN:
            found.setdefault((fault.column, fault.value), fault)
    return list(found.values())[:SHOWN]


def _told(fault: CellProblem, language: str) -> str:
    """Return a fault as one line: row, column, value, code, sentence, parted by tabs."""
    parts = (str(fault.row), fault.column, fault.value, fault.code, fault.text(language))
    return "\t".join(" ".join(part.split()) for part in parts)


def pieces(path: Path) -> Iterator[bytes]:
    """Yield a file in pieces of a megabyte."""
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            yield chunk
