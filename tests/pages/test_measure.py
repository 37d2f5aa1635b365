"""Each thing that the camera measures is found on a page that has it, and on no sound page."""

from __future__ import annotations

import pytest

from tests.pages.camera import MEASURE, browser

SOUND = """<!doctype html><html lang="zh-CN" data-surface="staff"><meta charset="utf-8">
<body><h1>调查</h1><p>收回20份，发出25份。<a href="#">看说明</a></p>
<button class="btn-primary" style="height:36px">保存方案</button></body></html>"""
OFFENCES = {
    "heading": ("<h1>调查</h1>", "<h1>调查</h1><h1>又一个</h1>"),
    "sideways": ("<h1>调查</h1>", "<h1>调查</h1><div style='width:3000px'>宽</div>"),
    "small": ("<h1>调查</h1>", "<h1>调查</h1><p style='font-size:11px'>小字</p>"),
    "punctuation": ("收回20份，", "收回20份,发出"),
    "untranslated": ("<h1>调查</h1>", "<h1>调查</h1><p>Save the plan</p>"),
    "target": ("<h1>调查</h1>", "<h1>调查</h1><button style='height:16px'>小</button>"),
    "primary": ("</body>", "<button class='btn-primary' style='height:36px'>再来</button></body>"),
    "clipped": (
        "<h1>调查</h1>",
        "<h1>调查</h1><p style='width:30px;overflow:hidden;white-space:nowrap'>被切掉的字</p>",
    ),
}


@pytest.mark.chromium
def test_each_offence_is_found_and_a_sound_page_is_left_in_peace():
    with browser() as started:
        page = started.new_page()

        def kinds(text: str) -> set[str]:
            page.set_content(text)
            return {kind for kind, _ in page.evaluate(MEASURE, arg=False)}

        assert kinds(SOUND) == set()
        missed = [
            kind
            for kind, (old, new) in OFFENCES.items()
            if kind not in kinds(SOUND.replace(old, new))
        ]

    assert missed == []
