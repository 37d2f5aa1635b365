"""Results on the screen, each chart as CSV, and reports made in the background."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from anju.improve.queries import found_of_wave
from anju.insight import queries
from anju.insight.access import report_file as file_of
from anju.insight.access import report_for, results_for
from anju.insight.actions.report import FORMS, start_report
from anju.insight.heard import heard_of
from anju.insight.reports.survey.document import document
from anju.insight.reports.survey.labels import text
from anju.insight.reports.survey.pictures import pictures
from anju.kernel.files import path_of
from anju.kernel.pure.clock import utc_now
from anju.paper.layout import Section
from anju.register.access import NotFound, Verb
from anju.register.queries import names_of
from anju.sheets.write import csv_lines
from anju.survey.access import may_on
from anju.survey.keepers import keeper_name
from anju.web.declare import StaffRequest, page
from anju.web.study.results.page import language, page_of

TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
}


@page(Verb.SEE_RESULTS)
@require_GET
def results(request: StaffRequest, wave_id: int) -> HttpResponse:
    wave = results_for(request.actor, wave_id)
    figures = queries.figures_of(wave_id, at=utc_now())
    sees = request.actor.may(Verb.SEE_FINDINGS)
    found = found_of_wave(wave_id, request.LANGUAGE_CODE) if sees else {}
    heard = heard_of(wave.project_id, until=utc_now())
    shown = {
        "wave": wave,
        "heard": heard,
        "lines": [(text(line.label, language()), line) for line in heard.lines],
        "page": page_of(figures, wave_id=wave_id, found=found),
        "reports": queries.report_lines(request.actor, wave_id)[:5],
        "may_export": may_on(request.actor, wave, Verb.EXPORT_ANSWERS),
        "keeper": keeper_name(wave),
    }
    return render(request, "manage/results/results.html", shown)


def _table(section: Section) -> tuple[list[str], list[list[str]]]:
    heads = [section.subject or "–", *(column.label for column in section.columns)]
    rows = [[" ".join(p for p in (r.label, r.sub) if p), *r.cells] for r in section.rows]
    return heads, rows


@page(Verb.SEE_RESULTS)
@require_GET
def chart_csv(request: StaffRequest, wave_id: int, key: str) -> HttpResponse:
    results_for(request.actor, wave_id)
    figures = queries.figures_of(wave_id, at=utc_now())
    laid = document(figures.figures, language())
    for section in laid.sections:
        if section.key.replace("_", "-") == key:
            heads, rows = _table(section)
            answer = HttpResponse(
                "".join(csv_lines(heads, rows)), content_type="text/csv; charset=utf-8"
            )
            answer["Content-Disposition"] = f'attachment; filename="{wave_id}-{key}.csv"'
            return answer
    raise NotFound(key)


@page(Verb.SEE_RESULTS)
@require_GET
def chart_json(request: StaffRequest, wave_id: int, name: str) -> HttpResponse:
    results_for(request.actor, wave_id)
    figures = queries.figures_of(wave_id, at=utc_now())
    theme = "dark" if request.GET.get("theme") == "dark" else "light"
    found = pictures(figures.figures, language(), theme)
    if name not in found:
        raise NotFound(name)
    return JsonResponse(found[name])


@page(Verb.SEE_RESULTS)
@require_GET
def reports(request: StaffRequest, wave_id: int) -> HttpResponse:
    wave = results_for(request.actor, wave_id)
    lines = queries.report_lines(request.actor, wave_id)
    names = names_of({line.actor_id for line in lines if line.actor_id is not None})
    shown = {
        "wave": wave,
        "lines": [(line, names.get(line.actor_id or 0, "")) for line in lines],
        "forms": [(form, form.upper()) for form in FORMS],
        "zone": settings.TIME_ZONE,
    }
    return render(request, "manage/results/reports.html", shown)


@page(Verb.SEE_RESULTS)
@require_POST
def make_report(request: StaffRequest, wave_id: int) -> HttpResponse:
    results_for(request.actor, wave_id)
    wanted = request.POST.get("language", "")
    job_id = start_report(
        actor=request.actor,
        wave_id=wave_id,
        form=request.POST.get("form", "pdf"),
        language=wanted if wanted in {"zh-hans", "en"} else request.LANGUAGE_CODE,
        at=utc_now(),
    )
    messages.success(request, _("The report is being made; it will stand in the list of reports."))
    return redirect("job", job_id)


@page(Verb.SEE_RESULTS)
@require_GET
def report_file(request: StaffRequest, wave_id: int, report_id: int) -> FileResponse:
    run = report_for(request.actor, wave_id, report_id)
    kept = file_of(run)
    path = path_of(kept.company_id, kept.sha256)
    # Always a download: an HTML report must not run beside our own pages.
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=kept.name,
        content_type=TYPES.get(run.form, "application/octet-stream"),
    )
