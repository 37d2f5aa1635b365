"""Rows 44 to 50: files that are not what they seem. Each is answered at once, and nothing is kept."""

from __future__ import annotations

import io
import time
import zipfile

import pytest
import xlsxwriter
from django.urls import reverse

from anju.kernel.models import StoredFile
from anju.sheets.tests.making import LINKS, ROOT, TYPES, WORKBOOK, sheet_xml
from tests.cast import a_wave
from tests.catalogue.desk import BOTH, Refused, expect, faults, nothing_written

HEAD = "服务人员着装佩证、行为规范与热情程度"
QUICK = 8.0  # seconds for two answers on a machine that does other things besides


def package(sheet: str, **parts: bytes | str) -> bytes:
    """Return a workbook made from its markup; further parts are added under their names."""
    whole = {
        TYPES: "<Types/>",
        "_rels/.rels": ROOT,
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": LINKS,
        "xl/worksheets/sheet1.xml": sheet,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in (whole | parts).items():
            made.writestr(name, content)
    return out.getvalue()


def corner() -> bytes:
    return package(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'
                             '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))  # fmt: skip


def many_rows() -> bytes:
    """Return a megabyte that unpacks to more than three hundred."""
    row = "<row><c><v>1</v></c></row>" * 1_000
    return package(sheet_xml(row * 13_000))


def one_giant_cell() -> bytes:
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>' + "a" * 300_000_000 + "</t></is></c></row>"
    return package(sheet_xml(cell))


def laughs() -> bytes:
    entities = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    return package(entities + sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'))


def entries(count: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(TYPES, "<Types/>")
        for number in range(count):
            made.writestr(f"x{number}", "")
    return out.getvalue()


OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
PASSWORD = OLD_EXCEL + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 512
WEB = b"<html><body><table><tr><td>1</td></tr></table></body></html>"


def _type(what_zh: str, what_en: str) -> Refused:
    return Refused(415, "E-FILE-TYPE", "file", what_zh, what_en)


UPLOADS = {
    "row-45-sparse-corner": (
        corner,
        Refused(422, "E-XLS-RANGE", "file", "1,048,576 × 16,384", "1,048,576 x 16,384"),
    ),
    "row-46-rows-that-unpack-too-far": (
        many_rows,
        Refused(
            422, "E-FILE-UNPACKED", "file", "最多接收 200 MB。请把需要的行复制", "at most 200 MB"
        ),
    ),
    "row-46-one-giant-cell": (
        one_giant_cell,
        Refused(422, "E-FILE-UNPACKED", "file", "请把需要的行复制", "Copy the rows that matter"),
    ),
    "row-47-entities": (
        laughs,
        Refused(422, "E-XLS-XML", "file", "另存为新的 .xlsx 后上传", "save it as a new .xlsx"),
    ),
    "row-48-old-excel": (lambda: OLD_EXCEL, _type("另存为 .xlsx", "save it as .xlsx")),
    "row-48-password": (lambda: PASSWORD, _type("另存为 .xlsx", "save it as .xlsx")),
    "row-48-web-page": (lambda: WEB, _type("另存为 .xlsx", "save it as .xlsx")),
    "row-48-macros": (
        lambda: package(sheet_xml(""), **{"xl/vbaProject.bin": b"x"}),
        _type("另存为 .xlsx", "save it as .xlsx"),
    ),
    "row-48-pdf": (lambda: b"%PDF-1.4\n%", _type("PDF", "PDF")),
    "row-49-entry-outside": (
        lambda: package(sheet_xml(""), **{"../../x": "x"}),
        Refused(422, "E-FILE-ARCHIVE", "file", "另存为新的 .xlsx 后上传", "save it as a new .xlsx"),
    ),
    "row-49-archive-inside": (
        lambda: package(sheet_xml(""), **{"xl/inner.zip": entries(2)}),
        Refused(422, "E-FILE-ARCHIVE", "file", "另存为新的 .xlsx 后上传", "save it as a new .xlsx"),
    ),
    "row-49-ten-thousand-entries": (
        lambda: entries(10_000),
        Refused(422, "E-FILE-ARCHIVE", "file", "另存为新的 .xlsx 后上传", "save it as a new .xlsx"),
    ),
}


@pytest.mark.parametrize("row", UPLOADS)
def test_a_file_that_is_no_table_is_refused_at_once_and_not_kept(row, desk):
    make, wanted = UPLOADS[row]
    wave, body = a_wave(desk.cast), make()
    desk.client(BOTH[0]), desk.client(BOTH[1])
    began = time.monotonic()

    with nothing_written():
        for language in BOTH:
            expect(desk.upload(wave, "answers.xlsx", body, language), wanted, language)

    assert StoredFile.objects.count() == 0
    assert time.monotonic() - began < QUICK


def test_row_49_a_large_archive_of_many_entries_is_refused_on_the_next_page(desk):
    wave, body = a_wave(desk.cast), entries(100_000)
    wanted = Refused(422, "E-FILE-ARCHIVE", "", "另存为新的 .xlsx 后上传", "save it as a new .xlsx")
    for language in BOTH:
        expect(desk.refused_file(wave, "answers.xlsx", body, language), wanted, language)


def test_row_48_an_empty_file_is_refused(desk):
    wave = a_wave(desk.cast)
    wanted = Refused(422, "E-FILE-EMPTY", "file", "请选择", "Choose a")
    desk.client(BOTH[0]), desk.client(BOTH[1])
    with nothing_written():
        for language in BOTH:
            expect(desk.upload(wave, "answers.csv", b"", language), wanted, language)


def test_row_45_the_next_file_is_read_as_if_nothing_had_been(desk):
    wave = a_wave(desk.cast)
    assert desk.upload(wave, "a.xlsx", corner()).code == "E-XLS-RANGE"

    assert desk.upload(wave, "b.csv", f"{HEAD}\n满意\n".encode()).status == 302


def formulas(*, stored: bool) -> bytes:
    result = ' t="str"><f>A2</f><v>满意</v>' if stored else "><f>A2</f>"
    cells = (
        f'<row r="1"><c r="A1" t="inlineStr"><is><t>{HEAD}</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>满意</t></is></c></row>'
        f'<row r="3"><c r="A3"{result}</c></row>'
    )
    return package(sheet_xml(cells))


def test_row_44_a_formulas_stored_result_is_used_and_its_column_named(desk):
    wave = a_wave(desk.cast)
    sent = desk.upload(wave, "a.xlsx", formulas(stored=True))

    page = desk.get(sent.location)

    assert "公式" in page.body
    assert desk.take(wave, formulas(stored=True), name="a.xlsx").result["rows"] == 2


def test_row_44_a_formula_without_a_result_is_refused_at_its_cell(desk):
    body = formulas(stored=False)
    wave = a_wave(desk.cast)

    job = desk.check(wave, body, name="a.xlsx", **{"role-0": "item"})

    (told,) = faults(job)
    assert (told[0], told[1], told[3]) == ("3", HEAD, "E-XLS-FORMULA")
    assert "A3" in told[4]


def odd_workbook() -> bytes:
    """Return a workbook with a title, a merged head over two rows and a hidden column."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet("答卷")
        page.merge_range(0, 0, 0, 2, "2026 年满意度调查", book.add_format())
        page.write_row(2, 0, [HEAD, "姓名", "建议"])
        page.set_column(1, 1, None, None, {"hidden": True})
        for number in range(3, 8):
            page.write_row(number, 0, ["满意", "张三", "好"])
    return out.getvalue()


@pytest.mark.parametrize("language", BOTH)
def test_row_50_odd_heads_and_hidden_columns_are_shown_for_the_person_to_decide(language, desk):
    wave = a_wave(desk.cast)
    sent = desk.upload(wave, "a.xlsx", odd_workbook())

    page = desk.get(sent.location, language)

    assert page.status == 200
    assert HEAD in page.body
    assert "姓名" in page.body
    assert ("隐藏" if language != "en" else "hidden") in page.body
    shown = desk.shown(reverse("import-columns", args=sent.location.rstrip("/").split("/")[-3::2]))
    assert shown["role-1"] == ["ignored"]
