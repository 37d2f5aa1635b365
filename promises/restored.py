"""Looks at a database that was brought back, in a process that has its settings: `tell()`.

Every chain of history is recomputed, and every project must have the entry that was written with it.
"""

from __future__ import annotations

import json
import sys

from anju.kernel.history import HistoryEntry, Subject, verify
from anju.register.models import Project


def look() -> dict[str, int]:
    """Return how many chains hold, how many entries they have, and what has no entry."""
    keys = HistoryEntry.objects.values_list("company_id", "kind", "subject_id").distinct()
    subjects = [Subject(*key) for key in keys]
    entries = sum(verify(subject) for subject in subjects)
    told = {subject.subject_id for subject in subjects if subject.kind == "project"}
    projects = Project.objects.unscoped("promise: what was brought back").values_list("id", "name")
    return {
        "chains": len(subjects),
        "entries": entries,
        "projects": len(projects),
        "without_entry": sum(key not in told for key, _ in projects),
        "numbered": max((int(name[2:]) for _, name in projects if name[:2] == "写入"), default=0),
    }


def tell() -> None:
    """Print what was found as data."""
    json.dump(look(), sys.stdout)
