"""A letter to a builder about what he owes: one sheet of A4; all words come from the caller."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from anju.paper.press import press

TEMPLATE = Path(__file__).with_name("letter.typ")


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands on the sheet, in one language; `told` are the reminders so far, `asks` the requests.

    The owner's own words are not on it: they may name people, and go to somebody outside.
    """

    title: str
    company: str
    number: str
    stamp: str
    to: str
    pairs: tuple[tuple[str, str], ...]
    told: tuple[str, ...]
    asks: tuple[str, ...]
    signatures: tuple[str, ...]
    zh: bool
    page_of: str
    link: str


def letter_pdf(letter: Letter, at: datetime) -> bytes:
    """Return a letter as PDF; the same input gives the same bytes.

    Errors: typst.TypstError where our template is broken.
    """
    return press(TEMPLATE, json.dumps(asdict(letter), ensure_ascii=False), {}, at)
