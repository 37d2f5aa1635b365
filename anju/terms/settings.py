"""Reads of what an office has set about its cases: categories, levels, ladder, figures, a trial."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from anju.casework.kinds import Severity
from anju.casework.ladder import Rung
from anju.casework.promises import Level, Matter, Promised, hastened, instants, level_for
from anju.kernel import history
from anju.register.access import Actor, NotFound, Verb, demand
from anju.register.calendars import usual_calendar
from anju.register.queries import names_of
from anju.voice.models import Category, LadderRung, ServiceLevel, VoiceRule
from anju.voice.promised import level_of, line_up
from anju.worktime.deadlines import Due

SUBJECT = "case_settings"


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """A category in the tree, with how deep it lies."""

    id: int
    parent_id: int | None
    deep: int
    code: str
    zh: str
    en: str
    kind: str
    spot: str
    evidence: str
    words: Mapping[str, float]
    warranty_months: int | None
    version: int
    retired: bool


@dataclass(frozen=True, slots=True)
class LevelLine:
    """A row of the service levels with the names of what it is for."""

    id: int
    kind: str
    severity: str
    category_id: int | None
    category: tuple[str, str]
    project_id: int | None
    project: str
    minutes: Mapping[Promised, int]
    since: date
    until: date | None
    real_time: bool
    base: bool


@dataclass(frozen=True, slots=True)
class Levels:
    """The rows of the service levels by when they hold."""

    now: tuple[LevelLine, ...]
    later: tuple[LevelLine, ...]
    past: tuple[LevelLine, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """When each promise of an invented case would be due, and by which row."""

    level_id: int
    due: Mapping[Promised, Due]
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Tried:
    """An invented case: what it is, where, and when it comes; without a project, in any."""

    kind: str
    severity: str
    category_id: int | None
    project_id: int | None
    start: datetime


def local_day(at: datetime) -> date:
    """Return the day of an instant as levels count days."""
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def set_up() -> bool:
    """Say whether the company has settings of cases at all."""
    return VoiceRule.objects.exists()


def confirmed(company_id: int) -> bool:
    """Say whether somebody of the company has looked at its settings of cases and accepted them."""
    subject = history.Subject(company_id, SUBJECT, company_id)
    return history.entries(subject).filter(actor_id__isnull=False).exists()


def figures() -> VoiceRule:
    """Return the figures in force; those of a new company where none were set."""
    return VoiceRule.objects.first() or VoiceRule(visit_seed="", version=0)


def texts_for_replies() -> tuple[tuple[str, str], ...]:
    """Return the company's texts for replies: a short name and its words."""
    return tuple((str(name), str(words)) for name, words in figures().texts)


@dataclass(frozen=True, slots=True)
class Changed:
    """A change that can be taken back: when it was made, by whom, and what held before."""

    at: datetime
    by: str
    was: tuple[tuple[str, str], ...]


def last_change(company_id: int, verb: str) -> Changed | None:
    """Return the last change of a kind, unless it was taken back or changed nothing."""
    undone = f"{verb.removesuffix('_set')}_back"
    subject = history.Subject(company_id, SUBJECT, company_id)
    rows = history.entries(subject).filter(verb__in=(verb, undone))
    entry = rows.order_by("-seq").first()
    was = entry.payload.get("was") if entry is not None and entry.verb == verb else None
    if entry is None or not was:
        return None
    pairs = tuple((str(one).partition("=")[0], str(one).partition("=")[2]) for one in was)
    return Changed(entry.at, names_of({entry.actor_id or 0}).get(entry.actor_id or 0, ""), pairs)


def written_rung(one: LadderRung) -> str:
    """Return a rung as the history keeps it: its role, its measure and how much."""
    measures = (("share", one.share), ("over", one.over), ("days", one.days))
    name, amount = next((name, amount) for name, amount in measures if amount is not None)
    return f"{one.role}={name} {amount}"


def rungs_in(found: Changed) -> tuple[Rung, ...]:
    """Return the rungs that a change of the ladder put away, numbered in their order."""
    rungs = []
    for number, (role, written) in enumerate(found.was, start=1):
        name, _space, amount = written.partition(" ")
        share = float(amount) if name == "share" else None
        over = int(amount) if name == "over" else None
        rungs.append(Rung(number, role, share, over, int(amount) if name == "days" else None))
    return tuple(rungs)


def ladder_lines() -> tuple[LadderRung, ...]:
    """Return the ladder in force, lowest rung first."""
    return tuple(LadderRung.objects.order_by("number"))


def category_for(actor: Actor, category_id: int, verb: Verb) -> Category:
    """Return a category for an act; raises NotFound or Forbidden."""
    found: Category | None = Category.objects.filter(id=category_id).first()
    if found is None:
        raise NotFound(f"category {category_id}")
    demand(actor, verb)
    return found


def service_level_for(actor: Actor, level_id: int, verb: Verb) -> ServiceLevel:
    """Return a service level for an act; raises NotFound or Forbidden."""
    rows = ServiceLevel.objects.across_parts().filter(id=level_id)
    found: ServiceLevel | None = rows.first()
    hidden = actor.parts is not None and found is not None and found.project_id is not None
    if found is None or (hidden and found.project_id not in (actor.parts or ())):
        raise NotFound(f"service level {level_id}")
    demand(actor, verb)
    return found


def category_lines(*, retired: bool = False) -> tuple[CategoryLine, ...]:
    """Return the tree of categories from its roots down, each under its parent, in their order."""
    rows = list(Category.objects.order_by("position", "id"))
    shown = [row for row in rows if retired or row.retired_at is None]
    below: dict[int | None, list[Category]] = {}
    known = {row.pk for row in shown}
    for row in shown:
        below.setdefault(row.parent_id if row.parent_id in known else None, []).append(row)
    return tuple(_walk(below, None, 0))


def _walk(
    below: Mapping[int | None, Sequence[Category]], at: int | None, deep: int
) -> Iterator[CategoryLine]:
    for row in below.get(at, ()):
        yield CategoryLine(
            row.pk, row.parent_id, deep, row.code, row.zh, row.en, row.kind, row.spot,
            row.evidence, row.words, row.warranty_months, row.version, row.retired_at is not None,
        )  # fmt: skip
        yield from _walk(below, row.pk, deep + 1)


def level_lines(actor: Actor, day: date) -> Levels:
    """Return the service levels that an actor sees: in force on a day, to come, and past."""
    rows = ServiceLevel.objects.across_parts().select_related("category", "project")
    seen = [
        row
        for row in rows.order_by("kind", "id")
        if row.project_id is None or actor.parts is None or row.project_id in actor.parts
    ]
    holding = [row for row in seen if row.since <= day and (row.until is None or day < row.until)]
    youngest: dict[object, ServiceLevel] = {}
    for row in sorted(holding, key=lambda one: (one.since, one.pk)):
        youngest[key_of(row)] = row
    now = {row.pk for row in youngest.values()}
    later = {row.pk for row in seen if row.since > day}
    return Levels(
        tuple(_line(row) for row in seen if row.pk in now),
        tuple(_line(row) for row in seen if row.pk in later),
        tuple(_line(row) for row in reversed(seen) if row.pk not in now | later),
    )


def key_of(row: ServiceLevel) -> tuple[str, int | None, str, int | None]:
    """Return what a level is for; of two for the same the younger holds."""
    return row.kind, row.category_id, row.severity, row.project_id


def _line(row: ServiceLevel) -> LevelLine:
    names = (row.category.zh, row.category.en) if row.category is not None else ("", "")
    level = level_of(row)
    return LevelLine(
        row.pk, row.kind, row.severity, row.category_id, names, row.project_id,
        row.project.name if row.project is not None else "", level.minutes,
        row.since, row.until, row.real_time, key_of(row)[1:] == (None, "", None),
    )  # fmt: skip


def try_out(tried: Tried) -> Trial:
    """Return when the promises of an invented case would be due, each with its account.

    Errors: E-SLA-NONE, and those of worktime.
    """
    rows = ServiceLevel.objects.across_parts().filter(kind=tried.kind)
    category = Category.objects.filter(id=tried.category_id).first()
    usual = tried.severity == Severity.USUAL
    severity = "" if usual else tried.severity
    matter = Matter(tried.kind, line_up(category), severity, tried.project_id or 0)
    level = level_for([level_of(row) for row in rows], matter, local_day(tried.start))
    calendar = usual_calendar(at=tried.start)
    return Trial(level.id, instants(_cut(level, tried), tried.start, calendar), calendar.zone)


def _cut(level: Level, tried: Tried) -> Level:
    if tried.severity != Severity.IMPORTANT or level.severity == tried.severity:
        return level
    return hastened(level, figures().hasten_share)
