"""The rows of the work list as markup: a mould for each language, filled for each case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language

from anju.web.desk.cases.rows import Row
from anju.web.parts.mould import mould, sign_html, wrapped

SLOTS = (
    "id", "address", "code", "project", "place", "title", "words", "signs", "state", "named", "turn",
    "promise", "due", "late", "times", "assignee",
)  # fmt: skip
PROJECT, WORDS = '<span class="i2">{}</span> ', ' <span class="s i2">{}</span>'
PLACE_MOST, WORDS_MOST = 22, 14


def drawn(rows: Iterable[Row], *, choose: bool = False, projects: bool = False) -> SafeString:
    """Return rows as the list shows them: `choose` with boxes, `projects` where it shows several."""
    form = mould("desk/cases/_row.html", *SLOTS, choose=choose)
    return format_html_join("", form, (_cells(row, projects=projects) for row in rows))


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
