"""The person's own file given back with its problems in it."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import CellProblem
from anju.sheets import marks
from anju.sheets.limits import Limits
from anju.sheets.marking import answer
from anju.sheets.marks import COLOUR, mark_problems
from anju.sheets.read import read_table

REFUSAL = Problem("E-SCORE-RANGE", "评价", "6 is not on the scale", "6 不在量表范围内")


def a_workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "答卷"
    for row in (["标题"], ["房号", "评价", "合计"], ["1-101", 6, "=B3"], ["1-102", 5, "=B4"]):
        page.append(row)
    page["A3"].font = Font(bold=True)
    page["C3"].value = "=1+1"
    book.save(path)
    return path


def problems(*rows: int) -> list[CellProblem]:
    return [CellProblem(row, "评价", "6", REFUSAL) for row in rows]


def test_a_workbook_comes_back_with_its_looks_and_its_marks(tmp_path: Path) -> None:
    path, out = a_workbook(tmp_path / "a.xlsx"), tmp_path / "out.xlsx"
    table = read_table(path)

    done = mark_problems(path, out, problems(3), table=table)

    page = openpyxl.load_workbook(out)["答卷"]
    assert page["D2"].value == "问题"
    assert page["D3"].value == "评价：6 不在量表范围内"
    assert page["D4"].value is None
    assert page["B3"].fill.start_color.rgb.endswith(COLOUR)
    assert not str(page["B4"].fill.start_color.rgb).endswith(COLOUR)
    assert page["A3"].font.b
    assert page["C3"].value == "=1+1"
    assert (done.shown, done.total, done.kept_looks) == (1, 1, True)


def test_marking_twice_replaces_the_earlier_marks(tmp_path: Path) -> None:
    path, once, twice = a_workbook(tmp_path / "a.xlsx"), tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    mark_problems(path, once, problems(3), table=read_table(path))

    mark_problems(once, twice, problems(4), table=read_table(once), language="en")

    page = openpyxl.load_workbook(twice)["答卷"]
    assert [cell.value for cell in page["D"]] == [
        None,
        "Problem",
        None,
        "评价: 6 is not on the scale",
    ]
    assert not str(page["B3"].fill.start_color.rgb).endswith(COLOUR)
    assert page["B4"].fill.start_color.rgb.endswith(COLOUR)
    assert page.max_column == 4


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_text_file_comes_back_with_one_column_more(tmp_path: Path, language: str) -> None:
    path, out = tmp_path / "a.csv", tmp_path / "out.csv"
    path.write_bytes("房号;评价\n1-101;6\n\n1-102;5\n".encode("gb18030"))

    mark_problems(path, out, problems(2), table=read_table(path), language=language)
    again = tmp_path / "again.csv"
    mark_problems(out, again, problems(4), table=read_table(out), language=language)

    lines = out.read_text(encoding="utf-8-sig").splitlines()
    assert lines[1].startswith("1-101;6;")
    assert lines[3] == "1-102;5;"
    second = again.read_text(encoding="utf-8-sig").splitlines()
    assert second[1] == "1-101;6;"
    assert "6" in second[3].split(";")[2]


def test_only_the_first_thousand_are_marked_and_the_head_counts_all(tmp_path: Path) -> None:
    path, out = tmp_path / "a.csv", tmp_path / "out.csv"
    path.write_text("房号,评价\n" + "1-101,6\n" * 1_200, encoding="utf-8")

    done = mark_problems(path, out, problems(*range(2, 1_202)), table=read_table(path))

    lines = out.read_text(encoding="utf-8-sig").splitlines()
    assert (done.shown, done.total) == (1_000, 1_200)
    assert "1,200" in lines[0]
    assert "1,000" in lines[0]
    assert sum("不在量表" in line for line in lines) == 1_000


def test_a_text_file_becomes_a_workbook_on_demand(tmp_path: Path) -> None:
    path, out = tmp_path / "a.csv", tmp_path / "out.xlsx"
    path.write_text("房号,评价\n=1-101,6\n\n1-102,\n", encoding="utf-8")

    done = mark_problems(path, out, problems(2, 4), table=read_table(path), language="en")

    page = openpyxl.load_workbook(out).active
    assert page is not None
    assert page["A2"].value == "=1-101"
    assert page["A2"].data_type == "s"
    assert page["C4"].value == "评价: 6 is not on the scale"
    assert page["B4"].fill.start_color.rgb.endswith(COLOUR)
    assert not done.kept_looks or done.total == 2


def test_a_large_workbook_is_written_anew_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, out = a_workbook(tmp_path / "a.xlsx"), tmp_path / "out.xlsx"
    table = read_table(path)
    monkeypatch.setattr(marks, "KEEP_CELLS", 1)

    done = mark_problems(path, out, problems(3), table=table)

    page = openpyxl.load_workbook(out).active
    assert page is not None
    assert not done.kept_looks
    assert page["B3"].value == 6
    assert "量表" in str([cell.value for cell in page[3]])


def test_a_workbook_is_not_given_back_as_text(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx")

    with pytest.raises(Problem) as caught:
        mark_problems(path, tmp_path / "out.csv", problems(3), table=read_table(path))
    assert caught.value.code == "E-FILE-TYPE"


def test_the_marking_process_answers_done_or_a_problem(tmp_path: Path) -> None:
    path, out = a_workbook(tmp_path / "a.xlsx"), tmp_path / "out.xlsx"
    order = {"path_in": str(path), "path_out": str(out), "sheet": "答卷", "header_row": 2,
             "head": "问题", "colour": COLOUR, "marks": [[3, "x", [1]]]}  # fmt: skip

    assert answer(dict(order), Limits()) == {"done": True}
    assert answer(dict(order, path_in=str(out), path_out=str(path)), Limits()) == {"done": True}
    assert answer(dict(order, sheet="none"), Limits())["problem"]["code"] == "E-FILE-ARCHIVE"
    small = Limits(unpacked_bytes=1)
    assert answer(dict(order), small)["problem"]["code"] == "E-FILE-UNPACKED"
    page = openpyxl.load_workbook(path)["答卷"]
    assert page["D3"].value == "x"


def test_a_text_file_comes_back_with_nothing_that_a_spreadsheet_runs(tmp_path: Path) -> None:
    path, out = tmp_path / "a.csv", tmp_path / "b.csv"
    path.write_text("=a,b\n=1+1,x\n'=1+1,-1\n@x,+8.5\n", "utf-8")
    table = read_table(path)
    problem = CellProblem(2, "b", "x", Problem("E-X", "b", "no", "否"))

    mark_problems(path, out, [problem], table=table)

    rows = list(csv.reader(out.read_text("utf-8-sig").splitlines()))
    assert [row[:2] for row in rows] == [
        ["'=a", "b"],
        ["'=1+1", "x"],
        ["'=1+1", "-1"],
        ["'@x", "+8.5"],
    ]
    again = read_table(out)
    assert (again.headers[:2], again.columns[:2]) == (table.headers, table.columns[:2])
