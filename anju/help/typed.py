"""What is typed on this machine to start something: pages, refusals and set-up say the same."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path


def command(verb: str) -> str:
    """Return what is typed here for a verb: from a checkout there is no `anju` to be found."""
    return f"anju {verb}" if shutil.which("anju") else f"python3 run.py anju {verb}"


def serve_command(folder: Path) -> str:
    """Return what starts the office whose data are in a folder."""
    return f"{command('serve')} --data {shlex.quote(str(folder))}"
