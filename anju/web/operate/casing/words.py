"""The rules for cases in the reader's words: names, times, roles. No lookups."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import pgettext

from anju.casework.kinds import CaseKind, Severity
from anju.casework.promises import Promised
from anju.register.choices import role_names
from anju.register.rules.rights import Role
from anju.terms.settings import CategoryLine, LevelLine
from anju.voice.labels import label
from anju.web.parts.steps import duration, reads_chinese

ASSIGNEE = "assignee"
HEARS = (Role.MANAGER, Role.QUALITY, Role.HEAD, Role.DESK, Role.STEWARD, Role.ADMINISTRATOR)


def named(zh: str, en: str) -> str:
    """Return a name that both languages have, in the reader's."""
    return zh if reads_chinese() else en


def minutes_words(minutes: int | None) -> str:
    """Return a time in words; a dash where nothing is promised."""
    return "–" if minutes is None else duration(timedelta(minutes=minutes))


def level_name(line: LevelLine) -> str:
    """Return what a row of the service levels is for."""
    parts = [str(label(CaseKind(line.kind)))]
    if line.severity:
        parts.append(str(label(Severity(line.severity))))
    if line.category_id is not None:
        parts.append(named(*line.category))
    if line.project:
        parts.append(line.project)
    return " · ".join(parts)


def promised_names() -> tuple[tuple[Promised, str], ...]:
    """Return the four promises with their words, in their order."""
    return tuple((one, str(label(one))) for one in Promised)


def category_choices(lines: tuple[CategoryLine, ...]) -> tuple[tuple[str, str], ...]:
    """Return the tree as choices, each below its parent by a mark."""
    return tuple((str(line.id), "　" * line.deep + named(line.zh, line.en)) for line in lines)


def hearers() -> tuple[tuple[str, str], ...]:
    """Return who can be told by a rung: the responsible person first, then roles."""
    names = role_names()
    roles = tuple((role.value, str(names[role])) for role in HEARS)
    return ((ASSIGNEE, pgettext("ladder", "Responsible person")), *roles)
