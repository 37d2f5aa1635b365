"""An office's old list of matters: what its columns are, and what each row says; pure.

Every row is judged before any is kept. A row that cannot be read names its cell and the cure.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from anju.answers.rules.headers import plain
from anju.answers.rules.reading import written
from anju.casework.kinds import REASON_MOST, WORDS_MOST, CaseKind
from anju.kernel.pure.dates import day, local
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import Cell, CellProblem, Table, is_problem_head
from anju.kernel.pure.text import clean_body, clean_line, well_formed
from anju.register.rules.spellings import Spellings, unknown_unit
from anju.register.rules.units import normalise


class Column(StrEnum):
    """What a column of the list can be taken for."""

    NUMBER = "number"
    RECEIVED = "received"
    HOME = "home"
    WORDS = "words"
    KIND = "kind"
    TOPIC = "topic"
    STATE = "state"
    CLOSED = "closed"
    PERSON = "person"
    CALLER = "caller"
    RESULT = "result"
    IGNORED = "ignored"


HEADS: Mapping[Column, tuple[str, ...]] = {
    Column.NUMBER: ("单号", "编号", "工单号", "工单编号", "投诉编号", "number", "caseno", "ticket", "ticketno"),
    Column.RECEIVED: ("日期", "时间", "受理日期", "受理时间", "登记日期", "登记时间", "投诉时间", "投诉日期", "报修时间", "报修日期", "来电时间", "接报时间", "date", "received", "receivedon", "reported", "opened"),
    Column.HOME: ("房号", "房屋", "房间", "房间号", "地址", "位置", "户号", "楼栋房号", "unit", "home", "room", "address", "place"),
    Column.WORDS: ("内容", "事由", "事项", "投诉内容", "报修内容", "问题", "问题描述", "描述", "诉求", "反映内容", "反映问题", "words", "what", "description", "matter", "complaint", "details"),
    Column.KIND: ("类型", "性质", "事项类型", "工单类型", "kind", "type"),
    Column.TOPIC: ("类别", "分类", "投诉类别", "报修类别", "category", "topic"),
    Column.STATE: ("状态", "处理状态", "进度", "完成情况", "是否完成", "是否关闭", "是否办结", "state", "status", ),
    Column.CLOSED: ("关闭日期", "关闭时间", "完成日期", "完成时间", "办结日期", "办结时间", "处理时间", "closed", "closedon", "done", "doneon", "completed", "resolved"),
    Column.PERSON: ("责任人", "处理人", "经办人", "维修人员", "负责人", "assignee", "responsible", "handledby", "person"),
    Column.CALLER: ("姓名", "业主", "业主姓名", "投诉人", "报修人", "联系人", "来电人", "name", "owner", "caller", "reporter"),
    Column.RESULT: ("处理结果", "结果", "处理情况", "处理措施", "回复", "result", "outcome", "answer", "remark"),
}  # fmt: skip
NEEDED = (Column.RECEIVED, Column.WORDS)
KINDS: Mapping[str, CaseKind] = {
    **dict.fromkeys(("报修", "维修", "repair"), CaseKind.REPAIR),
    **dict.fromkeys(("投诉", "complaint"), CaseKind.COMPLAINT),
    **dict.fromkeys(("建议", "意见", "suggestion"), CaseKind.SUGGESTION),
    **dict.fromkeys(("咨询", "问询", "enquiry", "inquiry", "question"), CaseKind.ENQUIRY),
    **dict.fromkeys(("表扬", "praise", "thanks"), CaseKind.PRAISE),
    **dict.fromkeys(("服务", "求助", "有偿服务", "service", "servicerequest"), CaseKind.SERVICE),
}
STATES: Mapping[str, bool] = {  # whether it is over
    **dict.fromkeys(("已关闭", "关闭", "已完成", "完成", "已处理", "已办结", "办结", "已解决", "已回访", "是", "closed", "done", "yes", "completed", "resolved", "finished"), True),
    **dict.fromkeys(("未关闭", "未完成", "处理中", "待处理", "未处理", "未办结", "跟进中", "进行中", "否", "open", "no", "pending", "inprogress", "new"), False),
}  # fmt: skip
FORM_MOST, LINE = 12, 80


@dataclass(frozen=True, slots=True)
class LedgerPlan:
    """What each column of a sheet is taken for."""

    columns: tuple[tuple[str, Column], ...]

    def header(self, column: Column) -> str | None:
        """Return the heading of the column taken for this, if there is one."""
        return next((head for head, held in self.columns if held is column), None)


@dataclass(frozen=True, slots=True)
class Known:
    """What the rows are compared with: homes, categories and colleagues, by how they are written."""

    homes: Mapping[str, int]
    topics: Mapping[str, int]
    people: Mapping[str, int]
    zone: ZoneInfo
    now: datetime


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A matter as the list tells it; `closed_at` None where it is open."""

    row: int
    number: str
    received_at: datetime
    unit_id: int | None
    spot: str
    words: str
    kind: CaseKind | None
    category_id: int | None
    closed_at: datetime | None
    assignee_id: int | None
    caller: str
    result: str


@dataclass(slots=True)
class LedgerRead:
    """A list read: its rows, and every cell at fault."""

    rows: list[LedgerRow] = field(default_factory=list)
    faults: list[CellProblem] = field(default_factory=list)


def guess(table: Table) -> LedgerPlan:
    """Return what the columns are probably; each meaning goes to the first that names it."""
    known = {head: column for column, heads in HEADS.items() for head in heads}
    taken, columns = set[Column](), []
    for header in table.headers:
        left_out = header in table.hidden or is_problem_head(header)
        column = Column.IGNORED if left_out else known.get(plain(header), Column.IGNORED)
        column = Column.IGNORED if column in taken else column
        taken |= {column} - {Column.IGNORED}
        columns.append((header, column))
    return LedgerPlan(tuple(columns))


def check(plan: LedgerPlan) -> None:
    """Raise E-IMP-COLUMN where a needed column is missing or a meaning is given twice."""
    given = [column for _head, column in plan.columns if column is not Column.IGNORED]
    missing = [column for column in NEEDED if column not in given]
    twice = sorted({column for column in given if given.count(column) > 1})
    if missing or twice:
        wrong = [*missing, *twice]
        raise Problem(
            "E-IMP-COLUMN", "columns",
            "Each of these needs exactly one column: {names_en}.", "以下内容须且只能对应一列：{names_zh}。",
            names_en=", ".join(_NAMES[one][0] for one in wrong),
            names_zh="、".join(_NAMES[one][1] for one in wrong),
        )  # fmt: skip


_NAMES: Mapping[Column, tuple[str, str]] = {
    Column.NUMBER: ("old number", "旧单号"),
    Column.RECEIVED: ("day received", "受理日期"),
    Column.HOME: ("home", "房号"),
    Column.WORDS: ("what it is about", "事由"),
    Column.KIND: ("kind", "类型"),
    Column.TOPIC: ("topic", "类别"),
    Column.STATE: ("state", "状态"),
    Column.CLOSED: ("day closed", "关闭日期"),
    Column.PERSON: ("responsible person", "责任人"),
    Column.CALLER: ("name of the caller", "来单人"),
    Column.RESULT: ("result", "处理结果"),
}


def to_json(plan: LedgerPlan) -> str:
    """Return a plan as a job keeps it."""
    return json.dumps([[head, column.value] for head, column in plan.columns], ensure_ascii=False)


def from_json(said: str) -> LedgerPlan:
    """Return the plan that a job kept."""
    return LedgerPlan(tuple((str(head), Column(column)) for head, column in json.loads(said)))


def read_rows(table: Table, plan: LedgerPlan, known: Known) -> LedgerRead:
    """Return every row of a list, and every cell that cannot be taken."""
    reader = _Reader(table, plan, known)
    for place in range(table.height):
        reader.row(place)
    return reader.read


class _Reader:
    """Reads row after row; a cell at fault is kept with its row and heading."""

    def __init__(self, table: Table, plan: LedgerPlan, known: Known) -> None:
        self.table, self.plan, self.known = table, plan, known
        self.cells: dict[Column, tuple[Cell, ...]] = {
            column: table.column(header)
            for column in Column
            if column is not Column.IGNORED and (header := plan.header(column)) is not None
        }
        kept = {plan.header(column) for column in self.cells}
        self.read = LedgerRead(faults=[one for one in table.problems if one.column in kept])
        self.bad = {(one.row, one.column) for one in self.read.faults}
        self.spellings = Spellings(known.homes)
        self.place = 0

    def row(self, place: int) -> None:
        """Read one row; kept only where none of its cells is at fault."""
        self.place, before = place, len(self.read.faults)
        number = self.table.row_numbers[place]
        received = self._moment(Column.RECEIVED, needed=True)
        closed = self._closed(received)
        found = LedgerRow(
            row=number,
            number=self._line(Column.NUMBER, LINE),
            received_at=received or self.known.now,
            unit_id=self._home(),
            spot="",
            words=self._words(),
            kind=self._kind(),
            category_id=self.known.topics.get(plain(self._text(Column.TOPIC))),
            closed_at=closed,
            assignee_id=self.known.people.get(self._text(Column.PERSON)),
            caller=self._line(Column.CALLER, LINE),
            result=self._line(Column.RESULT, REASON_MOST),
        )
        if len(self.read.faults) == before and not any(row == number for row, _ in self.bad):
            self.read.rows.append(found)

    def _cell(self, column: Column) -> Cell:
        cells = self.cells.get(column)
        return cells[self.place] if cells is not None else None

    def _text(self, column: Column) -> str:
        return written(self._cell(column))

    def _fault(self, column: Column, problem: Problem) -> None:
        header, row = self.plan.header(column) or "", self.table.row_numbers[self.place]
        if (row, header) not in self.bad:
            self.bad.add((row, header))
            self.read.faults.append(CellProblem(row, header, self._text(column)[:LINE], problem))

    def _line(self, column: Column, most: int) -> str:
        text = self._text(column)
        try:
            return clean_line(text, self.plan.header(column) or "", most=most) if text else ""
        except Problem as problem:
            self._fault(column, problem)
            return ""

    def _words(self) -> str:
        try:
            return clean_body(self._text(Column.WORDS), "words", WORDS_MOST)
        except Problem as problem:
            self._fault(Column.WORDS, problem)
            return ""

    def _moment(self, column: Column, *, needed: bool) -> datetime | None:
        cell, header = self._cell(column), self.plan.header(column) or ""
        try:
            if written(cell) == "" and not needed:
                return None
            at = self._instant(cell, header)
        except Problem as problem:
            self._fault(column, problem)
            return None
        if at > self.known.now:
            self._fault(column, _ahead(header))
        return at

    def _instant(self, cell: Cell, header: str) -> datetime:
        if isinstance(cell, datetime):
            plainly = cell.replace(tzinfo=None)
        elif isinstance(cell, date):
            plainly = datetime.combine(cell, time())
        else:
            text = well_formed(written(cell), header)
            plainly = (
                local(text, header)
                if " " in text.strip()
                else datetime.combine(day(text, header), time())
            )
        day(plainly.date(), header)
        return plainly.replace(tzinfo=self.known.zone).astimezone(UTC)

    def _closed(self, received: datetime | None) -> datetime | None:
        """Return when a matter was over: as its day says, else the day it came where its state says so."""
        said, over = self._text(Column.STATE), self._moment(Column.CLOSED, needed=False)
        if over is not None and received is not None and over < received:
            self._fault(Column.CLOSED, _before())
        if not said:
            return over
        done = STATES.get(plain(said))
        if done is None:
            self._fault(Column.STATE, _unknown(said, list(STATES)))
            return None
        return (over or received) if done else None

    def _kind(self) -> CaseKind | None:
        said = self._text(Column.KIND)
        if said and plain(said) not in KINDS:
            self._fault(Column.KIND, _unknown(said, list(KINDS)))
        return KINDS.get(plain(said))

    def _home(self) -> int | None:
        said = self._text(Column.HOME)
        if not said:
            return None
        key = normalise(said)
        found = self.spellings.find(key)
        if not found:
            self._fault(Column.HOME, unknown_unit(key, self.spellings.close(key)))
            return None
        return self.known.homes[found]


def _unknown(text: str, allowed: Sequence[str]) -> Problem:
    return Problem(
        "E-CHOICE", "state",
        "“{value}” is not one of the words we know; write: {words}.", "“{value}”无法识别；可填：{words_zh}。",
        value=text[:40], words=", ".join([one for one in allowed if one.isascii()][:FORM_MOST]),
        words_zh="、".join([one for one in allowed if not one.isascii()][:FORM_MOST]),
    )  # fmt: skip


def _ahead(field_name: str) -> Problem:
    return Problem(
        "E-DATE-RANGE", field_name,
        "This day lies ahead. A ledger tells what was.", "该日期晚于现在，台账只能记录已发生的事。",
    )  # fmt: skip


def _before() -> Problem:
    return Problem(
        "E-DATE-RANGE", "closed",
        "It was closed before it came in. Check both days.", "关闭时间早于受理时间，请核对。",
    )  # fmt: skip
