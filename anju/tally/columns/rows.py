"""Answers as one sorted table of columns: what an engine reads, without anything that names a home.

No household, no row of a file, no instant: of the time only the part of the day, of the month and of
the year remain. Rows are sorted by all their columns, so that the same answers give the same table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from anju.answers.rules.answers import AnswerSet
from anju.kernel.pure.later import later
from anju.tally.bands import day_of, half_of, third_of
from anju.tally.scores import INDEX, scores_of
from anju.tally.tables import Recipe

if TYPE_CHECKING:
    import pyarrow as pa
else:
    pa = later("pyarrow")

KEYS = ("stratum", "psu", "use_type", "mode", "day", "third", "half")


def item_column(place: int) -> str:
    """Return the name of the column that holds an item's levels."""
    return f"i{place}"


def table_of(answers: AnswerSet, recipe: Recipe) -> pa.Table:
    """Return the answers as columns, sorted; one row stands for `n` people of weight `w` each.

    Shapes: KEYS are texts, "" where unknown; `score` is the index over several items, empty without
    one; `i0`, `i1` … hold the place of the level in the item's scale, -1 where nobody answered.
    """
    size = len(answers.count)
    times = answers.answered or (None,) * size
    timed = any(moment is not None and (moment.hour, moment.minute) != (0, 0) for moment in times)
    columns: dict[str, object] = {
        "stratum": _texts(answers, "stratum", size),
        "psu": _texts(answers, "building", size),
        "use_type": _texts(answers, "use_type", size),
        "mode": _texts(answers, "mode", size),
        "day": [day_of(one) if one is not None and timed else "" for one in times],
        "third": [_or_none(one, third_of) for one in times],
        "half": [_or_none(one, half_of) for one in times],
    }
    made = {name: pa.array(values, type=pa.string()) for name, values in columns.items()}
    made["n"] = pa.array(answers.count, type=pa.int64())
    made["w"] = pa.array(answers.weight, type=pa.float64())
    scores = scores_of(answers, recipe).get(INDEX)
    nobody = pa.nulls(size, pa.float64())
    made["score"] = nobody if scores is None else pa.array(scores, from_pandas=True)
    for place in range(len(answers.items)):
        made[item_column(place)] = pa.array(answers.levels[:, place], type=pa.int16())
    found = pa.table(made)
    return found.sort_by([(name, "ascending") for name in found.column_names])


def _texts(answers: AnswerSet, kind: str, size: int) -> Sequence[str]:
    return [label or "" for label in answers.groups.get(kind, ("",) * size)]


def _or_none(moment: datetime | None, band: Callable[[datetime], str]) -> str:
    return "" if moment is None else band(moment)
