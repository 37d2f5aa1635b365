"""The workbook: three sheets, plain numbers, real dates, no formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

from python_calamine import CalamineWorkbook

from anju.paper.book import Data, Names, workbook
from anju.paper.tests.making import CANARY, a_document

NAMES = Names("Data", "To print", "Definitions")
DAY = datetime(2026, 11, 20, 9, 30)  # noqa: DTZ001 - the local time as written
ROWS = ((CANARY, 0.25, DAY, None), ("plain", 7, DAY, ""))


def sheets(**changes: object) -> dict[str, Sequence[Sequence[object]]]:
    data = Data(("name", "value", "at", "none"), ROWS, (20, 8))
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(a_document(**changes), data, NAMES)))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def words(sheet: Sequence[Sequence[object]]) -> set[str]:
    return {str(cell) for row in sheet for cell in row}


def test_a_workbook_has_three_sheets_in_order():
    assert list(sheets()) == ["Data", "To print", "Definitions"]


def test_the_data_are_plain_numbers_and_real_dates():
    head, first, second = sheets()["Data"]

    assert head == ["name", "value", "at", "none"]
    assert first == [CANARY, 0.25, DAY, ""]
    assert second[:3] == ["plain", 7.0, DAY]


def test_what_explains_the_rest_stands_on_its_own_sheet():
    found = sheets()

    assert {"Pairs", "List", "one sentence", "b"} <= words(found["Definitions"])
    assert not {"Pairs", "List", "one sentence"} & words(found["To print"])
    assert "Bars" not in words(found["Definitions"])


def test_the_sheet_to_print_says_what_the_paper_says():
    printed = words(sheets()["To print"])

    said = {"A paper", "index", "74.8", "better n = 9", "First.", "Bars", "What it is.", "value"}
    assert said <= printed
    assert {"first（small）", "1.0", "above", "A note.", "worst 12"} <= printed


def test_a_workbook_without_rows_still_opens():
    raw = workbook(a_document(sections=()), Data(("name",), (), (9,)), NAMES)

    book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
    assert book.get_sheet_by_name("Data").to_python() == [["name"]]


def test_strange_text_is_text_in_every_cell():
    printed = words(sheets(title=CANARY, says=(CANARY,))["To print"])

    assert CANARY in printed
