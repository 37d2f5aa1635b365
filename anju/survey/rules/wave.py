"""When a survey wave may open, close, count and undo; pure. Not how it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from anju.kernel.pure.problems import Problem
from anju.survey.rules.counts import at_most

UNDO_DAYS = 7
LONGEST_FIELDWORK = 731


class WaveState(StrEnum):
    """Where a wave stands; a closed one never opens again."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class WaveVerb(StrEnum):
    """What can be done to a wave as a whole."""

    PLAN = "plan"
    OPEN = "open"
    COUNT = "count"
    TAKE_ANSWERS = "take_answers"
    CLOSE = "close"
    REVISE = "revise"
    DELETE = "delete"


# Counts may arrive late, so a closed wave would be wrong for ever if they could not; but a closed
# wave's small table is what reports read, so nothing that enters it may change after closing.
STEPS: dict[tuple[WaveState, WaveVerb], WaveState] = {
    (WaveState.DRAFT, WaveVerb.PLAN): WaveState.DRAFT,
    (WaveState.DRAFT, WaveVerb.COUNT): WaveState.DRAFT,
    (WaveState.DRAFT, WaveVerb.OPEN): WaveState.OPEN,
    (WaveState.DRAFT, WaveVerb.DELETE): WaveState.DRAFT,
    (WaveState.OPEN, WaveVerb.PLAN): WaveState.OPEN,
    (WaveState.OPEN, WaveVerb.COUNT): WaveState.OPEN,
    (WaveState.OPEN, WaveVerb.TAKE_ANSWERS): WaveState.OPEN,
    (WaveState.OPEN, WaveVerb.CLOSE): WaveState.CLOSED,
    (WaveState.OPEN, WaveVerb.REVISE): WaveState.DRAFT,
}


class BatchState(StrEnum):
    """Where an import stands; only the answers of a live batch can be seen."""

    STAGED = "staged"
    LIVE = "live"
    REVERTED = "reverted"


class Source(StrEnum):
    """Who made the survey."""

    OWN = "own"
    THIRD_PARTY = "third_party"
    PUBLISHED = "published"


class Design(StrEnum):
    """Whether everybody is asked or some are drawn; unknown until somebody says it."""

    UNKNOWN = "unknown"
    CENSUS = "census"
    SAMPLE = "sample"


class Base(StrEnum):
    """What the population counts."""

    DWELLINGS = "dwellings"
    HOUSEHOLDS = "households"
    OWNERS = "owners"


class Mode(StrEnum):
    """How owners were asked."""

    PAPER = "paper"
    DOOR = "door"
    PHONE = "phone"
    ONLINE = "online"
    SMS = "sms"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class WavePlan:
    """What is written down about a wave before anybody is asked; None is unknown."""

    title: str
    project_id: int
    version_id: int | None = None
    period_label: str = ""
    source: Source = Source.OWN
    design: Design = Design.UNKNOWN
    base: Base = Base.HOUSEHOLDS
    modes: tuple[Mode, ...] = ()
    population: int | None = None
    planned: int | None = None
    fieldwork_from: date | None = None
    fieldwork_to: date | None = None
    scale_minimum: float | None = None
    target: float | None = None
    goal: str = ""
    method: str = ""
    consultant: str = ""
    base_wave_id: int | None = None


def step(state: WaveState, verb: WaveVerb) -> WaveState:
    """Return the state after a verb; raises E-STATE where the wave does not allow it now."""
    try:
        return STEPS[state, verb]
    except KeyError:
        if state is WaveState.CLOSED:
            raise Problem(
                "E-STATE",
                "wave",
                "This survey is closed and its results are fixed. Start a new survey instead.",
                "该调查已结束，结果已固定。请另建新调查。",
            ) from None
        if state is WaveState.DRAFT:
            raise Problem(
                "E-STATE",
                "wave",
                "This survey is not open yet. Open it first.",
                "该调查尚未开始。请先开始调查。",
            ) from None
        raise Problem(
            "E-STATE",
            "wave",
            "This survey is open. Put it back to planning, or close it when all answers are in.",
            "该调查已经开始。请先退回筹备，或在答卷收齐后结束调查。",
        ) from None


_NEEDED: dict[str, tuple[str, str]] = {
    "goal": ("the goal", "调查目的"),
    "method": ("the method", "调查方法"),
    "modes": ("how owners are asked", "调查方式"),
    "fieldwork_from": ("the first day of fieldwork", "调查开始日期"),
    "fieldwork_to": ("the last day of fieldwork", "调查结束日期"),
    "version_id": ("the questionnaire", "问卷"),
}


def missing_to_open(plan: WavePlan, *, with_file: bool = False) -> tuple[Problem, ...]:
    """Return what an own survey still needs before it opens; others' surveys need nothing more.

    A questionnaire is needed only where owners answer here: else the columns of the file are one.
    A population that nobody knows keeps nothing shut; the report then speaks of those asked alone.
    """
    if plan.source is not Source.OWN:
        return ()
    needless = set() if Mode.ONLINE in plan.modes and not with_file else {"version_id"}
    return tuple(
        Problem(
            "E-PLAN",
            name,
            "Fill in {what_en} before the survey opens.",
            "开始调查之前，请填写{what_zh}。",
            what_en=en,
            what_zh=zh,
        )
        for name, (en, zh) in _NEEDED.items()
        if name not in needless and not getattr(plan, name)
    )


def unknown_yet(plan: WavePlan) -> tuple[str, ...]:
    """Return the parts of a plan that nobody has said, each of which the report calls unknown."""
    said = {
        "design": plan.design is not Design.UNKNOWN,
        "population": plan.population is not None,
        "modes": bool(plan.modes),
        "method": bool(plan.method),
        "fieldwork_from": plan.fieldwork_from is not None,
        "fieldwork_to": plan.fieldwork_to is not None,
    }
    return tuple(name for name, known in said.items() if not known)


def check_plan(plan: WavePlan) -> None:
    """Raise the first contradiction within a plan: dates turned round, too long, plan above frame."""
    first, last = plan.fieldwork_from, plan.fieldwork_to
    if first and last and last < first:
        raise Problem(
            "E-DATE-RANGE",
            "fieldwork_to",
            "Fieldwork ends on {last}, before it begins on {first}. Exchange the two days.",
            "调查结束日期 {last} 早于开始日期 {first}。请对调两个日期。",
            first=first.isoformat(),
            last=last.isoformat(),
        )
    if first and last and (last - first).days >= LONGEST_FIELDWORK:
        raise Problem(
            "E-DATE-RANGE",
            "fieldwork_to",
            "Fieldwork may last two years at most. Check the year.",
            "调查期最长两年。请核对年份。",
        )
    at_most(plan.planned, plan.population, "planned", "population")


def short_of_plan(people: int, plan: WavePlan) -> bool:
    """Say whether fewer answers came in than were planned."""
    return plan.planned is not None and people < plan.planned


def needs_reason(people: int, plan: WavePlan, *, totals: bool) -> bool:
    """Say whether closing needs a reason: below the plan, or with nothing in at all."""
    return short_of_plan(people, plan) or not (people or totals)


def may_undo(live_at: datetime, at: datetime) -> bool:
    """Say whether an import is still young enough to be undone."""
    return at - live_at <= timedelta(days=UNDO_DAYS)
