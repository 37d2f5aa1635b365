"""An office's old ledger on its way in, and what anybody sees of it: all of its cases or none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from anju.intake.actions.ledger_rows import ROWS_MOST
from anju.intake.actions.ledgers import LedgerOrder, receive_ledger, start_ledger, undo_ledger
from anju.intake.ledgers import beginning_of
from anju.intake.rules.ledger import guess
from anju.kernel import history
from anju.kernel.models import StoredFile
from anju.kernel.pure.clock import utc_now
from anju.sheets.write import Sheet, write_xlsx
from anju.voice.actions.storing import KIND
from anju.voice.models import Case
from tests.cast import Cast, a_project

HEADS = ["单号", "受理时间", "投诉内容", "类型", "状态", "完成时间", "处理结果"]
ROWS = ROWS_MOST  # as many as a ledger may have
FIRST, OPEN_EVERY = date(2025, 1, 1), 10


def write(path: Path, rows: int = ROWS) -> None:
    """Write a ledger of so many rows; every tenth is still open."""
    made: list[list[str | int]] = []
    for n in range(rows):
        day = FIRST + timedelta(days=n % 300)
        over = n % OPEN_EVERY != 0
        ended = [f"{day + timedelta(days=2)}", "已协调"] if over else ["", "已约"]
        state = "已关闭" if over else "处理中"
        made.append([f"A{n}", f"{day} 09:30", f"楼上噪音扰民 {n}", "投诉", state, *ended])
    write_xlsx(path, [Sheet("台账", HEADS, made)])


@dataclass(frozen=True, slots=True)
class OldLedger:
    """One ledger on its way into a project of its own."""

    cast: Cast
    project_id: int
    job_id: int

    def seen(self) -> tuple[int, int]:
        """Return how many cases of the project there are, and how many of them have a history."""
        with self.cast.inside():
            ids = list(Case.objects.filter(project_id=self.project_id).values_list("id", flat=True))
            told = history.of_company(self.cast.company.id).filter(kind=KIND, seq=1)
            return len(ids), len(set(told.values_list("subject_id", flat=True)) & set(ids))

    def undo(self) -> None:
        """Take the ledger back."""
        undo_ledger(actor=self.cast.quality, job_id=self.job_id, at=utc_now())


def ordered(cast: Cast, path: Path, name: str) -> OldLedger:
    """Send a ledger into a new project and start its import."""
    actor, at = cast.quality, utc_now()
    project = a_project(actor, name, buildings={})
    file_id = receive_ledger(
        actor=actor, project_id=project.pk, chunks=[path.read_bytes()], name="旧台账.xlsx", at=at
    )
    with cast.inside():
        plan = guess(beginning_of(StoredFile.objects.get(id=file_id)))
    order = LedgerOrder(project.pk, file_id, plan, dry_run=False)
    return OldLedger(cast, project.pk, start_ledger(actor=actor, order=order, at=at))
