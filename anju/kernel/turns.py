"""Gives way to others between two short transactions of long work; holds nothing itself."""

from __future__ import annotations

import time

from django.db import connection

STAND_BACK = 0.025


def let_others_write() -> None:
    """Stand back for a moment: whoever waits for SQLite's one writer only looks now and then."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        time.sleep(STAND_BACK)
