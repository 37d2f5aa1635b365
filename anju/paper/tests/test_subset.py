"""The cutting of our fonts, tried on a collection of three small faces."""

from __future__ import annotations

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont

from anju.paper.fonts import make_subset
from anju.paper.fonts.make_subset import characters, cut, main

LETTERS = "A甲丂\U00020000"  # Latin, GB 2312, GBK alone, neither


def a_face() -> TTFont:
    names = [".notdef", *(f"g{place}" for place in range(len(LETTERS)))]
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((0, 500))
    pen.lineTo((500, 0))
    pen.closePath()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(dict(zip(map(ord, LETTERS), names[1:], strict=True)))
    builder.setupGlyf(dict.fromkeys(names, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (500, 0)))
    builder.setupHorizontalHeader()
    builder.setupNameTable({"familyName": "Source", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    return builder.font


@pytest.fixture
def folder(tmp_path):
    for name in ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"):
        collection = TTCollection()
        collection.fonts = [a_face() for _ in range(3)]
        collection.save(tmp_path / name)
    return tmp_path


def letters(path) -> set[str]:
    with TTFont(path) as font:
        return {chr(code) for code in font.getBestCmap()}


def test_an_encoding_tells_its_characters():
    small, large = characters("gb2312"), characters("gbk")

    assert ord("甲") in small
    assert ord("丂") in large - small
    assert 6000 < len(small) < len(large)


def test_a_cut_font_keeps_what_was_wanted_under_our_name(folder):
    target = folder / "cut.otf"

    assert cut(folder / "NotoSansCJK-Regular.ttc", target, [ord("甲"), ord("A")], "Bold") == 2

    assert letters(target) == {"甲", "A"}
    with TTFont(target) as font:
        assert font["name"].getDebugName(1) == make_subset.FAMILY
        assert font["name"].getDebugName(6) == "NotoSansSC-Bold"


def test_both_styles_are_cut_to_their_own_reach(folder, monkeypatch, capsys):
    monkeypatch.setattr(make_subset, "HERE", folder)

    main(folder)

    assert letters(folder / "NotoSansSC-Regular.otf") == {"A", "甲", "丂"}
    assert letters(folder / "NotoSansSC-Bold.otf") == {"A", "甲"}
    assert "NotoSansSC-Bold.otf: 2 characters" in capsys.readouterr().out
