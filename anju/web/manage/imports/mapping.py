"""The columns of a sent file: what each is taken for, corrected by the person, then checked."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from anju.answers.rules.mapping import Mapping, Role, check_headers, from_json
from anju.answers.rules.proposal import Wishes
from anju.kernel.files import StoredFile, shown_name
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.numbers import whole
from anju.kernel.pure.problems import Problem
from anju.register.access import Verb
from anju.survey import queries
from anju.survey.access import file_for, job_for, wave_for
from anju.survey.actions.from_file import questionnaire_from_guess
from anju.survey.actions.imports import Order, start_import
from anju.survey.actions.waves import change_plan
from anju.survey.forms import questionnaire_page
from anju.survey.previews import (
    Preview,
    import_preview,
    same_items,
    table_preview,
    version_known,
)
from anju.survey.queries import WaveLine
from anju.web.declare import StaffRequest, page
from anju.web.guard import STATUS
from anju.web.manage.imports import columns as shown_columns
from anju.web.manage.imports.steps import COLUMNS, steps
from anju.web.manage.imports.words import ROLE_CHOICES
from anju.web.parts.form import Refusal

ROWS = 5
NO_WISHES = Wishes()


@dataclass(frozen=True, slots=True)
class Where:
    """Which sheet of the file is read, and on which row its heads stand; 0 is found by itself."""

    sheet: str = ""
    header_row: int = 0

    @staticmethod
    def said(given: QueryDict) -> Where:
        """Read it as a form or an address says it."""
        row = given.get("header_row", "").strip()
        return Where(given.get("sheet", "")[:120], whole(row, "header_row", high=50) if row else 0)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows: the file under the wave, and the mapping as it stands."""

    line: WaveLine
    stored: StoredFile
    where: Where
    preview: Preview
    mapping: Mapping


def _preview(line: WaveLine, stored: StoredFile, where: Where) -> Preview:
    return import_preview(
        line.id, stored, sheet=where.sheet, header_row=where.header_row, wishes=NO_WISHES
    )


@page(Verb.IMPORT_ANSWERS)
@require_http_methods(["GET", "POST"])
def columns(request: StaffRequest, wave_id: int, file_id: int) -> HttpResponse:
    wave_for(request.actor, wave_id, Verb.IMPORT_ANSWERS)
    stored = file_for(request.actor, file_id, Verb.IMPORT_ANSWERS)
    line = queries.wave_page(wave_id).line
    if request.method == "POST":
        return _sent(request, line, stored)
    where = Where.said(request.GET)
    preview = _preview(line, stored, where)
    mapping = _kept(request, preview) or _remembered(preview) or preview.guess.mapping
    return _page(request, Shown(line, stored, where, preview, mapping), None)


def _remembered(preview: Preview) -> Mapping | None:
    if preview.remembered is None:
        return None
    return shown_columns.in_order(preview.remembered, preview.table.headers)


def _kept(request: StaffRequest, preview: Preview) -> Mapping | None:
    """Return the mapping with which a job was begun, for going back to it from its page."""
    job_id = request.GET.get("job", "")
    if not (job_id.isascii() and job_id.isdigit()):
        return None
    job = job_for(request.actor, int(job_id[:18]))
    return shown_columns.in_order(from_json(str(job.argument["mapping"])), preview.table.headers)


def _sent(request: StaffRequest, line: WaveLine, stored: StoredFile) -> HttpResponse:
    where = Where.said(request.POST)
    plain = _preview(line, stored, where)
    if request.POST.get("act") == "use":
        _use_before(request, line, plain)
        return redirect("import-columns", line.id, stored.pk)
    if request.POST.get("act") == "sheet":
        mapping = _remembered(plain) or plain.guess.mapping
        return _page(request, Shown(line, stored, where, plain, mapping), None)
    mapping = plain.guess.mapping
    try:
        preview = plain
        if plain.version_id is None:
            wishes = shown_columns.wishes_of(request.POST, plain.table.headers)
            preview = table_preview(line.id, plain.table, wishes=wishes)
        mapping = shown_columns.read_mapping(request.POST, preview)
        if request.POST.get("act") == "again":
            return _page(request, Shown(line, stored, where, preview, mapping), None)
        return _check(request, Shown(line, stored, where, preview, mapping))
    except Problem as problem:
        return _page(request, Shown(line, stored, where, plain, mapping), problem)


def _check(request: StaffRequest, shown: Shown) -> HttpResponse:
    """Hand the file to the workers to be checked; nothing is imported by it."""
    check_headers(shown.preview.table.headers, shown.mapping)
    if shown.preview.version_id is None:
        _make_form(request, shown)
    order = Order(
        wave_id=shown.line.id,
        file_id=shown.stored.pk,
        mapping=shown.mapping,
        sheet=shown.where.sheet,
        header_row=shown.where.header_row,
        language=request.LANGUAGE_CODE,
        dry_run=True,
    )
    return redirect("import-job", start_import(actor=request.actor, order=order, at=utc_now()))


def _make_form(request: StaffRequest, shown: Shown) -> None:
    """Publish the columns taken for answers as the wave's questionnaire, unless they are already."""
    used = {column.item for column in shown.mapping.of_role(Role.ITEM)}
    items = [item for item in shown.preview.items if item.code in used]
    made = shown.line.plan.version_id
    if made is not None and same_items(made, items):
        return
    questionnaire_from_guess(
        actor=request.actor,
        wave_id=shown.line.id,
        items=items,
        title=request.POST.get("form_title", "").strip() or shown.line.title,
        at=utc_now(),
    )


def _page(request: StaffRequest, shown: Shown, problem: Problem | None) -> HttpResponse:
    language, table = request.LANGUAGE_CODE, shown.preview.table
    found = shown_columns.columns_of(shown.preview, shown.mapping, language)
    refusals: tuple[Refusal, ...] = ()
    if problem is not None:
        place = problem.field if "-" in problem.field else "role-0"
        refusals = (Refusal(place, problem.text(language), problem.code),)
    context = {
        "wave": shown.line,
        "file": shown_name(shown.stored.name),
        "table": table,
        "where": shown.where,
        "notes": [note.text(language) for note in table.notes],
        "columns": found,
        "unsure": sum(not column.sure for column in found),
        "known": shown.preview.version_id is not None,
        "before": _before(shown, language),
        "items": [
            (item.code, _wording(item.zh, item.en, language)) for item in shown.preview.items
        ],
        "roles": ROLE_CHOICES,
        "levels": request.POST.get("levels", ""),
        "rows": zip(table.row_numbers[:ROWS], table.head(ROWS), strict=False),
        "remembered": shown.preview.remembered is not None and problem is None,
        "refusals": refusals,
        "stages": steps(COLUMNS),
    }
    status = STATUS.get(problem.code, 422) if problem else 200
    return render(request, "manage/imports/columns.html", context, status=status)


def _before(shown: Shown, language: str) -> str:
    """Return the title of the questionnaire that such columns were imported under, if it is free."""
    if shown.preview.version_id is not None:
        return ""
    version_id = version_known(shown.preview.table.headers)
    return questionnaire_page(version_id).texts.title.text(language) if version_id else ""


def _use_before(request: StaffRequest, line: WaveLine, preview: Preview) -> None:
    """Give the wave the questionnaire under which such columns were imported before."""
    version_id = version_known(preview.table.headers)
    plan = replace(line.plan, version_id=version_id)
    change_plan(actor=request.actor, wave_id=line.id, plan=plan, at=utc_now())


def _wording(zh: str, en: str, language: str) -> str:
    return (zh or en) if language.startswith("zh") else (en or zh)
