"""Jobs of the company: how far, how they ended, and a way to stop one."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from anju.kernel import tasks
from anju.kernel.paging import page_of
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.kernel.tasks import Job, JobState
from anju.register.access import NotFound, Verb
from anju.web.declare import StaffRequest, page
from anju.web.manage.work.words import kind_name, state_name, step_name

SIZE = 40


@dataclass(frozen=True, slots=True)
class JobView:
    """A job as pages show it."""

    job: Job
    kind: str
    state: str
    sentence: str
    step: str = ""
    address: str = ""
    leads: str = ""


def view_of(job: Job, language: str) -> JobView:
    """Return a job with its words in the reader's language."""
    sentence = ""
    if job.problem and job.state == JobState.REFUSED:
        sentence = Problem.from_plain(job.problem).text(language)
    elif job.problem:
        reference = str(job.problem.get("reference", job.id))
        sentence = _("This was our fault, not yours. Tell us the reference: %s.") % reference
    address, leads = _leads_to(job)
    step = step_name(job.step) if job.open else ""
    return JobView(job, kind_name(job.kind), state_name(job.state), sentence, step, address, leads)


def _leads_to(job: Job) -> tuple[str, str]:
    """Return where a finished job leads, and the words for it."""
    wave = job.argument.get("wave")
    if job.state != JobState.DONE or not isinstance(wave, int):
        return "", ""
    if job.kind == "insight.report" and job.result:
        return reverse("report-file", args=[wave, job.result["report"]]), _("Open the report")
    if job.kind == "insight.snapshot":
        return reverse("results", args=[wave]), _("See the results")
    return reverse("wave", args=[wave]), _("Back to the survey")


def job_of(request: StaffRequest, job_id: int) -> Job:
    """Return a job of the actor's own company; raises NotFound."""
    found = tasks.jobs_of(request.actor.company_id).filter(id=job_id).first()
    if found is None:
        raise NotFound(f"job {job_id}")
    return found


@page(Verb.SEE_SURVEYS)
@require_GET
def jobs(request: StaffRequest) -> HttpResponse:
    rows = tasks.jobs_of(request.actor.company_id)
    found = page_of(rows, cursor=request.GET.get("page", ""), size=SIZE, salt="jobs")
    lines = [view_of(row, request.LANGUAGE_CODE) for row in found.rows]
    return render(request, "manage/work/jobs.html", {"page": found, "lines": lines})


@page(Verb.SEE_SURVEYS)
@require_GET
def job(request: StaffRequest, job_id: int) -> HttpResponse:
    shown = {"line": view_of(job_of(request, job_id), request.LANGUAGE_CODE)}
    part = getattr(request, "htmx", False)
    return render(request, "manage/work/_job.html" if part else "manage/work/job.html", shown)


@page(Verb.IMPORT_ANSWERS)
@require_POST
def cancel(request: StaffRequest, job_id: int) -> HttpResponse:
    found = job_of(request, job_id)
    if tasks.cancel(found.id, company_id=request.actor.company_id, at=utc_now()):
        messages.success(request, _("The work was stopped; nothing of it was kept."))
    else:
        messages.info(request, _("The work had ended before it could be stopped."))
    return redirect("job", job_id)
