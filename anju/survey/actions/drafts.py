"""Edits of a draft: texts, sections, items, own scales. A published version is never touched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.register.access import Actor, Verb, demand
from anju.survey.access import item_for, scale_for, section_for
from anju.survey.actions.forms import draft_for, tell
from anju.survey.actions.removals import item_kept, section_kept
from anju.survey.actions.storing import (
    bodied,
    free_code,
    known_scales,
    line,
    put_texts,
    store_scale,
    worded,
)
from anju.survey.forms import item_row, texts_of
from anju.survey.models import Item, QuestionnaireVersion, Scale, Section
from anju.survey.removed import ITEM_REMOVED, SECTION_REMOVED
from anju.survey.rules.questionnaire import (
    CODE,
    Dimension,
    FormTexts,
    Purpose,
    ScalePlan,
    ServiceLine,
    Side,
    Words,
    scale_problems,
)
from anju.survey.rules.stamps import refuse_stale


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """What a person wrote about an item; scale "" asks for free text."""

    words: Words
    scale: str = ""
    purpose: str = Purpose.SATISFACTION.value
    dimension: str = ""
    service_line: str = ""
    department: str = ""
    code: str = ""
    pair: str = ""
    side: str = ""
    double_barrelled: bool = False


def _choice(value: str, known: Sequence[str], field: str) -> str:
    if value and value not in known:
        raise Problem("E-CHOICE", field, "Choose one of the list.", "请从列表中选择一项。")
    return value


@transaction.atomic
def set_texts(
    *, actor: Actor, version_id: int, texts: FormTexts, at: datetime, seen: str = ""
) -> None:
    """Reword the title, the purpose, the opening and the thanks of a draft.

    `seen` is the stamp of the texts that the person saw; raises E-STALE where they are others now.
    """
    with company_scope(actor.company_id):
        version = QuestionnaireVersion.objects.select_for_update().get(
            id=draft_for(actor, version_id).pk
        )
        refuse_stale(seen, texts_of(version))
        clean = FormTexts(
            title=worded(texts.title, "title", 120),
            purpose=bodied(texts.purpose, "purpose"),
            intro=bodied(texts.intro, "intro"),
            outro=bodied(texts.outro, "outro"),
        )
        put_texts(version, clean)
        version.save()
        tell(actor, version, "texts_changed", at=at)


@transaction.atomic
def add_section(*, actor: Actor, version_id: int, words: Words, at: datetime) -> Section:
    """Add a section at the end of a draft."""
    with company_scope(actor.company_id):
        version = draft_for(actor, version_id)
        rows = Section.objects.filter(version=version)
        order = max(rows.values_list("order", flat=True), default=-1) + 1
        taken = set(rows.values_list("code", flat=True))
        clean = worded(words, "section", 120)
        section = Section(
            company_id=actor.company_id,
            version=version,
            code=free_code(f"S{order + 1}", taken),
            order=order,
            zh=clean.zh,
            en=clean.en,
        )
        section.save()
        tell(actor, version, "section_added", at=at, what=section.code)
        return section


@transaction.atomic
def rename_section(
    *, actor: Actor, section_id: int, words: Words, at: datetime, seen: str = ""
) -> None:
    """Reword the heading of a section.

    `seen` is the stamp of the heading that the person saw; raises E-STALE where it is another now.
    """
    with company_scope(actor.company_id):
        section = section_for(actor, section_id, Verb.EDIT_SURVEYS)
        version = draft_for(actor, section.version_id)
        now = Section.objects.select_for_update().get(id=section.pk)
        refuse_stale(seen, Words(now.zh, now.en))
        clean = worded(words, "section", 120)
        Section.objects.filter(id=section.pk).update(zh=clean.zh, en=clean.en)
        tell(actor, version, "section_renamed", at=at, what=section.code)


@transaction.atomic
def remove_section(*, actor: Actor, section_id: int, at: datetime) -> int:
    """Remove a section with its items from a draft; return the entry by which it comes back."""
    with company_scope(actor.company_id):
        section = section_for(actor, section_id, Verb.EDIT_SURVEYS)
        version = draft_for(actor, section.version_id)
        kept = section_kept(section)
        Item.objects.filter(section=section).delete()
        Section.objects.filter(id=section.pk).delete()
        return tell(actor, version, SECTION_REMOVED, at=at, what=section.code, kept=kept)


def _fill(row: Item, draft: ItemDraft, scale: Scale | None) -> None:
    clean = worded(draft.words, "item", 300)
    row.zh, row.en = clean.zh, clean.en
    row.scale = scale
    row.purpose = _choice(draft.purpose, list(Purpose), "purpose") or Purpose.SATISFACTION.value
    row.dimension = _choice(draft.dimension, list(Dimension), "dimension")
    row.service_line = _choice(draft.service_line, list(ServiceLine), "service_line")
    row.side = _choice(draft.side, list(Side), "side")
    row.department = line(draft.department, "department", 60)
    row.pair = line(draft.pair, "pair", 24)
    row.double_barrelled = draft.double_barrelled


def _item_code(version: QuestionnaireVersion, wanted: str, *, but: int | None) -> str:
    rows = Item.objects.filter(version=version).exclude(id=but)
    taken = set(rows.values_list("code", flat=True))
    if not wanted.strip():
        return next(c for n in range(1, 10_000) if (c := f"Q{n}") not in taken)
    code = wanted.strip()
    if code in taken or not CODE.fullmatch(code):
        raise Problem(
            "E-CODE",
            "code",
            "The item code “{named}” is taken or not made of letters and digits. Choose another.",
            "题目编号“{named}”已被使用，或含有字母和数字以外的字符。请换一个。",
            named=code[:40],
        )
    return code


@transaction.atomic
def add_item(*, actor: Actor, section_id: int, draft: ItemDraft, at: datetime) -> Item:
    """Add an item at the end of a section of a draft."""
    with company_scope(actor.company_id):
        section = section_for(actor, section_id, Verb.EDIT_SURVEYS)
        version = draft_for(actor, section.version_id)
        orders = Item.objects.filter(section=section).values_list("order", flat=True)
        row = Item(
            company_id=actor.company_id,
            version=version,
            section=section,
            code=_item_code(version, draft.code, but=None),
            order=max(orders, default=-1) + 1,
        )
        _fill(row, draft, scale_for(actor, draft.scale) if draft.scale else None)
        row.save()
        tell(actor, version, "item_added", at=at, what=row.code)
        return row


@transaction.atomic
def change_item(
    *, actor: Actor, item_id: int, draft: ItemDraft, at: datetime, seen: str = ""
) -> None:
    """Reword an item of a draft, or give it another scale, purpose, dimension or department.

    `seen` is the stamp of the item that the person saw; raises E-STALE where it is another now.
    """
    with company_scope(actor.company_id):
        row = item_for(actor, item_id, Verb.EDIT_SURVEYS)
        version = draft_for(actor, row.version_id)
        Item.objects.select_for_update().get(id=row.pk)
        refuse_stale(seen, item_row(row.pk).plan)
        row.code = _item_code(version, draft.code or row.code, but=row.pk)
        _fill(row, draft, scale_for(actor, draft.scale) if draft.scale else None)
        row.save()
        tell(actor, version, "item_changed", at=at, what=row.code)


@transaction.atomic
def remove_item(*, actor: Actor, item_id: int, at: datetime) -> int:
    """Take an item out of a draft; return the entry of the history by which it comes back."""
    with company_scope(actor.company_id):
        row = item_for(actor, item_id, Verb.EDIT_SURVEYS)
        version = draft_for(actor, row.version_id)
        kept = item_kept(row)
        Item.objects.filter(id=row.pk).delete()
        return tell(actor, version, ITEM_REMOVED, at=at, what=row.code, kept=kept)


@transaction.atomic
def move_item(*, actor: Actor, item_id: int, section_id: int, place: int, at: datetime) -> None:
    """Put an item at a place (0 is first) of a section of the same draft."""
    with company_scope(actor.company_id):
        row = item_for(actor, item_id, Verb.EDIT_SURVEYS)
        section = section_for(actor, section_id, Verb.EDIT_SURVEYS)
        version = draft_for(actor, row.version_id)
        if section.version_id != row.version_id:
            raise Problem(
                "E-REF",
                "section",
                "This section belongs to another questionnaire. Choose one of this form.",
                "该部分属于另一份问卷。请选择本问卷的部分。",
            )
        others = Item.objects.filter(section=section).exclude(id=row.pk).order_by("order", "id")
        ordered = list(others)
        ordered.insert(max(0, min(place, len(ordered))), row)
        for order, item in enumerate(ordered):
            Item.objects.filter(id=item.pk).update(order=order, section=section)
        tell(actor, version, "item_moved", at=at, what=row.code)


@transaction.atomic
def add_scale(*, actor: Actor, plan: ScalePlan, at: datetime) -> Scale:
    """Add a scale of the company's own; it never changes once it is there."""
    demand(actor, Verb.EDIT_SURVEYS)
    with company_scope(actor.company_id):
        problem = next(scale_problems(plan, ordered=not plan.choose_any), None)
        if problem is not None:
            raise problem
        if not CODE.fullmatch(plan.code) or plan.code in known_scales():
            raise Problem(
                "E-CODE",
                "scale",
                "The scale code “{named}” is taken or not made of letters and digits.",
                "量表编号“{named}”已被使用，或含有字母和数字以外的字符。请换一个。",
                named=plan.code[:40],
            )
        scale = store_scale(plan, company_id=actor.company_id)
        subject = history.Subject(actor.company_id, "scale", scale.pk)
        said: dict[str, history.Plain] = {"code": scale.code}
        history.write(subject, "added", actor_id=actor.account_id, at=at, payload=said)
        return scale
