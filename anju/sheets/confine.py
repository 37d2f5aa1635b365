"""The limits a child process puts upon itself before it opens anything."""

from __future__ import annotations

import resource

from anju.sheets.limits import Limits


def confine(limits: Limits) -> None:
    """Bound this process's memory, processor time and output; a system may know fewer limits."""
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, limits.output_bytes),
        (resource.RLIMIT_AS, limits.memory_bytes),
    ):
        try:
            resource.setrlimit(kind, (most, most))
        except (ValueError, OSError):
            continue
