"""Reads the file of `anju report`: what each column was taken for, and every cell at fault."""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace

from anju.answers.rules.answers import AnswerSet, ItemDef
from anju.answers.rules.apply import apply
from anju.answers.rules.mapping import Role
from anju.answers.rules.proposal import Guess, Wishes
from anju.cli.report_cells import cells_of, cures, guess_with, reads
from anju.insight.measured.cells import Cells, repeated
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import CellProblem, Table
from anju.sheets.read import read_table
from anju.stats.results import Words
from anju.stats.scales import scale
from anju.tally.count import tally
from anju.tally.tables import Tally

MOST_PROBLEMS = 20
HEADLINE = Words(
    "首要数字取自询问总体满意度的那一题，其余各题另成指数；要以指数为首要数字，请用 --formula composite。",
    "The headline is the item about the service as a whole; the others make an index of their own. "
    "To have the index as the headline, say --formula composite.",
)
CURE = Words(
    "判断有误？请用 --item、--levels、--building、--unit、--by、--count 或 --read 指明，"
    "用法见 anju report --help。",
    "Wrong? Say it with --item, --levels, --building, --unit, --by, --count or --read; "
    "see anju report --help.",
)
ROLES: dict[Role, Words] = {
    Role.ITEM: Words("题目", "item"),
    Role.COMMENT: Words("意见", "comment"),
    Role.BUILDING: Words("楼栋", "building"),
    Role.ENTRANCE: Words("单元", "entrance"),
    Role.UNIT: Words("房屋", "home"),
    Role.STRATUM: Words("分层", "stratum"),
    Role.USE_TYPE: Words("业态", "use type"),
    Role.GROUP: Words("分组", "group"),
    Role.COUNT: Words("人数", "number of owners"),
    Role.WEIGHT: Words("权重", "weight"),
    Role.MODE: Words("调查方式", "mode"),
    Role.ANSWERED_AT: Words("作答时间", "time of answer"),
    Role.IGNORED: Words("不使用", "not used"),
}


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file gave: its small tables, its title, what was guessed and done, line by line.

    `told` is for whoever holds the file and stands in no report.
    """

    tally: Tally
    title: str
    said: tuple[str, ...]
    told: tuple[str, ...]
    cells: Cells


def answers(given: argparse.Namespace) -> Taken:
    """Return what was taken from the file; any cell that cannot be read refuses all of it."""
    if not given.file.is_file():
        raise Problem(
            "E-FILE",
            "file",
            "There is no file {name}; check the name and the folder.",
            "没有文件 {name}，请检查文件名和所在文件夹。",
            name=str(given.file),
        )
    table = read_table(given.file, sheet=given.sheet)
    wishes = Wishes(
        items=tuple(given.item),
        levels=_listed(given.levels),
        count=given.count,
        weight=given.weight,
        by=tuple(given.by),
        unit=given.unit,
        building=given.building,
    )
    guess = guess_with(table, wishes, reads(given.read))
    items = tuple(_with_top(item, guess, _listed(given.top)) for item in guess.items)
    found, faults = apply(table, guess.mapping, items)
    if faults:
        raise _at_fault(faults, guess, given.language)
    done = cells_of(table, guess.mapping, found)
    said = _said(table, guess, given.language)
    counted = tally(found)
    hints = (CURE,) if counted.recipe.lead is None or given.formula else (HEADLINE, CURE)
    spoken = (hint.zh if given.language == "zh" else hint.en for hint in hints)
    told = (*_homes(found, given.language), *spoken)
    return Taken(counted, table.title, said, told, done)


def _homes(found: AnswerSet, language: str) -> tuple[str, ...]:
    """Name the homes that came more than once; told to whoever holds the file, never printed."""
    named = dict(zip(found.rows, found.households, strict=True))
    runs = repeated(found.households, tuple(str(row) for row in found.rows))[:MOST_PROBLEMS]
    zh = language == "zh"
    return tuple(
        f"房屋 {named[int(rows[0])]} 交来{len(rows)}份：第{'、'.join(rows)}行"
        if zh
        else f"home {named[int(rows[0])]} gave {len(rows)} forms: rows {' and '.join(rows)}"
        for rows in runs
    )


def _listed(given: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in given.replace("，", ",").split(",") if part.strip())


def _with_top(item: ItemDef, guess: Guess, top: tuple[str, ...]) -> ItemDef:
    """Return the item with the answers that count as satisfied, as the person named them."""
    if not top:
        return item
    column = next(c for c in guess.mapping.of_role(Role.ITEM) if c.item == item.code)
    known = {answer.text: answer.level for answer in column.answers}
    for level in item.scale.valued:
        known |= dict.fromkeys((level.code, level.zh, level.en), level.code)
    codes = [known.get(name) for name in top]
    strange = [name for name, code in zip(top, codes, strict=True) if code is None]
    if strange:
        raise Problem(
            "E-ANSWER",
            "top",
            "--top: {strange} is no answer to {item}; its answers are {known}.",
            "--top：{strange} 不是 {item} 的选项；选项有 {known}。",
            strange=", ".join(strange),
            item=item.code,
            known=", ".join(level.en for level in item.scale.valued),
        )
    chosen = [code for code in codes if code is not None]
    remade = scale(item.scale.code, item.scale.levels, top=chosen)
    return replace(item, scale=remade)


def _at_fault(faults: tuple[CellProblem, ...], guess: Guess, language: str) -> Problem:
    zh = language == "zh"
    lines = [
        (
            f"  第{f.row}行，{f.column}列，{f.code}："
            if zh
            else f"  row {f.row}, column {f.column}, {f.code}: "
        )
        + f.text(language)
        for f in faults[:MOST_PROBLEMS]
    ]
    more = len(faults) - len(lines)
    if more:
        lines.append(f"  还有{more}处" if zh else f"  and {more} more")
    lines += cures(faults, guess, language)
    cells = "1 cell" if len(faults) == 1 else f"{len(faults)} cells"
    return Problem(
        "E-CELLS",
        "file",
        "{cells} cannot be read; correct the file, or say what it means:\n{lines}",
        "有{count}个单元格无法读取，请更正文件，或说明它的意思：\n{lines}",
        count=len(faults),
        cells=cells,
        lines="\n".join(lines),
    )


def _said(table: Table, guess: Guess, language: str) -> tuple[str, ...]:
    """Return what was taken from the file and why, one line a column; ignored ones together."""
    joint = "：" if language == "zh" else ": "
    used = [column for column in guess.columns if column.role is not Role.IGNORED]
    lines = [note.text(language) for note in table.notes]
    lines += [
        f"{column.header}{joint}{ROLES[column.role].zh if language == 'zh' else ROLES[column.role].en}"
        f" – {column.text(language)}{_doubt(column.text(language), language) if not column.sure else ''}"
        for column in used
    ]
    left = [column.header for column in guess.columns if column.role is Role.IGNORED]
    if left:
        words = "没有使用的列" if language == "zh" else "columns not used"
        lines.append(f"{words}{joint}{', '.join(left)}")
    return tuple(lines)


def _doubt(reason: str, language: str) -> str:
    """Return the request to look at a column, unless its reason asks for it already."""
    if language == "zh":
        return "" if "请" in reason else "（请核对）"
    return "" if "check" in reason else " (please check)"
