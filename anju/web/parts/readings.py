"""What a check read how, told calmly: counts and first rows; for answers and for the register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

FIRST = 8
MOST = 50
WIDTH = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """One kind of what was read otherwise: the sentence that counts it, and its first rows.

    Shapes: `rows` hold what is written, what it counts as, and in how many cells.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: int = 0


def blanks_of(lines: Iterable[str], title: str, head: str) -> tuple[Reading, ...]:
    """Return the blank cells by column; nothing where none is blank."""
    rows = tuple(tuple(line.split("\t", 1)) for line in lines)
    if not rows:
        return ()
    said = title % {"n": f"{sum(int(row[-1]) for row in rows):,}"}
    heads = (head, _("Blank cells"))
    return (Reading(said, heads, rows[:MOST], max(0, len(rows) - MOST)),)


def otherwise_of(
    result: Mapping[str, Any], name: str, title: str, language: str
) -> tuple[Reading, ...]:
    """Return what a job kept as read otherwise under a name; nothing where it kept none.

    `title` is its sentence, with their number as %(n)s.
    """
    count = int(result.get(f"n_heard_{name}", 0))
    if not count:
        return ()
    place = 1 if language.startswith("zh") else 2
    parts = [(line.split("\t") + [""] * WIDTH)[:WIDTH] for line in result.get(f"heard_{name}", [])]
    rows = tuple((row[0], row[place] or _("no answer"), row[3]) for row in parts[:FIRST])
    heads = (_("Written"), _("Counted as"), _("Cells"))
    return (Reading(title % {"n": f"{count:,}"}, heads, rows, count - len(rows)),)


def places_of(result: Mapping[str, Any], language: str) -> tuple[Reading, ...]:
    """Return the buildings and homes that are written otherwise than they count."""
    one, many = int(result.get("n_heard_buildings", 0)), int(result.get("n_heard_homes", 0))
    buildings = ngettext(
        "%(n)s building in another writing", "%(n)s buildings in another writing", one
    )
    homes = ngettext(
        "%(n)s unit number in another writing", "%(n)s unit numbers in another writing", many
    )
    return (
        *otherwise_of(result, "buildings", buildings, language),
        *otherwise_of(result, "homes", homes, language),
    )


def words_of(result: Mapping[str, Any], language: str) -> tuple[Reading, ...]:
    """Return the words that count as another."""
    count = int(result.get("n_heard_words", 0))
    said = ngettext("%(n)s word counts as another", "%(n)s words count as another", count)
    return otherwise_of(result, "words", said, language)
