"""The text policy: what a line or a body of text may hold, decided in one place.

It is not escaping: text is kept as written and each output escapes it for its own medium.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from anju.kernel.pure.graphemes import graphemes
from anju.kernel.pure.problems import Problem

LINE_MOST = 200
BODY_MOST = 5000
SEARCH_MOST = 200

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
# Half a pair, or the mark that a decoder leaves where bytes were no text.
_SURROGATE = re.compile("[\ud800-\udfff\ufffd]")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ZERO_WIDTH = re.compile("[\u00ad\u180e\u200b\u2060-\u2064\ufeff]")
_NEWLINES = re.compile("\r\n|\r|\u2028|\u2029|\x85|\x0b|\x0c")
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
# Unassigned and private-use letters count as seen: rare ideographs of people's names are among them.
_UNSEEN = frozenset({"Cc", "Cf", "Mn", "Me", "Zs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Body:
    """A body of text after the policy; `removed` counts direction marks that were taken out."""

    text: str
    removed: int


def clean_line(value: str, field: str, *, most: int = LINE_MOST) -> str:
    """Return a name or title as one clean line in NFC.

    Errors: E-TEXT-ENCODING, E-TEXT-CONTROL, E-TEXT-BIDI, E-TEXT-EMPTY, E-TEXT-LONG.
    """
    text = _well_formed(value, field)
    bidi = _BIDI.search(text)
    if bidi:
        raise _bidi(field, bidi.start() + 1)
    text = _ZERO_WIDTH.sub("", " ".join(text.split()))
    _refuse_empty(text, field)
    _refuse_long(text, field, most)
    if len(text) > most:  # few signs made of many characters: its column could not hold it
        raise _long(field, most, len(text))
    return text


def well_formed(value: str, field: str) -> str:
    """Return a cell's text in NFC, or refuse what no text may hold; it may be empty or long.

    Errors: E-TEXT-ENCODING, E-TEXT-CONTROL.
    """
    return _well_formed(value, field)


def clean_body(value: str, field: str, most: int = BODY_MOST) -> str:
    """Return a body of text in NFC with plain newlines; direction marks are taken out.

    Errors: E-TEXT-ENCODING, E-TEXT-CONTROL, E-TEXT-EMPTY, E-TEXT-LONG.
    """
    return body(value, field, most).text


def body(value: str, field: str, most: int = BODY_MOST) -> Body:
    """Return a clean body together with how many direction marks were removed, for a notice.

    Errors: as `clean_body`.
    """
    text = _well_formed(value, field)
    text, removed = _BIDI.subn("", text)
    text = _ZERO_WIDTH.sub("", text).strip()
    _refuse_empty(text, field)
    _refuse_long(text, field, most)
    return Body(text=text, removed=removed)


def direction_marks(texts: Iterable[str]) -> int:
    """Return how many direction marks stand in texts as they were sent; bodies lose them."""
    return sum(len(_BIDI.findall(text)) for text in texts)


def decoded(raw: bytes, field: str) -> str:
    """Return UTF-8 bytes as text; E-TEXT-ENCODING names the first byte that is none."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _encoding(field, error.start + 1) from None


def clean_search(value: str, field: str = "q") -> str:
    """Return what a person searches for as plain words, never as an operator of any engine.

    Errors: E-SEARCH when it is longer than 200 characters or holds broken text.
    """
    text = " ".join(_CONTROL.sub(" ", _SURROGATE.sub(" ", value[: SEARCH_MOST * 40])).split())
    if len(value) > SEARCH_MOST * 40 or graphemes(text) > SEARCH_MOST:
        raise Problem(
            "E-SEARCH",
            field,
            "Search for at most {most} characters; you sent {sent:,}.",
            "搜索内容最多 {most} 个字，您输入了 {sent:,} 个字。请缩短后再搜。",
            most=SEARCH_MOST,
            sent=len(value),
        )
    return _ZERO_WIDTH.sub("", _BIDI.sub("", unicodedata.normalize("NFC", text)))


def _well_formed(value: str, field: str) -> str:
    broken = _SURROGATE.search(value)
    if broken:
        raise _encoding(field, broken.start() + 1)
    text = _NEWLINES.sub("\n", value)
    bad = _CONTROL.search(text)
    if bad:
        raise Problem(
            "E-TEXT-CONTROL",
            field,
            "Character not allowed at position {position}; delete it and type it again.",
            "第 {position} 个字符不允许使用，请删除后重新输入。",
            position=bad.start() + 1,
        )
    return unicodedata.normalize("NFC", text)


def _refuse_empty(text: str, field: str) -> None:
    if all(c in _BLANK_LETTERS or unicodedata.category(c) in _UNSEEN for c in text):
        raise Problem(
            "E-TEXT-EMPTY",
            field,
            "Nothing visible was written; write at least one character.",
            "没有写入可见的文字，请至少写一个字。",
        )


def _refuse_long(text: str, field: str, most: int) -> None:
    sent = graphemes(text)
    if sent > most:
        raise _long(field, most, sent)


def _long(field: str, most: int, sent: int) -> Problem:
    return Problem(
        "E-TEXT-LONG",
        field,
        "At most {most:,} characters, you sent {sent:,}; shorten the text.",
        "最多 {most:,} 个字，您写了 {sent:,} 个字，请缩短。",
        most=most,
        sent=sent,
    )


def _encoding(field: str, position: int) -> Problem:
    return Problem(
        "E-TEXT-ENCODING",
        field,
        "The text is broken at position {position}: it is not UTF-8. Send it again as UTF-8.",
        "第 {position} 个位置的文字已损坏，不是 UTF-8 编码，请用 UTF-8 重新提交。",
        position=position,
    )


def _bidi(field: str, position: int) -> Problem:
    return Problem(
        "E-TEXT-BIDI",
        field,
        "A hidden direction mark at position {position} is not allowed in a name; delete it.",
        "第 {position} 个位置有隐藏的文字方向符，名称中不允许使用，请删除。",
        position=position,
    )
