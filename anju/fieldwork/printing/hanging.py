"""A poster for the lobby and slips for letter boxes, as PDF; addresses come from the caller."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from anju.fieldwork.printing.hanging_words import (
    PosterWords,
    SlipWords,
    poster_words,
    slip_words,
)
from anju.fieldwork.rules.codes import spaced
from anju.paper.codes import square_code
from anju.paper.press import press
from anju.survey.rules.answering import Privacy

POSTER = Path(__file__).with_name("poster.typ")
SLIPS = Path(__file__).with_name("slips.typ")
PICTURE = "code"


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, what, where, until when, how many minutes it takes, and who sees the answers."""

    company: str
    phone: str
    title: str
    project: str
    until: date | None
    minutes: int
    privacy: Privacy


@dataclass(frozen=True, slots=True)
class Slip:
    """One home's slip: its name, short code, and the whole address of its own link."""

    home: str
    code: str
    address: str


@dataclass(frozen=True, slots=True)
class _Poster:
    company: str
    title: str
    place: str
    address: str
    zh: PosterWords
    en: PosterWords


@dataclass(frozen=True, slots=True)
class _Home:
    home: str
    code: str
    picture: str


@dataclass(frozen=True, slots=True)
class _Slips:
    language: str
    company: str
    title: str
    until: str
    call: str
    words: SlipWords
    homes: tuple[_Home, ...]


def poster(asker: Asker, *, building: str, address: str, at: datetime) -> bytes:
    """Return a lobby's poster as PDF, Chinese and English on one sheet of A4.

    The same input gives the same bytes. Errors: typst.TypstError where our template is broken.
    """
    named = asker.privacy is Privacy.NAMED
    told = {
        tongue: poster_words(
            tongue, until=asker.until, phone=_whole(asker.phone), minutes=asker.minutes, named=named
        )
        for tongue in ("zh", "en")
    }
    place = f"{asker.project} {building}".strip()
    sheet = _Poster(asker.company, asker.title, place, address, told["zh"], told["en"])
    return _pressed(POSTER, sheet, {PICTURE: square_code(address)}, at)


def slips(asker: Asker, homes: Sequence[Slip], *, language: str, at: datetime) -> bytes:
    """Return the slips of homes as PDF, ten on a sheet with marks to cut along.

    The same input gives the same bytes. Errors: typst.TypstError where our template is broken.
    """
    short = "zh" if language.startswith("zh") else "en"
    words = slip_words(short, named=asker.privacy is Privacy.NAMED)
    pictures = {f"{PICTURE}-{n}": square_code(home.address) for n, home in enumerate(homes)}
    sheet = _Slips(
        language=short,
        company=asker.company,
        title=asker.title,
        until=words.until.replace("{0}", asker.until.isoformat()) if asker.until else "",
        call=words.call.replace("{0}", _whole(asker.phone)) if asker.phone else "",
        words=words,
        homes=tuple(
            _Home(home.home, spaced(home.code), f"{PICTURE}-{n}") for n, home in enumerate(homes)
        ),
    )
    return _pressed(SLIPS, sheet, pictures, at)


def _whole(phone: str) -> str:
    """Return a telephone number that is not broken over two lines."""
    return phone.replace(" ", "\N{NO-BREAK SPACE}")


def _pressed(
    template: Path, sheet: _Poster | _Slips, pictures: Mapping[str, str], at: datetime
) -> bytes:
    return press(template, json.dumps(asdict(sheet), ensure_ascii=False), pictures, at)
