"""Reads what was lately removed from a draft and is not back; it brings nothing back itself."""

from __future__ import annotations

import json
from dataclasses import dataclass

from anju.kernel import history
from anju.survey.models import Item, QuestionnaireVersion, Section
from anju.survey.rules.questionnaire import Words

ITEM_REMOVED, SECTION_REMOVED = "item_removed", "section_removed"
REMOVED = {ITEM_REMOVED: Item, SECTION_REMOVED: Section}
LOOKED_AT, SHOWN = 40, 5


@dataclass(frozen=True, slots=True)
class Removed:
    """A thing that was removed: by which entry of the history, its code, its words."""

    entry: int
    code: str
    words: Words


def lately_removed(version_id: int) -> tuple[Removed, ...]:
    """Return what was removed from a draft last and is not back, the latest first."""
    version = QuestionnaireVersion.objects.get(id=version_id)
    subject = history.Subject(version.company_id, "questionnaire", version.questionnaire_id)
    entries = history.entries(subject).filter(verb__in=REMOVED).order_by("-seq")[:LOOKED_AT]
    found: dict[tuple[str, int], Removed] = {}
    for entry in entries:
        kept = entry.payload.get(history.KEPT)
        if not kept or entry.payload.get("version") != version.number:
            continue
        plain = json.loads(str(kept))
        key = (entry.verb, int(plain["id"]))
        if key not in found and not REMOVED[entry.verb].objects.filter(id=key[1]).exists():
            words = Words(str(plain["zh"]), str(plain["en"]))
            found[key] = Removed(entry.seq, str(plain["code"]), words)
    return tuple(found.values())[:SHOWN]
