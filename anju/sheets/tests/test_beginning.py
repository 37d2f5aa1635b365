"""The first rows of a large file: the same heads and cells as in the whole of it."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import Table
from anju.sheets.book import read_book
from anju.sheets.delimited import read_delimited
from anju.sheets.heads import as_table
from anju.sheets.limits import Limits
from anju.sheets.read import read_table
from anju.sheets.tests.making import WORKBOOK, package, sheet_xml, table_of, workbook

FIRST = 6
CUT = Limits(first=FIRST)


def first_of(path: Path) -> Table:
    return as_table(read_book(path, None, CUT, hidden_rows=False), None)


def row(number: int, text: str, prefix: str = "") -> str:
    p = prefix
    cell = f'<{p}c r="A{number}" t="inlineStr"><{p}is><{p}t>{text}</{p}t></{p}is></{p}c>'
    return f'<{p}row r="{number}">{cell}{cell.replace("A", "B")}</{p}row>'


def many(count: int = 40) -> str:
    return "".join(row(n, f"t{n}") for n in range(1, count + 1))


def same_beginning(first: Table, whole: Table) -> bool:
    return (
        first.headers == whole.headers
        and first.columns == tuple(c[: first.height] for c in whole.columns)
        and tuple(first.row_numbers) == tuple(whole.row_numbers)[: first.height]
    )


def test_the_first_rows_of_a_workbook_are_those_of_the_whole(tmp_path: Path) -> None:
    lines: list[list[str | None]] = [
        ["楼栋", "总体满意度"],
        *([f"{n}栋", "满意" if n % 2 else None] for n in range(60)),
    ]
    path = workbook(tmp_path / "a.xlsx", lines)
    first, whole = first_of(path), table_of(path)
    assert (first.partial, first.height, whole.partial, whole.height) == (True, 5, False, 60)
    assert same_beginning(first, whole)


def test_the_child_hands_over_that_there_is_more(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["a", "b"], *([n, n] for n in range(60))])
    assert read_table(path, limits=CUT).partial
    assert not read_table(path).partial


def test_a_workbook_without_more_rows_is_read_whole(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["a", "b"], *([n, n] for n in range(FIRST - 1))])
    assert not first_of(path).partial
    assert first_of(path) == table_of(path)


def test_merged_heads_are_told_behind_the_rows_and_still_joined(tmp_path: Path) -> None:
    path = tmp_path / "heads.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write(0, 0, "楼栋")
        page.merge_range(0, 1, 0, 2, "服务")
        page.write_row(1, 0, ["楼栋", "保洁", "安保"])
        for n in range(2, 60):
            page.write_row(n, 0, ["1栋", "满意", "一般"])
    first = first_of(path)
    assert first.partial
    assert first.headers == ("楼栋", "服务 · 保洁", "服务 · 安保") == table_of(path).headers


def test_markup_with_a_prefix_is_cut_at_the_same_row(tmp_path: Path) -> None:
    body = "".join(row(n, f"t{n}", "x:") for n in range(1, 41))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<x:worksheet xmlns:x="{main}"><x:sheetData>{body}</x:sheetData ></x:worksheet>'
    path = package(tmp_path / "p.xlsx", sheet)
    assert first_of(path).partial
    assert same_beginning(first_of(path), table_of(path))


def test_a_long_sheet_is_followed_to_the_end_of_its_rows(tmp_path: Path) -> None:
    path = package(tmp_path / "long.xlsx", sheet_xml(many(9_000)))
    assert first_of(path).height == FIRST - 1


def test_two_bytes_a_letter_are_not_cut_but_read_whole(tmp_path: Path) -> None:
    sheet = f'<?xml version="1.0" encoding="UTF-16"?>{sheet_xml(many())}'
    path = package(
        tmp_path / "wide.xlsx", WORKBOOK, {"xl/worksheets/sheet1.xml": sheet.encode("utf-16")}
    )
    raw = read_book(path, None, CUT, hidden_rows=False)
    assert not raw.partial


@pytest.mark.parametrize(
    "sheet",
    [sheet_xml(many()).partition("</sheetData>")[0], sheet_xml("<row><c></row>"), "no markup"],
    ids=["rows-without-end", "crossed", "none"],
)
def test_a_broken_sheet_is_refused_by_the_reading_of_all(tmp_path: Path, sheet: str) -> None:
    path = package(tmp_path / "broken.xlsx", sheet)
    with pytest.raises(Problem) as caught:
        first_of(path)
    assert caught.value.code == "E-XLS-XML"


def test_the_first_lines_of_a_text_are_read_and_a_fault_below_waits_for_the_check(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "1,2\n" * 30 + "1,2,3\n")
    first = read_delimited(path, "a", CUT)
    assert (first.partial, len(first.rows), len(first.row_numbers)) == (True, FIRST, FIRST)
    with pytest.raises(Problem, match="E-CSV"):
        read_delimited(path, "a", Limits())


def test_a_short_text_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "1,2\n" * (FIRST - 1))
    assert not read_delimited(path, "a", CUT).partial
