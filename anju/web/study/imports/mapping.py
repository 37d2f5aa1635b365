"""The columns of a sent file: what each is taken for, corrected by the person, then checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anju.answers.rules.answers import ItemDef
from anju.answers.rules.mapping import Mapping, Role, check_headers
from anju.answers.rules.proposal import Wishes
from anju.answers.rules.satisfied import with_tops
from anju.kernel.files import StoredFile, shown_name
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.numbers import whole
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import Table
from anju.register.access import Verb
from anju.survey import queries
from anju.survey.access import file_for, wave_for
from anju.survey.actions.from_file import questionnaire_from_guess
from anju.survey.actions.imports import Order, start_import
from anju.survey.actions.twins import is_twin
from anju.survey.actions.waves import change_plan
from anju.survey.forms import questionnaire_page
from anju.survey.previews import (
    Preview,
    beginning,
    made_items,
    same_items,
    table_preview,
    version_known,
)
from anju.survey.queries import WaveLine
from anju.web.declare import StaffRequest, page
from anju.web.guard import STATUS
from anju.web.parts.form import Refusal
from anju.web.parts.taking import COLUMNS, steps
from anju.web.study.imports.again import Before, before, said_again
from anju.web.study.imports.columns import (
    columns_of,
    in_order,
    read_mapping,
    said_mapping,
    wishes_of,
)
from anju.web.study.imports.tops import Top, tops_of, tops_said
from anju.web.study.imports.words import ROLE_CHOICES

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
    """What the page shows: the file under the wave, its first rows, the mapping as it stands."""

    line: WaveLine
    stored: StoredFile
    where: Where
    first: Table
    preview: Preview
    mapping: Mapping
    levels: tuple[str, ...] = ()

    @property
    def further(self) -> bool:
        """Say whether answers from below the first rows stand among those shown."""
        return self.preview.table is not self.first


def _shown(line: WaveLine, stored: StoredFile, where: Where, then: Before | None) -> Shown:
    """Return the page as it is guessed, with what the work came upon further down the file."""
    first = beginning(stored, sheet=where.sheet, header_row=where.header_row)
    table = then.put_beside(first) if then is not None else first
    preview = table_preview(line.id, table, wishes=NO_WISHES)
    return Shown(line, stored, where, first, preview, preview.guess.mapping)


@page(Verb.IMPORT_ANSWERS)
@require_http_methods(["GET", "POST"])
def columns(request: StaffRequest, wave_id: int, file_id: int) -> HttpResponse:
    wave_for(request.actor, wave_id, Verb.IMPORT_ANSWERS)
    stored = file_for(request.actor, file_id, Verb.IMPORT_ANSWERS)
    line = queries.wave_page(wave_id).line
    then = before(request)
    if request.method == "POST":
        return _sent(request, _shown(line, stored, Where.said(request.POST), then))
    shown = _shown(line, stored, Where.said(request.GET), then)
    return _page(request, _kept(shown, then) if then is not None else _remembered(shown), None)


def _remembered(shown: Shown) -> Shown:
    last = shown.preview.remembered
    mapping = in_order(last, shown.preview.table.headers) if last is not None else None
    if mapping is None or shown.preview.version_id is not None:
        return replace(shown, mapping=mapping) if mapping is not None else shown
    made = made_items(shown.line.id)  # of a form that may still be corrected, after an undo
    items = _as_made(shown.preview.items, made)
    preview = replace(shown.preview, items=items)
    return replace(shown, preview=preview, mapping=said_again(mapping, preview, made))


def _as_made(items: Sequence[ItemDef], made: Sequence[ItemDef]) -> tuple[ItemDef, ...]:
    """Return the items with what counted as satisfied in the form that was made of them."""
    kept = {item.code: item for item in made}
    return tuple(
        kept[item.code]
        if item.code in kept and kept[item.code].scale.levels == item.scale.levels
        else item
        for item in items
    )


def _kept(shown: Shown, then: Before) -> Shown:
    """Return the page with what was said when a job was begun, for going back to it."""
    mapping = in_order(then.mapping, shown.preview.table.headers)
    if mapping is None:
        return _remembered(shown)
    if shown.preview.version_id is not None:
        return replace(shown, mapping=mapping)
    try:
        guessed = table_preview(shown.line.id, shown.preview.table, wishes=then.wishes)
        preview = replace(guessed, items=with_tops(guessed.items, then.tops))
    except Problem:  # what was found further down left no order to keep
        return shown
    again = said_again(mapping, preview, made_items(shown.line.id))
    return replace(shown, preview=preview, mapping=again, levels=then.levels)


def _sent(request: StaffRequest, shown: Shown) -> HttpResponse:
    act = request.POST.get("act")
    if act == "use":
        title = _before(shown, request.LANGUAGE_CODE)
        _use_before(request, shown.line, shown.preview)
        messages.success(request, _("The questionnaire “%s” is used for this survey now.") % title)
        return redirect("import-columns", shown.line.id, shown.stored.pk)
    if act == "sheet":
        return _page(request, _remembered(shown), None)
    try:
        shown = _guessed_anew(request.POST, shown)
        shown = replace(shown, mapping=read_mapping(request.POST, shown.preview))
        if shown.preview.version_id is None:
            items = with_tops(shown.preview.items, tops_said(request.POST))
            shown = replace(shown, preview=replace(shown.preview, items=items))
        if act == "again":
            return _page(request, shown, None)
        return _check(request, shown)
    except Problem as problem:
        kept = said_mapping(request.POST, shown.preview)
        return _page(request, replace(shown, mapping=kept), problem)


def _guessed_anew(given: QueryDict, shown: Shown) -> Shown:
    """Return the page guessed with what the person said, where no questionnaire is settled."""
    if shown.preview.version_id is not None:
        return shown
    wishes = wishes_of(given, shown.preview.table.headers)
    preview = table_preview(shown.line.id, shown.preview.table, wishes=wishes)
    return replace(shown, preview=preview, mapping=preview.guess.mapping, levels=wishes.levels)


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
        levels=shown.levels,
        tops=tuple(f"{key}={code}" for key, code in tops_said(request.POST).items()),
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
    language, preview = request.LANGUAGE_CODE, shown.preview
    found = [
        replace(column, sure=column.sure and not is_twin(column.header, shown.first))
        for column in columns_of(preview, shown.mapping, language)
    ]
    known = preview.version_id is not None
    context = {
        "wave": shown.line,
        "file": shown_name(shown.stored.name),
        "table": shown.first,
        "looked_at": f"{shown.first.height:,}",
        "where": shown.where,
        "notes": [note.text(language) for note in shown.first.notes],
        "columns": found,
        "twins": any(is_twin(column.header, shown.first) for column in found),
        "unsure": sum(not column.sure for column in found),
        "further": shown.further,
        "known": known,
        "before": _before(shown, language),
        "items": [(item.code, _wording(item.zh, item.en, language)) for item in preview.items],
        "tops": () if known else _tops(shown, language, problem),
        "roles": ROLE_CHOICES,
        "levels": request.POST.get("levels") or "\n".join(shown.levels),
        "rows": zip(shown.first.row_numbers[:ROWS], shown.first.head(ROWS), strict=False),
        "remembered": preview.remembered is not None and problem is None,
        "refusals": _refusals(problem, language),
        "stages": steps(COLUMNS),
    }
    status = STATUS.get(problem.code, 422) if problem else 200
    return render(request, "manage/imports/columns.html", context, status=status)


def _tops(shown: Shown, language: str, problem: Problem | None) -> tuple[Top, ...]:
    used = {column.item for column in shown.mapping.of_role(Role.ITEM)}
    refused = (problem.field, problem.text(language)) if problem is not None else ("", "")
    return tops_of(shown.preview.items, used, language, refused)


def _refusals(problem: Problem | None, language: str) -> tuple[Refusal, ...]:
    if problem is None:
        return ()
    place = problem.field if "-" in problem.field else "role-0"
    return (Refusal(place, problem.text(language), problem.code),)


def _before(shown: Shown, language: str) -> str:
    """Return the title of the questionnaire that such columns were imported under, if it is free."""
    if shown.preview.version_id is not None:
        return ""
    version_id = version_known(shown.preview.table.headers)
    if version_id == shown.line.plan.version_id:
        return ""
    return questionnaire_page(version_id).texts.title.text(language) if version_id else ""


def _use_before(request: StaffRequest, line: WaveLine, preview: Preview) -> None:
    """Give the wave the questionnaire under which such columns were imported before."""
    version_id = version_known(preview.table.headers)
    plan = replace(line.plan, version_id=version_id)
    change_plan(actor=request.actor, wave_id=line.id, plan=plan, at=utc_now())


def _wording(zh: str, en: str, language: str) -> str:
    return (zh or en) if language.startswith("zh") else (en or zh)
