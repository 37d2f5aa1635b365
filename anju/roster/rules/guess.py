"""What each sheet and column of an office's spreadsheet is probably for, from its heads alone."""

from __future__ import annotations

from collections.abc import Sequence

from anju.answers.rules.headers import plain
from anju.kernel.pure.tables import Table, is_problem_head
from anju.roster.rules.shape import COLUMNS, Column, Kind, SheetPlan

_SHEETS: dict[Kind, tuple[str, ...]] = {
    Kind.UNITS: ("房屋", "房产", "户室", "units", "homes", "houses", "rooms"),
    Kind.OWNERS: ("业主", "住户", "客户", "租户", "owners", "residents", "people", "tenants"),
    Kind.STAFF: ("员工", "责任区", "管家", "人员", "staff", "zones", "stewards"),
}
_HEADS: dict[Column, tuple[str, ...]] = {
    Column.PROJECT: ("项目", "小区", "项目名称", "小区名称", "project", "estate", "site"),
    Column.BUILDING: ("楼栋", "楼号", "栋", "栋号", "幢", "幢号", "楼", "楼宇", "座", "座号", "楼栋号", "楼栋名称", "负责楼栋", "building", "buildings", "block", "bldg", "tower"),
    Column.ENTRANCE: ("单元", "单元号", "entrance", "stairwell", "staircase"),
    Column.UNIT: ("房号", "房屋", "房间", "房间号", "户号", "室", "室号", "门牌", "门牌号", "房屋编号", "房屋号", "房产", "地址", "住址", "负责房号", "room", "roomno", "unit", "units", "unitno", "unitnumber", "flat", "apartment", "apt", "home", "address"),
    Column.FLOOR: ("楼层", "层", "所在楼层", "floor", "storey", "level"),
    Column.AREA: ("面积", "建筑面积", "产权面积", "计费面积", "面积㎡", "面积m2", "建筑面积㎡", "建筑面积m2", "area", "aream2", "sqm", "size"),
    Column.USE: ("用途", "房屋用途", "房屋类型", "性质", "房屋性质", "业态", "use", "usage", "type", "unittype", "usetype"),
    Column.HANDOVER: ("交付日期", "交房日期", "交付时间", "交房时间", "收楼日期", "接房日期", "handover", "handoverdate", "handedover", "handedoveron"),
    Column.NAME: ("姓名", "业主", "业主姓名", "客户姓名", "住户", "住户姓名", "联系人", "名字", "管家", "管家姓名", "员工", "员工姓名", "负责人", "责任人", "name", "fullname", "owner", "ownername", "resident", "steward", "staff", "staffname"),
    Column.PHONE: ("电话", "手机", "手机号", "手机号码", "电话号码", "联系电话", "业主电话", "移动电话", "phone", "mobile", "tel", "telephone", "phoneno", "phonenumber", "mobilephone", "cell"),
    Column.TIE: ("身份", "关系", "与房屋关系", "住户身份", "人员类型", "住户类型", "客户类型", "tie", "relation", "relationship", "kind", "occupancy", "tietotheunit"),
    Column.SINCE: ("入住日期", "入住时间", "迁入日期", "起始日期", "开始日期", "from", "since", "movein", "moveindate", "start", "startdate"),
    Column.UNTIL: ("迁出日期", "迁出时间", "搬离日期", "截止日期", "到期日期", "结束日期", "租期至", "until", "to", "moveout", "moveoutdate", "end", "enddate"),
    Column.LANGUAGE: ("语言", "首选语言", "language", "lang"),
    Column.CHANNEL: ("联系方式偏好", "首选联系方式", "联系渠道", "channel", "preferredchannel", "contactby", "reachedby"),
    Column.EMAIL: ("邮箱", "电子邮箱", "邮件", "邮箱地址", "email", "mail", "emailaddress"),
    Column.ROLE: ("角色", "岗位", "职务", "职位", "role", "position", "job"),
    Column.ZONE: ("责任区", "片区", "责任区域", "管家区", "区域", "网格", "zone", "area", "patch", "district"),
}  # fmt: skip
_KNOWN = {
    (kind, head): column
    for kind, columns in COLUMNS.items()
    for column in reversed(columns)
    for head in _HEADS[column]
}
# Where the name of a sheet says nothing, the column that only one kind has decides.
_TELLING = (
    (Kind.STAFF, frozenset({Column.EMAIL, Column.ZONE, Column.ROLE})),
    (Kind.OWNERS, frozenset({Column.NAME, Column.PHONE, Column.TIE})),
    (Kind.UNITS, frozenset({Column.UNIT})),
)


def guess_plan(table: Table) -> SheetPlan:
    """Return what a sheet is probably taken for; a person decides."""
    return guess_as(table, _kind(table))


def guess_as(table: Table, kind: Kind) -> SheetPlan:
    """Return the columns of a sheet of which the kind is known.

    Each meaning is given once, to the first column that names it; hidden columns are left out.
    """
    taken: set[Column] = set()
    columns = []
    for header in table.headers:
        column = _column(kind, header, hidden=header in table.hidden)
        column = Column.IGNORED if column in taken else column
        taken |= {column} - {Column.IGNORED}
        columns.append((header, column))
    return SheetPlan(table.name, kind, tuple(columns), table.header_row)


def _kind(table: Table) -> Kind:
    name = plain(table.name)
    for kind, words in _SHEETS.items():
        if any(word in name for word in words):
            return kind
    return _by_columns(table.headers)


def _by_columns(headers: Sequence[str]) -> Kind:
    for kind, telling in _TELLING:
        found = {_column(kind, header, hidden=False) for header in headers}
        if found & telling:
            return kind
    return Kind.NONE


def _column(kind: Kind, header: str, *, hidden: bool) -> Column:
    if hidden or is_problem_head(header):
        return Column.IGNORED
    return _KNOWN.get((kind, plain(header)), Column.IGNORED)
