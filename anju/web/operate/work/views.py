"""Jobs of the company: how far, how they ended, and a way to stop one."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from anju.demo.sample import SAMPLE
from anju.kernel import tasks
from anju.kernel.paging import page_of
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.kernel.tasks import Job, JobState
from anju.register.access import NotFound, Verb
from anju.roster.queries import ROSTER_JOB
from anju.survey.access import visible_jobs
from anju.web.declare import StaffRequest, page
from anju.web.operate.work.words import kind_name, state_name, step_name

SIZE = 40
REPORT = "insight.report"


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
    back: str = ""
    back_words: str = ""
    fetched: bool = False

    @property
    def far(self) -> str:
        """How far the work is: all of it once it is done, nothing to say where it ended early."""
        if self.job.state == JobState.DONE:
            return "100 %"
        known = self.job.open and self.job.percent is not None
        return f"{self.job.percent} %" if known else "–"


def view_of(job: Job, language: str) -> JobView:
    """Return a job with its words in the reader's language."""
    sentence = ""
    if job.problem and job.state == JobState.REFUSED:
        sentence = Problem.from_plain(job.problem).text(language)
    elif job.problem:
        reference = str(job.problem.get("reference", job.id))
        sentence = _("This was our fault, not yours. Tell us the reference: %s.") % reference
    address, leads = _leads_to(job)
    back, back_words = _back(job)
    return JobView(
        job,
        kind_name(job.kind, dry=bool(job.argument.get("dry_run"))),
        state_name(job.state),
        sentence,
        step_name(job.step) if job.open else "",
        address,
        leads,
        back,
        back_words,
        fetched=job.kind == REPORT,
    )


def _back(job: Job) -> tuple[str, str]:
    """Return the way back from a report to the figures that it prints."""
    wave = job.argument.get("wave")
    if job.kind != REPORT or not isinstance(wave, int):
        return "", ""
    return reverse("results", args=[wave]), _("Back to the results")


def _leads_to(job: Job) -> tuple[str, str]:
    """Return where a finished job leads, and the words for it."""
    wave = job.argument.get("wave")
    if job.kind == ROSTER_JOB:
        return reverse("roster-job", args=[job.pk]), _("Look at the import")
    if job.kind == SAMPLE and job.state == JobState.DONE:
        return reverse("first-steps"), _("Back to the first steps")
    if job.state != JobState.DONE or not isinstance(wave, int):
        return "", ""
    if job.kind == REPORT and job.result:
        return reverse("report-file", args=[wave, job.result["report"]]), _("Open the report")
    if job.kind in {"insight.snapshot", "flows.closed"}:
        return reverse("results", args=[wave]), _("See the results")
    return reverse("wave", args=[wave]), _("Back to the survey")


def job_of(request: StaffRequest, job_id: int) -> Job:
    """Return a job that the actor may see; raises NotFound."""
    found = visible_jobs(request.actor).filter(id=job_id).first()
    if found is None:
        raise NotFound(f"job {job_id}")
    return found


@page(Verb.SEE_SURVEYS)
@require_GET
def jobs(request: StaffRequest) -> HttpResponse:
    rows = visible_jobs(request.actor)
    found = page_of(rows, cursor=request.GET.get("page", ""), size=SIZE, salt="jobs")
    lines = [view_of(row, request.LANGUAGE_CODE) for row in found.rows]
    return render(request, "manage/work/jobs.html", {"page": found, "lines": lines})


@page(Verb.SEE_SURVEYS)
@require_GET
def job(request: StaffRequest, job_id: int) -> HttpResponse:
    line = view_of(job_of(request, job_id), request.LANGUAGE_CODE)
    part = getattr(request, "htmx", False)
    made = line.fetched and bool(line.address)
    if part and made:  # the page that waited for the report hands it over at once
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = reverse("job", args=[job_id]) + "?made=1"
        return answer
    shown = {"line": line, "made": made, "hand_over": made and "made" in request.GET}
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
