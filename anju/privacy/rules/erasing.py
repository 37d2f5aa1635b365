"""Why somebody is erased, what she is called afterwards, and how an erasure is confirmed; pure."""

from __future__ import annotations

from enum import StrEnum

from anju.kernel.pure.problems import Problem


class Ground(StrEnum):
    """On what ground."""

    ASKED = "asked"
    MOVED = "moved"
    MISTAKE = "mistake"


def tombstone(person_id: int) -> str:
    """Return the name that stands in place of an erased one; numbers of one installation."""
    return f"#{person_id}"


def ground_of(code: str) -> Ground:
    """Return the ground; E-CHOICE for one that is not on the list."""
    if code not in set(Ground):
        raise Problem("E-CHOICE", "ground", "Choose one of the list.", "请从列表中选择一项。")
    return Ground(code)


def confirmed(typed: str, name: str) -> None:
    """Refuse where the name was not typed as it is on record: E-CONFIRM."""
    if typed.strip() != name:
        raise Problem(
            "E-CONFIRM",
            "confirm",
            "Type the name exactly as it is on record: {name}.",
            "请输入与登记完全一致的姓名：{name}。",
            name=name,
        )
