"""What the check of an office's spreadsheet read otherwise than it is written; changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from anju.answers.rules.headers import plain
from anju.answers.rules.heard import Heard, counted, joined
from anju.answers.rules.reading import written
from anju.register.rules.spellings import Spellings
from anju.register.rules.units import normalise
from anju.roster.rules.places import places
from anju.roster.rules.reading import SheetReader
from anju.roster.rules.rows import CHANNELS, LANGUAGES, ROLES, TIES, USES
from anju.roster.rules.shape import Column, Kind

Found = Counter[tuple[str, str, str]]
_WORDS: dict[Column, Mapping[str, str]] = {
    Column.USE: USES,
    Column.TIE: TIES,
    Column.LANGUAGE: LANGUAGES,
    Column.CHANNEL: CHANNELS,
    Column.ROLE: ROLES,
}
_PLACES = (Column.BUILDING, Column.ENTRANCE, Column.UNIT)


def heard(
    sheets: Iterable[SheetReader], project: str, buildings: Mapping[str, str], keys: Iterable[str]
) -> Heard:
    """Return what sheets without faults were read as, the most frequent first.

    `buildings` are the names by key that the project has; `keys` are its units with the new ones.
    """
    blanks: list[tuple[str, int]] = []
    words, blocks, homes = Found(), Found(), Found()
    names, spellings = dict(buildings), Spellings(keys)
    for sheet in sheets:
        blanks += _blanks(sheet)
        for column, known in _WORDS.items():
            words.update(_words(sheet, column, known))
        if sheet.plan.kind is not Kind.STAFF:
            blocks.update(_buildings(sheet, names))
            homes.update(_homes(sheet, project, spellings))
    return Heard(tuple(blanks), counted(words), counted(blocks), counted(homes))


def _blanks(sheet: SheetReader) -> list[tuple[str, int]]:
    """Return how many cells are blank in each column that is taken in."""
    found = []
    for header, column in sheet.plan.columns:
        if column is not Column.IGNORED:
            empty = sum(not written(cell) for cell in sheet.table.column(header))
            found += [(header, empty)] if empty else []
    return found


def _words(sheet: SheetReader, column: Column, known: Mapping[str, str]) -> Found:
    """Return the words of a column that are not the first name of what they stand for."""
    first: dict[tuple[str, bool], str] = {}
    for word, code in known.items():
        first.setdefault((code, word.isascii()), word)
    found = Found()
    for text, times in Counter(sheet.texts(column)).items():
        code = known.get(plain(text), "")
        zh, en = first.get((code, False), ""), first.get((code, True), "")
        if text and plain(text) not in {zh, en}:
            found[text, zh, en] += times
    return found


def _buildings(sheet: SheetReader, names: dict[str, str]) -> Found:
    """Return the buildings in another writing than the project's, or than their first one."""
    found = Found()
    for text, times in Counter(sheet.texts(Column.BUILDING)).items():
        name = names.setdefault(normalise(text), text)
        if text and text != name:
            found[text, name, name] += times
    return found


def _homes(sheet: SheetReader, project: str, spellings: Spellings) -> Found:
    """Return each way of writing a unit beside the number under which it counts."""
    reader = SheetReader(sheet.table, sheet.plan)
    held = places(reader, project, spellings.keys)
    heads = [head for column in _PLACES if (head := sheet.plan.header(column)) is not None]
    cells = zip(*(sheet.table.column(head) for head in heads), strict=True)
    found = Found()
    for row, place in zip(cells, held, strict=True):
        text, key = joined(row), spellings.find(place.key) or place.key
        if key and text.replace(" ", "-") != key:
            found[text, key, key] += 1
    return found


def formed(sheets: Iterable[SheetReader], project: str, keys: Iterable[str]) -> Found:
    """Return the rooms of which the entrance was added or left out, so that each home has one key."""
    found, spellings = Found(), Spellings(keys)
    for sheet in sheets:
        if sheet.plan.kind is Kind.STAFF:
            continue
        reader = SheetReader(sheet.table, sheet.plan)
        for place in places(reader, project, spellings.keys):
            key = spellings.find(place.key) or place.key
            if place.said != key and "-" in place.said:
                found[place.building, place.said, key] += 1
    return found
