"""What a file is, by its content; its name and ending decide nothing."""

from __future__ import annotations

from pathlib import Path

from anju.sheets.refusals import not_a_table

_HEAD = 4096
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_SIGNS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF document", " PDF 文档"),
    (b"\x89PNG", "a picture (PNG)", "图片（PNG）"),
    (b"\xff\xd8\xff", "a picture (JPEG)", "图片（JPEG）"),
    (b"GIF8", "a picture (GIF)", "图片（GIF）"),
    (b"{\\rtf", "an RTF document", " RTF 文档"),
    (b"\x1f\x8b", "a compressed file (gzip)", "压缩文件（gzip）"),
    (b"7z\xbc\xaf", "a compressed file (7z)", "压缩文件（7z）"),
    (b"Rar!", "a compressed file (RAR)", "压缩文件（RAR）"),
    (b"SQLite format 3", "a database", "数据库文件"),
    (b"PK\x05\x06", "an empty archive", "空的压缩包"),
)
_PAGES = (b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"<meta", b"<div")


def kind_of(path: Path) -> str:
    """Return "xlsx" or "text" for a file that may be read.

    Errors: E-FILE-TYPE naming what the file is instead.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise not_a_table("empty", "空文件")
    if head.startswith(_ZIP):
        return "xlsx"
    if head.startswith(_OLE):
        raise _old_office(path)
    for sign, en, zh in _SIGNS:
        if head.startswith(sign):
            raise not_a_table(en, zh)
    _refuse_markup(head)
    if b"\x00" in head and not _looks_utf16(head):
        raise not_a_table("binary data of an unknown kind", "未知的二进制文件")
    return "text"


def _old_office(path: Path) -> Exception:
    raw = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in raw:
        return not_a_table("a workbook protected by a password", "设有密码的工作簿")
    if any(name.encode("utf-16-le") in raw for name in ("Workbook", "Book")):
        return not_a_table("an old Excel workbook (.xls)", "旧版 Excel 工作簿（.xls）")
    return not_a_table("an old Office document", "旧版 Office 文档")


def _refuse_markup(head: bytes) -> None:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(_PAGES):
        raise not_a_table(
            "a web page saved under the name of a table", "以表格名义保存的网页（HTML）"
        )
    if start.startswith(b"<?xml"):
        if b"urn:schemas-microsoft-com:office" in start:
            raise not_a_table("an XML spreadsheet of 2003", "2003 版 XML 表格")
        raise not_a_table("an XML document", " XML 文档")


def _looks_utf16(head: bytes) -> bool:
    """Say whether every second byte is mostly zero, or a byte order mark stands in front."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(1, len(head) // 2)
    return max(even, odd) / half > 0.3 and min(even, odd) / half < 0.05
