"""A questionnaire made from a file's own columns, for surveys that others designed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from anju.answers.rules.answers import ItemDef
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_line
from anju.kernel.scope import company_scope
from anju.register.access import Actor, Verb
from anju.stats.scales import Scale
from anju.survey.access import wave_for
from anju.survey.actions.forms import set_published, start_questionnaire, tell
from anju.survey.actions.storing import free_code
from anju.survey.actions.waves import take_step
from anju.survey.forms import scale_plans
from anju.survey.models import ImportBatch
from anju.survey.rules.questionnaire import (
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
    Words,
    design_problems,
)
from anju.survey.rules.wave import BatchState, WaveVerb


def _scale_plan(scale: Scale, code: str) -> ScalePlan:
    printed = scale.printed or tuple(level.code for level in scale.levels)
    order = {name: place for place, name in enumerate(printed)}
    levels = sorted(scale.levels, key=lambda level: order.get(level.code, len(order)))
    options = tuple(
        OptionPlan(o.code, Words(o.zh, o.en), o.value, o.code in scale.top) for o in levels
    )
    low, high = scale.valued[0], scale.valued[-1]
    ends = Words(scale.zh or f"{low.zh}–{high.zh}", scale.en or f"{low.en}–{high.en}")
    return ScalePlan(code, Words(ends.zh[:80], ends.en[:80]), options)


def _plans(items: Sequence[ItemDef]) -> dict[Scale, ScalePlan]:
    """Return a plan for each distinct scale; one that the company has is used again, by content."""
    known = {(plan.options, plan.choose_any): plan for plan in scale_plans().values()}
    taken = {plan.code for plan in known.values()}
    found: dict[Scale, ScalePlan] = {}
    for scale in dict.fromkeys(item.scale for item in items):
        plan = _scale_plan(scale, free_code(scale.code[:20] or "scale", taken))
        kept = known.setdefault((plan.options, False), plan)
        taken.add(kept.code)
        found[scale] = kept
    return found


def _item_plan(item: ItemDef, plan: ScalePlan) -> ItemPlan:
    return ItemPlan(
        code=item.code,
        words=Words(item.zh[:300], item.en[:300]),
        scale=plan,
        purpose=Purpose(item.purpose),
        dimension=Dimension(item.dimension) if item.dimension else None,
        service_line=ServiceLine(item.service_line) if item.service_line else None,
        department=item.department or "",
        pair=item.pair or "",
        side=Side(item.side) if item.side else None,
    )


@transaction.atomic
def questionnaire_from_guess(
    *, actor: Actor, wave_id: int, items: Sequence[ItemDef], title: str, at: datetime
) -> int:
    """Publish a file's own items as a questionnaire and give it to the wave; return its version.

    No purpose text is asked for: it was somebody else who asked, and not with this form.
    Errors: E-STATE where the wave already holds answers, E-DESIGN where nothing can be rated.
    """
    with company_scope(actor.company_id):
        wave = wave_for(actor, wave_id, Verb.IMPORT_ANSWERS)
        if ImportBatch.objects.filter(wave=wave, state=BatchState.LIVE).exists():
            raise Problem(
                "E-STATE",
                "version",
                "There are answers to the present questionnaire. Undo the imports first.",
                "当前问卷已有答卷。请先撤销导入，再更换问卷。",
            )
        plans = _plans(items)
        rows = tuple(_item_plan(item, plans[item.scale]) for item in items)
        name = clean_line(title, "title", most=120)
        texts = FormTexts(Words(name, name))
        section = SectionPlan("S1", Words("题目", "Items"), rows)
        form = FormPlan("file", texts, (section,))
        problems = [p for p in design_problems(form) if p.field == "items"]
        if problems:
            raise problems[0]
        version = start_questionnaire(actor, form, at=at, from_file=True)
        set_published(version, at=at)
        tell(actor, version, "published", at=at)
        take_step(wave, WaveVerb.TAKE_ANSWERS, version_id=version.pk)
        return version.pk
