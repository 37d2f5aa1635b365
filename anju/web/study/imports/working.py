"""The work on a file: how far, what is wrong with it, start for real, stop, undo."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from anju.answers.rules.mapping import from_json
from anju.kernel import tasks
from anju.kernel.files import path_of, shown_name
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.kernel.tasks import Job, JobState
from anju.register.access import NotFound, Verb
from anju.survey import queries
from anju.survey.access import batch_for, file_for, job_for, wave_for
from anju.survey.actions import imports
from anju.survey.actions.imports import Order
from anju.survey.queries import BatchLine
from anju.survey.rules.wave import BatchState, WaveState
from anju.web.declare import StaffRequest, page
from anju.web.guard import STATUS
from anju.web.parts.pieces import Tile
from anju.web.parts.taking import CHECK, IMPORT, IN_USE, steps
from anju.web.study.imports.heard import heard_of
from anju.web.study.imports.repeats import repeats_of
from anju.web.study.imports.words import fault_name, step_name

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Fault:
    """One refused cell as the page lists it."""

    row: str
    column: str
    value: str
    code: str
    sentence: str


def faults_of(job: Job) -> tuple[Fault, ...]:
    """Return the refused cells that the job kept, in reading order."""
    return _faults(job, "examples")


def unknown_of(job: Job) -> tuple[Fault, ...]:
    """Return each answer once that its item does not have; the page of the columns can add it."""
    return _faults(job, "unknown")


def _faults(job: Job, name: str) -> tuple[Fault, ...]:
    lines = (job.result or {}).get(name, [])
    parts = [(line.split("\t") + [""] * 5)[:5] for line in lines]
    return tuple(Fault(*part) for part in parts)


def whole_argument(job: Job, name: str) -> int:
    """Return a number that the job was begun with."""
    return int(str(job.argument[name]))


def listed(job: Job, name: str) -> tuple[str, ...]:
    """Return the texts that the job was begun with; none where it was begun before they were."""
    kept = job.argument.get(name)
    return tuple(str(text) for text in kept) if isinstance(kept, list) else ()


def _batch(job: Job) -> BatchLine | None:
    lines = queries.batch_lines(whole_argument(job, "wave"))
    return next((line for line in lines if line.job_id == job.id), None)


@page(Verb.IMPORT_ANSWERS)
@require_GET
def job(request: StaffRequest, job_id: int) -> HttpResponse:
    found = job_for(request.actor, job_id)
    part = bool(getattr(request, "htmx", False))
    name = "manage/imports/_work.html" if part else "manage/imports/job.html"
    return render(request, name, {**_shown(request, found), "part": part})


def _shown(request: StaffRequest, job: Job) -> dict[str, object]:
    wave_id = whole_argument(job, "wave")
    wave_for(request.actor, wave_id, Verb.IMPORT_ANSWERS)
    line = queries.wave_page(wave_id).line
    stored = file_for(request.actor, whole_argument(job, "file"), Verb.IMPORT_ANSWERS)
    faults, batch = faults_of(job), _batch(job)
    kinds = Counter(fault_name(fault.code) for fault in faults)
    dry = bool(job.argument["dry_run"])
    result = job.result or {}
    return {
        "job": job,
        "wave": line,
        "open": line.state is WaveState.OPEN,
        "file": shown_name(stored.name),
        "file_id": stored.pk,
        "step": step_name(job.step),
        "stages": steps(_stage(job, dry=dry)),
        "outcome": _outcome(job, dry=dry),
        "title": _title(job, dry=dry),
        "far": (f"{job.done:,}", f"{job.total or 0:,}"),
        "result": result,
        "tiles": _tiles(job, dry=dry),
        "import_words": _import_words(int(result.get("people", 0))),
        "faults": faults[:SHOWN],
        "kinds": kinds.most_common(),
        "unknown": unknown_of(job),
        "more": max(0, int(result.get("faults", 0)) - SHOWN),
        "sentence": _sentence(job, request.LANGUAGE_CODE),
        "batch": batch,
        "undone": batch is not None and batch.state is BatchState.REVERTED,
        "can_undo": batch is not None and batch.undo_until and batch.undo_until > utc_now(),
        "dry": dry,
        "repeats": repeats_of(job, line) if dry else None,
        "readings": heard_of(job, request.LANGUAGE_CODE) if dry else (),
        "repeated": dry or (job.problem or {}).get("field") == "different",
        "counted": line.counts.issued is not None and line.counts.returned is not None,
    }


def _outcome(job: Job, *, dry: bool) -> str:
    """Return which of the page's faces is shown: open, refused, failed, stopped, faults, …"""
    if job.open:
        return "open"
    if job.state == JobState.REFUSED:
        return "refused"
    if job.state == JobState.FAILED:
        return "failed"
    if job.state == JobState.CANCELLED:
        return "stopped"
    if (job.result or {}).get("faults"):
        return "faults"
    return "checked" if dry else "imported"


def _stage(job: Job, *, dry: bool) -> int:
    """Return on which of the five steps of an import the person stands."""
    if _outcome(job, dry=dry) == "imported":
        return IN_USE
    return CHECK if dry else IMPORT


def _title(job: Job, *, dry: bool) -> str:
    result = job.result or {}
    outcome = _outcome(job, dry=dry)
    if outcome == "faults":
        count = int(result["faults"])
        said = ngettext("%(n)s cell has a problem", "%(n)s cells have problems", count)
        return said % {"n": f"{count:,}"}
    if outcome in {"checked", "imported"}:
        people = int(result.get("people", 0))
        ready = ngettext("%(n)s answer is ready", "%(n)s answers are ready", people)
        done = ngettext("%(n)s answer is imported", "%(n)s answers are imported", people)
        return (ready if outcome == "checked" else done) % {"n": f"{people:,}"}
    return {
        "open": _("Checking the file") if dry else _("Importing the answers"),
        "refused": _("The file was refused"),
        "failed": _("The work failed"),
        "stopped": _("The work was stopped"),
    }[outcome]


def _tiles(job: Job, *, dry: bool) -> list[Tile]:
    result = job.result or {}
    rows, people = int(result.get("rows", 0)), int(result.get("people", 0))
    tiles = [Tile(_("Rows"), f"{rows:,}")]
    if people != rows:
        tiles.append(Tile(_("Owners these rows count for"), f"{people:,}"))
    if dry:
        doubled = int(result.get("doubled", 0))
        tiles += [
            Tile(_("Further forms of the same home"), f"{doubled:,}"),
            Tile(_("Rows with problems"), "0"),
        ]
    return tiles


def _import_words(people: int) -> str:
    said = ngettext("Import %(n)s answer", "Import %(n)s answers", people)
    return said % {"n": f"{people:,}"}


def _sentence(job: Job, language: str) -> str:
    if not job.problem:
        return ""
    if job.state == JobState.REFUSED:
        return Problem.from_plain(job.problem).text(language)
    reference = str(job.problem.get("reference", job.id))
    return _("This was our fault, not yours. Tell us the reference: %s.") % reference


@page(Verb.IMPORT_ANSWERS)
@require_POST
def start(request: StaffRequest, job_id: int) -> HttpResponse:
    """Import for real what a job has checked, with the same columns."""
    checked = job_for(request.actor, job_id)
    again = request.POST.get("again") == "check"
    different = request.POST.get("different") == "on"
    if not again and not different and (checked.result or {}).get("seen_known"):
        shown = _shown(request, checked) | {"unconfirmed": True}
        return render(request, "manage/imports/job.html", shown, status=STATUS["E-IMP-SAME"])
    order = Order(
        wave_id=whole_argument(checked, "wave"),
        file_id=whole_argument(checked, "file"),
        mapping=from_json(str(checked.argument["mapping"])),
        sheet=str(checked.argument["sheet"]),
        header_row=whole_argument(checked, "header_row"),
        language=request.LANGUAGE_CODE,
        dry_run=again,
        different=different,
        levels=listed(checked, "levels"),
        tops=listed(checked, "tops"),
    )
    return redirect(
        "import-job", imports.start_import(actor=request.actor, order=order, at=utc_now())
    )


@page(Verb.IMPORT_ANSWERS)
@require_POST
def stop(request: StaffRequest, job_id: int) -> HttpResponse:
    found = job_for(request.actor, job_id)
    if tasks.cancel(found.id, company_id=request.actor.company_id, at=utc_now()):
        messages.success(request, _("The work was stopped; nothing of it was kept."))
    else:
        messages.info(request, _("The work had ended before it could be stopped."))
    return redirect("import-job", job_id)


@page(Verb.IMPORT_ANSWERS)
@require_GET
def marked(request: StaffRequest, job_id: int) -> FileResponse:
    """Give back the person's own file with its problems marked."""
    found = job_for(request.actor, job_id)
    kept = (found.result or {}).get("problem_file")
    if not kept:
        raise NotFound(f"marked file of job {job_id}")
    stored = file_for(request.actor, int(kept), Verb.IMPORT_ANSWERS)
    opened = path_of(stored.company_id, stored.sha256).open("rb")
    return FileResponse(opened, as_attachment=True, filename=shown_name(stored.name))


@page(Verb.IMPORT_ANSWERS)
@require_POST
def undo(request: StaffRequest, batch_id: int) -> HttpResponse:
    found = batch_for(request.actor, batch_id, Verb.IMPORT_ANSWERS)
    imports.undo(actor=request.actor, batch_id=batch_id, at=utc_now())
    said = ngettext(
        "The import was undone; %(n)s answer no longer counts.",
        "The import was undone; %(n)s answers no longer count.",
        found.people,
    )
    messages.success(request, said % {"n": found.people})
    return redirect("wave", found.wave_id)
