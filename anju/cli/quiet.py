"""After a backup was brought back: no message goes out until somebody decides. Not a command."""

from __future__ import annotations

import sys

from anju.kernel.pure.clock import utc_now


def hold_messages() -> None:
    """Hold the messages of every company, and say so; a database without messages holds none."""
    from django.db import connection

    from anju.notify.actions.desk import hold_everything

    if "notify_hold" in connection.introspection.table_names() and hold_everything(at=utc_now()):
        sys.stdout.write(
            "No message goes out until somebody decides under Messages what becomes of those that"
            " waited.\n"
        )
