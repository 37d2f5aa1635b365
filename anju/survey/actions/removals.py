"""What was removed from a draft, brought back to its place; the removal itself stays in the history.

A removal's own entry keeps what it took away, so that nothing removed lies about in the tables.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import models, transaction

from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.register.access import Actor, NotFound
from anju.survey.actions.forms import draft_for, tell
from anju.survey.models import Item, QuestionnaireVersion, Section
from anju.survey.removed import ITEM_REMOVED, SECTION_REMOVED

BACK = {ITEM_REMOVED: "item_restored", SECTION_REMOVED: "section_restored"}


@dataclass(frozen=True, slots=True)
class ItemKept:
    """An item as it was, with its place (0 is first) in its section."""

    id: int
    section: int
    place: int
    code: str
    zh: str
    en: str
    scale: int | None
    purpose: str
    dimension: str
    service_line: str
    department: str
    pair: str
    side: str
    double_barrelled: bool


@dataclass(frozen=True, slots=True)
class SectionKept:
    """A section as it was, with its place in the form and the items that went with it."""

    id: int
    place: int
    code: str
    zh: str
    en: str
    items: tuple[ItemKept, ...]


def item_kept(row: Item) -> str:
    """Return an item that is about to be removed, as its removal keeps it."""
    return json.dumps(asdict(_item(row, _place(row, _items(row.section_id)))), ensure_ascii=False)


def section_kept(row: Section) -> str:
    """Return a section that is about to be removed with its items, as its removal keeps it."""
    items = tuple(_item(item, place) for place, item in enumerate(_items(row.pk)))
    place = _place(row, _sections(row.version_id))
    kept = SectionKept(row.pk, place, row.code, row.zh, row.en, items)
    return json.dumps(asdict(kept), ensure_ascii=False)


def _items(section_id: int) -> list[Item]:
    return list(Item.objects.filter(section_id=section_id).order_by("order", "id"))


def _sections(version_id: int) -> list[Section]:
    return list(Section.objects.filter(version_id=version_id).order_by("order", "id"))


def _place(row: models.Model, rows: Sequence[models.Model]) -> int:
    return [one.pk for one in rows].index(row.pk)


def _item(row: Item, place: int) -> ItemKept:
    return ItemKept(
        id=row.pk,
        section=row.section_id,
        place=place,
        code=row.code,
        zh=row.zh,
        en=row.en,
        scale=row.scale_id,
        purpose=row.purpose,
        dimension=row.dimension,
        service_line=row.service_line,
        department=row.department,
        pair=row.pair,
        side=row.side,
        double_barrelled=row.double_barrelled,
    )


@transaction.atomic
def bring_back(*, actor: Actor, version_id: int, removal: int, at: datetime) -> str:
    """Put what an entry of the history removed from a draft back to its place; return its code.

    Errors: NotFound for an entry that removed nothing from this version, E-STATE where the draft
    is published or the thing is back already, E-CODE where another has its code now, E-REF where
    the section of an item is gone.
    """
    with company_scope(actor.company_id):
        version = draft_for(actor, version_id)
        # Holds the draft's row, so that two presses of the button take turns.
        QuestionnaireVersion.objects.select_for_update().get(id=version.pk)
        subject = history.Subject(actor.company_id, "questionnaire", version.questionnaire_id)
        entry = history.entries(subject).filter(seq=removal, verb__in=BACK).first()
        kept = entry.payload.get(history.KEPT) if entry is not None else None
        if entry is None or not kept or entry.payload.get("version") != version.number:
            raise NotFound(f"removal {removal}")
        plain = json.loads(str(kept))
        if entry.verb == ITEM_REMOVED:
            code = _item_back(version, ItemKept(**plain))
        else:
            items = tuple(ItemKept(**item) for item in plain.pop("items"))
            code = _section_back(version, SectionKept(**plain, items=items))
        tell(actor, version, BACK[entry.verb], at=at, what=code)
        return code


def _item_back(version: QuestionnaireVersion, kept: ItemKept) -> str:
    _refuse_back_already(Item.objects.filter(id=kept.id))
    _refuse_taken(version, [kept])
    if not Section.objects.filter(id=kept.section, version=version).exists():
        raise Problem(
            "E-REF",
            "section",
            "The section of item {named} was removed too. Bring the section back first.",
            "题目 {named} 所在的部分也已删除。请先恢复该部分。",
            named=kept.code,
        )
    rows = _items(kept.section)
    rows.insert(min(kept.place, len(rows)), _stored(version, kept))
    for order, row in enumerate(rows):
        Item.objects.filter(id=row.pk).update(order=order)
    return kept.code


def _section_back(version: QuestionnaireVersion, kept: SectionKept) -> str:
    _refuse_back_already(Section.objects.filter(id=kept.id))
    _refuse_taken(version, kept.items)
    rows = _sections(version.pk)
    taken = {row.code for row in rows}
    if kept.code in taken:
        raise _taken(kept.code)
    section = Section(
        id=kept.id,
        company_id=version.company_id,
        version=version,
        code=kept.code,
        order=kept.place,
        zh=kept.zh,
        en=kept.en,
    )
    section.save(force_insert=True)
    rows.insert(min(kept.place, len(rows)), section)
    for order, row in enumerate(rows):
        Section.objects.filter(id=row.pk).update(order=order)
    for item in kept.items:
        _stored(version, item)
    return kept.code


def _stored(version: QuestionnaireVersion, kept: ItemKept) -> Item:
    plain = asdict(kept)
    order, section_id, scale_id = plain.pop("place"), plain.pop("section"), plain.pop("scale")
    row = Item(
        company_id=version.company_id,
        version=version,
        section_id=section_id,
        scale_id=scale_id,
        order=order,
        **plain,
    )
    row.save(force_insert=True)
    return row


def _refuse_back_already(rows: models.QuerySet[Item] | models.QuerySet[Section]) -> None:
    if rows.exists():
        raise Problem(
            "E-STATE",
            "version",
            "This is back in the draft already. There is nothing to undo.",
            "该内容已恢复到草稿中，无需再撤销。",
        )


def _refuse_taken(version: QuestionnaireVersion, kept: Sequence[ItemKept]) -> None:
    codes = [item.code for item in kept]
    taken = Item.objects.filter(version=version, code__in=codes).order_by("order").first()
    if taken is not None:
        raise _taken(taken.code)


def _taken(code: str) -> Problem:
    return Problem(
        "E-CODE",
        "code",
        "Another part of the draft has the code “{named}” now. Give that one another code, then "
        "bring this back.",
        "草稿中已有其他内容使用编号“{named}”。请先给它换一个编号，再恢复。",
        named=code,
    )
