"""How much a file may cost us; not what it may say."""

from __future__ import annotations

from dataclasses import dataclass

MEGA = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one reading. Units: bytes, rows, columns, seconds.

    `cells` bounds rows x columns, because the reader keeps the empty cells between two far ones.
    `first` ends the reading after so many rows, the head among them; the others refuse the file.
    """

    file_bytes: int = 60 * MEGA
    unpacked_bytes: int = 200 * MEGA
    ratio: int = 100
    # A small archive may shrink by any factor without harm; the ratio counts from here.
    ratio_from_bytes: int = 8 * MEGA
    entries: int = 2_000
    rows: int = 200_000
    columns: int = 200
    cells: int = 8_000_000
    line_bytes: int = MEGA
    memory_bytes: int = 1024 * MEGA
    cpu_seconds: int = 60
    wall_seconds: int = 120
    output_bytes: int = 512 * MEGA
    first: int | None = None
