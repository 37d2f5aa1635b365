"""The settings of cases that the ids in addresses stand for, and who may set them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from itertools import count

from anju.casework.kinds import CaseKind
from anju.casework.promises import Promised
from anju.kernel.pure.clock import utc_now
from anju.register.actions.programs import make_key
from anju.register.models import ProgramKey
from anju.terms.actions.levels import LevelDraft, add_level
from anju.terms.actions.settings import CategoryDraft, save_category
from anju.terms.settings import local_day
from tests.cast import Cast
from tests.tables.shape import Row

_number = count(1)
QUALITY = "AQ"
TABLE: Mapping[str, Row] = {
    "case-settings": Row(QUALITY),
    "case-settings-accept": Row(QUALITY, post=True),
    "case-settings-level-new": Row(QUALITY),
    "case-settings-level-end": Row(QUALITY, post=True),
    "case-settings-level-undo": Row(QUALITY, post=True),
    "case-settings-categories": Row(QUALITY),
    "case-settings-category-new": Row(QUALITY),
    "case-settings-category": Row(QUALITY),
    "case-settings-category-move": Row(QUALITY, post=True),
    "case-settings-category-retire": Row(QUALITY, post=True),
    "case-settings-category-return": Row(QUALITY, post=True),
    "case-settings-ladder": Row(QUALITY),
    "case-settings-figures": Row(QUALITY),
    "case-settings-figures-undo": Row(QUALITY, post=True),
    "case-settings-ladder-undo": Row(QUALITY, post=True),
    "case-settings-spoken-undo": Row(QUALITY, post=True),
    "case-settings-spoken": Row(QUALITY),
    "program-keys": Row("A"),
    "program-key-new": Row("A"),
    "program-key-end": Row("A", post=True),
}


def a_level(cast: Cast) -> int:
    """Return a row of the service levels for one category, from next week on."""
    at = utc_now()
    since = local_day(at) + timedelta(days=7)
    minutes = {Promised.RESOLVE: 60}
    draft = LevelDraft(CaseKind.REPAIR, minutes, since, category_id=a_category(cast))
    return add_level(actor=cast.quality, draft=draft, at=at)


def a_category(cast: Cast) -> int:
    """Return a category of the company's own."""
    n = next(_number)
    draft = CategoryDraft(f"自定类别{n}", f"Own category {n}")
    return save_category(actor=cast.quality, draft=draft, at=utc_now())


def a_program(cast: Cast) -> int:
    """Return a key of a program of the company's."""
    name = f"程序{next(_number)}"
    make_key(actor=cast.administrator, name=name, projects=[], at=utc_now())
    with cast.inside():
        return int(ProgramKey.objects.get(name=name).pk)


PUBLIC = frozenset({"api-cases", "api-case", "api-notes"})
OWN: Mapping[str, Callable[[Cast], object]] = {
    "level_id": a_level,
    "category_id": a_category,
    "program_id": a_program,
}
