"""A mapping kept, read back strictly, and held against the columns of a file."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.answers.rules.mapping import (
    Answer,
    ColumnMap,
    Mapping,
    Role,
    check_headers,
    fingerprint,
    from_json,
    to_json,
)
from anju.kernel.pure.problems import Problem

GOOD = Mapping(
    (
        ColumnMap("房号", Role.UNIT),
        ColumnMap("评价", Role.ITEM, "Q1", (Answer("很满意", "vs"), Answer("没填", None))),
    )
)


def column_problem(headers: list[str], mapping: Mapping) -> Problem:
    with pytest.raises(Problem) as caught:
        check_headers(headers, mapping)
    assert caught.value.code == "E-IMP-COLUMN"
    assert caught.value.text("zh") != caught.value.text("en")
    return caught.value


def test_a_mapping_comes_back_as_it_was_kept() -> None:
    assert from_json(to_json(GOOD)) == GOOD
    assert GOOD.one(Role.UNIT) == GOOD.columns[0]
    assert GOOD.one(Role.WEIGHT) is None


texts = st.text(max_size=20)
mappings = st.builds(
    Mapping,
    st.lists(
        st.builds(ColumnMap, texts, st.sampled_from(Role), texts, st.lists(st.builds(Answer, texts, st.none() | texts), max_size=3).map(tuple)),
        max_size=4,
    ).map(tuple),
)  # fmt: skip


@given(mappings)
def test_any_mapping_comes_back_as_it_was_kept(mapping: Mapping) -> None:
    assert from_json(to_json(mapping)) == mapping


def broken(**changes: object) -> str:
    return json.dumps(json.loads(to_json(GOOD)) | changes)


@pytest.mark.parametrize(
    "text",
    [
        "{", "[]", "{}", broken(version=2), broken(extra=1), broken(columns=3), broken(columns=[{"header": "a"}]),
        broken(columns=[{"header": 1, "role": "unit", "item": "", "answers": []}]),
        broken(columns=[{"header": "x" * 3_000, "role": "unit", "item": "", "answers": []}]),
        broken(columns=[{"header": "a", "role": "owner", "item": "", "answers": []}]),
        broken(columns=[{"header": "a", "role": "item", "item": "", "answers": [{"text": "x", "level": 3}]}]),
        broken(columns=[{"header": "a", "role": "item", "item": "", "answers": [{"text": "x"}]}]),
        "[" * 100_000,
    ],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(Problem) as caught:
        from_json(text)
    assert caught.value.code == "E-MAP"


def test_a_file_is_known_again_by_its_columns() -> None:
    assert fingerprint(["房号", "Ｑ１"]) == fingerprint(["Q1 ", "房号"])
    assert fingerprint(["房号"]) != fingerprint(["房号", "Q1"])


def test_columns_that_cannot_be_told_apart_are_refused_by_name() -> None:
    assert "评价" in column_problem(["房号", "评价", "评价"], GOOD).text("en")
    check_headers(["房号", "评价", "旧", "旧"], GOOD)
    nothing = Mapping(())
    assert "旧" in column_problem(["旧", "旧"], nothing).text("zh")


def test_a_missing_column_is_refused_by_name() -> None:
    assert "房号" in column_problem(["评价"], GOOD).text("en")


def test_a_mapping_without_an_item_is_refused() -> None:
    assert "item" in column_problem(["房号"], Mapping((ColumnMap("房号", Role.UNIT),))).text("en")


def test_what_a_file_has_once_may_not_be_mapped_twice() -> None:
    twice = Mapping((*GOOD.columns, ColumnMap("室号", Role.UNIT)))
    again = Mapping((*GOOD.columns, ColumnMap("评分", Role.ITEM, "Q1")))

    assert "房号, 室号" in column_problem(["房号", "评价", "室号"], twice).text("en")
    assert "评价, 评分" in column_problem(["房号", "评价", "评分"], again).text("en")
