"""The look of charts: configurations made from the tokens, for light, dark and paper."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parents[1] / "charts.json"


@lru_cache(maxsize=1)
def themes() -> dict[str, dict[str, Any]]:
    """Return every theme by name."""
    found: dict[str, dict[str, Any]] = json.loads(_FILE.read_text(encoding="utf-8"))
    return found


def colour(theme: str, name: str, place: int = 0) -> str:
    """Return one colour of a theme's range."""
    return str(themes()[theme]["range"][name][place])


def quiet(theme: str) -> str:
    """Return the colour of what cannot be told."""
    return str(themes()[theme]["rule"]["color"])
