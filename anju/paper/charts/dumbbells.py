"""Two values by name: one line from the first to the second, the greatest fall on top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import altair as alt

from anju.paper.charts.theme import colour

HEIGHT_OF_A_ROW = 34
Chart = alt.LayerChart | alt.FacetChart


@dataclass(frozen=True, slots=True)
class Line:
    """One name with both of its ends, in the units of the axis."""

    name: str
    first: float
    second: float


def dumbbells(rows: Sequence[Line], names: tuple[str, str], axis: str, theme: str) -> Chart:
    """Return a dumbbell for each row; `names` are the words for first and second."""
    order = [row.name for row in sorted(rows, key=lambda row: row.second - row.first)]
    data = alt.InlineData(values=[asdict(row) for row in rows])
    y = alt.Y("name:N", sort=order, title=None, axis=alt.Axis(ticks=False, domain=False))
    scale = alt.Scale(nice=True, zero=False, padding=16)
    bar = alt.Chart(data).mark_rule(strokeWidth=3).encode(
        x=alt.X("first:Q", scale=scale, title=axis), x2="second:Q", y=y
    )  # fmt: skip
    colours = alt.Scale(
        domain=list(names), range=[colour(theme, "ordinal", 1), colour(theme, "ordinal", 4)]
    )
    dots = [
        alt.Chart(data)
        .transform_calculate(side=f"'{name}'")
        .mark_point(filled=True, size=110, opacity=1, shape=shape)
        .encode(
            x=alt.X(f"{end}:Q", scale=scale),
            y=y,
            color=alt.Color("side:N", title=None, scale=colours),
        )
        for end, name, shape in zip(("first", "second"), names, ("square", "circle"), strict=True)
    ]
    return alt.layer(bar, *dots).properties(width=560, height=HEIGHT_OF_A_ROW * max(len(rows), 2))
