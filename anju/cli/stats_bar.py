"""How far a long piece of work in DuckDB is, on the screen of who waits; nothing where nobody looks."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from ibis.expr.types import Table as Relation

FIRST, EVERY, WIDE = 2.0, 0.5, 30
CLEAR = "\r" + " " * (WIDE + 8) + "\r"


@contextmanager
def watched(table: Relation) -> Iterator[None]:
    """Show a bar on the screen for errors while work takes longer than two seconds."""
    if not sys.stderr.isatty():
        yield
        return
    engine = table.get_backend().con
    engine.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false")
    with shown(engine.query_progress, sys.stderr):
        yield


@contextmanager
def shown(progress: Callable[[], float], out: TextIO, *, first: float = FIRST) -> Iterator[None]:
    """Show what `progress` tells, in hundredths and below nought where it knows nothing."""
    done = threading.Event()

    def draw() -> None:
        wait = first
        while not done.wait(wait):
            out.write(bar(progress()))
            out.flush()
            wait = EVERY

    drawing = threading.Thread(target=draw, daemon=True)
    drawing.start()
    try:
        yield
    finally:
        done.set()
        drawing.join()
        out.write(CLEAR)


def bar(hundredths: float) -> str:
    """Return a bar of some hundredths."""
    part = min(max(hundredths, 0.0), 100.0) / 100
    full = round(part * WIDE)
    return f"\r[{'#' * full}{'.' * (WIDE - full)}] {part:4.0%}"
