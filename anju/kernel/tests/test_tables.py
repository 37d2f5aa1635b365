"""A table as data: columns by heading, heads of rows, sentences in both languages."""

from __future__ import annotations

import pytest

from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import CellProblem, Note, Table, is_problem_head


def test_columns_are_found_by_their_heading() -> None:
    table = Table("t", ("a", "b"), ((1, 2), ("x", "y")), (2, 3))

    assert table.column("b") == ("x", "y")
    assert table.head(1) == ((1, "x"),)
    assert table.height == 2
    with pytest.raises(KeyError):
        table.column("c")


def test_a_note_and_a_cell_problem_speak_both_languages() -> None:
    note = Note("N-X", "{n} rows", "{n} 行", (("n", 3),))
    problem = CellProblem(2, "a", "6", Problem("E-X", "a", "bad", "有误"))

    assert (note.text("en"), note.text("zh-hans")) == ("3 rows", "3 行")
    assert (problem.code, problem.text("zh"), problem.text("en")) == ("E-X", "有误", "bad")


@pytest.mark.parametrize(
    ("header", "ours"),
    [
        ("问题", True),
        ("问题（共 2,300 处，标出前 1,000 处）", True),
        ("Problem", True),
        ("问题1", False),
        ("Problem with lifts", False),
    ],
)
def test_our_own_problem_column_is_known_again(header: str, *, ours: bool) -> None:
    assert is_problem_head(header) is ours
