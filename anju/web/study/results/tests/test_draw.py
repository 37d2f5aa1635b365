"""Ranges lie under the scale and are no bars; a long key may break where its parts end."""

from __future__ import annotations

import re

from anju.paper.layout import Column, Mark, Row, Section
from anju.web.parts.draw import breakable, drawing, is_bars

RANGE = Mark("seg", 0.2, 0.5, "range")
BAR = Mark("seg", 0.0, 0.5, "q4")
REFERENCE = Mark("line", 0.4, tone="ref")
GRID = (Mark("line", 0.0, tone="grid"),)


def section(*marks: Mark) -> Section:
    rows = (Row(label="1 号楼", cells=("80–100%",), marks=marks),)
    return Section(key="by-building", title="t", subject="s", columns=(Column("a"),), rows=rows)


def test_a_range_is_no_bar_and_keeps_the_look_of_dots():
    assert not is_bars(section(REFERENCE, RANGE))
    assert is_bars(section(BAR))
    assert is_bars(section(RANGE, BAR))


def test_a_range_lies_under_the_scale_and_the_reference():
    drawn = drawing(section(REFERENCE, RANGE).rows[0], GRID, alone=False)
    assert re.findall(r'<(\w+) class="([^"]+)"', drawn)[1:] == [
        ("rect", "range"),
        ("line", "gr"),
        ("line", "tg"),
    ]


def test_a_range_is_slimmer_than_a_bar():
    def height(mark: Mark) -> int:
        drawn = drawing(section(mark).rows[0], (), alone=False)
        return int(re.findall(r'<rect[^>]* height="(\d+)"', drawn)[0])

    assert height(RANGE) < height(BAR)


def test_a_key_breaks_after_its_parts_and_stays_escaped():
    assert breakable("composite[0.2*a+0.2*b]@1") == "composite[0.2*a+<wbr>0.2*b]@1"
    assert breakable("points_share[3/2/1]@1") == "points_share[3/<wbr>2/<wbr>1]@1"
    assert breakable("<b>+c") == "&lt;b&gt;+<wbr>c"
    assert breakable("") == ""
