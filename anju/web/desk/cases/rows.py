"""One line of the work list in words; how it is drawn stands in `drawn`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.urls import reverse

from anju.voice.lines import CaseLine
from anju.web.desk.cases.words import (
    by_when,
    code_of,
    due_sign,
    promise_words,
    signs_of,
    state_sign,
    title_of,
    turn_of,
)
from anju.web.parts.pieces import Sign, Turn


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the work list, already in words."""

    line: CaseLine
    code: str
    title: str
    address: str
    signs: tuple[Sign, ...]
    state: Sign
    turn: Turn
    promise: str
    due: str
    late: Sign | None


@cache
def _around() -> tuple[str, str]:
    """Return what stands before and after the key in the address of a case."""
    before, _key, after = reverse("case", args=[0]).rpartition("0")
    return before, after


def rows_of(lines: Iterable[CaseLine], at: datetime) -> tuple[Row, ...]:
    """Return cases as the work list shows them."""
    return tuple(row_of(line, due_sign(line, at)) for line in lines)


def row_of(line: CaseLine, late: Sign | None) -> Row:
    """Return one case as the work list shows it; `late` is what changes with the minute."""
    before, after = _around()
    return Row(
        line, code_of(line.number), title_of(line), f"{before}{line.id}{after}",
        signs_of(line, row=True), state_sign(line), turn_of(line), promise_words(line),
        by_when(line.due_at), late,
    )  # fmt: skip
