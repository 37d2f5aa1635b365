"""The rows of the work list as markup: a mould for each language, filled for each case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language

from anju.voice.lines import CaseLine
from anju.web.desk.cases.rows import Row, row_of
from anju.web.desk.cases.words import due_sign
from anju.web.parts.mould import mould, sign_html, wrapped
from anju.web.parts.pieces import Sign

SLOTS = (
    "id", "address", "code", "project", "place", "title", "words", "signs", "state", "named", "turn",
    "promise", "due", "late", "times", "assignee",
)  # fmt: skip
PROJECT, WORDS = '<span class="i2">{}</span> ', ' <span class="s i2">{}</span>'
PLACE_MOST, WORDS_MOST = 22, 14


def drawn(
    lines: Iterable[CaseLine], at: datetime, *, choose: bool = False, projects: bool = False
) -> SafeString:
    """Return cases as the list shows them: `choose` with boxes, `projects` where it shows several."""
    shown = Shown(get_language() or "", timezone.localdate(), choose, projects)
    rows = ((_row(line, due_sign(line, at), shown),) for line in lines)
    return format_html_join("", "{}", rows)


class Shown(NamedTuple):
    """What a row's markup depends on besides its case: who asked for it, and the day."""

    language: str
    day: date
    choose: bool
    projects: bool


@lru_cache(maxsize=4_096)
def _row(line: CaseLine, late: Sign | None, shown: Shown) -> SafeString:
    """Return one row; the same case with the same words on the same day is drawn once."""
    form = mould("desk/cases/_row.html", *SLOTS, choose=shown.choose)
    return format_html(form, **_cells(row_of(line, late), projects=shown.projects))


def _cells(row: Row, *, projects: bool) -> Mapping[str, object]:
    line = row.line
    return {
        "id": line.id,
        "address": row.address,
        "code": row.code,
        "project": wrapped(PROJECT, line.project if projects or not line.place else ""),
        "place": _cut(line.place, PLACE_MOST),
        "title": row.title,
        "words": wrapped(WORDS, _cut(line.words, WORDS_MOST)),
        "signs": format_html_join("", " {}", ((sign_html(sign),) for sign in row.signs)),
        "state": sign_html(row.state),
        "named": "text-nowrap" if line.holder else "i2",
        "turn": row.turn.name,
        "promise": row.promise,
        "due": row.due,
        "late": sign_html(row.late) if row.late else "",
        "times": line.times,
        "assignee": line.assignee or "–",
    }


@lru_cache
def _ending(language: str) -> str:
    """Return what stands for the rest of a text that was cut, as templates write it."""
    return str(Truncator("x" * WORDS_MOST).chars(WORDS_MOST - 1)).lstrip("x")


def _cut(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    ending = _ending(get_language() or "")
    return text[: most - len(ending)] + ending
