"""What a hostile or broken program sends: words, numbers, bodies, files; drawn from a seed."""

from __future__ import annotations

import json
import random
import zipfile
from collections.abc import Callable
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile

WORDS: tuple[str, ...] = (
    "", " ", "'", ")", ";--", "' OR 1=1 --", '"', "\\", "%", "%%%%", "_", "\x00", "a\x00b",
    "\x01\x02", "\u200b\u200b", "\u202egpj.exe", "\ufffd", "¿'", "縗\\'", "\xbf\x27", "𠮷䶮",
    "<script>alert(1)</script>", "{{7*7}}", "${x}", "{0.__class__}", "%(n)s", "{", "}",
    "../../etc/passwd", "..\\..\\x", "CON", "a" * 300, "長" * 2_000, "👨‍👩‍👧‍👦" * 200, "(" * 5_000,
    "\r\nSet-Cookie: x=1", "null", "None", "NaN", "Infinity", "-Infinity", "true", "[]", "[object]",
)  # fmt: skip
NUMBERS: tuple[str, ...] = (
    "0", "-1", "1", "12", "１２", "9" * 30, "-" + "9" * 30, str(2**31), str(2**63), str(2**64),
    "1e3", "1e400", "0x10", "1_000", "1.5", "1.23456789", "1,5", "٣", "²", "+1", " 7 ", "1;1",
)  # fmt: skip
DATES: tuple[str, ...] = (
    "2026-02-30", "2025-02-29", "0001-01-01", "9999-12-31", "03/04/2026", "2026-13-01", "today",
    "2026-06-30T10:00", "２０２６-06-30", "20260630", "60",
)  # fmt: skip
QUERY = (
    "page", "per_page", "sort", "q", "filter[project__company__name]", "job", "project", "state",
    "sheet", "header_row", "language", "next", "by", "form", "id", "wave", "year", "unknown",
)  # fmt: skip
CURSORS = ("x", "a:b:c", "WyI8IiwgMV0:1:x", "eyJ9", "=" * 50, "." * 5_000)


def word(chance: random.Random) -> str:
    """Return anything that a field might be sent."""
    kind = chance.random()
    if kind < 0.5:
        return chance.choice(WORDS)
    if kind < 0.8:
        return chance.choice(NUMBERS)
    if kind < 0.95:
        return chance.choice(DATES)
    return "".join(chr(chance.choice((chance.randint(1, 0x2FF), chance.randint(0x4E00, 0x9FFF))))
                   for _ in range(chance.randint(1, 40)))  # fmt: skip


def query(chance: random.Random) -> dict[str, str]:
    """Return what follows the question mark."""
    asked = {chance.choice(QUERY): word(chance) for _ in range(chance.choice((0, 0, 1, 2)))}
    if chance.random() < 0.2:
        asked["page"] = chance.choice(CURSORS)
    if chance.random() < 0.1:
        asked["per_page"] = "1000000"
    return asked


def _workbook(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in parts.items():
            made.writestr(name, body)
    return out.getvalue()


def file(chance: random.Random) -> SimpleUploadedFile:
    """Return a file that is not what it says, or is, badly."""
    bodies: tuple[Callable[[], bytes], ...] = (
        lambda: b"",
        lambda: b"\x00" * 100,
        lambda: chance.randbytes(500),
        lambda: "楼栋,题\n1栋,满意\n".encode("gb18030"),
        lambda: b'a,b\n"unclosed,1\n',
        lambda: b"a;b\n1;2\n",
        lambda: b"a,a\n1,2\n",
        lambda: b"\xff\xfe" + "a,b\n1,2\n".encode("utf-16-le"),
        lambda: b"PK\x03\x04" + chance.randbytes(50),
        lambda: _workbook({"../../x": b"x", "[Content_Types].xml": b"<Types/>"}),
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
        lambda: b"<html><table><tr><td>1</td></tr></table></html>",
        lambda: b"%PDF-1.4\n",
        lambda: bytes("a,b\n" + "1,2\n" * 300, "ascii"),
    )
    names = ("answers.csv", "answers.xlsx", "../../x.csv", "a\x00.csv", "\u202egpj.csv", "长" * 300)
    return SimpleUploadedFile(chance.choice(names) or "x", chance.choice(bodies)())


def raw(chance: random.Random) -> tuple[str, bytes]:
    """Return a content type with a body that does not fit it, or is broken."""
    deep = ("[" * 10_000).encode()
    return chance.choice(
        (
            ("application/json", b"{"),
            ("application/json", json.dumps({"a": ["\ud800"]}).encode()),
            ("application/json", deep),
            ("application/x-www-form-urlencoded", b"name=%ff%fe%C0&use_type=%00"),
            ("application/x-www-form-urlencoded", b"name=" + b"x" * 100_000),
            ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % n for n in range(2_500))),
            ("application/x-www-form-urlencoded; charset=gbk", "name=中文".encode("gbk")),
            ("application/x-www-form-urlencoded; charset=nonsense", b"name=x"),
            ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n"),
            ("multipart/form-data; boundary=", b"nothing"),
            ("multipart/form-data", b"--x--"),
            ("text/plain", b"name=x"),
            ("application/xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
        )
    )
