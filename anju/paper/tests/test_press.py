"""Sheets from the press: A4, our fonts, the same bytes, strange text as text."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from anju.paper import fonts
from anju.paper.layout import Column, Row, Section
from anju.paper.press import press, rare, report
from anju.paper.tests.making import AT, CANARY, a_document, pdf_text

LEAF = Path(__file__).parent / "leaf.typ"
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="8">甲</text></svg>'


def a_leaf(*lines: str, title: str = "Questions") -> str:
    pages = "{0}/{1}"
    return json.dumps({"title": title, "company": "Anhe", "pages": pages, "lines": lines})


def test_a_document_says_everything_on_paper():
    doc = a_document()
    text = pdf_text(report(doc, {}, AT))

    said = [doc.kind, doc.title, doc.subtitle, doc.company, "No.7-1", *doc.says, *doc.signatures]
    for section in doc.sections:
        said += [section.title, section.lead, *section.notes]
        said += [cell for row in section.rows for cell in (row.label, row.said, *row.cells)]
    assert [words for words in said if words.replace(" ", "") not in text] == []
    assert "page1of1" in text


def test_a_sheet_is_a4_and_carries_our_fonts():
    raw = report(a_document(title="甲"), {}, AT)

    box = PdfReader(io.BytesIO(raw)).pages[0].mediabox
    assert [round(float(side)) for side in box[2:]] == [595, 842]
    assert b"NotoSansSC-Regular" in raw
    assert b"NotoSansSC-Bold" in raw


@pytest.mark.parametrize("before", range(28, 36))
def test_a_head_is_never_alone_at_the_foot_of_a_page(before):
    filler = Section("f", "Filler", "", (), tuple(Row(f"line {n}") for n in range(before)))
    rows = tuple(Row(f"row {n}", ("1",)) for n in range(20))
    long = Section("l", "Headline", "thing", (Column("value"),), rows, lead="What it is.")
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(
        report(a_document(sections=(filler, long)), {}, AT))).pages]  # fmt: skip

    (there,) = (page for page in pages if "Headline" in page)
    assert "row 1" in there


def test_the_same_document_gives_the_same_bytes():
    assert report(a_document(), {}, AT) == report(a_document(), {}, AT)
    assert report(a_document(), {}, AT) != report(a_document(title="Another"), {}, AT)


def test_strange_text_is_printed_and_never_run():
    doc = a_document(title=CANARY, company=CANARY, says=(CANARY,))

    assert CANARY.replace(" ", "") in pdf_text(report(doc, {}, AT))


def test_a_document_without_company_number_or_findings_prints():
    doc = a_document(company="", number="", subtitle="", says=(), language="zh")

    assert "No." not in pdf_text(report(doc, {}, AT))


def test_another_room_prints_its_own_template_inside_our_frame():
    text = pdf_text(press(LEAF, a_leaf("How clean?", CANARY), {}, AT))

    assert "Questions" in text
    assert "Howclean?" in text
    assert CANARY.replace(" ", "") in text
    assert "1/1" in text


def test_a_long_paper_counts_its_pages():
    raw = press(LEAF, a_leaf(*(f"question {n}" for n in range(120))), {}, AT)

    last = len(PdfReader(io.BytesIO(raw)).pages)
    assert last > 1
    assert f"{last}/{last}" in pdf_text(raw)


def test_a_picture_cannot_stand_in_for_the_data():
    text = pdf_text(press(LEAF, a_leaf("kept"), {"data": SQUARE}, AT))

    assert "kept" in text


def test_a_template_from_outside_the_product_is_refused(tmp_path):
    sly = tmp_path / "sly.typ"
    sly.write_text("text", encoding="utf-8")

    with pytest.raises(RuntimeError, match="project root"):
        press(sly, a_leaf(), {}, AT)


@pytest.mark.parametrize("name", ["NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf"])
def test_each_font_lies_beside_its_licence(name):
    assert (fonts.FOLDER / name).stat().st_size > 1_000_000
    assert "SIL OPEN FONT LICENSE" in (fonts.FOLDER / "OFL.txt").read_text(encoding="utf-8")


def test_a_character_outside_the_subset_asks_the_machine_for_help():
    assert not rare("翠湖苑 满意度 ①")
    assert rare("\U00020000")
