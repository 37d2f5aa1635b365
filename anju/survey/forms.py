"""Reads questionnaires: as plans, as pages, and as what the statistics need. Nothing written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from anju.answers.rules.answers import ItemDef
from anju.kernel.pure.problems import Problem
from anju.stats import scales as stats_scales
from anju.survey.models import (
    Item,
    Questionnaire,
    QuestionnaireVersion,
    Scale,
    ScaleOption,
    Section,
    Wave,
)
from anju.survey.rules.questionnaire import (
    Advice,
    Dimension,
    FormPlan,
    FormTexts,
    ItemPlan,
    OptionPlan,
    Purpose,
    ScalePlan,
    SectionPlan,
    ServiceLine,
    Side,
    VersionState,
    Words,
    advice,
    design_problems,
    minutes,
)


def scale_plans(scale_ids: Iterable[int] | None = None) -> dict[int, ScalePlan]:
    """Return the company's scales, or those named, by id, options in printed order."""
    scales = Scale.objects.all()
    options = ScaleOption.objects.order_by("scale_id", "order")
    if scale_ids is not None:
        wanted = set(scale_ids)
        scales, options = scales.filter(id__in=wanted), options.filter(scale_id__in=wanted)
    by_scale: Mapping[int, list[OptionPlan]] = defaultdict(list)
    for o in options:
        plan = OptionPlan(o.code, Words(o.zh, o.en), o.value, o.top)
        by_scale[o.scale_id].append(plan)
    return {
        s.id: ScalePlan(s.code, Words(s.zh, s.en), tuple(by_scale[s.id]), s.choose_any)
        for s in scales
    }


def ordered_items(version_id: int) -> list[Item]:
    """Return the items of a version in the order in which they are asked and answers are kept."""
    rows = Item.objects.filter(version_id=version_id).select_related("section")
    return list(rows.order_by("section__order", "section_id", "order", "id"))


def item_plan(row: Item, scales: Mapping[int, ScalePlan]) -> ItemPlan:
    """Return an item's row as a plan."""
    return ItemPlan(
        code=row.code,
        words=Words(row.zh, row.en),
        scale=scales[row.scale_id] if row.scale_id else None,
        purpose=Purpose(row.purpose),
        dimension=Dimension(row.dimension) if row.dimension else None,
        service_line=ServiceLine(row.service_line) if row.service_line else None,
        department=row.department,
        pair=row.pair,
        side=Side(row.side) if row.side else None,
        double_barrelled=row.double_barrelled,
    )


def texts_of(version: QuestionnaireVersion) -> FormTexts:
    """Return the texts that stand around a version's items."""
    return FormTexts(
        Words(version.title_zh, version.title_en),
        Words(version.purpose_zh, version.purpose_en),
        Words(version.intro_zh, version.intro_en),
        Words(version.outro_zh, version.outro_en),
    )


def form_plan(version: QuestionnaireVersion) -> FormPlan:
    """Return a stored version as the plan that it was stored from, edits included."""
    items = ordered_items(version.pk)
    scales = scale_plans({row.scale_id for row in items if row.scale_id})
    by_section: Mapping[int, list[ItemPlan]] = defaultdict(list)
    for row in items:
        by_section[row.section_id].append(item_plan(row, scales))
    sections = Section.objects.filter(version=version).order_by("order", "id")
    return FormPlan(
        version.questionnaire.code,
        texts_of(version),
        tuple(SectionPlan(s.code, Words(s.zh, s.en), tuple(by_section[s.id])) for s in sections),
    )


def stats_scale(plan: ScalePlan) -> stats_scales.Scale:
    """Return a scale as the statistics see it; only for scales with values."""
    levels = [stats_scales.Level(o.code, o.value, o.words.zh, o.words.en) for o in plan.options]
    top = [option.code for option in plan.options if option.top]
    return stats_scales.scale(
        plan.code, levels, top=top or None, words=(plan.words.zh, plan.words.en)
    )


def rateable(plan: ItemPlan) -> bool:
    """Say whether an item has levels that can be counted: not free text, not a list to tick."""
    return plan.scale is not None and not plan.scale.choose_any


def item_def(plan: ItemPlan) -> ItemDef:
    """Return an item as the mapping of answers and the figures see it."""
    assert plan.scale is not None
    return ItemDef(
        code=plan.code,
        zh=plan.words.zh,
        en=plan.words.en,
        scale=stats_scale(plan.scale),
        purpose=plan.purpose.value,
        dimension=plan.dimension.value if plan.dimension else None,
        service_line=plan.service_line.value if plan.service_line else None,
        department=plan.department or None,
        side=plan.side.value if plan.side else None,
        pair=plan.pair or None,
    )


def item_defs(version_id: int) -> tuple[ItemDef, ...]:
    """Return the countable items of a version in the order asked."""
    items = ordered_items(version_id)
    scales = scale_plans({row.scale_id for row in items if row.scale_id})
    plans = [item_plan(row, scales) for row in items]
    return tuple(item_def(plan) for plan in plans if rateable(plan))


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of a questionnaire."""

    id: int
    number: int
    state: VersionState
    title: Words
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class QuestionnaireLine:
    """A questionnaire with its newest version and how often it was used."""

    id: int
    code: str
    from_file: bool
    newest: VersionLine
    published: VersionLine | None
    versions: int
    items: int
    waves: int


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item with the key by which it is edited."""

    id: int
    plan: ItemPlan


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section with its items in the order asked."""

    id: int
    code: str
    words: Words
    items: tuple[ItemRow, ...]


@dataclass(frozen=True, slots=True)
class QuestionnairePage:
    """One version as a page shows it, with what keeps it from being published and plain advice."""

    id: int
    code: str
    from_file: bool
    version: VersionLine
    versions: tuple[VersionLine, ...]
    texts: FormTexts
    sections: tuple[SectionRow, ...]
    problems: tuple[Problem, ...]
    advice: tuple[Advice, ...]
    minutes: int
    waves: int


@dataclass(frozen=True, slots=True)
class ScaleLine:
    """A scale with the number of items that use it."""

    plan: ScalePlan
    items: int


def _version_line(version: QuestionnaireVersion) -> VersionLine:
    return VersionLine(
        version.pk,
        version.number,
        VersionState(version.state),
        texts_of(version).title,
        version.published_at,
    )


def questionnaire_lines() -> tuple[QuestionnaireLine, ...]:
    """Return every questionnaire of the company in force, the library's order first."""
    counted = QuestionnaireVersion.objects.annotate(
        n_items=Count("items", distinct=True), n_waves=Count("waves", distinct=True)
    )
    by_form: dict[int, list[QuestionnaireVersion]] = {}
    for version in counted.order_by("questionnaire_id", "number"):
        by_form.setdefault(version.questionnaire_id, []).append(version)
    return tuple(
        _questionnaire_line(form, by_form[form.id])
        for form in Questionnaire.objects.order_by("id")
        if form.id in by_form
    )


def _questionnaire_line(
    form: Questionnaire, versions: list[QuestionnaireVersion]
) -> QuestionnaireLine:
    lines = [_version_line(version) for version in versions]
    published = [line for line in lines if line.state is VersionState.PUBLISHED]
    return QuestionnaireLine(
        id=form.pk,
        code=form.code,
        from_file=form.from_file,
        newest=lines[-1],
        published=published[-1] if published else None,
        versions=len(lines),
        items=versions[-1].n_items,  # type: ignore[attr-defined]
        waves=sum(v.n_waves for v in versions),  # type: ignore[attr-defined]
    )


def questionnaire_page(version_id: int) -> QuestionnairePage:
    """Return one version for its page; the caller looked it up for the actor before."""
    version = QuestionnaireVersion.objects.select_related("questionnaire").get(id=version_id)
    form = form_plan(version)
    siblings = QuestionnaireVersion.objects.filter(questionnaire=version.questionnaire)
    return QuestionnairePage(
        id=version.questionnaire_id,
        code=version.questionnaire.code,
        from_file=version.questionnaire.from_file,
        version=_version_line(version),
        versions=tuple(_version_line(v) for v in siblings.order_by("-number")),
        texts=form.texts,
        sections=_section_rows(version),
        problems=design_problems(form) if version.state == VersionState.DRAFT else (),
        advice=advice(form),
        minutes=minutes(form),
        waves=Wave.objects.filter(version=version).count(),
    )


def _section_rows(version: QuestionnaireVersion) -> tuple[SectionRow, ...]:
    items = ordered_items(version.pk)
    scales = scale_plans({row.scale_id for row in items if row.scale_id})
    rows: dict[int, list[ItemRow]] = {}
    for row in items:
        rows.setdefault(row.section_id, []).append(ItemRow(row.pk, item_plan(row, scales)))
    sections = Section.objects.filter(version=version).order_by("order", "id")
    return tuple(
        SectionRow(s.id, s.code, Words(s.zh, s.en), tuple(rows.get(s.id, ()))) for s in sections
    )


def item_row(item_id: int) -> ItemRow:
    """Return one item for its form; the caller looked it up for the actor before."""
    row = Item.objects.get(id=item_id)
    return ItemRow(row.pk, item_plan(row, scale_plans({row.scale_id} if row.scale_id else ())))


def scale_lines() -> tuple[ScaleLine, ...]:
    """Return the company's scales with the number of items that use each, in library order."""
    used = dict(
        Item.objects.filter(scale__isnull=False)
        .values_list("scale_id")
        .annotate(n=Count("id"))
        .order_by()
    )
    plans = scale_plans()
    return tuple(ScaleLine(plans[key], used.get(key, 0)) for key in sorted(plans))
