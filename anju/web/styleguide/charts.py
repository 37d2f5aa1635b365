"""Invented figures for every chart of the product, drawn as the pages draw them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from anju.web.parts.charts import (
    Dot,
    DotAxis,
    Verdict,
    axis_of,
    dot_head,
    dot_row,
    funnel_bar,
    gap_row,
    likert_head,
    likert_row,
    silence_bar,
    split,
)
from anju.web.parts.pieces import Method, Mood, Sign

SHARES = (
    ((0.01, 0.05, 0.15, 0.47, 0.32), 318, 2),
    ((0.07, 0.13, 0.16, 0.41, 0.23), 262, 58),
    ((0.19, 0.24, 0.16, 0.29, 0.12), 298, 22),
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One row of a chart's table."""

    label: str
    bar: SafeString
    facts: tuple[str, ...]
    sign: Sign | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """A chart that Vega draws: its id, what it states, and the specification."""

    id: str
    sentence: str
    spec: dict[str, object]


def _likert() -> dict[str, object]:
    items = (_("Cleaning of stairs and lifts"), _("Repaired at the first visit"), _("Parking"))
    parted = [split(shares, positive=2, middle=True) for shares, _n, _m in SHARES]
    axis = axis_of(parted)
    rows = []
    for item, row, (shares, n, missing) in zip(items, parted, SHARES, strict=True):
        share = f"{round(100 * sum(shares[3:]))} %"
        label = _("%(item)s: %(share)s satisfied, n = %(n)s") % {
            "item": item,
            "share": share,
            "n": n,
        }
        rows.append(Drawn(item, likert_row(row, axis, label), (share, str(n), str(missing))))
    short = split((0.12, 0.51, 0.37), positive=2, middle=False)
    two = split((0.2, 0.8), positive=1, middle=False)
    others = [
        Drawn(name, likert_row(row, axis_of([row]), name), ())
        for name, row in ((_("three levels without a neutral one"), short), (_("two levels"), two))
    ]
    return {
        "likert_head": likert_head(axis, neutral=_("neutral")),
        "likert_rows": rows,
        "other_scales": others,
    }


def _dots() -> dict[str, object]:
    axis = DotAxis(30, 100)
    cases = (
        (
            _("Building 1"),
            Dot(87.3, (81.2, 91.2), target=76.9, verdict=Verdict.HIGH),
            "55 / 80",
            Sign(_("clearly higher"), Mood.HIGH),
        ),
        (
            _("Building 6"),
            Dot(84.8, (75.0, 89.6), target=76.9, verdict=Verdict.TIE),
            "33 / 48",
            Sign(_("cannot tell"), Mood.TIE),
        ),
        (
            _("Building 3"),
            Dot(66.7, (60.0, 72.5), target=76.9, verdict=Verdict.LOW),
            "60 / 80",
            Sign(_("clearly lower"), Mood.LOW),
        ),
        (
            _("Published totals"),
            Dot(96.0, bounds=(76.8, 96.8), target=76.9, verdict=Verdict.TIE),
            "20 / 25",
            Sign(_("no interval"), Mood.TIE),
        ),
    )
    rows = [
        Drawn(
            name,
            dot_row(dot, axis, f"{name} {dot.estimate:.1f} %"),
            (f"{dot.estimate:.1f} %", _words(dot.interval), base),
            sign,
        )
        for name, dot, base, sign in cases
    ]
    return {"dot_head": dot_head(axis, step=20, unit="%"), "dot_rows": rows}


def _words(interval: tuple[float, float] | None) -> str:
    return f"{interval[0]:.1f}–{interval[1]:.1f}" if interval else "–"


def _gaps() -> dict[str, object]:
    axis = DotAxis(1, 5)
    dimensions = (
        (_("Tangibles"), 4.4, 4.1),
        (_("Reliability"), 4.7, 3.6),
        (_("Empathy"), 3.9, 4.0),
    )
    rows = [
        Drawn(
            name,
            gap_row(wanted, met, axis, name),
            (f"{wanted}", f"{met}", f"{met - wanted:+.1f}".replace("-", "−")),
        )
        for name, wanted, met in dimensions
    ]
    funnel = ((_("issued"), 480), (_("returned"), 332), (_("valid"), 320))
    steps = [Drawn(name, funnel_bar(n, 480, f"{name} {n}"), (str(n),)) for name, n in funnel]
    return {"gap_head": dot_head(axis, step=1), "gap_rows": rows, "funnel": steps}


def _vega() -> Frame:
    values = [
        {"x": 61, "y": 41, "item": _("Parking")},
        {"x": 74, "y": 64, "item": _("Repaired at the first visit")},
        {"x": 55, "y": 79, "item": _("Cleaning of stairs and lifts")},
    ]
    x = {
        "field": "x",
        "type": "quantitative",
        "scale": {"domain": [40, 90]},
        "title": _("importance"),
    }
    y = {
        "field": "y",
        "type": "quantitative",
        "scale": {"domain": [30, 90]},
        "title": _("satisfied, %"),
    }
    spec: dict[str, object] = {
        "height": 260,
        "data": {"values": values},
        "encoding": {"x": x, "y": y},
        "layer": [
            {"mark": {"type": "point", "filled": True, "size": 90}},
            {"mark": {"type": "text", "dy": -12}, "encoding": {"text": {"field": "item"}}},
        ],
    }
    return Frame("quadrant", _("Parking matters much and satisfies least"), spec)


def everything() -> dict[str, object]:
    """Return every chart with its legend and the box that says where figures come from."""
    parts = (("q5", 246), ("q3", 42), ("q1", 32), ("silent", 160))
    names = (_("satisfied"), _("neutral"), _("dissatisfied"), _("no answer"))
    return {
        **_likert(),
        **_dots(),
        **_gaps(),
        "chart": _vega(),
        "silence": silence_bar(parts, _("480 households: 246 satisfied, 160 silent")),
        "silence_legend": [
            (kind, f"{name} {n}") for name, (kind, n) in zip(names, parts, strict=True)
        ],
        "scale_legend": (
            ("q1", _("very dissatisfied")),
            ("q2", _("dissatisfied")),
            ("q3", _("neutral")),
            ("q4", _("satisfied")),
            ("q5", _("very satisfied")),
            ("silent", _("no answer")),
        ),
        "method": Method(
            _("Where these figures come from"),
            (
                (_("Asked"), _("all 480 households, one owner each")),
                (_("When"), "2026-10-12 – 2026-10-31"),
                (_("Response rate"), _("320 of 480 = 66.7 % (RR1)")),
                (_("Scale"), _("five levels, very dissatisfied to very satisfied")),
                (_("Formula"), "share_top[vs+s]@1"),
                (_("Data as of"), "2026-11-02 09:00"),
            ),
        ),
    }
