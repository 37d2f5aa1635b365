"""A proposal for what the columns of a file mean, each with its reason; a person decides.

It never takes a name, a telephone number or a running number for an answer, and it says where an
order of answers was not known to us.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from anju.answers.rules.answers import ItemDef
from anju.answers.rules.columns import Look, look_at
from anju.answers.rules.headers import asks_satisfaction, is_question, role_of
from anju.answers.rules.mapping import SINGLE, ColumnMap, Mapping, Role
from anju.answers.rules.matching import answers_of, match_items
from anju.answers.rules.proposal import ColumnGuess, Guess, Wishes
from anju.answers.rules.scaling import Proposed, Setting, propose, wished
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import Table, is_problem_head

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,23}")
_NO_WISHES = Wishes()
_GROUPING = frozenset({Role.STRATUM, Role.USE_TYPE, Role.MODE, Role.BUILDING})

_NAMED: dict[Role, tuple[str, str]] = {
    Role.BUILDING: ("the heading names a building", "列名是楼栋"),
    Role.ENTRANCE: ("the heading names an entrance", "列名是单元"),
    Role.UNIT: ("the heading names a unit", "列名是房号"),
    Role.STRATUM: ("the heading names a type of household", "列名是分层类别"),
    Role.USE_TYPE: ("the heading names a use type", "列名是业态"),
    Role.GROUP: ("the heading names a group of owners", "列名是业主分组"),
    Role.COUNT: (
        "the heading is a number of owners and all cells are whole numbers",
        "列名是人数，且全为整数",
    ),
    Role.WEIGHT: ("the heading names a weight and all cells are numbers", "列名是权重，且全为数字"),
    Role.MODE: ("the heading names the way of answering", "列名是调查方式"),
    Role.ANSWERED_AT: ("the heading names a date or time", "列名是日期或时间"),
    Role.COMMENT: ("the heading asks for opinions", "列名是意见建议"),
    Role.IGNORED: (
        "names, telephone and running numbers are not taken in",
        "姓名、电话、序号等不导入",
    ),
}


@dataclass(frozen=True, slots=True)
class _Column:
    """A column under way: what it looks like, and what was decided."""

    look: Look
    role: Role
    en: str
    zh: str
    confidence: float
    sure: bool = True
    proposed: Proposed | None = None
    item: ItemDef | None = None


def guess_mapping(
    table: Table, questionnaire: Sequence[ItemDef] | None = None, *, wishes: Wishes = _NO_WISHES
) -> Guess:
    """Return what the columns probably mean, with the items that go with it.

    With a questionnaire its items and scales are used and only matched; without one, items and
    scales are proposed from the cells. Wishes are obeyed before anything is guessed.

    Errors: E-IMP-COLUMN for a wish that names no column, or wished columns standing twice.
    """
    _check_wishes(table, wishes)
    looks = [
        look_at(header, column) for header, column in zip(table.headers, table.columns, strict=True)
    ]
    wished_roles = _wished_roles(wishes)
    if questionnaire:
        items = tuple(questionnaire)
        return _as_guess(_each_once(_matched(table, looks, items, wished_roles)), items)
    setting = _setting(table, looks, wishes, wished_roles)
    columns = [_decide(table, look, setting, wished_roles, wishes) for look in looks]
    return _as_guess(_each_once(columns), ())


def _check_wishes(table: Table, wishes: Wishes) -> None:
    named = [
        *wishes.items, *wishes.by, wishes.count, wishes.weight, wishes.unit, wishes.building, wishes.stratum,
    ]  # fmt: skip
    strange = [name for name in named if name and name not in table.headers]
    if strange:
        raise Problem(
            "E-IMP-COLUMN",
            "mapping",
            "The file has no column {names}; it has: {present}.",
            "文件中没有列 {names}；现有的列：{present}。",
            names=", ".join(strange),
            present=", ".join(table.headers[:30]),
        )


def _wished_roles(wishes: Wishes) -> dict[str, Role]:
    roles = dict.fromkeys(wishes.ignored, Role.IGNORED)
    roles |= dict.fromkeys(wishes.by, Role.GROUP)
    roles |= {
        header: role
        for header, role in (
            (wishes.count, Role.COUNT),
            (wishes.weight, Role.WEIGHT),
            (wishes.unit, Role.UNIT),
            (wishes.building, Role.BUILDING),
            (wishes.stratum, Role.STRATUM),
        )
        if header
    }
    return roles | dict.fromkeys(wishes.items, Role.ITEM)


def _setting(
    table: Table, looks: Sequence[Look], wishes: Wishes, roles: dict[str, Role]
) -> Setting:
    """Return what the columns of answers have in common, so that one survey gets one scale."""
    open_ = [
        look
        for look in looks
        if roles.get(look.header, Role.ITEM) is Role.ITEM
        and role_of(look.header) is None
        and look.header not in table.hidden
        and not is_problem_head(look.header)
    ]
    return Setting.of(open_, explicit=bool(wishes.items))


def _decide(
    table: Table, look: Look, setting: Setting, roles: dict[str, Role], wishes: Wishes
) -> _Column:
    if look.header in roles:
        return _as_wished(look, roles[look.header], setting, wishes)
    aside = _aside(table, look)
    if aside is not None:
        return aside
    named = _by_heading(look)
    if named is not None:
        return named
    return _by_cells(look, setting, only_wished=bool(wishes.items))


def _as_wished(look: Look, role: Role, setting: Setting, wishes: Wishes) -> _Column:
    if role is not Role.ITEM:
        return _Column(look, role, "as asked", "按您的指定", 1.0)
    found = wished(wishes.levels) if wishes.levels else propose(look, setting, forced=True)
    if found is None:
        raise Problem(
            "E-IMP-COLUMN",
            "mapping",
            "The column {name} holds no answers that can be put in order; name its levels.",
            "列 {name} 中没有可以排序的答案；请给出从差到好的选项。",
            name=look.header,
        )
    return _Column(
        look, Role.ITEM, found.en, found.zh, found.confidence, found.sure, proposed=found
    )


def _aside(table: Table, look: Look) -> _Column | None:
    """Return the decision for columns that are not data of the survey."""
    if is_problem_head(look.header):
        return _Column(look, Role.IGNORED, "our own problem column", "系统标注的问题列", 1.0)
    if look.header in table.hidden:
        return _Column(
            look,
            Role.IGNORED,
            "the column is hidden in the file",
            "该列在文件中被隐藏",
            0.9,
            sure=False,
        )
    if not look.filled:
        return _Column(look, Role.IGNORED, "the column is empty", "该列为空", 1.0)
    return None


def _by_heading(look: Look) -> _Column | None:
    role = role_of(look.header)
    if role is None:
        return None
    en, zh = _NAMED[role]
    if role not in _NUMERIC or all(_NUMERIC[role].fullmatch(text) for text, _ in look.texts):
        return _Column(look, role, en, zh, 0.9)
    return _mostly_numbers(look, role)


def _mostly_numbers(look: Look, role: Role) -> _Column | None:
    """Return the role where few cells are at fault: the check then names each of them."""
    good = sum(count for text, count in look.texts if _NUMERIC[role].fullmatch(text))
    if good < _NUMBERS_SHARE * look.filled:
        return None
    return _Column(
        look,
        role,
        "the heading names numbers, but not all cells are",
        "列名表示数字，但并非所有单元格都是数字",
        0.8,
        sure=False,
    )


_NUMBERS_SHARE = 0.9
_NUMERIC = {Role.COUNT: re.compile(r"\d+"), Role.WEIGHT: re.compile(r"\d*\.?\d+")}


def _by_cells(look: Look, setting: Setting, *, only_wished: bool) -> _Column:
    if look.dates and look.dates >= look.filled / 2:
        return _Column(
            look, Role.ANSWERED_AT, "most cells are dates", "多数单元格是日期", 0.6, sure=False
        )
    if look.long:
        return _Column(
            look, Role.COMMENT, "long texts that hardly repeat", "文字较长且很少重复", 0.8
        )
    if only_wished:
        return _Column(
            look, Role.IGNORED, "only the columns named are answers", "只读取指定的题目列", 0.9
        )
    found = propose(look, setting, forced=False)
    if found is None:
        return _Column(
            look, Role.IGNORED, "not recognised as answers", "未能识别为答案", 0.5, sure=False
        )
    asks = asks_satisfaction(look.header) or is_question(look.header)
    if setting.satisfaction and found.neutral and not asks:
        return _Column(
            look,
            Role.GROUP,
            "ordered answers, but other columns ask about satisfaction",
            "有序答案，但另有列询问满意度，按分组处理",
            0.5,
            sure=False,
        )
    return _Column(
        look, Role.ITEM, found.en, found.zh, found.confidence, found.sure, proposed=found
    )


def _matched(
    table: Table, looks: Sequence[Look], items: Sequence[ItemDef], roles: dict[str, Role]
) -> list[_Column]:
    """Return the decisions for a file whose items a questionnaire knows."""
    free = [
        look
        for look in looks
        if look.header not in table.hidden and roles.get(look.header, Role.ITEM) is Role.ITEM
    ]
    matches = match_items(free, items)
    columns: list[_Column] = []
    for look in looks:
        match = matches.get(look.header)
        if match is None:
            columns.append(_rest(table, look, roles))
            continue
        en, zh, sure = match.reason(look)
        columns.append(_Column(look, Role.ITEM, en, zh, match.closeness, sure, item=match.item))
    return columns


def _rest(table: Table, look: Look, roles: dict[str, Role]) -> _Column:
    """Return the decision for a column that is no item of the questionnaire."""
    if look.header in roles and roles[look.header] is not Role.ITEM:
        return _Column(look, roles[look.header], "as asked", "按您的指定", 1.0)
    found = _aside(table, look) or _by_heading(look)
    if found is not None:
        return found
    if look.long:
        return _Column(
            look, Role.COMMENT, "long texts that hardly repeat", "文字较长且很少重复", 0.8
        )
    return _Column(
        look,
        Role.IGNORED,
        "no item of the questionnaire fits",
        "与问卷中的题目都不相符",
        0.5,
        sure=False,
    )


def _each_once(columns: Sequence[_Column]) -> list[_Column]:
    """Return the columns with every role that a file has once given once, to the surest column."""
    best: dict[Role, _Column] = {}
    for column in columns:
        held = best.get(column.role)
        if held is None or column.confidence > held.confidence:
            best[column.role] = column
    return [
        column
        if column.role not in SINGLE or best[column.role] is column
        else replace(
            column,
            role=Role.GROUP if column.role in _GROUPING else Role.IGNORED,
            en=f"another column is the {column.role.value} already",
            zh="已有另一列承担同样的用途",
            confidence=0.5,
            sure=False,
        )
        for column in columns
    ]


def _as_guess(columns: Sequence[_Column], questionnaire: tuple[ItemDef, ...]) -> Guess:
    items: list[ItemDef] = list(questionnaire)
    maps: list[ColumnMap] = []
    reasons: list[ColumnGuess] = []
    for column in columns:
        item = column.item
        if column.proposed is not None:
            item = _item(column, column.proposed, len(items) + 1, {i.code for i in items})
            items.append(item)
        header, code = column.look.header, item.code if item else ""
        answers = answers_of(column.look, item) if item else ()
        maps.append(ColumnMap(header, column.role, code, answers))
        why = (column.en, column.zh, round(column.confidence, 2), column.sure)
        reasons.append(ColumnGuess(header, column.role, code, *why))
    return Guess(Mapping(tuple(maps)), tuple(items), tuple(reasons))


def _item(column: _Column, found: Proposed, number: int, taken: set[str]) -> ItemDef:
    header = column.look.header
    code = header if _CODE.fullmatch(header) and header not in taken else f"I{number}"
    return ItemDef(code=code, zh=header, en=header, scale=found.scale, purpose=found.purpose)
