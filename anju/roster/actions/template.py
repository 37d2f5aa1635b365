"""The spreadsheet that an office fills in: one sheet that explains, three with heads."""

from __future__ import annotations

import tempfile
from pathlib import Path

from anju.roster.rules.shape import COLUMNS, FACTS, NAMES, NEEDED, Column, Kind
from anju.sheets.write import Sheet, write_xlsx

SHEETS: dict[Kind, tuple[str, str]] = {
    Kind.UNITS: ("Units", "房屋"),
    Kind.OWNERS: ("Owners", "业主"),
    Kind.STAFF: ("Staff and zones", "员工与责任区"),
}
HOW: dict[Column, tuple[str, str]] = {
    Column.BUILDING: (
        (
            "as your office calls it, such as Building 3; in the sheet of staff several,"
            " parted by commas"
        ),
        "按本单位叫法，例如 3栋；员工表中可写多个，用顿号隔开",
    ),
    Column.ENTRANCE: ("such as 2; leave empty where there is none", "例如 2；没有单元则留空"),
    Column.UNIT: (
        "1201, or whole: 3-2-1201; each unit once in the sheet of units",
        "1201，或完整房号 3-2-1201、3栋2单元1201；房屋表中每户一行",
    ),
    Column.FLOOR: ("a whole number", "整数"),
    Column.AREA: ("square metres, at most two decimals", "平方米，最多两位小数"),
    Column.USE: (
        "home, shop, office, parking, storage or other",
        "住宅、商铺、办公、车位、储藏室或其他",
    ),
    Column.HANDOVER: ("a day, such as 2019-06-30", "日期，例如 2019-06-30"),
    Column.NAME: ("one person a row", "每行一人"),
    Column.PHONE: (
        "as text, so that no digit is lost; a mobile phone, or a landline with area code",
        "请设为文本格式以免丢失数字；手机号，或带区号的座机",
    ),
    Column.TIE: ("owner, family or tenant; empty is owner", "业主、家属或租户；留空视为业主"),
    Column.SINCE: ("a day, such as 2024-03-01", "日期，例如 2024-03-01"),
    Column.UNTIL: (
        "the first day on which it no longer holds; empty while it lasts",
        "不再居住的第一天；仍居住则留空",
    ),
    Column.LANGUAGE: ("Chinese or English", "中文或英文"),
    Column.CHANNEL: ("phone, sms, mail, visit or paper", "电话、短信、邮件、上门或纸质"),
    Column.EMAIL: ("the address to sign in with", "登录所用邮箱"),
    Column.ROLE: (
        "project manager, front desk, building steward or repair worker; empty is steward",
        "项目经理、前台、楼栋管家或维修工；留空视为管家",
    ),
    Column.ZONE: ("the name of the zone that the person answers for", "所负责的责任区名称"),
}


def template_bytes(language: str) -> bytes:
    """Return the empty spreadsheet as an .xlsx file in the reader's language."""
    place = 1 if language.startswith("zh") else 0
    sheets = [
        Sheet(names[place], [heading(column, place) for column in columns_of(kind)], [])
        for kind, names in SHEETS.items()
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_xlsx(path, [_how(place), *sheets])
        return path.read_bytes()


def columns_of(kind: Kind) -> list[Column]:
    """Return the columns of a sheet of the template; the project is the one it is sent to.

    What is said of a unit stands on the sheet of units alone.
    """
    left_out = {Column.PROJECT, *(FACTS if kind is Kind.OWNERS else ())}
    return [column for column in COLUMNS[kind] if column not in left_out]


def heading(column: Column, place: int) -> str:
    """Return the head of a column: English at place 0, Chinese at 1."""
    name = NAMES[column][place]
    return name[:1].upper() + name[1:]


def _how(place: int) -> Sheet:
    must = ("needed", "必填")[place]
    rows = [
        (
            SHEETS[kind][place],
            heading(column, place),
            must if column in NEEDED[kind] else "",
            HOW[column][place],
        )
        for kind in SHEETS
        for column in columns_of(kind)
    ]
    name = ("How to fill it in", "填写说明")[place]
    heads = (
        ("In sheet", "In column", "Must be there", "What to write"),
        ("表", "列", "是否必填", "怎么填"),
    )
    return Sheet(name, heads[place], rows)
