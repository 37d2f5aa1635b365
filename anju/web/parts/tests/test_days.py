"""A day is never cut, and nothing slips through unescaped."""

from __future__ import annotations

import re

from anju.web.parts.days import whole_days


def test_each_day_is_held_together_and_all_else_is_escaped():
    shown = whole_days("<b>翠湖苑</b> · 2026-11-19 至 2026-12-03 23:59")

    assert re.findall('<span class="text-nowrap">(.*?)</span>', shown) == [
        "2026-11-19", "2026-12-03 23:59",
    ]  # fmt: skip
    assert "<b>" not in shown
    assert (
        re.sub("<[^>]+>", "", shown) == "&lt;b&gt;翠湖苑&lt;/b&gt; · 2026-11-19 至 2026-12-03 23:59"
    )
