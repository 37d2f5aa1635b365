"""A stranger's file, read: the parent's side of the limited child process.

It opens nothing itself; when the child is killed by its limits, that is an answer like another.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import anju
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import Table
from anju.sheets.limits import Limits
from anju.sheets.refusals import stopped, unreadable
from anju.sheets.wire import unpack

_ROOT = Path(anju.__file__).parent.parent


def read_table(
    path: Path,
    *,
    sheet: str | None = None,
    header_row: int | None = None,
    hidden_rows: bool = False,
    name: str = "",
    limits: Limits | None = None,
) -> Table:
    """Return the table in an .xlsx or delimited text file.

    `sheet` names a sheet (otherwise the first visible one); `header_row` is the row number of the
    head where the guess is wrong; `name` is the name to show where the path has none of its own.
    With `limits.first` no more rows are read, and the table says that it is `partial`.

    Errors: E-FILE-TYPE, E-FILE-SIZE, E-FILE-ARCHIVE, E-FILE-UNPACKED, E-XLS-XML, E-XLS-RANGE,
    E-CSV, E-TEXT-ENCODING, E-IMP-SHEET, E-IMP-EMPTY, E-FILE-READ. Cells at fault are in `Table.problems`.
    """
    bounds = limits or Limits()
    order = {
        "path": str(Path(path).resolve()),
        "name": name or Path(path).stem,
        "sheet": sheet,
        "header_row": header_row,
        "hidden_rows": hidden_rows,
        "limits": asdict(bounds),
    }
    answer = run_child("anju.sheets.child", order, bounds)
    return unpack(answer["table"])


def run_child(module: str, order: dict[str, Any], limits: Limits) -> dict[str, Any]:
    """Run a limited process of ours and return its answer.

    Errors: the Problem that it answers; E-FILE-UNPACKED when its limits end it,
    E-FILE-READ when it gives up.
    """
    with tempfile.TemporaryFile() as answer:
        try:
            ended = subprocess.run(
                [sys.executable, "-P", "-m", module],
                input=json.dumps(order).encode(),
                stdout=answer,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                timeout=limits.wall_seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise stopped() from None
        if ended.returncode != 0:
            # A negative code is a signal: the limits ended it.
            raise stopped() if ended.returncode < 0 else unreadable()
        answer.seek(0)
        plain: dict[str, Any] = json.load(answer)
    if "problem" in plain:
        raise Problem.from_plain(plain["problem"])
    return plain


def _environment() -> dict[str, str]:
    """Return what the child may know: where our modules are, and nothing else."""
    kept = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "TMPDIR") if key in os.environ}
    return kept | {"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
