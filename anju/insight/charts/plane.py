"""Importance against performance: dots with both intervals, the cross-hair at the means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import altair as alt

from anju.insight.charts.gaps import Chart
from anju.insight.charts.theme import colour, quiet


@dataclass(frozen=True, slots=True)
class Spot:
    """One item, 0 to 100 both ways with both intervals; `clear` where its quadrant can be told."""

    name: str
    performance: float
    importance: float
    p_low: float
    p_high: float
    i_low: float
    i_high: float
    clear: bool


def plane(
    spots: Sequence[Spot], cross: tuple[float, float], titles: tuple[str, str], theme: str
) -> Chart:
    """Return the plane with a cross for each item; `cross` and `titles` are (x, y)."""
    data = alt.InlineData(values=[asdict(spot) for spot in spots])
    x = alt.X("performance:Q", title=titles[0], scale=alt.Scale(zero=False, padding=24))
    y = alt.Y("importance:Q", title=titles[1], scale=alt.Scale(zero=False, padding=18))
    across = alt.Chart(data).mark_rule(opacity=0.6).encode(x="p_low:Q", x2="p_high:Q", y=y)
    along = alt.Chart(data).mark_rule(opacity=0.6).encode(y="i_low:Q", y2="i_high:Q", x=x)
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
