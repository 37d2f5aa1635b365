"""What `anju report` did with the cells of a file, and the wishes of `--read` about single words."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace

from anju.answers.rules.answers import MISSING, AnswerSet, ItemDef
from anju.answers.rules.guess import guess_mapping
from anju.answers.rules.mapping import Answer, ColumnMap, Mapping, Role
from anju.answers.rules.proposal import Guess, Wishes
from anju.answers.rules.reading import written
from anju.answers.rules.remarks import says_nothing
from anju.answers.rules.vocabulary import folded, same_level
from anju.insight.measured.cells import (
    Cells,
    Reading,
    Remarks,
    repeated,
)
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import Cell, CellProblem, Table
from anju.stats.results import Words
from anju.stats.scales import Level, Scale

REMARKS_AT = Words(
    "留在您的文件里，报告不印出：文字可能认出是谁写的",
    "they stay in your file and are not printed: words may tell who wrote them",
)


@dataclass(frozen=True, slots=True)
class Read:
    """One `--read TEXT=ANSWER`; an empty answer is no answer."""

    text: str
    answer: str


def reads(given: Sequence[str]) -> tuple[Read, ...]:
    """Return the wishes of `--read`.

    Errors: E-READ where one is not written as TEXT=ANSWER.
    """
    found = []
    for wish in given:
        text, sign, answer = wish.replace("＝", "=").partition("=")
        if not sign or not text.strip():
            raise Problem(
                "E-READ",
                "read",
                "--read {wish}: write the word of the file and the answer it stands for, such as "
                "--read 还行=一般, or --read 还行= for no answer.",
                "--read {wish}：请写成“文件中的词=它代表的选项”，例如 --read 还行=一般；"
                "不计入则写 --read 还行=。",
                wish=wish[:60],
            )
        found.append(Read(text.strip(), answer.strip()))
    return tuple(found)


def guess_with(table: Table, wishes: Wishes, wanted: tuple[Read, ...]) -> Guess:
    """Return the guess in which each word stands for what the person said.

    Errors: E-READ where no column of answers holds the word, or has no such answer.
    """
    meant = {folded(read.text): read.answer for read in wanted}
    guess = guess_mapping(_reworded(table, meant), wishes=wishes)
    items = {item.code: item for item in guess.items}
    used: set[str] = set()
    columns = []
    for column in guess.mapping.columns:
        said = _said(table, column, items, wanted)
        used |= {answer.text for answer in said}
        columns.append(replace(column, answers=(*said, *column.answers)) if said else column)
    for read in wanted:
        if read.text not in used:
            raise _nowhere(read)
    return replace(guess, mapping=Mapping(tuple(columns)))


def _reworded(table: Table, meant: dict[str, str]) -> Table:
    def read(cell: Cell) -> Cell:
        key = folded(cell) if isinstance(cell, str) else None
        return cell if key not in meant else meant[key] or None

    if not meant:
        return table
    return replace(table, columns=tuple(tuple(map(read, cells)) for cells in table.columns))


def _said(
    table: Table, column: ColumnMap, items: dict[str, ItemDef], wanted: tuple[Read, ...]
) -> tuple[Answer, ...]:
    """Return what was said about words that stand in a column of answers."""
    if column.role is not Role.ITEM:
        return ()
    there = {folded(written(cell)) for cell in table.column(column.header)}
    scale = items[column.item].scale
    return tuple(
        Answer(read.text, _level(scale, read, column.header) if read.answer else None)
        for read in wanted
        if folded(read.text) in there
    )


def _level(scale: Scale, read: Read, header: str) -> str:
    code = same_level(scale, read.answer)
    if code is None:
        raise Problem(
            "E-READ",
            "read",
            "--read {text}={answer}: {header} has no answer {answer}; it has: {known}.",
            "--read {text}={answer}：{header}没有选项 {answer}；可用的选项：{known}。",
            text=read.text,
            answer=read.answer,
            header=header,
            known="、".join(_name(level) for level in scale.valued),
        )
    return code


def _nowhere(read: Read) -> Problem:
    return Problem(
        "E-READ",
        "read",
        "--read {text}=: no column of answers holds the word {text}; check its spelling.",
        "--read {text}=：没有哪一列题目里有“{text}”，请检查写法。",
        text=read.text,
    )


def cures(
    faults: Sequence[CellProblem], guess: Guess, language: str, *, most: int = 5
) -> list[str]:
    """Return for each unknown word the option that says what it means, ready to be typed."""
    scales = {item.code: item.scale for item in guess.items}
    of_column = {c.header: scales[c.item] for c in guess.mapping.of_role(Role.ITEM)}
    unknown = {f.value: of_column[f.column] for f in faults
               if f.code == "E-ANSWER" and f.column in of_column}  # fmt: skip
    return [_cure(text, scale, language) for text, scale in list(unknown.items())[:most]]


def _cure(text: str, scale: Scale, language: str) -> str:
    middle = scale.valued[len(scale.valued) // 2]
    option = f"--read {shlex.quote(f'{text}={_name(middle)}') if ' ' in text else f'{text}={_name(middle)}'}"
    without = f"--read {shlex.quote(f'{text}=') if ' ' in text else f'{text}='}"
    known = "、".join(_name(level) for level in reversed(scale.valued))
    if language == "zh":
        return f"  “{text}”是什么意思，请写 {option}（等号后可写：{known}）；不计入则写 {without}"
    return f"  say what “{text}” means: {option} (one of: {known}); to leave it out: {without}"


def _name(level: Level) -> str:
    return level.zh or level.en or level.code


def cells_of(table: Table, mapping: Mapping, answers: AnswerSet) -> Cells:
    """Return what was done with the cells of a file."""
    twice = repeated(answers.households, tuple(str(row) for row in answers.rows))
    comments = [
        _written(header, [says_nothing(text) for text in texts])
        for header, texts in answers.comments.items()
    ]
    return Cells(
        not_applicable=_readings(table, mapping, answers, valued=False),
        reworded=_readings(table, mapping, answers, valued=True),
        twice=twice,
        homes_twice=len(twice),
        remarks=tuple(one for one in comments if one.count or one.nothing),
        remarks_at=REMARKS_AT,
    )


def _written(header: str, empty: Sequence[bool]) -> Remarks:
    return Remarks(header, len(empty) - sum(empty), sum(empty))


@dataclass(slots=True)
class _Found:
    """One text on its way: where it stood and what it was read as."""

    level: Level | None
    text: str
    rows: list[str]
    columns: dict[str, None]


def _readings(
    table: Table, mapping: Mapping, answers: AnswerSet, *, valued: bool
) -> tuple[Reading, ...]:
    columns = {column.item: column for column in mapping.of_role(Role.ITEM)}
    found: dict[tuple[str, str], _Found] = {}
    for place, item in enumerate(answers.items):
        header = columns[item.code].header
        cells = zip(table.column(header), answers.levels[:, place], answers.rows, strict=True)
        for cell, level, row in cells:
            text = written(cell)
            one = _level_at(item.scale, int(level))
            if not text or not _told(one, text, valued=valued, item=columns[item.code]):
                continue
            key = (folded(text), one.code if one else "")
            kept = found.setdefault(key, _Found(one, text, [], {}))
            kept.rows.append(str(row))
            kept.columns[header] = None
    return tuple(_reading(one, valued=valued) for one in found.values())


def _level_at(scale: Scale, place: int) -> Level | None:
    return None if place == MISSING else scale.levels[place]


def _told(level: Level | None, text: str, *, valued: bool, item: ColumnMap) -> bool:
    """Say whether a cell is worth telling: without a value, or read as another word than its own."""
    if level is None:
        said = {folded(answer.text) for answer in item.answers if answer.level is None}
        return valued and folded(text) in said
    if level.value is None:
        return not valued
    own = {folded(name) for name in (level.code, level.zh, level.en)}
    return valued and folded(text) not in own


def _reading(one: _Found, *, valued: bool) -> Reading:
    level = Words(_name(one.level), one.level.en or one.level.zh) if one.level else None
    rows = tuple(one.rows) if valued else ()
    return Reading(one.text, level, len(one.rows), rows, tuple(one.columns))
