"""Workbooks read: what the reader hides is found, what is legal is kept."""

from __future__ import annotations

import json
import time
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import CellProblem, Note, Table
from anju.sheets.child import answer
from anju.sheets.limits import Limits
from anju.sheets.read import read_table, run_child
from anju.sheets.scan import letters
from anju.sheets.tests.making import DATES, WORKBOOK, package, sheet_xml, table_of, workbook
from anju.sheets.wire import pack, unpack
from anju.sheets.workbook import read_workbook


def rows(*lines: str) -> str:
    return "".join(f'<row r="{n}">{line}</row>' for n, line in enumerate(lines, start=1))


def code_of(path: Path) -> str:
    with pytest.raises(Problem) as caught:
        table_of(path)
    return caught.value.code


HEAD = '<c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><t>b</t></is></c>'


def test_a_table_keeps_the_row_numbers_that_the_person_sees(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", [[None], ["房号", "评价"], ["1-101", 5], [None], ["1-102", 4.5]]
    )

    table = read_table(path)

    assert table.headers == ("房号", "评价")
    assert table.columns == (("1-101", "1-102"), (5, 4.5))
    assert list(table.row_numbers) == [3, 5]
    assert table.header_row == 2
    assert table.name == "答卷"


def test_a_title_above_the_head_is_left_out_and_said(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["2026 年满意度调查"], ["房号", "评价"], ["1-101", 5]])

    table = table_of(path)

    assert table.headers == ("房号", "评价")
    assert [note.code for note in table.notes] == ["N-HEAD"]
    assert table_of(path, header_row=1).headers == ("2026 年满意度调查", "B")
    assert table_of(path, header_row=2).headers == ("房号", "评价")


def test_a_merged_head_over_two_rows_is_joined(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.merge_range(0, 0, 1, 0, "房号")
        page.merge_range(0, 1, 0, 2, "保洁")
        page.write_row(1, 1, ["楼道", "电梯"])
        page.write_row(2, 0, ["1-101", 5, 4])

    table = table_of(path)

    assert table.headers == ("房号", "保洁 · 楼道", "保洁 · 电梯")
    assert table.height == 1
    assert "N-HEADS" in [note.code for note in table.notes]


def test_a_formula_with_its_result_is_used_and_named(tmp_path: Path) -> None:
    cells = rows(HEAD, '<c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="str"><f>""</f><v></v></c>')

    table = table_of(package(tmp_path / "a.xlsx", sheet_xml(cells)))

    assert table.column("a") == (2,)
    assert table.formulas == {"a", "b"}
    assert "a, b" in table.notes[0].text("en")
    assert table.problems == ()


def test_a_formula_without_a_result_is_a_problem_with_its_cell(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["a", "b"])
    page.append(["=1+1", 3])
    book.save(path)

    (problem,) = table_of(path).problems

    assert (problem.row, problem.column, problem.code) == (2, "a", "E-XLS-FORMULA")
    assert "A2" in problem.text("zh")


def test_a_cell_that_shows_an_error_is_a_problem(tmp_path: Path) -> None:
    cells = rows(HEAD, '<c r="A2" t="e"><v>#N/A</v></c><c r="B2"><v>1</v></c>')

    (problem,) = table_of(package(tmp_path / "a.xlsx", sheet_xml(cells))).problems

    assert (problem.row, problem.column, problem.code) == (2, "a", "E-XLS-FORMULA")


def test_the_day_sixty_is_a_problem_in_its_cell(tmp_path: Path) -> None:
    cells = rows(
        HEAD,
        '<c r="A2" s="1"><v>60</v></c><c r="B2" s="3"><v>60</v></c>',
        '<c r="A3" s="2"><v>60.5</v></c><c r="B3" s="1"><v>61</v></c>',
    )
    parts = {"xl/styles.xml": DATES}

    table = table_of(package(tmp_path / "a.xlsx", sheet_xml(cells), parts))

    assert [(p.row, p.column, p.code) for p in table.problems] == [
        (2, "a", "E-DATE"),
        (3, "a", "E-DATE"),
    ]
    assert table.column("b") == (60, date(1900, 3, 1))


def test_the_1904_system_is_read_and_said(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path), {"date_1904": True}) as book:
        page = book.add_worksheet()
        shown = book.add_format({"num_format": "yyyy-mm-dd"})
        page.write_row(0, 0, ["day", "n"])
        page.write_number(1, 0, 44653, shown)
        page.write_number(1, 1, 2)

    table = read_table(path)

    assert table.date_1904
    assert table.column("day") == (date(2026, 4, 3),)
    assert "N-1904" in [note.code for note in table.notes]


def test_hidden_columns_are_named_and_hidden_rows_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        for number, row in enumerate([["a", "secret"], [1, 2], [3, 4], [5, 6]]):
            page.write_row(number, 0, row)
        page.set_column(1, 1, None, None, {"hidden": True})
        page.set_row(2, None, None, {"hidden": True})

    table = table_of(path)

    assert table.hidden == {"secret"}
    assert table.column("a") == (1, 5)
    assert [note.code for note in table.notes] == ["N-HIDDEN-ROWS", "N-HIDDEN"]
    assert table_of(path, hidden_rows=True).column("a") == (1, 3, 5)


def test_digits_that_a_spreadsheet_dropped_are_a_problem(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", [["phone", "id"], ["1.38E+10", 3], ["13800138000", 110101199003070000]]
    )

    found = [(p.row, p.column, p.code) for p in table_of(path).problems]

    assert found == [(2, "phone", "E-NUM-SCI"), (3, "id", "E-NUM-SCI")]


def test_a_sheet_is_chosen_by_name_and_a_hidden_one_not_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, value in (("old", 1), ("new", 2)):
            page = book.add_worksheet(name)
            page.write_row(0, 0, ["a", "b"])
            page.write_row(1, 0, [value, value])
            if name == "old":
                page.hide()
        book.get_worksheet_by_name("new").set_first_sheet()
        book.get_worksheet_by_name("new").activate()

    assert read_table(path).column("a") == (2,)
    assert read_table(path, sheet="old").column("a") == (1,)
    with pytest.raises(Problem) as caught:
        read_table(path, sheet="none")
    assert caught.value.code == "E-IMP-SHEET"
    assert "old, new" in caught.value.text("en")


@pytest.mark.parametrize("ref", ["XFD1048576", "A200001", "GS2"])
def test_a_sparse_corner_file_is_refused_quickly(tmp_path: Path, ref: str) -> None:
    path = package(
        tmp_path / "a.xlsx",
        sheet_xml(f'<row r="1"><c r="A1"><v>1</v></c></row><row><c r="{ref}"><v>2</v></c></row>'),
    )
    assert path.stat().st_size < 4_096
    began = time.monotonic()

    with pytest.raises(Problem) as caught:
        read_table(path)

    assert caught.value.code == "E-XLS-RANGE"
    assert time.monotonic() - began < 2


def test_a_corner_within_the_limits_but_too_large_in_all_is_refused(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row><c r="GR200000"><v>2</v></c></row>'

    assert code_of(package(tmp_path / "a.xlsx", sheet_xml(cells))) == "E-XLS-RANGE"


def test_a_child_that_dies_of_its_memory_is_an_answer(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["a", "b"], *[[f"{n:060d}", n] for n in range(60_000)]])

    with pytest.raises(Problem) as caught:
        read_table(path, limits=Limits(memory_bytes=32 * 1024 * 1024))
    assert caught.value.code in {"E-FILE-UNPACKED", "E-FILE-READ"}


def test_a_child_that_gives_up_is_an_answer() -> None:
    with pytest.raises(Problem) as caught:
        run_child("anju.sheets.child", {"limits": {"rows": 1}}, Limits())
    assert caught.value.code == "E-FILE-READ"


def test_a_child_that_takes_too_long_is_an_answer(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["a"], [1]])

    with pytest.raises(Problem) as caught:
        read_table(path, limits=Limits(wall_seconds=0))
    assert caught.value.code == "E-FILE-UNPACKED"


def test_true_and_clock_times_become_words(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        clock = book.add_format({"num_format": "hh:mm"})
        spent = book.add_format({"num_format": "[h]:mm"})
        whole = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        page.write_row(0, 0, ["a", "b", "c", "d"])
        page.write_row(1, 0, [True])
        page.write_number(1, 1, 0.5, clock)
        page.write_number(1, 2, 1.5, spent)
        page.write_number(1, 3, 46115.5, whole)

    (row,) = read_table(path).head(1)

    assert row[:3] == ("TRUE", "12:00", "1 day, 12:00:00")
    assert isinstance(row[3], datetime)
    assert row[3].isoformat() == "2026-04-03T12:00:00"


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="x"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="a1"><v>1</v></c></row>',
        "<row",
        '<row r="1"><c r="A1x"><v>1</v></c></row>',
    ],
)
def test_broken_markup_is_refused(tmp_path: Path, cells: str) -> None:
    assert code_of(package(tmp_path / "a.xlsx", sheet_xml(cells))) == "E-XLS-XML"


def test_a_missing_part_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("[Content_Types].xml", "<x/>")
        made.writestr("xl/workbook.xml", WORKBOOK)

    assert code_of(path) == "E-FILE-ARCHIVE"


def test_a_workbook_without_visible_sheets_is_refused(tmp_path: Path) -> None:
    hidden = WORKBOOK.replace('name="S"', 'name="S" state="hidden"')
    path = package(tmp_path / "a.xlsx", sheet_xml(rows(HEAD)), {"xl/workbook.xml": hidden})

    with zipfile.ZipFile(path) as opened:
        book = read_workbook(opened)
    with pytest.raises(Problem, match="E-IMP-SHEET"):
        book.chosen(None)


@pytest.mark.parametrize("content", [[], [["a", "b"]], [["only"]]])
def test_a_table_without_rows_is_refused(tmp_path: Path, content: list[list[str]]) -> None:
    assert code_of(workbook(tmp_path / "a.xlsx", content)) == "E-IMP-EMPTY"


def test_cells_without_a_reference_are_counted_on(tmp_path: Path) -> None:
    cells = f'<row r="1">{HEAD}</row><row><c><f>1</f></c><c><v>2</v></c></row>'

    (problem,) = table_of(package(tmp_path / "a.xlsx", sheet_xml(cells))).problems

    assert (problem.row, problem.column) == (2, "a")


def test_columns_have_the_letters_of_a_spreadsheet() -> None:
    assert [letters(n) for n in (0, 25, 26, 701, 702, 16_383)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
        "XFD",
    ]


def an_order(path: Path) -> dict[str, str | int | bool | None]:
    return {"path": str(path), "name": "a", "sheet": None, "header_row": None, "hidden_rows": False}


def test_the_child_answers_a_table_or_a_problem(tmp_path: Path) -> None:
    good = answer(an_order(workbook(tmp_path / "a.xlsx", [["a"], [1]])), Limits())
    text = tmp_path / "b.csv"
    text.write_text("a,b\n1,2\n", encoding="utf-8")
    large = answer(an_order(text), Limits(file_bytes=1))

    assert good["table"]["headers"] == ("a",)
    assert answer(an_order(text), Limits())["table"]["row_numbers"] == [2]
    assert large["problem"]["code"] == "E-FILE-SIZE"


def test_the_child_names_what_the_reader_cannot_read(tmp_path: Path) -> None:
    bad = package(tmp_path / "a.xlsx", sheet_xml(rows(HEAD)), {"_rels/.rels": "<x/>"})

    assert answer(an_order(bad), Limits())["problem"]["code"] == "E-FILE-ARCHIVE"


def test_days_cross_from_the_child_as_days(tmp_path: Path) -> None:
    day, moment = date(2026, 4, 3), datetime(2026, 4, 3, 9, 30, tzinfo=UTC)
    problem = CellProblem(2, "a", "x", Problem("E-X", "a", "bad {n}", "有误 {n}", n=1))
    note = Note("N-X", "{n}", "{n}", (("n", 2),))
    table = Table("t", ("a", "b"), ((day, moment, None), ("2026-04-03", 1, 2.5)), (2, 3, 4),
                  problems=(problem,), notes=(note,), hidden=frozenset("b"), positions=(0, 1))  # fmt: skip

    back = unpack(json.loads(json.dumps(pack(table))))

    assert back.columns == table.columns
    assert (back.notes, back.hidden, back.positions) == (table.notes, table.hidden, (0, 1))
    assert back.problems[0].text("en") == "bad 1"
