"""After a backup was brought back: whoever was erased since is erased again. Not a command."""

from __future__ import annotations

import sys

from anju.cli.start import waiting_migrations
from anju.kernel.pure.clock import utc_now


def erase_again() -> None:
    """Erase again whom the log names, and say how many; an older database waits for the upgrade."""
    from anju.privacy import tombstones
    from anju.privacy.actions import erase

    if waiting_migrations():
        sys.stdout.write("Run anju upgrade now: it also erases again whoever was erased since.\n")
        return
    tombstones.settle()
    done = erase.erase_again(at=utc_now())
    if done:
        sys.stdout.write(f"{done} person(s) who had been erased came back and were erased again.\n")
