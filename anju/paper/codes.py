"""Square codes (QR) as SVG for paper and page; what they say is the caller's."""

from __future__ import annotations

import io

import segno


def square_code(address: str) -> str:
    """Return an address as a square code: SVG, black on white, with the quiet border it needs.

    Level M restores 15 % of the area, enough for a fold or a thumb on a printed sheet.
    """
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, border=4, dark="#000", light="#fff"
    )
    return out.getvalue().decode()
