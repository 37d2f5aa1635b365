"""The work on an old ledger: how far, what is wrong, what it would bring, taking it in and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from anju.intake.actions.ledgers import LedgerOrder, start_ledger, undo_ledger
from anju.intake.ledgers import batch_for, file_of
from anju.intake.rules.ledger import from_json
from anju.kernel.files import path_of, shown_name
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.kernel.tasks import Job, JobState
from anju.register.access import NotFound, Verb, project_for
from anju.web.declare import StaffRequest, page
from anju.web.parts.pieces import Tile
from anju.web.parts.taking import CHECK, IMPORT, IN_USE, steps

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that cannot be taken."""

    row: str
    column: str
    value: str
    code: str
    sentence: str


@page(Verb.SET_CASES)
@require_GET
def job(request: StaffRequest, job_id: int) -> HttpResponse:
    found = batch_for(request.actor, job_id, Verb.SET_CASES)
    part = bool(getattr(request, "htmx", False))
    name = "desk/ledger/_work.html" if part else "desk/ledger/job.html"
    return render(request, name, {**_shown(request, found), "part": part})


def _shown(request: StaffRequest, found: Job) -> dict[str, object]:
    project = project_for(request.actor, int(found.argument["project"]), Verb.SET_CASES)
    result: dict[str, Any] = found.result or {}
    dry, outcome = bool(found.argument["dry_run"]), _outcome(found)
    lines = [line.split("\t") for line in result.get("examples", [])[:SHOWN]]
    return {
        "job": found,
        "project": project,
        "file": shown_name(file_of(found).name),
        "file_id": int(found.argument["file"]),
        "outcome": outcome,
        "title": _title(outcome),
        "stages": steps(IN_USE if outcome == "imported" else CHECK if dry else IMPORT),
        "result": result,
        "tiles": _tiles(result),
        "faults": [Fault(*(line + [""] * 5)[:5]) for line in lines],
        "more": max(0, int(result.get("faults", 0)) - SHOWN),
        "sentence": _sentence(found, request.LANGUAGE_CODE),
    }


def _outcome(found: Job) -> str:
    if found.open:
        return "open"
    if found.state != JobState.DONE:
        return "failed"
    if (found.result or {}).get("faults"):
        return "faults"
    return "checked" if found.argument["dry_run"] else "imported"


def _title(outcome: str) -> str:
    return {
        "open": _("Reading the old ledger"),
        "failed": _("The work failed"),
        "faults": _("Some cells have problems"),
        "checked": _("The ledger can be taken in"),
        "imported": _("The ledger is taken in"),
    }[outcome]


def _tiles(result: dict[str, Any]) -> list[Tile]:
    def count(name: str) -> str:
        return f"{int(result.get(name, 0)):,}"

    return [
        Tile(_("Open cases"), count("open")),
        Tile(_("Cases that are over"), count("closed")),
        Tile(_("Without a home"), count("without_home")),
        Tile(_("Rows with problems"), count("faulty_rows"), bad=bool(result.get("faulty_rows"))),
    ]


def _sentence(found: Job, language: str) -> str:
    if not found.problem:
        return ""
    if found.state == JobState.REFUSED:
        return Problem.from_plain(found.problem).text(language)
    reference = str(found.problem.get("reference", found.pk))
    return _("This was our fault, not yours. Tell us the reference: %s.") % reference


@page(Verb.SET_CASES)
@require_POST
def start(request: StaffRequest, job_id: int) -> HttpResponse:
    """Take in what a job has checked."""
    checked = batch_for(request.actor, job_id, Verb.SET_CASES)
    order = LedgerOrder(
        int(checked.argument["project"]),
        int(checked.argument["file"]),
        from_json(str(checked.argument["plan"])),
        request.LANGUAGE_CODE,
        dry_run=bool((checked.result or {}).get("faults", 1)),
    )
    return redirect("case-import-job", start_ledger(actor=request.actor, order=order, at=utc_now()))


@page(Verb.SET_CASES)
@require_GET
def marked(request: StaffRequest, job_id: int) -> FileResponse:
    """Give back the person's own file with its problems marked."""
    found = batch_for(request.actor, job_id, Verb.SET_CASES)
    if not (found.result or {}).get("problem_file"):
        raise NotFound(f"marked file of job {job_id}")
    stored = file_of(found, marked=True)
    opened = path_of(stored.company_id, stored.sha256).open("rb")
    return FileResponse(opened, as_attachment=True, filename=shown_name(stored.name))


@page(Verb.SET_CASES)
@require_POST
def undo(request: StaffRequest, job_id: int) -> HttpResponse:
    count = undo_ledger(actor=request.actor, job_id=job_id, at=utc_now())
    messages.success(request, _("%(n)s cases of this import are taken back.") % {"n": count})
    return redirect("case-import")
