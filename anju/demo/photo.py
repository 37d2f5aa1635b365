"""The photo that the demonstration's people took: a drawn board, so that nobody real is on it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from anju.attachments.rules.kinds import Kind
from anju.attachments.taking import Taken
from anju.kernel.pure.later import later

Image, Draw = later("PIL.Image"), later("PIL.ImageDraw")

SIZE, PREVIEW = (960, 640), (480, 320)
ROWS, COLUMNS = 8, 7
WALL, BOARD, FRAME = (196, 204, 210), (250, 250, 247), (92, 98, 104)
LINE, TICK, OPEN = (176, 186, 194), (24, 122, 74), (190, 72, 40)


def board(name: str) -> Taken:
    """Return a photo of the board on which each complaint is ticked off on the day it is answered."""
    picture = Image.new("RGB", SIZE, WALL)
    pen = Draw.Draw(picture)
    pen.rectangle((70, 60, 890, 560), fill=BOARD, outline=FRAME, width=14)
    for row in range(ROWS):
        y = 120 + row * 52
        pen.line((110, y + 36, 850, y + 36), fill=LINE, width=3)
        pen.rectangle((110, y + 8, 250 + 17 * (row * 5 % 7), y + 20), fill=LINE)
        for column in range(COLUMNS):
            x = 430 + column * 58
            if (row, column) == (5, 6):
                pen.rectangle((x, y + 4, x + 24, y + 28), outline=OPEN, width=4)
            else:
                pen.line((x, y + 16, x + 9, y + 27, x + 26, y + 2), fill=TICK, width=6)
    pen.rectangle((420, 566, 540, 580), fill=FRAME)
    return Taken(Kind.PHOTO, name, _jpeg(picture), _jpeg(picture.resize(PREVIEW)), SIZE[0], SIZE[1])


def _jpeg(picture: Any) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=82)
    return out.getvalue()
