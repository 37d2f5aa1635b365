"""Exports: text stays text, long tables go on, nothing is lost in silence."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl

from anju.sheets.write import Sheet, Value, csv_lines, sheet_name, write_csv, write_xlsx

DANGER = ["=1+1", "+86 138", "-x", "@x", "https://example.org", "\ttab", "＝A1", "0012"]


def test_text_in_a_workbook_is_never_a_formula_or_a_link(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path, [Sheet("数据", ["text"], [[text] for text in DANGER])])

    page = openpyxl.load_workbook(path)["数据"]
    cells = [page.cell(row, 1) for row in range(2, len(DANGER) + 2)]

    assert [cell.value for cell in cells] == DANGER
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


def test_values_keep_their_types_and_long_numbers_their_digits(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    at = datetime(2026, 4, 3, 9, 30, tzinfo=UTC)
    row: list[Value] = [1, 2.5, Decimal("0.1"), True, date(2026, 4, 3), at]
    row += [None, float("nan"), 110101199003071234, ""]
    write_xlsx(path, [Sheet("S", [str(n) for n in range(len(row))], [row])])

    page = openpyxl.load_workbook(path)["S"]
    back = [cell.value for cell in page[2]]

    assert back[:4] == [1, 2.5, 0.1, True]
    assert [str(cell) for cell in back[4:6]] == ["2026-04-03 00:00:00", "2026-04-03 09:30:00"]
    assert back[6:9] == [None, None, "110101199003071234"]


def test_a_sheet_that_is_too_long_goes_on_in_the_next(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"

    done = write_xlsx(path, [Sheet("数据", ["n"], ([n] for n in range(25)))], rows_most=11)

    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["数据", "数据 (2)", "数据 (3)"] == done.sheets
    assert [book[name].max_row for name in book.sheetnames] == [11, 11, 6]
    assert [book[name]["A1"].value for name in book.sheetnames] == ["n"] * 3
    assert done.rows == 25
    assert [note.code for note in done.notes] == ["N-SPLIT"]


def test_a_sheet_without_rows_has_its_head(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    done = write_xlsx(path, [Sheet("S", ["n"], [])])

    assert openpyxl.load_workbook(path)["S"]["A1"].value == "n"
    assert (done.rows, done.notes) == (0, ())


def test_a_text_that_no_cell_takes_is_cut_and_counted(tmp_path: Path) -> None:
    done = write_xlsx(tmp_path / "a.xlsx", [Sheet("S", ["t"], [["x" * 40_000]])])

    assert done.cut == 1
    assert "32,767" in done.notes[0].text("zh")


def test_csv_is_marked_guarded_and_ends_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    at = datetime(2026, 4, 3, 9, 30, tzinfo=UTC)

    done = write_csv(path, ["电话", "n"], [["+86 138", -5], [None, at], ["x", float("nan")]])

    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    text = path.read_text(encoding="utf-8-sig")
    assert text.splitlines() == ["电话,n", "'+86 138,-5", ",2026-04-03 09:30:00+00:00", "x,"]
    assert done.rows == 3
    assert next(iter(csv_lines(["a"], []))) == "\ufeffa\r\n"


def test_sheet_names_are_made_acceptable_and_different() -> None:
    assert sheet_name("a/b:c[1]?*", ()) == "a b c 1"
    assert sheet_name("", ()) == "Sheet"
    assert sheet_name("x" * 40, ()) == "x" * 31
    assert sheet_name("S", ("s",)) == "S 2"
    assert sheet_name("S", ("S", "S 2")) == "S 3"
