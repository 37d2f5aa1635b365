"""The log of erasures outside the database: a restored backup does not bring anybody back.

Lines of numbers only, appended and forced to the disk. A person made after the backup that was
restored has no part in an older line: `settle` strikes out lines whose person it does not hold.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from anju.kernel.scope import company_scope
from anju.privacy.models import Erasure
from anju.register.models import Person
from anju.register.queries import company_ids

NAME = "erasures.log"


@dataclass(frozen=True, slots=True)
class Stone:
    """One erasure, or with `void` the end of an earlier line."""

    company_id: int
    person_id: int
    ground: str
    at: str
    void: bool = False


def path() -> Path:
    """Return where the log lies: beside the database and its files, never among them."""
    return Path(settings.DATA) / NAME


def note(row: Erasure) -> None:
    """Append an erasure, durably."""
    _append(Stone(row.company_id, row.person_id, row.reason, row.at.isoformat()))


def note_all() -> int:
    """Append what the database knows and the log does not; return how many lines."""
    known, added = {(s.company_id, s.person_id) for s in standing()}, 0
    for company_id in company_ids():
        with company_scope(company_id):
            for row in Erasure.objects.across_parts().order_by("id"):
                if (row.company_id, row.person_id) not in known:
                    note(row)
                    added += 1
    return added


def standing() -> tuple[Stone, ...]:
    """Return the erasures that hold: written and not struck out since."""
    found: dict[tuple[int, int], Stone] = {}
    for stone in _lines():
        key = (stone.company_id, stone.person_id)
        if stone.void:
            found.pop(key, None)
        else:
            found[key] = stone
    return tuple(found.values())


def settle() -> int:
    """Strike out lines about people whom a database just restored does not hold; return how many."""
    struck = 0
    for stone in standing():
        with company_scope(stone.company_id):
            if not Person.objects.across_parts().filter(id=stone.person_id).exists():
                _append(Stone(stone.company_id, stone.person_id, stone.ground, stone.at, void=True))
                struck += 1
    return struck


def _append(stone: Stone) -> None:
    path().parent.mkdir(parents=True, exist_ok=True)
    with path().open("a", encoding="utf-8") as log:
        # A line that a power cut broke off must not take this one with it.
        log.write(f"\n{json.dumps(asdict(stone))}\n")
        log.flush()
        os.fsync(log.fileno())


def _lines() -> Iterator[Stone]:
    if not path().exists():
        return
    for line in path().read_text(encoding="utf-8").splitlines():
        try:
            yield Stone(**json.loads(line))
        except (ValueError, TypeError):  # the line in which a power cut ended
            continue
