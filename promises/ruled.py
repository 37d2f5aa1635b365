"""What an office has set about its cases, and a program with a key, for the stage."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from anju.casework.kinds import CaseKind
from anju.casework.promises import Promised
from anju.kernel.pure.clock import utc_now
from anju.register.actions.programs import make_key
from anju.register.models import ProgramKey
from anju.terms.actions.levels import LevelDraft, add_level
from anju.terms.actions.settings import CategoryDraft, retire_category, save_category
from anju.terms.settings import local_day
from tests.cast import Cast

Word = Callable[[int], str]


def ruled(cast: Cast, word: Word) -> dict[str, tuple[object, ...]]:
    """Make categories in words, one retired, a time of their own, and a program's key; return ids."""
    quality, at = cast.quality, utc_now()
    words = {word(30): 1.0}
    draft = CategoryDraft(word(60), word(80), words=words)
    shown = save_category(actor=quality, draft=draft, at=at)
    below = CategoryDraft(word(60), word(80), parent_id=shown)
    gone = save_category(actor=quality, draft=below, at=at)
    retire_category(actor=quality, category_id=gone, at=at)
    later = local_day(at) + timedelta(days=9)
    level = LevelDraft(CaseKind.REPAIR, {Promised.RESOLVE: 60}, later, shown)
    level_id = add_level(actor=quality, draft=level, at=at)
    make_key(actor=cast.administrator, name=word(60), projects=[cast.project.pk], at=at)
    with cast.inside():
        keys = tuple(ProgramKey.objects.values_list("id", flat=True))
    return {"category_id": (shown, gone), "level_id": (level_id,), "program_id": keys}
