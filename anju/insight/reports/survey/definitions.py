"""Names of formulas for readers: the body of a report names them, its method part spells them out.

The number behind a name leads from the one to the other; keys and codes stand in the method part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from anju.insight.measured.model import FormulaRow, SurveyFigures
from anju.insight.measured.words import DIMENSIONS, FORMULA_WORDS, of
from anju.insight.reports.survey.labels import say, text
from anju.stats.results import Words

_PART = re.compile(r"[\d.]+\*([^+\]]+)")
_ONE_DIMENSION = "composite[1*"


def name_of(key: str) -> Words:
    """Return the name of the formula behind a key, such as share_top[vs+s]@1: Share satisfied."""
    if key.startswith(_ONE_DIMENSION):
        return FORMULA_WORDS["dimension"]
    return of(FORMULA_WORDS, re.split(r"[\[@]", key, maxsplit=1)[0])


def named(keys: Iterable[str], found: SurveyFigures, language: str) -> tuple[str, ...]:
    """Return the note that names the formulas of a table and where they are defined."""
    places = {row.key: str(at) for at, row in enumerate(found.formulas, start=1)}
    by_name: dict[str, list[str]] = {}
    for key in dict.fromkeys(key for key in keys if key):
        numbers = by_name.setdefault(text(name_of(key), language), [])
        numbers += [places[key]] if key in places else []
    if not by_name:
        return ()
    told = [_numbered(name, numbers, language) for name, numbers in by_name.items()]
    joint = "、" if language == "zh" else ", "
    return (say("named", language).format(joint.join(told), say("formulas", language)),)


def _numbered(name: str, numbers: list[str], language: str) -> str:
    if not numbers:
        return name
    if language == "zh":
        return f"{name}（{'、'.join(numbers)}）"
    return f"{name} ({', '.join(numbers)})"


def rows(found: SurveyFigures, language: str) -> list[tuple[str, str]]:
    """Return each formula used: its number and name; its meaning, what its codes are, its key.

    The indexes of single dimensions stand together: they are one formula put to each.
    """
    return [row for row, _ in with_keys(found, language)]


def with_keys(found: SurveyFigures, language: str) -> list[tuple[tuple[str, str], frozenset[str]]]:
    """Return each formula used as `rows` does, and the keys that stand behind it."""
    alike: dict[str, list[tuple[int, FormulaRow]]] = {}
    for at, row in enumerate(found.formulas, start=1):
        kind = _ONE_DIMENSION if row.key.startswith(_ONE_DIMENSION) else row.key
        alike.setdefault(kind, []).append((at, row))
    return [
        (_defined(run, found, language), frozenset(row.key for _, row in run))
        for run in alike.values()
    ]


def _defined(
    run: list[tuple[int, FormulaRow]], found: SurveyFigures, language: str
) -> tuple[str, str]:
    stop, joint = ("。", "，") if language == "zh" else (". ", ", ")
    first = run[0][1]
    codes = joint.join(filter(None, (_codes(row.key, found, language) for _, row in run)))
    keys = joint.join(row.key for _, row in run)
    parts = (text(first.meaning, language), codes, f"{say('key', language)}{keys}")
    name = _numbered(text(name_of(first.key), language), [str(at) for at, _ in run], language)
    return name, stop.join(part for part in parts if part)


def _codes(key: str, found: SurveyFigures, language: str) -> str:
    """Return what the codes inside a key stand for: items, dimensions, answers that satisfy."""
    joint, sign = ("，", "＝") if language == "zh" else (", ", " = ")
    known = {item.code: item.label for item in (*found.items, *found.others)}
    parts = [
        f"{code}{sign}{text(known.get(code) or of(DIMENSIONS, code), language)}"
        for code in _PART.findall(key)
    ]
    top = next(
        (i.top_words for i in found.items if i.share.figure and i.share.figure.formula == key), None
    )
    if top is not None and key.startswith("share_top"):
        return f"{say('top_is', language)}{text(top, language)}"
    return joint.join(parts)
