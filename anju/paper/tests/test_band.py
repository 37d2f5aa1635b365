"""What stands on every sheet and in front of every figure: the band and the alerts."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from pypdf import PdfReader

from anju.paper.book import Data, Names, workbook
from anju.paper.drawing import Diverging
from anju.paper.layout import Row, Section
from anju.paper.page import page
from anju.paper.press import report
from anju.paper.tests.making import AT, a_document

BAND, ALERT = "Provisional: figures move", "52 answers of 26 forms"
LONG = Section("long", "Long", "", (), tuple(Row(f"sentence {n}") for n in range(150)))


def marked(**more: object):
    return a_document(band=BAND, alerts=(ALERT,), **more)


def test_every_sheet_of_paper_carries_the_band():
    pages = PdfReader(io.BytesIO(report(marked(sections=(LONG,)), {}, AT))).pages
    assert len(pages) > 2
    for one in pages:
        assert "Provisional" in one.extract_text()
    assert "52 answers" in pages[0].extract_text()
    plain = PdfReader(io.BytesIO(report(a_document(), {}, AT))).pages
    assert all("Provisional" not in one.extract_text() for one in plain)


def test_the_file_for_the_screen_carries_the_band_and_repeats_it_in_print():
    text = page(marked(), {}).decode()
    assert f'<p class="band">{BAND}</p>' in text
    assert text.index(ALERT) < text.index('class="keys"')
    assert re.search(r"@media print\{\.band\{position:fixed", text)
    assert '<p class="band">' not in page(a_document(), {}).decode()


def book(doc) -> openpyxl.Workbook:
    data, names = Data(("a",), ((1,),), (8,)), Names("data", "print", "notes")
    return openpyxl.load_workbook(io.BytesIO(workbook(doc, data, names)))


def test_every_sheet_of_the_workbook_carries_the_band_when_printed():
    found = book(marked())
    assert [BAND in (sheet.oddHeader.center.text or "") for sheet in found] == [True] * 3
    told = [cell.value for cell in found["print"]["A"]]
    assert {BAND, ALERT} <= set(told)
    assert found["data"]["A1"].value == "a"
    assert all(not sheet.oddHeader.center.text for sheet in book(a_document()))


class Piece:
    def __init__(self, tone: int, share: float) -> None:
        self.tone, self.share, self.count = tone, share, 1


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.125, "12.5"), (0.25, "25"), (0.3333, "33.3"), (0.085, "9"), (0.064, "6"), (0.05, "")],
)
def test_a_piece_says_its_share_and_rounds_no_half_away(share, text):
    bar = (Piece(4, share),)
    marks = Diverging.of([bar]).marks(bar)
    assert marks[0].text == text
