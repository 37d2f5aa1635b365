"""The worker: does jobs as they come and strikes the clocks; stops cleanly on a signal."""

from __future__ import annotations

import threading
from datetime import datetime

import structlog
from django.core.management import call_command
from django.db import close_old_connections

from anju.jobs.schedule import SCHEDULE
from anju.kernel import clocks
from anju.kernel.floor import refuse_without_floor
from anju.kernel.pure.clock import utc_now
from anju.kernel.tasks import worker_name

log = structlog.get_logger("anju.clocks")
TICK_SECONDS = 5.0


def strike_due(at: datetime, *, worker: str) -> int:
    """Strike every clock whose present slot nobody has taken; return how many were ours."""
    struck = 0
    for clock in SCHEDULE:
        slot = clocks.take(clock, at=at, worker=worker)
        if slot is None:
            continue
        struck += 1
        try:
            clock.strike(at)
        except Exception as fault:
            # One faulty clock must not stop the others; the slot keeps what went wrong.
            log.exception("clock failed", clock=clock.name)
            slot.problem = repr(fault)
        slot.finished_at = utc_now()
        slot.save(update_fields=["problem", "finished_at"])
    return struck


def _tick(stop: threading.Event) -> None:
    while not stop.wait(TICK_SECONDS):
        close_old_connections()
        try:
            strike_due(utc_now(), worker=worker_name())
        except Exception:
            # A database that is being restarted; the next tick tries again.
            log.exception("clocks could not run")


def work() -> None:
    """Run until a signal comes: clocks on a thread, jobs on the main one."""
    refuse_without_floor()
    stop = threading.Event()
    ticking = threading.Thread(target=_tick, args=(stop,), name="clocks", daemon=True)
    ticking.start()
    try:
        call_command("db_worker", interval=0.5, verbosity=0, startup_delay=False)
    finally:
        stop.set()
        ticking.join(timeout=TICK_SECONDS)
