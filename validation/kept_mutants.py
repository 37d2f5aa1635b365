"""What the last mutation run found, kept beside the code, and which survivors nobody judged."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from anju.kernel.pure.clock import utc_now
from validation.judged import JUDGED

KEPT = Path(__file__).parent / "mutants.json"


@dataclass(frozen=True, slots=True)
class Ran:
    """A module: how many mutants it has, which lived (function and change), and when that was found."""

    module: str
    many: int
    lived: tuple[str, ...]
    date: str = ""


def unjudged(found: Ran) -> list[str]:
    """Return the survivors of a module that nobody judged."""
    judged = JUDGED.get(found.module, {})
    return [key for key in found.lived if key not in judged]


def kept(path: Path | None = None) -> Mapping[str, Ran]:
    """Return the last run of each module, by its name."""
    path = path or KEPT
    told = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {
        name: Ran(name, row["many"], tuple(row["lived"]), row["date"]) for name, row in told.items()
    }


def keep(found: Ran, path: Path | None = None) -> None:
    """Write a run of a module in the place of its last one."""
    path = path or KEPT
    rows = {**kept(path), found.module: Ran(found.module, found.many, found.lived, f"{utc_now():%Y-%m-%d}")}  # fmt: skip
    told = {
        name: {"many": row.many, "lived": list(row.lived), "date": row.date}
        for name, row in sorted(rows.items())
    }
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
