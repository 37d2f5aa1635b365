"""The encoding of a text file: found out, shown to the person, never guessed over a broken byte."""

from __future__ import annotations

import re
from dataclasses import dataclass

from anju.sheets.refusals import bad_bytes

_SAMPLE = re.compile(r"[^\x00-\x7f][^\r\n,;|\t\"]{0,39}")
_MARKS: tuple[tuple[bytes, str, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8", "UTF-8 (BOM)"),
    (b"\xff\xfe", "utf-16-le", "UTF-16"),
    (b"\xfe\xff", "utf-16-be", "UTF-16"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, the encoding's name for people, and a sample of what is not plain ASCII."""

    text: str
    encoding: str
    sample: str


def decode(raw: bytes) -> Decoded:
    """Return a text file's content.

    Errors: E-TEXT-ENCODING with line and column of the first byte that cannot be read.
    """
    for mark, codec, name in _MARKS:
        if raw.startswith(mark):
            return _strict(raw[len(mark) :], codec, name)
    if b"\x00" in raw[:4096]:
        codec = "utf-16-le" if raw[1:2] == b"\x00" else "utf-16-be"
        return _strict(raw, codec, "UTF-16")
    try:
        return _decoded(raw.decode("utf-8"), "UTF-8")
    except UnicodeDecodeError:
        pass
    if _mostly_utf8(raw):
        return _strict(raw, "utf-8", "UTF-8")
    return _strict(raw, "gb18030", "GB18030")


def _strict(raw: bytes, codec: str, name: str) -> Decoded:
    try:
        return _decoded(raw.decode(codec), name)
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode(codec, errors="replace")
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    raise bad_bytes(line, column, name)


def _decoded(text: str, name: str) -> Decoded:
    found = _SAMPLE.search(text)
    return Decoded(text, name, found.group().strip() if found else "")


def _mostly_utf8(raw: bytes) -> bool:
    """Say whether most lines beyond ASCII are UTF-8, so that the rest is damage, not GBK.

    A line of Chinese in GBK is hardly ever valid UTF-8, so the lines vote.
    """
    good = bad = 0
    for line in raw.split(b"\n"):
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            bad += 1
        else:
            good += 1
    return good > bad
