"""The words and keys of a call; Chinese is in the catalogue. No logic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from anju.aftercare.disputes import VerdictLine
from anju.casework.calls import Then
from anju.casework.visits import Solved
from anju.voice.labels import label

THEN_KEYS: Mapping[Then, str] = {Then.AGAIN: "q", Then.ENGINEERING: "w", Then.MANAGER: "e"}
REASON_KEYS: Mapping[str, str] = {"+": "asdfgh", "-": "zxcvbm"}


@dataclass(frozen=True, slots=True)
class Spoken:
    """A verdict in the reader's words; `good` colours its sign."""

    line: VerdictLine
    solved: str
    good: bool
    mode: str
    reasons: tuple[str, ...]


def spoken(line: VerdictLine) -> Spoken:
    """Return a verdict as a page says it."""
    return Spoken(
        line,
        str(label(line.solved)),
        line.solved is Solved.YES,
        str(label(line.mode)),
        tuple(f"{'+' if one.good else '−'} {label(one.reason)}" for one in line.reasons),
    )


def then_names() -> dict[Then, str]:
    """Return to whom a case goes on, in the reader's words."""
    return {
        Then.AGAIN: _("Open again: the same responsible person"),
        Then.ENGINEERING: _("To engineering: who did the work"),
        Then.MANAGER: _("To the project manager"),
    }
