"""What each sheet and each column of a sent spreadsheet is, corrected by the person, then checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from anju.answers.rules.reading import written
from anju.kernel.files import shown_name
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.tables import Table
from anju.register.access import Verb, project_for
from anju.register.queries import building_lines
from anju.register.rules.masking import mask_phone
from anju.roster.actions.taking import RosterOrder, start_roster
from anju.roster.preview import sheets_of
from anju.roster.queries import roster_file_for
from anju.roster.rules.guess import guess_as, guess_plan
from anju.roster.rules.shape import Column, Kind, SheetPlan
from anju.web.declare import StaffRequest, page
from anju.web.guard import STATUS
from anju.web.manage.roster.words import column_choices, kind_choices
from anju.web.parts.ask import member
from anju.web.parts.form import Refusal
from anju.web.parts.taking import COLUMNS, steps

SAMPLES = 3


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column as the page shows it."""

    name: str
    header: str
    samples: str
    column: str


@dataclass(frozen=True, slots=True)
class SheetCard:
    """One sheet as the page shows it."""

    number: int
    name: str
    kind: str
    columns: tuple[ColumnLine, ...]
    choices: tuple[tuple[str, str], ...]
    rows: int
    partial: bool
    people: bool = False
    homes: bool = False


@page(Verb.EDIT_REGISTER)
@require_http_methods(["GET", "POST"])
def columns(request: StaffRequest, project_id: int, file_id: int) -> HttpResponse:
    project = project_for(request.actor, project_id, Verb.EDIT_REGISTER)
    stored = roster_file_for(request.actor, file_id, Verb.EDIT_REGISTER)
    tables = sheets_of(stored)
    plans, problem = [_proposed(table, project.pk) for table in tables], None
    if request.method == "POST":
        try:
            plans = [_said(request.POST, n, table) for n, table in enumerate(tables)]
            if request.POST.get("act") != "again" and not _kind_changed(request.POST, plans):
                order = RosterOrder(
                    project.pk, file_id, plans, language=request.LANGUAGE_CODE, dry_run=True
                )
                job_id = start_roster(actor=request.actor, order=order, at=utc_now())
                return redirect("roster-job", job_id)
        except Problem as refused:
            problem = refused
    context = {
        "project": project,
        "file": shown_name(stored.name),
        "sheets": [_card(*numbered) for numbered in zip(range(99), tables, plans, strict=False)],
        "kinds": kind_choices(),
        "stages": steps(COLUMNS),
        "refusals": _refusals(problem, request.LANGUAGE_CODE),
    }
    status = STATUS.get(problem.code, 422) if problem else 200
    return render(request, "manage/roster/columns.html", context, status=status)


def _proposed(table: Table, project_id: int) -> SheetPlan:
    """Return what a sheet is probably; while a project has no home, people bring theirs along."""
    plan = guess_plan(table)
    return replace(plan, homes=plan.kind is Kind.OWNERS and not building_lines(project_id))


def _said(given: QueryDict, number: int, table: Table) -> SheetPlan:
    """Return what the person said of a sheet; of another kind, its columns are guessed anew."""
    kind = member(Kind, given.get(f"kind-{number}", ""), f"kind-{number}")
    if kind is Kind.NONE or given.get(f"was-{number}") != kind.value:
        return guess_as(table, kind)
    said = tuple(
        (header, member(Column, given.get(f"column-{number}-{place}", ""), f"kind-{number}"))
        for place, header in enumerate(table.headers)
    )
    homes = kind is Kind.OWNERS and given.get(f"homes-{number}") == "yes"
    return SheetPlan(table.name, kind, said, table.header_row, homes)


def _kind_changed(given: QueryDict, plans: Sequence[SheetPlan]) -> bool:
    """Say whether a sheet became another list, whose columns the person has not seen yet."""
    return any(
        plan.kind is not Kind.NONE and given.get(f"was-{number}") != plan.kind.value
        for number, plan in enumerate(plans)
    )


def _card(number: int, table: Table, plan: SheetPlan) -> SheetCard:
    lines = tuple(
        ColumnLine(f"column-{number}-{place}", header, _samples(table, header, held), held.value)
        for place, (header, held) in enumerate(plan.columns)
    )
    return SheetCard(
        number=number,
        name=table.name,
        kind=plan.kind.value,
        columns=lines if plan.kind is not Kind.NONE else (),
        choices=column_choices(plan.kind),
        rows=table.height,
        partial=table.partial,
        people=plan.kind is Kind.OWNERS,
        homes=plan.homes,
    )


def _samples(table: Table, header: str, held: Column) -> str:
    """Return a few cells; telephone numbers only with their ends."""
    cells = dict.fromkeys(written(cell) for cell in table.column(header) if cell is not None)
    few: Sequence[str] = list(cells)[:SAMPLES]
    return " · ".join(mask_phone(text) if held is Column.PHONE else text[:40] for text in few)


def _refusals(problem: Problem | None, language: str) -> tuple[Refusal, ...]:
    if problem is None:
        return ()
    place = problem.field if problem.field.startswith("kind-") else "kind-0"
    return (Refusal(place, problem.text(language), problem.code),)
