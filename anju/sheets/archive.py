"""The look into a workbook's package before anything reads it: entries, names, true sizes.

The sizes a package declares can lie, so every entry is inflated here once and counted.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from anju.sheets.limits import Limits
from anju.sheets.refusals import bad_archive, bad_xml, not_a_table, unpacks_too_far

_CHUNK = 1 << 18
# Encrypted, strongly encrypted, directory masked.
_ENCRYPTED = 0x2041
_LOCAL = struct.Struct("<4s5H3I2H")
_ENTITIES = tuple(
    word.encode(code)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for code in ("utf-8", "utf-16-le", "utf-16-be")
)
_KINDS: tuple[tuple[str, str, str], ...] = (
    ("xl/vbaProject.bin", "a workbook with macros (.xlsm)", "带宏的工作簿（.xlsm）"),
    ("xl/workbook.bin", "a binary workbook (.xlsb)", "二进制工作簿（.xlsb）"),
    ("word/document.xml", "a Word document", " Word 文档"),
    ("ppt/presentation.xml", "a presentation", "演示文稿"),
    ("mimetype", "an OpenDocument file", " OpenDocument 文件"),
)


def inspect(path: Path, limits: Limits) -> None:
    """Pass a workbook's package or refuse it.

    Errors: E-FILE-ARCHIVE (entries, names, archives inside), E-FILE-TYPE (not a plain workbook),
    E-FILE-UNPACKED (true size or ratio), E-XLS-XML (entities).
    """
    try:
        with zipfile.ZipFile(path) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, struct.error, ValueError, OSError, NotImplementedError):
        raise bad_archive("it is cut off or damaged", "文件不完整或已损坏") from None
    _check_names(entries, limits)
    _check_kind({entry.filename for entry in entries})
    _check_sizes(path, entries, limits)


def _check_names(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.entries:
        raise bad_archive(
            f"it has {len(entries):,} entries, at most {limits.entries:,} are taken",
            f"包内有 {len(entries):,} 个文件，最多接收 {limits.entries:,} 个",
        )
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        if entry.flag_bits & _ENCRYPTED:
            raise not_a_table("a workbook protected by a password", "设有密码的工作簿")
        parts = name.replace("\\", "/").split("/")
        if ".." in parts or name.startswith(("/", "\\")) or ":" in name or "\\" in name:
            raise bad_archive("an entry points outside of it", "包内有指向外部的路径")
        if name.lower() in seen:
            raise bad_archive("an entry stands in it twice", "包内有重名文件")
        seen.add(name.lower())


def _check_kind(names: set[str]) -> None:
    for sign, en, zh in _KINDS:
        if sign in names:
            raise not_a_table(en, zh)
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise not_a_table("an archive that is not a workbook", "压缩包，而不是工作簿")


def _check_sizes(path: Path, entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    total = 0
    most = limits.unpacked_bytes
    if sum(entry.file_size for entry in entries) > most:
        raise unpacks_too_far(most)
    ratio_most = max(path.stat().st_size * limits.ratio, limits.ratio_from_bytes)
    with path.open("rb") as file:
        for entry in entries:
            size, tail, first = 0, b"", True
            for chunk in _inflated(file, entry):
                if first and chunk.startswith((b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf")):
                    raise bad_archive("an archive is inside it", "包内还有压缩包")
                first = False
                size += len(chunk)
                total += len(chunk)
                if total > most or total > ratio_most:
                    raise unpacks_too_far(most)
                window = tail + chunk
                if any(word in window for word in _ENTITIES):
                    raise bad_xml(entry.filename)
                tail = window[-24:]
            if size != entry.file_size:
                raise unpacks_too_far(most)


def _find(file: BinaryIO, entry: zipfile.ZipInfo) -> None:
    """Go to where an entry's content begins, by its own head."""
    broken = bad_archive("it is cut off or damaged", "文件不完整或已损坏")
    if entry.header_offset < 0:
        raise broken
    file.seek(entry.header_offset)
    head = file.read(_LOCAL.size)
    if len(head) != _LOCAL.size or head[:4] != b"PK\x03\x04":
        raise broken
    fields = _LOCAL.unpack(head)
    file.seek(fields[9] + fields[10], 1)


def _inflated(file: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield an entry's true content by chunks, whatever sizes it declares."""
    broken = bad_archive("it is cut off or damaged", "文件不完整或已损坏")
    _find(file, entry)
    if entry.compress_type == zipfile.ZIP_STORED:
        yield from _stored(file, entry.compress_size)
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise bad_archive("it is packed in an unusual way", "采用了不常见的压缩方式")
    engine = zlib.decompressobj(-15)
    waiting = b""
    try:
        while not engine.eof:
            waiting = waiting or file.read(_CHUNK)
            if not waiting:
                raise broken
            chunk = engine.decompress(waiting, _CHUNK)
            waiting = engine.unconsumed_tail
            if chunk:
                yield chunk
    except zlib.error:
        raise broken from None


def _stored(file: BinaryIO, size: int) -> Iterator[bytes]:
    while size > 0:
        chunk = file.read(min(size, _CHUNK))
        if not chunk:
            raise bad_archive("it is cut off or damaged", "文件不完整或已损坏")
        size -= len(chunk)
        yield chunk
