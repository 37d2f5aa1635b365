"""An office's list of many homes with an owner each, its import, and what anybody sees of it."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from anju.kernel.models import StoredFile
from anju.kernel.pure.clock import utc_now
from anju.register.models import Person, RosterBatch, Tie, Unit
from anju.roster.actions.taking import RosterOrder, receive_roster, start_roster, undo_roster
from anju.roster.preview import sheets_of
from anju.roster.rules.guess import guess_plan
from anju.sheets.write import Sheet, write_xlsx
from tests.cast import Cast, a_project

HOMES, HOMES_A_BUILDING = 100_000, 200
UNIT_HEADS = ["楼栋", "房号", "楼层", "建筑面积", "用途"]
OWNER_HEADS = ["房号", "姓名", "电话", "身份", "入住日期"]


Cell = tuple[str, int, str]  # sheet, row as a spreadsheet numbers it, head


def faults_of(homes: int) -> dict[Cell, str]:
    """Return 23 faults of three kinds over a list of homes, first and last rows among them."""
    step = homes // 8
    found = {("房屋", n * step + 2, "用途"): "花园" for n in range(8)}
    found |= {("业主", n * step + 3, "电话"): "1380013" for n in range(8)}
    found |= {("业主", n * step + 5, "房号"): f"9999-9-{n}" for n in range(6)}
    return found | {("业主", homes + 1, "电话"): "一三八"}


def _planted(
    name: str, heads: list[str], rows: list[list[str | int]], faults: dict[Cell, str]
) -> None:
    for (sheet, row, head), value in faults.items():
        if sheet == name:
            rows[row - 2][heads.index(head)] = value


def workbook(homes: int, faults: dict[Cell, str] | None = None) -> bytes:
    """Return a workbook of homes and their owners, each with a telephone number of his own."""
    units: list[list[str | int]] = []
    owners: list[list[str | int]] = []
    for n in range(homes):
        building, home = n // HOMES_A_BUILDING + 1, n % HOMES_A_BUILDING
        number, floor = f"{home // 4 + 1}{home % 4 + 1:02d}", home // 4 + 1
        units.append([f"{building}栋", number, floor, 80 + n % 60, "住宅"])
        owners.append([f"{building}-{number}", f"业主{n}", f"138{n:08d}", "业主", "2020-01-01"])
    _planted("房屋", UNIT_HEADS, units, faults or {})
    _planted("业主", OWNER_HEADS, owners, faults or {})
    sheets = [Sheet("房屋", UNIT_HEADS, units), Sheet("业主", OWNER_HEADS, owners)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        write_xlsx(path, sheets)
        return path.read_bytes()


@dataclass(frozen=True, slots=True)
class BigList:
    """One list on its way into a project of its own."""

    cast: Cast
    project_id: int
    job_id: int

    def seen(self) -> tuple[int, int, int]:
        """Return how many units, people and ties of the project anybody can see."""
        with self.cast.inside():
            return (
                Unit.objects.filter(building__project_id=self.project_id).count(),
                Person.objects.filter(project_id=self.project_id).count(),
                Tie.objects.filter(person__project_id=self.project_id).count(),
            )

    def kept(self) -> int:
        """Return how many units of the project there are, seen or not."""
        with self.cast.inside():
            rows = Unit.objects.whole().filter(building__project_id=self.project_id)
            return int(rows.count())

    def undo(self) -> None:
        """Take the list back."""
        with self.cast.inside():
            batch_id = RosterBatch.objects.get(job_id=self.job_id).pk
        undo_roster(actor=self.cast.quality, batch_id=batch_id, at=utc_now())


def ordered(cast: Cast, homes: int = HOMES, *, faults: dict[Cell, str] | None = None) -> BigList:
    """Send a list into a new project and start its import."""
    actor, at = cast.quality, utc_now()
    project = a_project(actor, f"大名单{homes}{'错' if faults else ''}", buildings={})
    file = workbook(homes, faults)
    file_id = receive_roster(
        actor=actor, project_id=project.pk, chunks=[file], name="list.xlsx", at=at
    )
    with cast.inside():
        plans = [guess_plan(table) for table in sheets_of(StoredFile.objects.get(id=file_id))]
    order = RosterOrder(project.pk, file_id, plans, dry_run=False)
    return BigList(cast, project.pk, start_roster(actor=actor, order=order, at=at))
