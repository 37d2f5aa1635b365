"""A slip in a few cells does not hide what a column is; the check names each of them."""

from __future__ import annotations

from collections.abc import Sequence

from anju.answers.rules.guess import guess_mapping
from anju.answers.rules.mapping import Role
from anju.kernel.pure.tables import Table


def _table(**columns: Sequence[object]) -> Table:
    height = len(next(iter(columns.values())))
    cells = tuple(tuple(column) for column in columns.values())
    return Table("t", tuple(columns), cells, range(2, 2 + height))  # type: ignore[arg-type]


def _guess(**columns: Sequence[object]):
    return guess_mapping(_table(**columns))


def test_one_odd_text_leaves_the_known_scale_standing() -> None:
    found = _guess(总体满意度=["满意", "一般", "不满意"] * 20 + ["很好啊"])
    column = found.columns[0]
    assert [level.zh for level in found.items[0].scale.valued] == ["不满意", "一般", "满意"]
    assert not column.sure
    assert "很好啊" in column.zh
    assert "很好啊" in column.en


def test_the_odd_text_is_given_no_meaning() -> None:
    found = _guess(总体满意度=["满意", "一般", "不满意"] * 20 + ["很好啊"])
    assert {answer.text for answer in found.mapping.columns[0].answers} == {
        "满意",
        "一般",
        "不满意",
    }


def test_many_odd_texts_are_no_slip() -> None:
    found = _guess(总体满意度=["满意", "不满意", "一般"] * 3 + ["很好啊"] * 3)
    assert "很好啊" in {level.zh for level in found.items[0].scale.valued}


def test_does_not_apply_is_no_odd_text() -> None:
    found = _guess(总体满意度=["满意", "一般", "不满意"] * 20 + ["不适用"])
    assert found.columns[0].sure


def test_a_count_column_stays_one_with_a_cell_at_fault() -> None:
    found = _guess(满意度=["满意", "不满意"] * 15, 人数=[*range(1, 30), "minus two"])
    assert found.mapping.columns[1].role is Role.COUNT
    assert not found.columns[1].sure


def test_a_heading_alone_makes_no_count() -> None:
    found = _guess(满意度=["满意", "不满意"] * 4, 人数=["few", "many"] * 4)
    assert found.mapping.columns[1].role is not Role.COUNT


def test_a_column_of_decimals_is_a_weight() -> None:
    found = _guess(满意度=["满意", "不满意"] * 4, 权重=[0.5, 1.25] * 4)
    assert found.mapping.columns[1].role is Role.WEIGHT
    assert found.columns[1].sure
