"""Packages and files that must be refused before anything reads them."""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from anju.kernel.pure.problems import Problem
from anju.sheets.archive import inspect
from anju.sheets.kinds import kind_of
from anju.sheets.limits import Limits
from anju.sheets.read import read_table
from anju.sheets.tests.making import TYPES, package, sheet_xml, workbook

CELL = sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')


def refused(path: Path, limits: Limits | None = None) -> Problem:
    with pytest.raises(Problem) as caught:
        inspect(path, limits or Limits())
    assert caught.value.text("zh") != caught.value.text("en")
    return caught.value


def test_a_plain_workbook_passes(tmp_path: Path) -> None:
    inspect(workbook(tmp_path / "a.xlsx", [["a"], [1]]), Limits())


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n  ", "empty"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n", "picture"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
        (b"\xef\xbb\xbf  <!DOCTYPE html><p>", "web page"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "2003",
        ),
        (b'<?xml version="1.0"?><x/>', "XML document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "old Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100, "old Office"),
        (bytes(range(256)) * 4, "binary"),
        (b"PK\x05\x06" + b"\0" * 18, "empty archive"),
    ],
)
def test_a_file_that_is_no_table_is_called_what_it_is(
    tmp_path: Path, content: bytes, what: str
) -> None:
    path = tmp_path / "answers.xlsx"
    path.write_bytes(content)

    with pytest.raises(Problem) as caught:
        kind_of(path)
    assert caught.value.code == "E-FILE-TYPE"
    assert what in caught.value.text("en")


@pytest.mark.parametrize(
    ("part", "what"),
    [
        ("xl/vbaProject.bin", "macros"),
        ("word/document.xml", "Word"),
        ("mimetype", "OpenDocument"),
        ("xl/workbook.bin", "binary workbook"),
    ],
)
def test_other_packages_are_called_what_they_are(tmp_path: Path, part: str, what: str) -> None:
    problem = refused(package(tmp_path / "a.xlsx", CELL, {part: "x"}))

    assert problem.code == "E-FILE-TYPE"
    assert what in problem.text("en")


def test_an_archive_without_a_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("photo.jpg", "x")

    assert refused(path).code == "E-FILE-TYPE"


@pytest.mark.parametrize("name", ["../../x", "/etc/x", "C:x", "a\\b", "XL/WORKBOOK.XML"])
def test_an_entry_with_a_tricky_name_is_refused(tmp_path: Path, name: str) -> None:
    assert refused(package(tmp_path / "a.xlsx", CELL, {name: "x"})).code == "E-FILE-ARCHIVE"


def test_an_archive_inside_is_refused(tmp_path: Path) -> None:
    inner = package(tmp_path / "inner.xlsx", CELL).read_bytes()

    problem = refused(package(tmp_path / "a.xlsx", CELL, {"xl/embeddings/b.xlsx": inner}))
    assert problem.code == "E-FILE-ARCHIVE"


def test_too_many_entries_are_refused(tmp_path: Path) -> None:
    many = {f"xl/media/{number}": "" for number in range(2_001)}

    assert refused(package(tmp_path / "a.xlsx", CELL, many)).code == "E-FILE-ARCHIVE"


def test_a_cut_off_package_is_refused(tmp_path: Path) -> None:
    path = package(tmp_path / "a.xlsx", CELL)
    path.write_bytes(path.read_bytes()[:-40])

    assert refused(path).code == "E-FILE-ARCHIVE"


def test_damaged_content_is_refused(tmp_path: Path) -> None:
    path = package(tmp_path / "a.xlsx", sheet_xml("<row/>" * 5_000))
    raw = bytearray(path.read_bytes())
    place = raw.index(b"xl/worksheets/sheet1.xml") + 30
    raw[place : place + 20] = b"\xff" * 20
    path.write_bytes(raw)

    assert refused(path).code in {"E-FILE-ARCHIVE", "E-FILE-UNPACKED"}


def test_a_password_on_an_entry_is_named(tmp_path: Path) -> None:
    path = package(tmp_path / "a.xlsx", CELL)
    raw = bytearray(path.read_bytes())
    place = raw.index(b"PK\x01\x02")
    raw[place + 8] |= 1
    path.write_bytes(raw)

    assert "password" in refused(path).text("en")


def test_what_unpacks_too_far_is_refused_by_its_declared_size(tmp_path: Path) -> None:
    path = package(tmp_path / "a.xlsx", sheet_xml(" " * 3_000_000))

    assert refused(path, replace(Limits(), unpacked_bytes=2_000_000)).code == "E-FILE-UNPACKED"


def test_what_unpacks_further_than_its_ratio_is_refused(tmp_path: Path) -> None:
    path = package(tmp_path / "a.xlsx", sheet_xml(" " * 3_000_000))

    assert refused(path, replace(Limits(), ratio_from_bytes=1_000_000)).code == "E-FILE-UNPACKED"
    inspect(path, Limits())


def test_a_lying_declared_size_is_found_by_counting(tmp_path: Path) -> None:
    path = package(tmp_path / "a.xlsx", sheet_xml(" " * 3_000_000))
    raw = path.read_bytes()
    true_size = struct.pack("<I", len(sheet_xml(" " * 3_000_000)))
    path.write_bytes(raw.replace(true_size, struct.pack("<I", 100)))

    assert refused(path).code == "E-FILE-UNPACKED"


@pytest.mark.parametrize("code", ["utf-8", "utf-16-le"])
def test_entities_are_refused_in_any_part(tmp_path: Path, code: str) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'.encode(code)

    problem = refused(package(tmp_path / "a.xlsx", CELL, {"xl/sharedStrings.xml": bomb}))
    assert problem.code == "E-XLS-XML"
    assert "sharedStrings" in problem.text("en")


def test_an_unusual_packing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as made:
        made.writestr(TYPES, "x")
        made.writestr("xl/workbook.xml", "x")

    assert "unusual" in refused(path).text("en")


def test_stored_entries_are_counted_too(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as made:
        made.writestr(TYPES, "x")
        made.writestr("xl/workbook.xml", "x" * 3_000)

    inspect(path, Limits())
    assert refused(path, replace(Limits(), unpacked_bytes=2_000)).code == "E-FILE-UNPACKED"


def test_a_local_head_that_is_none_is_refused(tmp_path: Path) -> None:
    path = package(tmp_path / "a.xlsx", CELL)
    raw = bytearray(path.read_bytes())
    raw[0:4] = b"XXXX"
    path.write_bytes(raw)

    assert refused(path).code == "E-FILE-ARCHIVE"


def test_an_entry_before_the_beginning_is_refused(tmp_path: Path) -> None:
    path = package(tmp_path / "a.xlsx", CELL)
    raw = bytearray(path.read_bytes())
    end = raw.rindex(b"PK\x05\x06")
    offset = int.from_bytes(raw[end + 16 : end + 20], "little")
    raw[end + 16 : end + 20] = (offset + 50).to_bytes(4, "little")
    path.write_bytes(raw)

    assert refused(path).code == "E-FILE-ARCHIVE"


def test_a_stream_that_never_ends_is_refused(tmp_path: Path) -> None:
    path = package(tmp_path / "a.xlsx", CELL)
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    endless = engine.compress(b"x" * 1_000) + engine.flush(zlib.Z_FULL_FLUSH)
    raw = path.read_bytes()
    start = raw.index(TYPES.encode()) + len(TYPES)
    path.write_bytes(raw[:start] + endless[: len("<Types/>") + 2] + raw[start + 10 :])

    assert refused(path).code in {"E-FILE-ARCHIVE", "E-FILE-UNPACKED"}


def test_a_file_over_its_limit_is_refused_with_both_sizes(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["a"], [1]])

    with pytest.raises(Problem) as caught:
        read_table(path, limits=replace(Limits(), file_bytes=100))
    assert caught.value.code == "E-FILE-SIZE"
