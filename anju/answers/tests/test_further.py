"""Answers from below the first rows of a large file: put beside them, never lost, never doubled."""

from __future__ import annotations

from anju.answers.rules.columns import look_at
from anju.answers.rules.further import Told, confirmed, with_further
from anju.answers.rules.mapping import Answer, ColumnMap, Mapping, Role
from anju.kernel.pure.tables import Table

FIRST = Table("s", ("楼栋", "满意度"), (("1栋", "2栋"), ("满意", 3)), (2, 3), partial=True)


def texts(table: Table) -> set[str]:
    return {text for text, _count in look_at("满意度", table.column("满意度")).texts}


def test_an_answer_from_further_down_stands_among_those_looked_at():
    seen = with_further(FIRST, [Told(50_001, "满意度", "还行")])
    assert texts(seen) == {"满意", "3", "还行"}
    assert tuple(seen.row_numbers) == (2, 3, 50_001)
    assert {len(column) for column in seen.columns} == {3}


def test_a_whole_table_stays_as_it_is():
    whole = Table("s", FIRST.headers, FIRST.columns, FIRST.row_numbers)
    assert with_further(whole, [Told(50_001, "满意度", "还行")]) is whole


def test_rows_that_are_there_and_columns_that_are_not_add_nothing():
    told = [Told(3, "满意度", "还行"), Told(90, "别的列", "还行")]
    assert with_further(FIRST, told) is FIRST


def test_what_was_confirmed_before_and_is_not_among_the_first_rows_is_told():
    said = (Answer("满意", "s"), Answer("3", "s"), Answer("还行", "n"))
    columns = (ColumnMap("满意度", Role.ITEM, "I1", said), ColumnMap("不在", Role.ITEM, "I2", said))
    told = confirmed(FIRST, Mapping(columns))
    assert told == (Told(0, "满意度", "还行"),)
    assert tuple(with_further(FIRST, told).row_numbers) == (2, 3, 4)
