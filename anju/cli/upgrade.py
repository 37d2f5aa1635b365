"""`anju upgrade`: a backup, then the database's steps to this version."""

from __future__ import annotations

import argparse
import sys

from anju.cli import backup
from anju.cli.again import erase_again
from anju.cli.gather import gather
from anju.cli.start import migrate, refuse_unless_set_up, start_django, waiting_migrations


def arguments(parser: argparse.ArgumentParser) -> None:
    """The backup is skipped only when said."""
    parser.add_argument("--no-backup", action="store_true", help="there is one already")


def run(given: argparse.Namespace) -> int:
    """Back up, migrate, and say how many steps it took; nothing is done where none wait."""
    start_django(as_owner=True)
    refuse_unless_set_up()
    from django.conf import settings

    gather(settings.DATA)
    waiting = waiting_migrations()
    if not waiting:
        migrate()  # a role that is new here gets its rights
        sys.stdout.write("The database is at this version already.\n")
        return 0
    if not given.no_backup:
        code = backup.run(argparse.Namespace(out=None))
        if code:
            return code
    migrate()
    sys.stdout.write(f"{waiting} step(s) done.\n")
    erase_again()
    return 0
