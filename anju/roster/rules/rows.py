"""The rows of the three sheets as drafts: read, checked alone, not yet compared with the register."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from anju.answers.rules.reading import written
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import Cell
from anju.register.rules.phones import phone_of, written_phone
from anju.register.rules.rights import Role
from anju.register.rules.spellings import Spellings, unknown_unit
from anju.register.rules.stays import check_order
from anju.register.rules.units import nearest, normalise
from anju.roster.rules.places import check_known, check_new, is_new, places
from anju.roster.rules.reading import SheetReader
from anju.roster.rules.shape import Column

USES = {"住宅": "home", "住房": "home", "公寓": "home", "别墅": "home", "商铺": "shop", "商业": "shop", "店铺": "shop", "办公": "office", "写字楼": "office", "车位": "parking", "车库": "parking", "储藏室": "storage", "仓储": "storage", "其他": "other", "home": "home", "residential": "home", "apartment": "home", "shop": "shop", "commercial": "shop", "office": "office", "parking": "parking", "storage": "storage", "other": "other"}  # fmt: skip
TIES = {"业主": "owner", "产权人": "owner", "户主": "owner", "房主": "owner", "家属": "family", "家庭成员": "family", "家人": "family", "配偶": "family", "租户": "tenant", "租客": "tenant", "承租人": "tenant", "租户租客": "tenant", "owner": "owner", "family": "family", "spouse": "family", "tenant": "tenant", "renter": "tenant"}  # fmt: skip
LANGUAGES = {"中文": "zh-hans", "汉语": "zh-hans", "普通话": "zh-hans", "英文": "en", "英语": "en", "chinese": "zh-hans", "zh": "zh-hans", "zhhans": "zh-hans", "english": "en", "en": "en"}  # fmt: skip
CHANNELS = {"电话": "phone", "短信": "sms", "邮件": "mail", "邮箱": "mail", "上门": "visit", "上门拜访": "visit", "纸质": "paper", "phone": "phone", "telephone": "phone", "sms": "sms", "text": "sms", "textmessage": "sms", "email": "mail", "mail": "mail", "visit": "visit", "paper": "paper", "paperform": "paper"}  # fmt: skip
# A sheet brings those who work in a project; who answers for the company is appointed by hand.
ROLES = {"项目经理": "manager", "经理": "manager", "前台": "desk", "客服": "desk", "客服前台": "desk", "管家": "steward", "楼栋管家": "steward", "物业管家": "steward", "维修工": "worker", "维修": "worker", "工程": "worker", "projectmanager": "manager", "manager": "manager", "frontdesk": "desk", "desk": "desk", "buildingsteward": "steward", "steward": "steward", "repairworker": "worker", "worker": "worker"}  # fmt: skip
_MAIL = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]+\.[^@\s,;<>\".]{2,}")
_LIST = re.compile(r"[、,，;；\s]+")
_AREA_MOST = Decimal(100_000)
Facts = tuple[int | None, Decimal | None, str, date | None]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as a row says it; None or an empty text where nothing was said."""

    row: int
    key: str
    building: str
    floor: int | None
    area: Decimal | None
    use: str
    handover: date | None


@dataclass(frozen=True, slots=True)
class OwnerRow:
    """A person with a tie to a unit as a row says it."""

    row: int
    unit: str
    name: str
    phone: str
    written: str
    kind: str
    since: date | None
    until: date | None
    language: str
    channel: str


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A colleague with the zone that she answers for: whole buildings, or single units."""

    row: int
    name: str
    email: str
    role: Role
    zone: str
    buildings: tuple[str, ...]
    units: tuple[str, ...]


def unit_rows(
    sheet: SheetReader, project: str, known: Iterable[str], seen: set[str]
) -> list[UnitRow]:
    """Return the units of a sheet; faults are kept by the sheet, keys are added to `seen`."""
    found = check_new(sheet, places(sheet, project, {*known, *seen}), seen)
    rows = zip(sheet.table.row_numbers, found, _facts(sheet), strict=True)
    return [
        UnitRow(row, place.key, place.building, *facts) for row, place, facts in rows if place.key
    ]


def _facts(sheet: SheetReader) -> list[Facts]:
    """Return what each row says of its unit: floor, area, use, handed over on."""
    return list(
        zip(
            sheet.numbers(Column.FLOOR, low=-20, high=200),
            sheet.decimals(Column.AREA, high=_AREA_MOST),
            sheet.words(Column.USE, USES, ""),
            sheet.days(Column.HANDOVER),
            strict=True,
        )
    )


def homes_named(
    sheet: SheetReader, project: str, known: Iterable[str], seen: set[str], *, adds: bool = True
) -> list[UnitRow]:
    """Return the homes that a list of people names and that no list of units holds, each once.

    Of homes that the project has, only those of which the list says something; others only where
    it `adds`. Of several rows of a home the first that says a thing is taken. A room without its
    building is left to `owner_rows`, which says so at its cell.
    """
    held, rows = set(known), dict[str, UnitRow]()
    reader = SheetReader(sheet.table, sheet.plan)  # what is wrong is said once, for the people
    found = zip(
        sheet.table.row_numbers, places(reader, project, held | seen), _facts(sheet), strict=True
    )
    for row, place, facts in found:
        key = place.key
        wanted = (
            any(fact not in {None, ""} for fact in facts) if key in held else adds and is_new(place)
        )
        if not key or key in seen or not wanted:
            continue
        now = UnitRow(row, key, place.building, *facts)
        rows[key] = _filled(rows[key], now) if key in rows else now
    seen |= set(rows)
    return list(rows.values())


def _filled(first: UnitRow, later: UnitRow) -> UnitRow:
    """Return a home with what a later row says of it and none before did."""
    return replace(
        first,
        floor=later.floor if first.floor is None else first.floor,
        area=later.area if first.area is None else first.area,
        use=first.use or later.use,
        handover=first.handover or later.handover,
    )


def owner_rows(sheet: SheetReader, project: str, spellings: Spellings) -> list[OwnerRow]:
    """Return the people of a sheet with their ties; faults are kept by the sheet.

    A row without a name is its home alone, as which it comes back; with a telephone it is at fault.
    """
    keys = check_known(sheet, places(sheet, project, spellings.keys), spellings)
    phones = sheet.each(Column.PHONE, _phone, ("", ""))
    names = sheet.lines(Column.NAME, most=80, needed=False)
    _refuse_nameless(sheet, names)
    rows = zip(
        sheet.table.row_numbers,
        keys,
        names,
        phones,
        sheet.words(Column.TIE, TIES, "owner"),
        _stays(sheet),
        sheet.words(Column.LANGUAGE, LANGUAGES, ""),
        sheet.words(Column.CHANNEL, CHANNELS, ""),
        strict=True,
    )
    return [
        OwnerRow(row, key, name, phone, text, kind, since, until, language, channel)
        for row, key, name, (phone, text), kind, (since, until), language, channel in rows
        if key
    ]


def _refuse_nameless(sheet: SheetReader, names: Iterable[str]) -> None:
    """Mark each telephone that has no name beside it: E-TEXT-EMPTY says the two ways out."""
    phones = sheet.texts(Column.PHONE)
    found = zip(sheet.table.row_numbers, names, sheet.texts(Column.NAME), phones, strict=True)
    for row, name, text, phone in found:
        if phone and not name and not text:
            sheet.fault(row, Column.NAME, _nameless(sheet.plan.header(Column.NAME) or ""))


def _nameless(header: str) -> Problem:
    return Problem(
        "E-TEXT-EMPTY",
        header,
        "This row has a telephone and no name. Write the name, or empty the telephone: the home"
        " then comes in without a person.",
        "此行有电话但没有姓名。请填写姓名，或清空电话，该房屋将不带住户导入。",
    )


def _phone(cell: Cell, header: str) -> tuple[str, str]:
    phone = phone_of(cell, header)
    return (phone, written_phone(cell)) if phone else ("", "")


def _stays(sheet: SheetReader) -> list[tuple[date | None, date | None]]:
    stays = list(zip(sheet.days(Column.SINCE), sheet.days(Column.UNTIL), strict=True))
    for row, (since, until) in zip(sheet.table.row_numbers, stays, strict=True):
        try:
            check_order(since, until)
        except Problem as problem:
            sheet.fault(row, Column.UNTIL, problem, until)
    return stays


def staff_rows(
    sheet: SheetReader, spellings: Spellings, buildings: Mapping[str, str]
) -> list[StaffRow]:
    """Return the colleagues of a sheet; `buildings` are those that there are, by key."""
    nothing: tuple[str, ...] = ()
    rows = zip(
        sheet.table.row_numbers,
        sheet.lines(Column.NAME, most=80, needed=True),
        sheet.each(Column.EMAIL, _mail, ""),
        sheet.words(Column.ROLE, ROLES, Role.STEWARD.value),
        sheet.lines(Column.ZONE, most=60, needed=False),
        sheet.each(Column.BUILDING, lambda cell, _: _buildings(cell, buildings), nothing),
        sheet.each(Column.UNIT, lambda cell, _: _units(cell, spellings), nothing),
        strict=True,
    )
    return [
        StaffRow(
            row,
            name,
            email,
            Role(role),
            zone or (name[:60] if whole or single else ""),
            whole,
            single,
        )
        for row, name, email, role, zone, whole, single in rows
        if name and email
    ]


def _mail(cell: Cell, header: str) -> str:
    text = written(cell).lower()
    if len(text) <= 254 and _MAIL.fullmatch(text):
        return text
    raise Problem(
        "E-EMAIL",
        header,
        "Write one e-mail address, for example desk@example.com.",
        "请填写一个电子邮箱地址，例如 desk@example.com。",
    )


def _buildings(cell: Cell, known: Mapping[str, str]) -> tuple[str, ...]:
    found = []
    for text in _LIST.split(written(cell)):
        key = normalise(text)
        if key and key not in known:
            raise unknown_unit(text, nearest(key, known))
        found += [key] if key else []
    return tuple(found)


def _units(cell: Cell, spellings: Spellings) -> tuple[str, ...]:
    found = []
    for text in _LIST.split(written(cell)):
        key = normalise(text)
        whole = spellings.find(key)
        if key and not whole:
            raise unknown_unit(text, spellings.close(key))
        found += [whole] if key else []
    return tuple(found)
