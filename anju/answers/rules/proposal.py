"""The form of a guess: what is proposed for each column, why, and how sure we are."""

from __future__ import annotations

from dataclasses import dataclass

from anju.answers.rules.answers import ItemDef
from anju.answers.rules.mapping import Mapping, Role


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """One column's proposal with its reason; not `sure` asks a person to look.

    Units: `confidence` 0 to 1.
    """

    header: str
    role: Role
    item: str
    en: str
    zh: str
    confidence: float
    sure: bool

    def text(self, language: str) -> str:
        """Return the reason in the reader's language."""
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True, slots=True)
class Guess:
    """A mapping to be corrected, the items it needs, and the reason for every column."""

    mapping: Mapping
    items: tuple[ItemDef, ...]
    columns: tuple[ColumnGuess, ...]

    @property
    def sure(self) -> bool:
        """Say whether nothing needs a person's eye."""
        return all(column.sure for column in self.columns)

    def why(self, header: str) -> ColumnGuess:
        """Return the proposal for a column."""
        return next(column for column in self.columns if column.header == header)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person or a command line has said already; headings as in the file.

    `levels` are the answers from worst to best, for every item column alike. With `items` given,
    no other column becomes an item.
    """

    items: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    count: str = ""
    weight: str = ""
    by: tuple[str, ...] = ()
    unit: str = ""
    building: str = ""
    stratum: str = ""
    ignored: tuple[str, ...] = ()
