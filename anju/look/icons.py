"""Cuts the icons we use out of the Tabler Icons package into one sprite; run by hand, checked in."""

from __future__ import annotations

import re
import sys
from pathlib import Path

WANTED = """
adjustments-horizontal alert-triangle arrow-back-up bell building calendar chart-bar check checks
chevron-left chevron-right circle-check clipboard-list clock dots download edit external-link eye
file-spreadsheet file-text heart-rate-monitor help history home inbox info-circle language
list-check lock logout message-circle microphone moon phone photo plus printer refresh search send
settings sun table target text-increase trash upload user users x
""".split()  # noqa: SIM905 (fifty words are read more easily than fifty quoted ones)
# Pictures of an owner's tiles, in a sprite of their own: no other page loads them.
TILES = """
brush bulb car door droplet elevator hammer help horse-toy message-circle pencil phone receipt
search shield thumb-up tool tree umbrella user volume
""".split()  # noqa: SIM905 (as above)
# Signs of state, drawn for 1 em and filled: a shape tells what colour alone must not.
SIGNS = {
    "st-over": '<path d="M12 4 22 20H2z"/>',
    "st-soon": '<path d="M12 2a10 10 0 1 0 0 20V12z"/>',
    "st-run": '<circle cx="12" cy="12" r="8"/>',
    "st-wait": '<path d="M6 4h4v16H6zM14 4h4v16h-4z"/>',
}
BOX = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none" ?/>')
PATHS = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def symbol(name: str, inner: str) -> str:
    """Return one icon as a symbol of the sprite."""
    body = BOX.sub("", re.sub(r"\s*\n\s*", "", inner))
    return f'<symbol id="i-{name}" viewBox="0 0 24 24">{body}</symbol>'


def sprite(folder: Path, wanted: list[str], signs: dict[str, str]) -> str:
    """Return a whole sprite from a folder of single outline icons."""
    parts = [symbol(name, inner) for name, inner in signs.items()]
    for name in wanted:
        found = PATHS.search((folder / f"{name}.svg").read_text(encoding="utf-8"))
        if found is None:
            raise SystemExit(f"no drawing in {name}.svg")
        parts.append(symbol(name, found[1]))
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(parts) + "\n</svg>\n"


if __name__ == "__main__":
    static = Path(__file__).parent.parent / "web" / "static" / "anju"
    outlines = Path(sys.argv[1])
    (static / "icons.svg").write_text(sprite(outlines, WANTED, SIGNS), encoding="utf-8")
    (static / "tiles.svg").write_text(sprite(outlines, TILES, {}), encoding="utf-8")
