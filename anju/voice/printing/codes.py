"""Posters and labels that lead to an owner's report, as PDF; addresses come from the caller."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from anju.paper.codes import square_code
from anju.paper.press import press
from anju.voice.printing.words import Words, label_words, poster_words

POSTER = Path(__file__).with_name("poster.typ")
LABELS = Path(__file__).with_name("labels.typ")
PICTURE = "code"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One code on paper: whose it is, where it hangs, whom to call, and its whole address."""

    company: str
    place: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True)
class _Poster:
    company: str
    place: str
    phone: str
    address: str
    zh: Words
    en: Words


@dataclass(frozen=True, slots=True)
class _Label:
    company: str
    place: str
    phone: str
    picture: str


@dataclass(frozen=True, slots=True)
class _Labels:
    zh: str
    en: str
    labels: tuple[_Label, ...]


def poster(sheet: Sheet, *, at: datetime) -> bytes:
    """Return a lobby's poster as PDF, Chinese and English on one sheet of A4.

    The same input gives the same bytes. Errors: typst.TypstError where our template is broken.
    """
    phone = _whole(sheet.phone)
    told = _Poster(
        sheet.company, sheet.place, phone, sheet.address,
        poster_words("zh", phone), poster_words("en", phone),
    )  # fmt: skip
    data = json.dumps(asdict(told), ensure_ascii=False)
    return press(POSTER, data, {PICTURE: square_code(sheet.address)}, at)


def labels(sheets: Sequence[Sheet], *, at: datetime) -> bytes:
    """Return labels to cut out as PDF, eight on a sheet of A4; errors as `poster`."""
    pictures = {f"{PICTURE}-{n}": square_code(one.address) for n, one in enumerate(sheets)}
    made = tuple(
        _Label(one.company, one.place, _whole(one.phone), f"{PICTURE}-{n}")
        for n, one in enumerate(sheets)
    )
    told = _Labels(label_words("zh"), label_words("en"), made)
    return press(LABELS, json.dumps(asdict(told), ensure_ascii=False), pictures, at)


def _whole(phone: str) -> str:
    """Return a telephone number that is not broken over two lines."""
    return phone.replace(" ", "\N{NO-BREAK SPACE}")
