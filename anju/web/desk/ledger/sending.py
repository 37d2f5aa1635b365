"""An old ledger is sent here and its columns are understood; below stand those that came in before."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from anju.answers.rules.reading import written
from anju.intake.actions.ledgers import LedgerOrder, receive_ledger, start_ledger
from anju.intake.ledgers import beginning_at, beginning_of, ledger_lines
from anju.intake.rules.ledger import Column, LedgerPlan, guess
from anju.kernel.files import LARGEST, shown_name
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import Table
from anju.register.access import Verb, project_for, visible_projects
from anju.roster.queries import roster_file_for
from anju.web.declare import StaffRequest, page
from anju.web.guard import STATUS
from anju.web.parts.ask import member, ours
from anju.web.parts.form import Field, Refusal, with_problem
from anju.web.parts.taking import (
    COLUMNS,
    FORMATS,
    MOST_MB,
    SEND,
    chunks_of,
    sent_file,
    spooled,
    steps,
)

SAMPLES = 3
NAMES: dict[Column, Promise | str] = {
    Column.IGNORED: pgettext_lazy("ledger", "Not imported"),
    Column.RECEIVED: pgettext_lazy("ledger", "Day received"),
    Column.WORDS: pgettext_lazy("ledger", "What it is about"),
    Column.HOME: pgettext_lazy("ledger", "Home"),
    Column.KIND: pgettext_lazy("ledger", "Kind"),
    Column.TOPIC: pgettext_lazy("ledger", "Topic"),
    Column.STATE: pgettext_lazy("ledger", "State"),
    Column.CLOSED: pgettext_lazy("ledger", "Day closed"),
    Column.PERSON: pgettext_lazy("ledger", "Responsible person"),
    Column.CALLER: pgettext_lazy("ledger", "Name of the caller"),
    Column.RESULT: pgettext_lazy("ledger", "Result"),
    Column.NUMBER: pgettext_lazy("ledger", "Old number"),
}


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column as the page shows it."""

    name: str
    header: str
    samples: str
    column: str


@page(Verb.SET_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: StaffRequest) -> HttpResponse:
    projects = [(str(p.pk), p.name) for p in visible_projects(request.actor).order_by("name")]
    fields, refusals, status = _fields(projects, request.POST), tuple[Refusal, ...](), 200
    if request.method == "POST":
        try:
            chosen = request.POST.get("project", "")
            project_id = ours(chosen, {int(one) for one, _name in projects}, "project")
            file_id = _receive(request, project_id)
        except Problem as problem:
            fields, refusals = with_problem(fields, problem, request.LANGUAGE_CODE)
            status = STATUS.get(problem.code, 422)
        else:
            return redirect("case-import-columns", project_id, file_id)
    shown = {
        "fields": fields, "refusals": refusals, "stages": steps(SEND),
        "lines": ledger_lines(request.actor), "now": utc_now(),
    }  # fmt: skip
    return render(request, "desk/ledger/send.html", shown, status=status)


def _fields(projects: list[tuple[str, str]], given: QueryDict) -> tuple[Field, ...]:
    chosen = given.get("project", "") or (projects[0][0] if len(projects) == 1 else "")
    hint = _(
        "Excel (.xlsx) or CSV text, up to %(most)s MB, with any heads; the day received and what it"
        " is about are needed. Nothing is imported before you have seen it."
    ) % {"most": MOST_MB}
    return (
        Field("project", str(_("Project")), chosen, kind="select", choices=projects),
        Field("file", str(_("Spreadsheet of the old ledger")), kind="file", hint=hint, accept=FORMATS),
    )  # fmt: skip


def _receive(request: StaffRequest, project_id: int) -> int:
    sent = sent_file(request)
    with spooled(sent) as path:
        # What is refused is said here, where another file can be chosen, and nothing of it is kept.
        if 0 < (sent.size or 0) <= LARGEST:
            beginning_at(path, Path(shown_name(sent.name or "")).stem)
    return receive_ledger(
        actor=request.actor, project_id=project_id, chunks=chunks_of(sent),
        name=sent.name or "", at=utc_now(),
    )  # fmt: skip


@page(Verb.SET_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: StaffRequest, project_id: int, file_id: int) -> HttpResponse:
    project = project_for(request.actor, project_id, Verb.SET_CASES)
    stored = roster_file_for(request.actor, file_id, Verb.SET_CASES)
    table = beginning_of(stored)
    plan, refusals, status = guess(table), tuple[Refusal, ...](), 200
    if request.method == "POST":
        try:
            plan = _said(request.POST, table)
            order = LedgerOrder(project.pk, file_id, plan, request.LANGUAGE_CODE)
            begun = start_ledger(actor=request.actor, order=order, at=utc_now())
            return redirect("case-import-job", begun)
        except Problem as problem:
            sentence = problem.text(request.LANGUAGE_CODE)
            refusals = (Refusal("column-0", sentence, problem.code),)
            status = STATUS.get(problem.code, 422)
    shown = {
        "project": project, "file": shown_name(stored.name), "stages": steps(COLUMNS),
        "lines": _lines(table, plan), "choices": [(one.value, str(NAMES[one])) for one in NAMES],
        "rows": table.height, "partial": table.partial, "refusals": refusals,
    }  # fmt: skip
    return render(request, "desk/ledger/columns.html", shown, status=status)


def _said(given: QueryDict, table: Table) -> LedgerPlan:
    return LedgerPlan(
        tuple(
            (header, member(Column, given.get(f"column-{n}", ""), f"column-{n}"))
            for n, header in enumerate(table.headers)
        )
    )


def _lines(table: Table, plan: LedgerPlan) -> list[ColumnLine]:
    return [
        ColumnLine(f"column-{n}", header, _samples(table, header), held.value)
        for n, (header, held) in enumerate(plan.columns)
    ]


def _samples(table: Table, header: str) -> str:
    cells = dict.fromkeys(written(cell) for cell in table.column(header) if cell is not None)
    return " · ".join(text[:40] for text in list(cells)[:SAMPLES])
