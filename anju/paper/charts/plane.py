"""Two figures of one thing: dots with both intervals, a cross-hair where the caller wants it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import altair as alt

from anju.paper.charts.dumbbells import Chart
from anju.paper.charts.theme import colour, quiet


@dataclass(frozen=True, slots=True)
class Spot:
    """One thing, 0 to 100 both ways with both intervals; `clear` where its quarter can be told."""

    name: str
    x: float
    y: float
    x_low: float
    x_high: float
    y_low: float
    y_high: float
    clear: bool


def plane(
    spots: Sequence[Spot], cross: tuple[float, float], titles: tuple[str, str], theme: str
) -> Chart:
    """Return the plane with a cross for each spot; `cross` and `titles` are (x, y)."""
    data = alt.InlineData(values=[asdict(spot) for spot in spots])
    x = alt.X("x:Q", title=titles[0], scale=alt.Scale(zero=False, padding=24))
    y = alt.Y("y:Q", title=titles[1], scale=alt.Scale(zero=False, padding=18))
    across = alt.Chart(data).mark_rule(opacity=0.6).encode(x="x_low:Q", x2="x_high:Q", y=y)
    along = alt.Chart(data).mark_rule(opacity=0.6).encode(y="y_low:Q", y2="y_high:Q", x=x)
    colours = alt.Scale(domain=[True, False], range=[colour(theme, "ordinal", 4), quiet(theme)])
    dots = (
        alt.Chart(data)
        .mark_point(filled=True, size=70, opacity=1)
        .encode(x=x, y=y, color=alt.Color("clear:N", legend=None, scale=colours))
    )
    names = alt.Chart(data).mark_text(align="left", dx=7, dy=-7).encode(x=x, y=y, text="name:N")
    hair = [
        alt.Chart(alt.InlineData(values=[{"at": at}])).mark_rule(strokeDash=[3, 3]).encode(**side)
        for at, side in zip(cross, ({"x": "at:Q"}, {"y": "at:Q"}), strict=True)
    ]
    return alt.layer(*hair, across, along, dots, names).properties(width=560, height=320)
