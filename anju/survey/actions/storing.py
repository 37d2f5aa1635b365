"""Turns a form's plan into rows and back; part of other actions, decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from anju.kernel.pure.text import clean_body, clean_line
from anju.survey.models import (
    Item,
    Questionnaire,
    QuestionnaireVersion,
    Scale,
    ScaleOption,
    Section,
)
from anju.survey.rules.questionnaire import (
    FormPlan,
    FormTexts,
    ItemPlan,
    ScalePlan,
    SectionPlan,
    VersionState,
    Words,
)


def line(value: str, field: str, most: int) -> str:
    """Return a clean line, or an empty one where nothing was written."""
    return clean_line(value, field, most=most) if value.strip() else ""


def worded(words: Words, field: str, most: int) -> Words:
    """Return clean words in at least one language; raises E-TEXT-EMPTY where there is none."""
    clean = Words(line(words.zh, f"{field}_zh", most), line(words.en, f"{field}_en", most))
    return clean if clean.zh or clean.en else Words(clean_line("", f"{field}_zh"))


def bodied(words: Words, field: str) -> Words:
    """Return clean bodies of text in the languages in which something was written."""
    zh, en = words.zh.strip(), words.en.strip()
    return Words(
        clean_body(zh, f"{field}_zh", 1000) if zh else "",
        clean_body(en, f"{field}_en", 1000) if en else "",
    )


def free_code(wanted: str, taken: set[str]) -> str:
    """Return the code, or the first of code-2, code-3 … that nobody uses."""
    if wanted not in taken:
        return wanted
    stem = wanted[:20]
    return next(c for n in range(2, 10_000) if (c := f"{stem}-{n}") not in taken)


def store_scale(plan: ScalePlan, *, company_id: int) -> Scale:
    """Write one scale with its options in printed order."""
    return store_scales([plan], company_id=company_id)[plan.code]


def store_scales(plans: Sequence[ScalePlan], *, company_id: int) -> dict[str, Scale]:
    """Write scales with their options in printed order and return them by code."""
    scales = [
        Scale(
            company_id=company_id,
            code=plan.code,
            zh=plan.words.zh,
            en=plan.words.en,
            choose_any=plan.choose_any,
        )
        for plan in plans
    ]
    Scale.objects.bulk_create(scales)
    options = [
        ScaleOption(
            company_id=company_id,
            scale=scale,
            code=option.code,
            order=order,
            zh=option.words.zh,
            en=option.words.en,
            value=option.value,
            top=option.top,
        )
        for scale, plan in zip(scales, plans, strict=True)
        for order, option in enumerate(plan.options)
    ]
    ScaleOption.objects.bulk_create(options)
    return {scale.code: scale for scale in scales}


def known_scales() -> dict[str, Scale]:
    """Return the company's scales by code."""
    return {scale.code: scale for scale in Scale.objects.all()}


def store_version(
    form: FormPlan, *, questionnaire: Questionnaire, number: int, at: datetime
) -> QuestionnaireVersion:
    """Write a form as a draft version; scales that the company lacks are added."""
    company_id = questionnaire.company_id
    version = QuestionnaireVersion(
        company_id=company_id,
        questionnaire=questionnaire,
        number=number,
        state=VersionState.DRAFT,
        created_at=at,
    )
    put_texts(version, form.texts)
    version.save()
    scales = known_scales()
    wanted = {item.scale.code: item.scale for item in form.items if item.scale is not None}
    lacking = [plan for code, plan in wanted.items() if code not in scales]
    scales |= store_scales(lacking, company_id=company_id)
    _store_sections(version, form.sections, scales)
    return version


def put_texts(version: QuestionnaireVersion, texts: FormTexts) -> None:
    """Set the texts around the items on a version that is not yet saved."""
    for part in ("title", "purpose", "intro", "outro"):
        words = getattr(texts, part)
        setattr(version, f"{part}_zh", words.zh)
        setattr(version, f"{part}_en", words.en)


def _store_sections(
    version: QuestionnaireVersion, plans: Sequence[SectionPlan], scales: dict[str, Scale]
) -> None:
    company_id = version.company_id
    sections = [
        Section(
            company_id=company_id,
            version=version,
            code=plan.code,
            order=order,
            zh=plan.words.zh,
            en=plan.words.en,
        )
        for order, plan in enumerate(plans)
    ]
    Section.objects.bulk_create(sections)
    rows = [
        item_row(plan, section=section, order=order, scale=scales.get(_code(plan)))
        for section, section_plan in zip(sections, plans, strict=True)
        for order, plan in enumerate(section_plan.items)
    ]
    Item.objects.bulk_create(rows)


def _code(plan: ItemPlan) -> str:
    return plan.scale.code if plan.scale else ""


def item_row(plan: ItemPlan, *, section: Section, order: int, scale: Scale | None) -> Item:
    """Return an item's row, not yet saved."""
    return Item(
        company_id=section.company_id,
        version_id=section.version_id,
        section=section,
        code=plan.code,
        order=order,
        zh=plan.words.zh,
        en=plan.words.en,
        scale=scale,
        purpose=plan.purpose.value,
        dimension=plan.dimension.value if plan.dimension else "",
        service_line=plan.service_line.value if plan.service_line else "",
        department=plan.department,
        pair=plan.pair,
        side=plan.side.value if plan.side else "",
        double_barrelled=plan.double_barrelled,
    )
