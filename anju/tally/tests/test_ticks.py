"""Lists to tick are counted exactly as the rows say, weighted or not, whole or in parts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anju.answers.rules.answers import AnswerSet, TickOption, Ticks
from anju.insight.tests.cast import THREE, single
from anju.stats.results import BadArgument
from anju.tally.count import tally
from anju.tally.tables import merge
from anju.tally.ticks import both

OPTIONS = tuple(TickOption(code, code, code) for code in "abc")
ROW = st.tuples(
    st.sets(st.integers(0, 2)),
    st.integers(0, 3),
    st.sampled_from((0.5, 1.0, 2.0)),
    st.sampled_from((None, "h1", "h2")),
)


def sheet(rows: list, options: tuple[TickOption, ...] = OPTIONS) -> AnswerSet:
    chosen = np.zeros((len(rows), 3), dtype=np.bool_)
    for at, (marks, *_) in enumerate(rows):
        chosen[at, list(marks)] = True
    return replace(
        single(THREE, (len(rows), 0, 0)),
        count=np.array([row[1] for row in rows], dtype=np.int64),
        weight=np.array([row[2] for row in rows], dtype=np.float64),
        households=tuple(row[3] for row in rows),
        lists=(Ticks("T", "多选", "list", options, chosen),),
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=12))
def test_counts_equal_a_naive_count(rows):
    (found,) = tally(sheet(rows)).lists
    some = [row for row in rows if row[0]]
    assert found.n == tuple(sum(c for marks, c, *_ in rows if at in marks) for at in range(3))
    assert found.answered == sum(row[1] for row in some)
    assert found.nothing == sum(c for marks, c, *_ in rows if not marks)
    homes = {row[3] for row in some if row[3] and row[1]}
    assert found.households == len(homes) + sum(row[1] for row in some if row[3] is None)
    if any(row[2] != 1 for row in rows):
        by_option = [sum(c * w for marks, c, w, _ in rows if at in marks) for at in range(3)]
        assert found.weights == pytest.approx(by_option)
        assert found.weight == pytest.approx(sum(c * w for _, c, w, _ in some))
        assert found.squares == pytest.approx(sum(c * w * w for _, c, w, _ in some))
    else:
        assert found.weights is None


@settings(max_examples=30, deadline=None)
@given(st.lists(ROW, min_size=2, max_size=10), st.integers(1, 9))
def test_two_parts_merge_into_the_whole(rows, at):
    rows = [(*row[:3], None) for row in rows]
    cut = min(at, len(rows) - 1)
    (found,) = merge(tally(sheet(rows[:cut])), tally(sheet(rows[cut:]))).lists
    (whole,) = tally(sheet(rows)).lists
    assert (found.n, found.answered, found.nothing) == (whole.n, whole.answered, whole.nothing)
    assert found.households == whole.households
    if whole.weights is not None:
        assert found.weights == pytest.approx(whole.weights)
        assert (found.weight, found.squares) == pytest.approx((whole.weight, whole.squares))


def test_a_part_without_its_lists_counted_leaves_them_uncounted():
    found = tally(sheet([({0}, 1, 1.0, None)]))
    assert merge(found, replace(found, lists=None)).lists is None


def test_parts_with_other_lists_do_not_merge():
    found = tally(sheet([({0}, 1, 1.0, None)])).lists
    with pytest.raises(BadArgument):
        both(found, ())
