"""A document as it is laid out, in one language: sections of tables whose rows may hold a drawing.

Coordinates run from 0 to 1, so that paper and screen draw the same marks at their own size.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """One piece of a row's drawing.

    `kind`: seg (a bar's piece), ci (interval), dot, bound (dotted), line (a place on the axis).
    `tone`: q1–q5, silent, low, tie, high, ink, ref. `w` is the width; `text` stands inside.
    """

    kind: str
    x: float
    w: float = 0.0
    tone: str = "ink"
    text: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """One place on the axis over the drawings."""

    x: float
    text: str
    left: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column of text; numbers stand right."""

    label: str
    number: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its subject, a drawing where the section has one, and its cells.

    `said` stands in place of a drawing; `sign` is low, tie, high or "".
    """

    label: str
    cells: tuple[str, ...] = ()
    sub: str = ""
    marks: tuple[Mark, ...] = ()
    said: str = ""
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One question and its answer: the finding, a table that is the chart, the notes.

    `drawing` is the share of the width for the drawings, 0 without; `chart` names a picture;
    `aside` explains the rest, and stands on a sheet of its own where there is one.
    """

    key: str
    title: str
    subject: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    kicker: str = ""
    lead: str = ""
    legend: tuple[tuple[str, str], ...] = ()
    ticks: tuple[Tick, ...] = ()
    grid: tuple[Mark, ...] = ()
    notes: tuple[str, ...] = ()
    drawing: float = 0.0
    chart: str = ""
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """One figure of the first row: label, figure, what goes with it."""

    label: str
    figure: str
    note: str
    sign: str = ""
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document in one language.

    `words` holds what the frame itself says: number, as_of, says, page_of with {0} and {1}.
    `band` stands on every page, such as provisional; `alerts` stand in front of all figures.
    """

    language: str
    kind: str
    title: str
    subtitle: str
    company: str
    number: str
    as_of: str
    keys: tuple[Key, ...]
    says: tuple[str, ...]
    sections: tuple[Section, ...]
    signatures: tuple[str, ...]
    words: dict[str, str]
    band: str = ""
    alerts: tuple[str, ...] = ()
