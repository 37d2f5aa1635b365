"""Which edition of a thing stands, counted in its history: for things that carry no version."""

from __future__ import annotations

from anju.kernel import history
from anju.kernel.pure.problems import Problem

# Acts that write what a form shows; others, such as a building added to a project, change none of it.
_WRITES = ("founded", "created", "changed", "renamed", "appointed", "role_changed")


def edition(subject: history.Subject) -> int:
    """Return how often the fields of a thing were written."""
    return history.entries(subject).filter(verb__in=_WRITES).count()


def refuse_late(subject: history.Subject, version: int | None) -> None:
    """Refuse an edit that began before somebody else's: E-STALE; None is an act without a form.

    The row is locked before, so that two edits count one after the other.
    """
    if version is not None and version != edition(subject):
        raise late()


def late() -> Problem:
    """Return the refusal of an edit of what somebody else has changed meanwhile: E-STALE."""
    return Problem(
        "E-STALE",
        "version",
        "Somebody else changed this meanwhile. Look at the new entries, then change them.",
        "此内容刚被他人修改。请查看最新内容后再修改。",
    )
