"""`anju backup`: one archive with everything, written while people work."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from anju.cli.start import start_django
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to write it."""
    parser.add_argument("--out", type=Path, default=None, help="archive to write (data/backups/…)")


def run(given: argparse.Namespace) -> int:
    """Write the archive and say what is in it."""
    start_django(as_owner=True)
    from django.conf import settings

    from anju.flows.backup import write_backup

    at = utc_now()
    target = given.out or settings.DATA / "backups" / f"anju-{at:%Y%m%dT%H%M%SZ}.tar"
    target = target.absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        manifest = write_backup(target, at=at)
    except Problem as problem:
        sys.stderr.write(f"{problem.text('en')}\n")
        return 2
    size = target.stat().st_size / 1024 / 1024
    sys.stdout.write(f"{target}: {len(manifest.tables)} tables, {size:.1f} MB\n")
    return 0
