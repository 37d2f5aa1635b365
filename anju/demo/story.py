"""What happened at the demonstration company: four surveys in three projects, day by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from anju.demo import owners, sheets
from anju.demo.places import CLOUD, LAKESIDE, LANE, Place
from anju.demo.taking import take_in
from anju.improve.actions.opening import open_low_items
from anju.insight.actions.snapshot import take_snapshot
from anju.insight.low import judged
from anju.register.access import Actor
from anju.register.models import Building, Project
from anju.survey.actions.drafts import ItemDraft, add_item, set_texts
from anju.survey.actions.forms import new_questionnaire, publish
from anju.survey.actions.waves import (
    close_wave,
    create_wave,
    open_wave,
    record_totals,
    set_counts,
    set_frame,
)
from anju.survey.data import library
from anju.survey.forms import form_plan
from anju.survey.models import QuestionnaireVersion, Section, Wave
from anju.survey.rules.counts import Counts, FrameLine, StratumKind, Totals, TotalsKind
from anju.survey.rules.questionnaire import (
    FormPlan,
    FormTexts,
    Purpose,
    ServiceLine,
    VersionState,
    Words,
)
from anju.survey.rules.wave import Base, Design, Mode, WavePlan

YEAR = timedelta(days=364)
OVERALL = Words("总的来说，您对物业服务满意吗？", "All in all, are you satisfied with the service?")
OVERALL_TITLE = Words("一题问卷：总体满意度", "One question: overall satisfaction")
OVERALL_PURPOSE = Words(
    "您的回答只用于了解和改进商街的物业服务。",
    "Your answer serves only to understand and improve the service to the shops.",
)
THANKS = Words("感谢您的参与。", "Thank you for taking part.")
GOAL = Words(
    "了解业主对各项服务的满意度，找出差距，确定改进措施",
    "To learn how satisfied owners are with each service, find the gaps and decide on measures",
)
METHOD = Words(
    "全面发放，由管家入户送达并收回，三天后提醒一次",
    "Every household gets a form at the door; it is collected there, with one reminder",
)
PUBLISHED = Words("上一年度公布的满意度（得分）", "Index published for the year before (points)")


EARLY, LATE = 0.35, 0.60  # of the visits were paid in the evening, a year ago and now


@dataclass(frozen=True, slots=True)
class Scene:
    """Who acts where and when."""

    actor: Actor
    projects: Mapping[Place, Project]
    at: datetime
    language: str

    def ago(self, days: int) -> datetime:
        """Return the instant so many days back."""
        return self.at - timedelta(days=days)

    def day(self, days: int) -> date:
        """Return the day so many days back."""
        return self.ago(days).date()

    def say(self, words: Words) -> str:
        """Return words in the company's language."""
        return words.text(self.language)


@dataclass(frozen=True, slots=True)
class Asked:
    """One survey: where, with which form, how, and on which days back from today."""

    place: Place
    version: QuestionnaireVersion
    title: Words
    modes: tuple[Mode, ...]
    first: int
    last: int
    base: Base = Base.HOUSEHOLDS
    base_wave_id: int | None = None


def surveys(scene: Scene) -> None:
    """Plant the four surveys."""
    lakeside_twice(scene)
    _cloud(scene, published("pairs"))
    _lane(scene)


def lakeside_twice(scene: Scene) -> None:
    """Plant the two surveys of the first project, a year apart."""
    short = published("short")
    earlier = _lakeside(scene, short, days_back=364, base_wave_id=None)
    _lakeside(scene, short, days_back=0, base_wave_id=earlier.pk)


def published(code: str) -> QuestionnaireVersion:
    """Return the published version of a shipped questionnaire."""
    found: QuestionnaireVersion = QuestionnaireVersion.objects.select_related("questionnaire").get(
        questionnaire__code=code, state=VersionState.PUBLISHED
    )
    return found


def half_year(day: date) -> Words:
    """Return the half-year in which a day lies, as surveys are named for it."""
    half = 1 if day.month <= 6 else 2
    return Words(f"{day.year}年{'上' if half == 1 else '下'}半年", f"{day.year} H{half}")


def _plan(scene: Scene, asked: Asked) -> WavePlan:
    first = scene.day(asked.first)
    return WavePlan(
        title=scene.say(asked.title),
        project_id=scene.projects[asked.place].pk,
        version_id=asked.version.pk,
        period_label=scene.say(half_year(first)),
        design=Design.CENSUS,
        base=asked.base,
        modes=asked.modes,
        population=asked.place.units,
        planned=round(asked.place.units * 0.4),
        fieldwork_from=first,
        fieldwork_to=scene.day(asked.last),
        target=float(asked.place.target),
        goal=scene.say(GOAL),
        method=scene.say(METHOD),
        base_wave_id=asked.base_wave_id,
    )


def _ask(scene: Scene, asked: Asked, form: FormPlan, filled: Sequence[owners.Form]) -> Wave:
    """Plan, open, count and take in one survey, each on its day."""
    actor = scene.actor
    wave = create_wave(actor=actor, plan=_plan(scene, asked), at=scene.ago(asked.first + 9))
    open_wave(actor=actor, wave_id=wave.pk, at=scene.ago(asked.first))
    after = scene.ago(max(0, asked.last - 1))
    refused = asked.place.units // 40
    counts = Counts(asked.place.units, len(filled), len(filled), refused, None)
    set_counts(actor=actor, wave_id=wave.pk, counts=counts, at=after)
    set_frame(actor=actor, wave_id=wave.pk, lines=_frame(scene, asked, filled), at=after)
    file = sheets.as_csv(form, filled, scene.language)
    take_in(actor=actor, wave_id=wave.pk, file=file, name=f"{wave.title}.csv", at=after)
    return wave


def _frame(scene: Scene, asked: Asked, filled: Sequence[owners.Form]) -> tuple[FrameLine, ...]:
    project = scene.projects[asked.place]
    ids = dict(Building.objects.filter(project=project).values_list("name", "id"))
    lines = []
    for house in asked.place.houses:
        label = asked.place.label(house, scene.language)
        size = len(house.units)
        came = sum(one.building == label for one in filled)
        lines.append(FrameLine(StratumKind.BUILDING, label, ids[label], size, size, came))
    return tuple(lines)


def _lakeside(
    scene: Scene, version: QuestionnaireVersion, *, days_back: int, base_wave_id: int | None
) -> Wave:
    label = half_year(scene.day(days_back + 27))
    title = Words(f"{label.zh}业主满意度调查", f"Owner survey {label.en}")
    asked = Asked(
        LAKESIDE,
        version,
        title,
        (Mode.DOOR, Mode.PAPER),
        days_back + 27,
        days_back + 18,
        base_wave_id=base_wave_id,
    )
    form = form_plan(version)
    later = base_wave_id is not None
    answered = owners.lakeside(form, later=later, language=scene.language)
    days = asked.first - asked.last
    filled = owners.called_on(answered, scene.day(asked.first), days, LATE if later else EARLY)
    wave = _ask(scene, asked, form, filled)
    _close(scene, wave, days=days_back + 14)
    return wave


def _close(scene: Scene, wave: Wave, *, days: int) -> None:
    """Close a wave, freeze its small tables and open its findings, as the story of closing does."""
    at = scene.ago(days)
    close_wave(actor=scene.actor, wave_id=wave.pk, at=at)
    take_snapshot(wave_id=wave.pk, at=at)
    found = judged(wave.pk, at=at)
    open_low_items(wave_id=wave.pk, items=found.items, threshold=found.threshold, at=at)


def _cloud(scene: Scene, version: QuestionnaireVersion) -> None:
    title = Words("写字楼期望与感知调查", "Offices: expected and perceived")
    asked = Asked(CLOUD, version, title, (Mode.ONLINE,), 12, -14, base=Base.OWNERS)
    form = form_plan(version)
    _ask(scene, asked, form, owners.cloud(form, language=scene.language))


def _lane(scene: Scene) -> None:
    version = _one_question(scene)
    title = Words("商街商户回访", "Shops: return visit")
    asked = Asked(LANE, version, title, (Mode.DOOR,), 44, 40, base=Base.OWNERS)
    form = form_plan(version)
    wave = _ask(scene, asked, form, owners.lane(language=scene.language))
    totals = Totals(scene.say(PUBLISHED), TotalsKind.POINTS, 1920, 2000, 25, 20)
    record_totals(actor=scene.actor, wave_id=wave.pk, totals=totals, at=scene.ago(38))
    _close(scene, wave, days=36)


def _one_question(scene: Scene) -> QuestionnaireVersion:
    """Write the company's own form of one question, as a quality department would."""
    actor, at = scene.actor, scene.ago(60)
    draft = new_questionnaire(actor=actor, title=OVERALL_TITLE, purpose=OVERALL_PURPOSE, at=at)
    texts = FormTexts(OVERALL_TITLE, OVERALL_PURPOSE, outro=THANKS)
    set_texts(actor=actor, version_id=draft.pk, texts=texts, at=at)
    section = Section.objects.get(version=draft)
    item = ItemDraft(
        OVERALL,
        scale=library.scales()["sat3"].code,
        purpose=Purpose.SATISFACTION,
        service_line=ServiceLine.CUSTOMER_SERVICE,
        department=scene.say(Words("客服部", "Customer service")),
    )
    add_item(actor=actor, section_id=section.pk, draft=item, at=at)
    publish(actor=actor, version_id=draft.pk, at=at)
    return draft
