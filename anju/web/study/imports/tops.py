"""Which answers count as satisfied, as the page of the columns asks it: once for the same answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anju.answers.rules.answers import ItemDef
from anju.answers.rules.satisfied import FIELD, SameAnswers, same_answers
from anju.stats.scales import Level
from anju.web.parts.ask import Choices

NAMED = 3
SPELLED = 6


@dataclass(frozen=True, slots=True)
class Top:
    """One choice: the field, whom it is for, what counts now, and from where one may count."""

    field: str
    items: str
    order: str
    sentence: str
    begins: str
    choices: Choices
    error: str


def tops_said(given: QueryDict) -> dict[str, str]:
    """Return by group what a person chose: the worst answer that counts as satisfied."""
    return {
        name.removeprefix(FIELD): given.get(name, "") for name in given if name.startswith(FIELD)
    }


def tops_of(
    items: Sequence[ItemDef], used: set[str], language: str, refused: tuple[str, str]
) -> tuple[Top, ...]:
    """Return one choice for each set of answers among the items that are used.

    `refused` is the field that was refused and why.
    """
    chinese = language.startswith("zh")
    groups = same_answers([item for item in items if item.code in used])
    return tuple(
        _top(group, refused[1] if refused[0] == group.field else "", chinese=chinese)
        for group in groups
    )


def _top(group: SameAnswers, error: str, *, chinese: bool) -> Top:
    counted = group.counted
    valued = group.scale.valued
    return Top(
        field=group.field,
        items=_items(group, chinese=chinese),
        order=" < ".join(_few([_words(v, chinese=chinese) for v in valued])),
        sentence=_sentence(counted, len(valued), chinese=chinese),
        begins=counted[0].code,
        choices=tuple(
            (level.code, _choice(valued[place:], chinese=chinese))
            for place, level in enumerate(valued)
            if place
        ),
        error=error,
    )


def _words(level: Level, *, chinese: bool) -> str:
    return (level.zh or level.en) if chinese else (level.en or level.zh)


def _items(group: SameAnswers, *, chinese: bool) -> str:
    names = [(i.zh or i.en) if chinese else (i.en or i.zh) for i in group.items]
    named = _(", ").join(f"“{n}”" for n in names[:NAMED])
    more = len(names) - NAMED
    if more <= 0:
        return named
    said = ngettext("%(named)s and %(n)s more item", "%(named)s and %(n)s more items", more)
    return said % {"named": named, "n": more}


def _few(words: list[str]) -> list[str]:
    """Return all the answers where they are few, else the ends of them."""
    return words if len(words) <= 2 * SPELLED else [*words[:2], "…", *words[-2:]]


def _sentence(counted: Sequence[Level], total: int, *, chinese: bool) -> str:
    words = _(", ").join(_few([_words(level, chinese=chinese) for level in counted]))
    said = ngettext(
        "So far %(n)s of %(total)s answers counts as satisfied: %(words)s.",
        "So far %(n)s of %(total)s answers count as satisfied: %(words)s.",
        len(counted),
    )
    return said % {"n": len(counted), "total": total, "words": words}


def _choice(levels: Sequence[Level], *, chinese: bool) -> str:
    first = _words(levels[0], chinese=chinese)
    if len(levels) == 1:
        return _("only “%s”") % first
    return _("“%s” and better") % first
