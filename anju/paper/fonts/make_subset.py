"""Cut the two fonts of our paper out of Debian's fonts-noto-cjk; run by hand, never by the product.

    python -m anju.paper.fonts.make_subset /usr/share/fonts/opentype/noto

Needs fontTools (a test dependency). Regular holds the characters of GBK (with rare ones of
people's names), Bold those of GB 2312, both with Latin, Greek, Cyrillic and the signs we print.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

HERE = Path(__file__).parent
FACE_SC = 2  # Noto Sans CJK SC inside the collection
FAMILY = "Noto Sans SC"
SIGNS = "–—‘’“”…·•×÷±−≤≥≠≈→↑↓▲▼●○■□◆◇✓✗‰℃№€£¥©®™①②③④⑤⑥⑦⑧⑨⑩〇々〔〕"
CUTS = (("NotoSansCJK-Regular.ttc", "NotoSansSC-Regular.otf", "gbk", "Regular"),
        ("NotoSansCJK-Bold.ttc", "NotoSansSC-Bold.otf", "gb2312", "Bold"))  # fmt: skip


def characters(encoding: str) -> set[int]:
    """Return every character that two bytes of an encoding can write."""
    return {ord(sign) for sign in _decoded(encoding)}


def _decoded(encoding: str) -> Iterator[str]:
    for first in range(0x81, 0xFF):
        for second in range(0x40, 0xFF):
            try:
                text = bytes((first, second)).decode(encoding)
            except UnicodeDecodeError:
                continue
            yield from text


def cut(source: Path, target: Path, wanted: Iterable[int], style: str) -> int:
    """Write a subset of the collection's Chinese face and return its number of characters."""
    options = Options(
        layout_features=["kern", "liga", "tnum", "lnum"],
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
        notdef_outline=True,
        hinting=False,
        desubroutinize=False,
        drop_tables=["VORG", "vhea", "vmtx", "BASE"],
    )
    with TTCollection(source, lazy=True) as collection:
        font = collection.fonts[FACE_SC]
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=sorted(wanted))
        subsetter.subset(font)
        _rename(font, style)
        font.save(target)
        return len(font.getBestCmap())


def _rename(font: TTFont, style: str) -> None:
    plain = {1: FAMILY, 2: style, 4: f"{FAMILY} {style}", 6: f"NotoSansSC-{style}"}
    for name_id, text in plain.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)
        font["name"].setName(text, name_id, 1, 0, 0)


def main(folder: Path) -> None:
    """Cut both styles and say how large they became."""
    always = set(range(0x20, 0x250)) | set(range(0x370, 0x500)) | set(map(ord, SIGNS))
    always |= set(range(0x3000, 0x3040)) | set(range(0xFF00, 0xFFF0)) | set(range(0x2010, 0x2030))
    for source, target, encoding, style in CUTS:
        count = cut(folder / source, HERE / target, always | characters(encoding), style)
        size = (HERE / target).stat().st_size / 1_000_000
        sys.stdout.write(f"{target}: {count} characters, {size:.1f} MB\n")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/fonts/opentype/noto"))
