"""The limited process in which a stranger's picture is decoded: `python -m anju.attachments.child`.

It answers one line of JSON and ends. It imports no web framework and sees no setting or secret.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from anju.attachments.pictures import write_anew
from anju.attachments.rules.kinds import unreadable
from anju.kernel.pure.problems import Problem
from anju.sheets.confine import confine
from anju.sheets.limits import Limits


def answer(source: Path, photo: Path, preview: Path) -> dict[str, object]:
    """Write the picture anew and return what is known of it, or why it was refused."""
    try:
        return {"picture": write_anew(source, photo, preview)}
    except Problem as problem:
        return {"problem": problem.as_plain()}
    except Exception:  # noqa: BLE001 a decoder may raise anything at all over a broken file
        return {"problem": unreadable().as_plain()}


if __name__ == "__main__":
    given = json.load(sys.stdin)
    confine(Limits(**given["limits"]))
    json.dump(answer(*(Path(given[name]) for name in ("source", "photo", "preview"))), sys.stdout)
