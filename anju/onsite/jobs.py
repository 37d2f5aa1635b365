"""Reads for phones on the ground: somebody's own jobs with their next step, and a zone's open cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet

from anju.attachments.models import Attachment
from anju.casework.kinds import EMERGENCY, Photo, WaitedFor
from anju.casework.onsite import (
    NO_PHOTO,
    PARTS,
    TAKEN,
    Facts,
    Step,
    demanded,
    step_of,
)
from anju.casework.states import OPEN, State
from anju.kernel import history
from anju.register.access import Actor, within
from anju.register.models import Building, Project, Unit
from anju.voice.access import visible_cases
from anju.voice.actions.storing import KIND
from anju.voice.doors import home_meant
from anju.voice.models import Case, Category
from anju.voice.names import place_of, title_of

MINE = (State.ACCEPTED, State.SCHEDULED, State.WORKING, State.WAITING)
MOST = 40


@dataclass(frozen=True, slots=True)
class Job:
    """One case as who works on it reads it: where, what, until when, and what he does next."""

    id: int
    number: int
    place: str
    zh: str
    en: str
    words: str
    state: State
    severity: str
    kind: str
    due: datetime | None
    appointment: datetime | None
    waited_for: WaitedFor | None
    step: Step | None
    demanded: frozenset[Step]
    photos: int = 0

    @property
    def emergency(self) -> bool:
        """Whether it is counted in real minutes."""
        return self.severity in EMERGENCY

    def title(self, language: str) -> str:
        """Return its matter in a reader's language."""
        return self.zh if language.startswith("zh") else self.en


def jobs_of(actor: Actor) -> tuple[Job, ...]:
    """Return what somebody has to do, the next first: what waits stands at the end."""
    me = Q(assignee_id=actor.account_id) | Q(executor_id=actor.account_id)
    rows = visible_cases(actor).filter(me, state__in=[one.value for one in MINE])
    found = _jobs(actor.company_id, _named(rows)[:MOST])
    return tuple(sorted(found, key=_order))


def _order(job: Job) -> tuple[bool, bool, bool, float, int]:
    begun = job.state is State.WORKING
    due = job.due.timestamp() if job.due else float("inf")
    return (job.state is State.WAITING, not begun, not job.emergency, due, job.id)


def open_around(actor: Actor) -> tuple[Job, ...]:
    """Return the open cases that somebody sees and does not answer for, the next promise first."""
    me = Q(assignee_id=actor.account_id) | Q(executor_id=actor.account_id)
    rows = visible_cases(actor).filter(state__in=[one.value for one in OPEN]).exclude(me)
    return _jobs(actor.company_id, _named(rows)[:MOST])


def jobs_of_firm(project_id: int, partner_id: int, company_id: int) -> tuple[Job, ...]:
    """Return the open cases of a firm in a project; the caller is inside the company."""
    rows = Case.objects.filter(project_id=project_id, partner_id=partner_id, restricted=False)
    return _jobs(company_id, _named(rows.filter(state__in=[one.value for one in MINE]))[:MOST])


def _named(rows: QuerySet[Case]) -> QuerySet[Case]:
    named = rows.select_related("project", "building", "unit", "category")
    return named.order_by(F("next_due_at").asc(nulls_last=True), "id")


def _jobs(company_id: int, rows: Iterable[Case]) -> tuple[Job, ...]:
    cases = list(rows)
    seen = _seen(company_id, cases)
    return tuple(_job(case, seen[case.pk]) for case in cases)


def _job(case: Case, seen: frozenset[str]) -> Job:
    title = title_of(case)
    zh, en = (title["zh"], title["en"]) if isinstance(title, Mapping) else (title, title)
    state = State(case.state)
    facts = Facts(
        state, TAKEN in seen, Photo.BEFORE in seen, Photo.AFTER in seen, PARTS in seen
    )  # fmt: skip
    return Job(
        case.pk, case.number, place_of(case), str(zh), str(en), case.words, state, case.severity,
        case.kind, case.next_due_at, case.appointment_at,
        WaitedFor(case.waited_for) if case.waited_for else None, step_of(facts),
        demanded(case.category.evidence if case.category else ""), int(Photo.OWNER in seen),
    )  # fmt: skip


def _seen(company_id: int, cases: Sequence[Case]) -> Mapping[int, frozenset[str]]:
    """Return case → what was seen to since it was last opened; taken by whom it is named to now."""
    named = {case.pk: {case.assignee_id, case.executor_id} for case in cases}
    since = {case.pk: case.clock_from for case in cases}
    found: dict[int, set[str]] = defaultdict(set)
    told = history.of_subjects(company_id, [(KIND, tuple(since))])
    for entry in told.filter(verb__in=(TAKEN, NO_PHOTO, PARTS)):
        gone = entry.verb == TAKEN and entry.actor_id not in named[entry.subject_id]
        if entry.at >= since[entry.subject_id] and not gone:
            shows = entry.payload.get("shows") if entry.verb == NO_PHOTO else entry.verb
            found[entry.subject_id].add(str(shows))
    kinds = [Photo.BEFORE.value, Photo.AFTER.value, Photo.OWNER.value]
    photos = Attachment.objects.filter(subject_kind__in=kinds, subject_id__in=tuple(since))
    for kind, key, at in photos.filter(removed_at=None).values_list(
        "subject_kind", "subject_id", "added_at"
    ):
        if kind == Photo.OWNER or at >= since[key]:
            found[key].add(kind)
    return {case.pk: frozenset(found[case.pk]) for case in cases}


@dataclass(frozen=True, slots=True)
class House:
    """A building in which somebody may see to things, with its project."""

    id: int
    project_id: int
    name: str
    project: str


def houses_of(actor: Actor) -> tuple[House, ...]:
    """Return the buildings that somebody reaches, project by project."""
    rows = within(actor, Building.objects.select_related("project"), "project_id")
    return tuple(
        House(row.pk, row.project_id, row.name, row.project.name)
        for row in rows.order_by("project__name", "project_id", "name", "id")[:500]
    )


def estates_of(actor: Actor) -> tuple[tuple[int, str], ...]:
    """Return the projects that somebody reaches, for what lies in no building."""
    rows = within(actor, Project.objects.all(), "id").order_by("name", "id")
    return tuple((row.pk, row.name) for row in rows[:100])


def unit_of(actor: Actor, house: House, written: str) -> int | None:
    """Return the home that a number on a door means; None where unclear, or not hers to see."""
    meant = home_meant(house.project_id, house.id, written)
    if meant is None:
        return None
    found = within(actor, Unit.objects.filter(id=meant.pk), "building__project_id")
    key: int | None = found.values_list("id", flat=True).first()
    return key


def kinds_of_matter() -> tuple[Category, ...]:
    """Return the categories in use, for buttons; the caller is inside the company."""
    return tuple(Category.objects.filter(retired_at=None, parent=None).order_by("position", "id"))
