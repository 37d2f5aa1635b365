"""The columns of a file as the mapping page shows them, and the corrections read back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict

from anju.answers.rules.answers import NA_CODE, ItemDef
from anju.answers.rules.columns import Look, look_at
from anju.answers.rules.mapping import Answer, ColumnMap, Mapping, Role
from anju.answers.rules.matching import answers_of, unmatched
from anju.answers.rules.proposal import Wishes
from anju.kernel.pure.problems import Problem
from anju.survey.previews import Preview
from anju.web.parts.ask import Choices, member

SAMPLES = 4
LONGEST = 18
MOST_ANSWERS = 14
NO_ANSWER = "-"
_PARTS = re.compile(r"[\n<,，、;；]+")


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One text that stands in a column and the level it is read as.

    "-" is read as no answer, "" is not understood and refused at the check.
    """

    place: int
    text: str
    level: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file with what it is taken for and why."""

    place: int
    header: str
    role: str
    item: str
    wording: str
    why: str
    sure: bool
    samples: str
    order: str
    answers: tuple[AnswerRow, ...]
    levels: Choices
    strange: tuple[str, ...]
    key: str

    @property
    def is_item(self) -> bool:
        """Say whether the column holds answers."""
        return self.role == Role.ITEM.value


def columns_of(preview: Preview, mapping: Mapping, language: str) -> tuple[Column, ...]:
    """Return every column of the file in its order, as the mapping takes it.

    The mapping has one entry for each column of the file, in the file's order.
    """
    items = {item.code: item for item in preview.items}
    looks = looks_of(preview)
    return tuple(
        _column(preview, found, looks[place], place, (items.get(found.item), language))
        for place, found in enumerate(mapping.columns)
    )


def in_order(mapping: Mapping, headers: Sequence[str]) -> Mapping | None:
    """Return a kept mapping in the order of this file, or None where it does not fit."""
    by_header = {column.header: column for column in mapping.columns}
    if len(by_header) != len(headers) or set(by_header) != set(headers):
        return None
    return Mapping(tuple(by_header[header] for header in headers))


def looks_of(preview: Preview) -> tuple[Look, ...]:
    """Return what each column of the file holds, counted."""
    table = preview.table
    return tuple(look_at(h, cells) for h, cells in zip(table.headers, table.columns, strict=True))


def _column(
    preview: Preview, found: ColumnMap, look: Look, place: int, told: tuple[ItemDef | None, str]
) -> Column:
    item, language = told
    guessed = preview.guess.columns[place]
    same = guessed.role is found.role and guessed.item == found.item
    kept = preview.remembered is not None and found in preview.remembered.columns
    levels = levels_of(item, language) if item else ()
    return Column(
        place=place,
        header=found.header,
        role=found.role.value,
        item=found.item,
        wording=_wording(item, language) if item else "",
        why=guessed.text(language) if same and not kept else "",
        sure=guessed.sure or not same or kept,
        samples=_joined([text for text, _count in look.texts[:SAMPLES]], language),
        order=" < ".join(_ladder(item, language)) if item else "",
        answers=_answer_rows(found, look, item) if item else (),
        levels=levels,
        strange=unmatched_now(found, look) if item else (),
        key=shown_key(item) if item else "",
    )


def _joined(texts: Sequence[str], language: str) -> str:
    return ("、" if language.startswith("zh") else ", ").join(
        text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…" for text in texts
    )


def _wording(item: ItemDef, language: str) -> str:
    return (item.zh or item.en) if language.startswith("zh") else (item.en or item.zh)


def levels_of(item: ItemDef, language: str) -> Choices:
    """Return the levels of an item from worst to best, with those that are no opinion at the end."""
    chinese = language.startswith("zh")
    named = [(v.code, (v.zh or v.en) if chinese else (v.en or v.zh)) for v in item.scale.levels]
    if all(level.value is not None for level in item.scale.levels):
        named.append((NA_CODE, "不适用" if chinese else "not applicable"))
    return tuple(named)


def _ladder(item: ItemDef, language: str) -> list[str]:
    chinese = language.startswith("zh")
    return [(v.zh or v.en) if chinese else (v.en or v.zh) for v in item.scale.valued]


def unmatched_now(found: ColumnMap, look: Look) -> tuple[str, ...]:
    """Return the texts of a column that the mapping says nothing about, the frequent ones first."""
    known = {answer.text for answer in found.answers}
    return tuple(text for text, _count in look.texts if text not in known)[:MOST_ANSWERS]


def _texts(found: ColumnMap, look: Look, item: ItemDef) -> tuple[str, ...]:
    """Return the texts whose level can be chosen: those that stand in the column, frequent first."""
    if len(look.texts) <= MOST_ANSWERS:
        return tuple(text for text, _count in look.texts)
    return tuple(dict.fromkeys(unmatched(look, item)))[:MOST_ANSWERS]


def _answer_rows(found: ColumnMap, look: Look, item: ItemDef) -> tuple[AnswerRow, ...]:
    meant = {answer.text: answer.level or NO_ANSWER for answer in found.answers}
    texts = _texts(found, look, item)
    return tuple(AnswerRow(k, text, meant.get(text, "")) for k, text in enumerate(texts))


def wishes_of(given: QueryDict, headers: Sequence[str]) -> Wishes:
    """Return what a person said about the columns, for guessing the rest anew."""
    roles = {h: given.get(f"role-{place}", "") for place, h in enumerate(headers)}

    def of(role: Role) -> tuple[str, ...]:
        return tuple(header for header, said in roles.items() if said == role.value)

    def one(role: Role) -> str:
        return next(iter(of(role)), "")

    return Wishes(
        items=of(Role.ITEM),
        levels=levels_said(given),
        count=one(Role.COUNT),
        weight=one(Role.WEIGHT),
        by=of(Role.GROUP),
        unit=one(Role.UNIT),
        building=one(Role.BUILDING),
        stratum=one(Role.STRATUM),
        ignored=of(Role.IGNORED),
    )


def levels_said(given: QueryDict) -> tuple[str, ...]:
    """Return the answers that a person put in order, worst first."""
    parts = [part.strip() for part in _PARTS.split(given.get("levels", "")[:2000])]
    return tuple(dict.fromkeys(part for part in parts if part))


def read_mapping(given: QueryDict, preview: Preview) -> Mapping:
    """Read what a person said each column is; raises Problem with the field's name."""
    looks = looks_of(preview)
    items = {item.code: item for item in preview.items}
    columns = [
        _read_column(given, place, guessed, looks[place], items)
        for place, guessed in enumerate(preview.guess.mapping.columns)
    ]
    return Mapping(tuple(columns))


def said_mapping(given: QueryDict, preview: Preview) -> Mapping:
    """Return what a person said as far as it can be read, so that a refusal resets nothing."""
    looks = looks_of(preview)
    items = {item.code: item for item in preview.items}
    columns = []
    for place, guessed in enumerate(preview.guess.mapping.columns):
        try:
            columns.append(_read_column(given, place, guessed, looks[place], items))
        except Problem:
            said = given.get(f"role-{place}", "")
            role = Role(said) if said in set(Role) else guessed.role
            columns.append(replace(guessed, role=role))
    return Mapping(tuple(columns))


def _read_column(
    given: QueryDict, place: int, guessed: ColumnMap, look: Look, items: dict[str, ItemDef]
) -> ColumnMap:
    role = member(Role, given.get(f"role-{place}", guessed.role.value), f"role-{place}")
    if role is not Role.ITEM:
        return ColumnMap(guessed.header, role)
    code = given.get(f"item-{place}", "") or guessed.item
    if code not in items:
        raise Problem(
            "E-REF",
            f"item-{place}" if code else f"role-{place}",
            "Choose the item that the column “{name}” answers.",
            "请选择列“{name}”所回答的题目。",
            name=guessed.header,
        )
    item = items[code]
    column = ColumnMap(guessed.header, role, code, _first_answers(guessed, look, item))
    if given.get(f"shown-{place}", "") != shown_key(item):
        return column
    return replace(column, answers=_corrected(given, place, column, look, item))


def _first_answers(guessed: ColumnMap, look: Look, item: ItemDef) -> tuple[Answer, ...]:
    return guessed.answers if guessed.item == item.code else answers_of(look, item)


def shown_key(item: ItemDef) -> str:
    """Return what tells whether the answers on a page were those of this item on this scale."""
    return f"{item.code}:{','.join(level.code for level in item.scale.levels)}"[:400]


def _corrected(
    given: QueryDict, place: int, column: ColumnMap, look: Look, item: ItemDef
) -> tuple[Answer, ...]:
    known = {level.code for level in item.scale.levels} | {NA_CODE, NO_ANSWER}
    said = {a.text: a for a in column.answers}
    for row in _answer_rows(column, look, item):
        level = given.get(f"answer-{place}-{row.place}")
        if level in known:
            said[row.text] = Answer(row.text, None if level == NO_ANSWER else level)
        elif level == "":
            said.pop(row.text, None)
    return tuple(said.values())
