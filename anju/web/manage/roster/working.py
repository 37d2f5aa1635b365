"""The work on a spreadsheet: how far, what it would do, who is in doubt, taking it in and back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from anju.kernel import tasks
from anju.kernel.files import path_of, shown_name
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.kernel.tasks import Job, JobState
from anju.register.access import NotFound, Verb, project_for
from anju.roster.actions.taking import RosterOrder, start_roster, undecided, undo_roster
from anju.roster.queries import (
    UNDO_DAYS,
    RosterLine,
    job_file,
    roster_job_for,
    roster_lines,
)
from anju.roster.rules.compare import Doubt
from anju.roster.rules.shape import from_json
from anju.web.declare import StaffRequest, page
from anju.web.guard import STATUS
from anju.web.manage.roster.words import ANSWERS, DOUBTS, fault_name, step_name
from anju.web.parts.form import Field, Refusal
from anju.web.parts.pieces import Tile
from anju.web.parts.readings import Reading, blanks_of, places_of, words_of
from anju.web.parts.taking import CHECK, IMPORT, IN_USE, steps

SHOWN = 50
Result = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """One refused cell as the page lists it."""

    sheet: str
    row: str
    column: str
    value: str
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Alike:
    """A row whose person resembles another: the row, her name, and the other row or name."""

    row: str
    name: str
    other: str


@dataclass(frozen=True, slots=True)
class DoubtCard:
    """A kind of likeness with its rows and the question that must be answered."""

    field: Field
    count: int
    rows: tuple[Alike, ...]


@page(Verb.EDIT_REGISTER)
@require_GET
def job(request: StaffRequest, job_id: int) -> HttpResponse:
    found = roster_job_for(request.actor, job_id, Verb.EDIT_REGISTER)
    part = bool(getattr(request, "htmx", False))
    name = "manage/roster/_work.html" if part else "manage/roster/job.html"
    return render(request, name, {**_shown(request, found, QueryDict(), None), "part": part})


def _shown(
    request: StaffRequest, job: Job, given: QueryDict, problem: Problem | None
) -> dict[str, object]:
    project = project_for(request.actor, int(job.argument["project"]), Verb.EDIT_REGISTER)
    language, result = request.LANGUAGE_CODE, job.result or {}
    faults, dry = _faults(result), bool(job.argument["dry_run"])
    outcome, line = _outcome(job, dry=dry), _line(project.pk, job)
    return {
        "job": job,
        "project": project,
        "file": shown_name(job_file(job).name),
        "file_id": int(job.argument["file"]),
        "outcome": outcome,
        "title": _title(outcome, result, dry=dry),
        "step": step_name(job.step),
        "far": (f"{job.done:,}", f"{job.total or 0:,}"),
        "stages": steps(IN_USE if outcome == "imported" else CHECK if dry else IMPORT),
        "result": result,
        "tiles": _tiles(result),
        "faults": faults[:SHOWN],
        "kinds": Counter(fault_name(fault.code) for fault in faults).most_common(),
        "more": max(0, int(result.get("faults", 0)) - SHOWN),
        "doubts": _doubts(result, given, problem, language),
        "refusals": _refusals(problem, language),
        "readings": _readings(result, language) if outcome == "checked" else (),
        "sentence": _sentence(job, language),
        "batch": line,
        "undo_days": UNDO_DAYS,
        "can_undo": bool(line and line.undo_until and line.undo_until > utc_now()),
    }


def _readings(result: Result, language: str) -> tuple[Reading, ...]:
    """Return what the check read how: places first, for by them everything else is found again."""
    return (
        *places_of(result, language),
        *words_of(result, language),
        *blanks_of(result.get("heard_blanks", []), _("%(n)s blank cells, by column"), _("Column")),
    )


def _line(project_id: int, job: Job) -> RosterLine | None:
    return next((line for line in roster_lines(project_id) if line.job_id == job.pk), None)


def _faults(result: Result) -> tuple[Fault, ...]:
    parts = [(line.split("\t") + [""] * 6)[:6] for line in result.get("examples", [])]
    return tuple(Fault(*part) for part in parts)


def _outcome(job: Job, *, dry: bool) -> str:
    """Return which of the page's faces is shown."""
    states = {
        JobState.REFUSED: "refused",
        JobState.FAILED: "failed",
        JobState.CANCELLED: "stopped",
    }
    if job.open:
        return "open"
    if job.state in states:
        return states[JobState(job.state)]
    if (job.result or {}).get("faults"):
        return "faults"
    return "checked" if dry else "imported"


def _title(outcome: str, result: Result, *, dry: bool) -> str:
    if outcome == "faults":
        count = int(result["faults"])
        said = ngettext("%(n)s cell has a problem", "%(n)s cells have problems", count)
        return said % {"n": f"{count:,}"}
    return {
        "open": _("Checking the file") if dry else _("Writing it into the register"),
        "checked": _("The file can be taken in"),
        "imported": _("Units and people are taken in"),
        "refused": _("The file was refused"),
        "failed": _("The work failed"),
        "stopped": _("The work was stopped"),
    }[outcome]


def _tiles(result: Result) -> list[Tile]:
    def count(*names: str) -> str:
        return f"{sum(int(result.get(name, 0)) for name in names):,}"

    tiles = [
        Tile(_("New units"), count("units")),
        Tile(_("New people"), count("people")),
        Tile(_("Changed"), count("units_changed", "people_changed")),
        Tile(_("As before"), count("same")),
        Tile(_("Rows with problems"), count("faulty_rows"), bad=bool(result.get("faulty_rows"))),
    ]
    if result.get("zones") or result.get("staff"):
        words = _("%(n)s new accounts") % {"n": count("staff")}
        tiles.insert(2, Tile(_("Zones"), count("zones"), note=words))
    return tiles


def _doubts(
    result: Result, given: QueryDict, problem: Problem | None, language: str
) -> tuple[DoubtCard, ...]:
    return tuple(
        DoubtCard(
            Field(
                doubt.value,
                str(DOUBTS[doubt]),
                given.get(doubt.value, ""),
                kind="radio",
                choices=tuple((code, str(words)) for code, words in ANSWERS[doubt]),
                error=problem.text(language) if problem and problem.field == doubt.value else "",
            ),
            int(result[f"n_{doubt.value}"]),
            tuple(Alike(*line.split("\t")) for line in result.get(doubt.value, [])[:SHOWN]),
        )
        for doubt in Doubt
        if result.get(f"n_{doubt.value}")
    )


def _refusals(problem: Problem | None, language: str) -> tuple[Refusal, ...]:
    return (Refusal(problem.field, problem.text(language), problem.code),) if problem else ()


def _sentence(job: Job, language: str) -> str:
    if not job.problem:
        return ""
    if job.state == JobState.REFUSED:
        return Problem.from_plain(job.problem).text(language)
    reference = str(job.problem.get("reference", job.pk))
    return _("This was our fault, not yours. Tell us the reference: %s.") % reference


@page(Verb.EDIT_REGISTER)
@require_POST
def start(request: StaffRequest, job_id: int) -> HttpResponse:
    """Take in what a job has checked; who looks alike must have been judged first."""
    checked = roster_job_for(request.actor, job_id, Verb.EDIT_REGISTER)
    again = request.POST.get("again") == "check"
    result: Result = checked.result or {}
    asked = [doubt for doubt in Doubt if result.get(f"n_{doubt.value}")]
    answers = {doubt: request.POST.get(doubt.value, "") for doubt in asked}
    try:
        if not again:
            _refuse_open(answers)
        order = RosterOrder(
            project_id=int(checked.argument["project"]),
            file_id=int(checked.argument["file"]),
            plans=from_json(str(checked.argument["plan"])),
            language=request.LANGUAGE_CODE,
            dry_run=again,
            answers={} if again else answers,
        )
        begun = start_roster(actor=request.actor, order=order, at=utc_now())
    except Problem as problem:
        shown = _shown(request, checked, request.POST, problem)
        status = STATUS.get(problem.code, 422)
        return render(request, "manage/roster/job.html", shown, status=status)
    return redirect("roster-job", begun)


def _refuse_open(answers: Mapping[Doubt, str]) -> None:
    for doubt, answer in answers.items():
        if not answer:
            raise undecided(doubt)


@page(Verb.EDIT_REGISTER)
@require_POST
def stop(request: StaffRequest, job_id: int) -> HttpResponse:
    found = roster_job_for(request.actor, job_id, Verb.EDIT_REGISTER)
    if tasks.cancel(found.pk, company_id=request.actor.company_id, at=utc_now()):
        messages.success(request, _("The work was stopped; nothing of it was kept."))
    else:
        messages.info(request, _("The work had ended before it could be stopped."))
    return redirect("roster-job", job_id)


@page(Verb.EDIT_REGISTER)
@require_GET
def marked(request: StaffRequest, job_id: int) -> FileResponse:
    """Give back the person's own file with its problems marked."""
    found = roster_job_for(request.actor, job_id, Verb.EDIT_REGISTER)
    if not (found.result or {}).get("problem_file"):
        raise NotFound(f"marked file of job {job_id}")
    stored = job_file(found, marked=True)
    opened = path_of(stored.company_id, stored.sha256).open("rb")
    return FileResponse(opened, as_attachment=True, filename=shown_name(stored.name))


@page(Verb.EDIT_REGISTER)
@require_POST
def undo(request: StaffRequest, roster_id: int) -> HttpResponse:
    batch = undo_roster(actor=request.actor, batch_id=roster_id, at=utc_now())
    messages.success(
        request, _("Import %d was undone; the register is as it was before.") % batch.number
    )
    return redirect("roster", batch.project_id)
