"""Rows 40 to 43: what leaves as a file runs nowhere, and comes back as it was."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from django.urls import reverse

from anju.sheets.write import Sheet, write_xlsx
from anju.survey.answers import open_texts
from tests.cast import a_wave
from tests.catalogue.desk import lines

HEAD = "服务人员着装佩证、行为规范与热情程度"
DANGEROUS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "=HYPERLINK(\"http://x\")", "13800138000",
]  # fmt: skip
LINKS = ["http://example.com", "mailto:a@example.com", "file:///etc/passwd"]


def _exported(desk, texts: list[str], form: str) -> bytes:
    """Import texts as owners' words and return the export of them."""
    wave = a_wave(desk.cast)
    rows = [["满意", text] for text in texts]
    assert desk.take(wave, lines([HEAD, "建议"], *rows)).state == "done"
    sent = desk.post(reverse("wave-export", args=[wave.pk]), {"form": form})
    answer = desk.client("zh-hans").get(sent.location)
    return b"".join(answer) if answer.streaming else answer.content


def _cells(body: bytes) -> list[str]:
    rows = csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""))
    return [cell for row in rows for cell in row]


@pytest.mark.parametrize("text", DANGEROUS)
def test_row_40_a_csv_cell_is_never_a_formula(text, desk):
    cells = _cells(_exported(desk, [text, "好"], "csv"))

    (found,) = [cell for cell in cells if cell.endswith(text)]
    assert found == (text if text == "13800138000" else f"'{text}")


def test_row_40_what_was_guarded_comes_back_without_exactly_one_mark(desk):
    body = _exported(desk, DANGEROUS, "csv")
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    place = next(n for n, cell in enumerate(rows[1]) if cell.endswith(DANGEROUS[0]))
    again = lines([HEAD, "建议"], *(["满意", row[place]] for row in rows[1:]))
    wave = a_wave(desk.cast)

    assert desk.take(wave, again).state == "done"

    with desk.cast.inside():
        kept = {text.text for text in open_texts(wave.pk)}
    assert kept == set(DANGEROUS)


@pytest.mark.parametrize("text", [*DANGEROUS, *LINKS])
def test_row_41_and_42_a_workbook_holds_texts_not_formulas_or_links(text, desk):
    book = openpyxl.load_workbook(io.BytesIO(_exported(desk, [text, "好"], "xlsx")))

    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    (found,) = [cell for cell in cells if cell.value == text]
    assert (found.data_type, found.hyperlink) == ("s", None)
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_row_43_more_rows_than_a_sheet_takes_go_on_in_the_next_and_that_is_said(tmp_path: Path):
    rows = ([number] for number in range(25))

    written = write_xlsx(tmp_path / "a.xlsx", [Sheet("答卷", ("n",), rows)], rows_most=11)

    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert [sheet.max_row for sheet in book.worksheets] == [11, 11, 6]
    assert written.rows == 25
    assert [note.text("zh-hans") for note in written.notes]
    assert [note.text("en") for note in written.notes]
