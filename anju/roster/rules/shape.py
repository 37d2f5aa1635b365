"""What the sheets and columns of an office's spreadsheet can be, and how a decision is kept."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from anju.kernel.pure.problems import Problem


class Kind(StrEnum):
    """What a sheet lists."""

    UNITS = "units"
    OWNERS = "owners"
    STAFF = "staff"
    NONE = "none"


class Column(StrEnum):
    """What a column holds."""

    PROJECT = "project"
    BUILDING = "building"
    ENTRANCE = "entrance"
    UNIT = "unit"
    FLOOR = "floor"
    AREA = "area"
    USE = "use"
    HANDOVER = "handover"
    NAME = "name"
    PHONE = "phone"
    TIE = "tie"
    SINCE = "since"
    UNTIL = "until"
    LANGUAGE = "language"
    CHANNEL = "channel"
    EMAIL = "email"
    ROLE = "role"
    ZONE = "zone"
    IGNORED = "ignored"


_PLACE = (Column.PROJECT, Column.BUILDING, Column.ENTRANCE, Column.UNIT)
# What is said of a unit; a list of people may say it beside each of them.
FACTS = (Column.FLOOR, Column.AREA, Column.USE, Column.HANDOVER)
COLUMNS: dict[Kind, tuple[Column, ...]] = {
    Kind.UNITS: (*_PLACE, *FACTS),
    Kind.OWNERS: (
        *_PLACE,
        Column.NAME,
        Column.PHONE,
        Column.TIE,
        Column.SINCE,
        Column.UNTIL,
        Column.LANGUAGE,
        Column.CHANNEL,
        *FACTS,
    ),
    Kind.STAFF: (
        Column.NAME,
        Column.EMAIL,
        Column.ROLE,
        Column.ZONE,
        Column.PROJECT,
        Column.BUILDING,
        Column.UNIT,
    ),
    Kind.NONE: (),
}
NEEDED: dict[Kind, tuple[Column, ...]] = {
    Kind.UNITS: (Column.UNIT,),
    Kind.OWNERS: (Column.UNIT, Column.NAME),
    Kind.STAFF: (Column.NAME, Column.EMAIL),
    Kind.NONE: (),
}
NAMES: dict[Column, tuple[str, str]] = {
    Column.PROJECT: ("project", "项目"),
    Column.BUILDING: ("building", "楼栋"),
    Column.ENTRANCE: ("entrance", "单元"),
    Column.UNIT: ("unit number", "房号"),
    Column.FLOOR: ("floor", "楼层"),
    Column.AREA: ("area", "建筑面积"),
    Column.USE: ("use", "用途"),
    Column.HANDOVER: ("handed over on", "交付日期"),
    Column.NAME: ("name", "姓名"),
    Column.PHONE: ("phone", "电话"),
    Column.TIE: ("tie to the unit", "身份"),
    Column.SINCE: ("from", "入住日期"),
    Column.UNTIL: ("until", "迁出日期"),
    Column.LANGUAGE: ("language", "语言"),
    Column.CHANNEL: ("reached by", "联系方式偏好"),
    Column.EMAIL: ("e-mail", "邮箱"),
    Column.ROLE: ("role", "角色"),
    Column.ZONE: ("zone", "责任区"),
    Column.IGNORED: ("not imported", "不导入"),
}


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """What one sheet is taken for: its kind, the row of its heads, its columns in file order.

    `homes`: of a list of people, the rooms that the project lacks are added as well.
    """

    sheet: str
    kind: Kind
    columns: tuple[tuple[str, Column], ...]
    header_row: int = 0
    homes: bool = False

    def header(self, column: Column) -> str | None:
        """Return the head of the column that holds this, or None where the sheet has none."""
        return next((head for head, held in self.columns if held is column), None)


def check_plan(plan: SheetPlan) -> None:
    """Refuse a sheet without a column it needs, or with two columns for one thing: E-IMP-COLUMN."""
    held: Counter[Column] = Counter(column for _, column in plan.columns)
    held.pop(Column.IGNORED, None)
    missing = [column for column in NEEDED[plan.kind] if not held[column]]
    doubled = [column for column, count in held.items() if count > 1]
    if missing:
        raise _column_problem(
            "The sheet “{sheet}” needs a column for: {names}. Choose which column it is.",
            "工作表“{sheet}”缺少必需的列：{names_zh}。请选择对应的列。",
            plan,
            missing,
        )
    if doubled:
        raise _column_problem(
            "In the sheet “{sheet}” two columns are taken for: {names}. Keep one of them.",
            "工作表“{sheet}”中有两列都被认作：{names_zh}。请只保留一列。",
            plan,
            doubled,
        )


def check_plans(plans: Sequence[SheetPlan]) -> None:
    """Refuse a file of which no sheet is taken in, and sheets at fault: E-IMP-COLUMN."""
    if all(plan.kind is Kind.NONE for plan in plans):
        raise Problem(
            "E-IMP-COLUMN",
            "kind-0",
            "No sheet is taken in. Say of at least one whether it lists units, owners or staff.",
            "没有任何工作表会被导入。请至少指定一张表是房屋、业主还是员工与责任区。",
        )
    for plan in plans:
        check_plan(plan)


def _column_problem(en: str, zh: str, plan: SheetPlan, columns: Sequence[Column]) -> Problem:
    return Problem(
        "E-IMP-COLUMN",
        "columns",
        en,
        zh,
        sheet=plan.sheet,
        names=", ".join(NAMES[column][0] for column in columns),
        names_zh="、".join(NAMES[column][1] for column in columns),
    )


def to_json(plans: Sequence[SheetPlan]) -> str:
    """Return the decision as text that a job keeps."""
    return json.dumps(
        [
            [p.sheet, p.kind.value, p.header_row, [[h, c.value] for h, c in p.columns], p.homes]
            for p in plans
        ]
    )


def from_json(kept: str) -> tuple[SheetPlan, ...]:
    """Return a decision that a job kept."""
    return tuple(
        SheetPlan(sheet, Kind(kind), tuple((h, Column(c)) for h, c in columns), row, *homes)
        for sheet, kind, row, columns, *homes in json.loads(kept)
    )
