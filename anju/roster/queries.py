"""Reads for the office's spreadsheet: what a project holds already, and the files that came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from anju.kernel.models import Job, StoredFile
from anju.kernel.tasks import jobs_of
from anju.register.access import Actor, NotFound, Verb, demand, within
from anju.register.models import (
    Account,
    Building,
    Membership,
    Person,
    Project,
    RosterBatch,
    RosterState,
    Tie,
    Unit,
)
from anju.register.rules.units import normalise
from anju.roster.rules.known import Known, KnownPerson, KnownTie, KnownUnit

ROSTER_JOB = "register.roster"
CLEAR_JOB = "register.roster-clear"
UNDO_DAYS = 7


@dataclass(frozen=True, slots=True)
class RosterLine:
    """A file that came in, in the list of them."""

    id: int
    number: int
    file_name: str
    state: RosterState
    added: int
    changed: int
    live_at: datetime
    undo_until: datetime | None
    job_id: int


def known_of(project_id: int) -> Known:
    """Return what the register holds of a project; the caller is inside its company."""
    units = Unit.objects.filter(building__project_id=project_id)
    people = Person.objects.filter(project_id=project_id)
    ties = Tie.objects.filter(person__project_id=project_id).order_by("id")
    buildings = Building.objects.filter(project_id=project_id).values_list("name", "id")
    return Known(
        project=str(Project.objects.values_list("name", flat=True).get(id=project_id)),
        buildings={normalise(name): key for name, key in buildings},
        units={
            row[1]: KnownUnit(*row)
            for row in units.values_list(
                "id", "key", "building_id", "floor", "area", "use", "handover", "version"
            )
        },
        people=[
            KnownPerson(*row)
            for row in people.values_list(
                "id", "name", "phone", "phone_written", "language", "channel", "version"
            )
        ],
        ties=[
            KnownTie(*row)
            for row in ties.values_list(
                "id", "unit_id", "person_id", "kind", "since", "until", "version"
            )
        ],
        accounts=_accounts(),
    )


def building_names(project_id: int) -> tuple[str, ...]:
    """Return what the buildings of a project are called; the caller is inside its company."""
    return tuple(Building.objects.filter(project_id=project_id).values_list("name", flat=True))


def _accounts() -> dict[str, tuple[int, bool]]:
    """Return everybody with an account by e-mail, and whether she works in the company in force."""
    ours = set(Membership.objects.values_list("account_id", flat=True))
    rows = Account.objects.values_list("email", "id")
    return {email.lower(): (key, key in ours) for email, key in rows}


def roster_lines(project_id: int) -> tuple[RosterLine, ...]:
    """Return the files taken into a project, the newest first."""
    rows = RosterBatch.objects.filter(project_id=project_id).exclude(state=RosterState.STAGED)
    return tuple(
        RosterLine(
            id=row.pk,
            number=row.number,
            file_name=row.file_name,
            state=RosterState(row.state),
            added=row.added,
            changed=row.changed,
            live_at=row.live_at,
            undo_until=row.live_at + timedelta(days=UNDO_DAYS)
            if row.state == RosterState.LIVE
            else None,
            job_id=row.job_id,
        )
        for row in rows.order_by("-number")
    )


def roster_for(actor: Actor, batch_id: int, verb: Verb) -> RosterBatch:
    """Return a file that came in for an act; raises NotFound or Forbidden."""
    rows = RosterBatch.objects.select_related("project").exclude(state=RosterState.STAGED)
    found: RosterBatch | None = within(actor, rows.filter(id=batch_id), "project_id").first()
    if found is None:
        raise NotFound(f"roster {batch_id}")
    demand(actor, verb)
    return found


def roster_job_for(actor: Actor, job_id: int, verb: Verb) -> Job:
    """Return the work on a spreadsheet, in a project that the actor reaches."""
    found = jobs_of(actor.company_id).filter(id=job_id, kind=ROSTER_JOB).first()
    if found is None or not _reaches(actor, int(str(found.argument.get("project", 0)))):
        raise NotFound(f"job {job_id}")
    demand(actor, verb)
    return found


def roster_file_for(actor: Actor, file_id: int, verb: Verb) -> StoredFile:
    """Return a file of the company; whoever sees some projects only has her own files."""
    rows = StoredFile.objects.filter(company_id=actor.company_id, id=file_id)
    if actor.parts is not None:
        rows = rows.filter(actor_id=actor.account_id)
    found = rows.first()
    if found is None:
        raise NotFound(f"file {file_id}")
    demand(actor, verb)
    return found


def _reaches(actor: Actor, project_id: int) -> bool:
    return within(actor, Project.objects.filter(id=project_id), "id").exists()


def job_file(job: Job, *, marked: bool = False) -> StoredFile:
    """Return the file that a job, looked up for the actor before, was begun with or gave back."""
    key = (job.result or {})["problem_file"] if marked else job.argument["file"]
    return StoredFile.objects.get(company_id=job.company_id, id=int(str(key)))
