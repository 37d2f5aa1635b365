"""Whether rows fit into this machine's memory, said before they are fetched."""

from __future__ import annotations

import re
from pathlib import Path

from anju.kernel.pure.problems import Problem

MEMORY = Path("/proc/meminfo")
A_ROW = 300  # bytes that a row takes at most while weights are fitted, measured with ten million


def free(told: Path = MEMORY) -> int | None:
    """Return how many bytes this machine has to give; None where it does not say."""
    try:
        found = re.search(r"^MemAvailable:\s+(\d+) kB", told.read_text("ascii"), re.MULTILINE)
    except OSError:
        return None
    return 1024 * int(found[1]) if found else None


def check_room(rows: int, option: str) -> None:
    """Refuse work that goes by rows where they do not fit; raises E-STATS-MEMORY with the way round."""
    there = free()
    if there is None or rows * A_ROW <= there:
        return
    raise Problem(
        "E-STATS-MEMORY", option,
        "--{option} keeps all {rows} rows in memory and needs about {need} GB; {there} GB are free."
        " Leave --{option} out, take a sample of the rows, or use a machine with more memory.",
        "--{option} 需把全部 {rows} 行放入内存，约需 {need} GB，目前可用 {there} GB。"
        "请去掉 --{option}、抽取部分行，或换用内存更大的机器。",
        option=option, rows=f"{rows:,}", need=f"{rows * A_ROW / 1e9:.1f}", there=f"{there / 1e9:.1f}",
    )  # fmt: skip
