"""`anju serve`: pages, jobs and clocks under one process, for an office that runs it for real."""

from __future__ import annotations

import argparse
import os
import sys
from urllib.parse import urlsplit

from anju.cli.start import refuse_unless_set_up, start_django, waiting_migrations
from anju.cli.supervise import Household, answers, listen, web_command, worker_command


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen and with how many processes."""
    parser.add_argument("--bind", default="", help="address:port to listen on (base address)")
    parser.add_argument("--processes", type=int, default=max(2, os.cpu_count() or 1))
    parser.add_argument("--no-worker", action="store_true", help="the worker runs elsewhere")


def run(given: argparse.Namespace) -> int:
    """Serve until a signal comes; refuses where set-up or upgrade is still to be done."""
    start_django()
    from django.conf import settings

    refuse_unless_set_up()
    if waiting := waiting_migrations():
        sys.stderr.write(
            f"The database lacks {waiting} step(s) of this version. Run: anju upgrade\n"
        )
        return 2
    parts = urlsplit(settings.BASE_ADDRESS)
    bind = given.bind or f"127.0.0.1:{parts.port or 8000}"
    shared = listen(bind)
    commands = [web_command(shared) for _ in range(given.processes)]
    if not given.no_worker:
        commands.append(worker_command())
    household = Household(commands, handed=[shared.fileno()])
    household.obey_signals()
    household.start(most=given.processes)
    port = bind.rpartition(":")[2]
    if not household.wait_until(lambda: answers(f"http://127.0.0.1:{port}")):
        household.stop()
        sys.stderr.write("The pages did not come up; the reason stands above.\n")
        return 1
    household.start()
    sys.stdout.write(
        f"Anju serves {settings.BASE_ADDRESS} (listening on {bind}). Ctrl-C stops it.\n"
    )
    sys.stdout.flush()
    return household.watch()
