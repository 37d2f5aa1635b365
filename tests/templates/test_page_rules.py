"""The rules for a page find what they are for; and every template of the product parses."""

from __future__ import annotations

import pytest
from django.template.loader import get_template

from tests.architecture import sources
from tests.templates import page

SOUND = (
    '<!doctype html><html lang="zh-hans"><body><h1>满意度</h1>'
    '<label for="a">甲</label><input id="a" name="a"><label>乙 <input name="b"></label>'
    '<input type="hidden" name="c"><svg><path d="M0 0"/><title>three English words</title></svg>'
    '<p lang="en">three English words</p><p>公式 share_top[vs+bs]@1，Anju</p>'
    '<button hx-post="/good/">存</button></body></html>'
)
OFFENCES = {
    "<h1>满意度</h1>": ("", "0 h1, not one"),
    '<label for="a">甲</label>': ("", "the input a has no label"),
    "<p lang": ('<p style="top: 0" lang', "<p> has style"),
    "<button ": ('<button onclick="x" ', "<button> has onclick"),
    "/good/": ("/bad/", "/bad/ leads nowhere"),
    "公式": ("this was never translated", "not translated: this was never translated"),
    "</p><p>": ("</b></p><p>", "closes p"),
    "</body>": ("<div></body>", "never closed"),
    'name="b"': ('name="b" id="a"', "the id a stands twice"),
    'name="a"': ('name="a" name="a"', "<input> has name twice"),
}


def said(text: str) -> list[str]:
    return list(page.faults(page.read(text), lambda address: address == "/good/"))


def test_a_sound_page_is_left_in_peace():
    assert said(SOUND) == []


@pytest.mark.parametrize("place", OFFENCES)
def test_each_offence_in_a_page_is_named(place):
    other, fault = OFFENCES[place]

    assert place in SOUND
    assert any(fault in line for line in said(SOUND.replace(place, other, 1)))


@pytest.mark.parametrize("path", list(sources.templates()), ids=str)
def test_every_template_parses(path):
    name = str(path).split("/templates/", maxsplit=1)[1]

    assert get_template(name).template.nodelist
