"""What is on record about a person: given out to her as a file, or erased for good."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.privacy.actions.erase import Order, erase, outlook
from anju.privacy.actions.giving import Given, Row, give_out, packed
from anju.privacy.choices import column_name, fate_names, ground_names
from anju.register.access import Verb
from anju.register.residents import person_for
from anju.web.declare import StaffRequest, page
from anju.web.desk.homes.looking import back_to, reason_fields, why_of
from anju.web.guard import STATUS
from anju.web.parts.ask import Ask, Group, refused
from anju.web.parts.form import Field, Refusal

both = require_http_methods(["GET", "POST"])


@page(Verb.EXPORT_PERSON)
@never_cache
@both
def give(request: StaffRequest, resident_id: int) -> HttpResponse:
    found = person_for(request.actor, resident_id, Verb.EXPORT_PERSON)
    groups: tuple[Group, ...] = (Group(reason_fields(request.POST)),)
    refusals, status = tuple[Refusal, ...](), 200
    if request.method == "POST":
        try:
            return _file(request, resident_id)
        except Problem as problem:
            groups, refusals = refused(groups, problem, request.LANGUAGE_CODE)
            status = STATUS.get(problem.code, 422)
    ask = Ask(
        _("Give out the data of %s") % found.name,
        _("Make the file"),
        back_to(resident_id),
        _("Owner file"),
        intro=_(
            "The file holds everything on record about this person, to read and as data. Hand it to"
            " nobody else. Your name, the time and the reason are written down."
        ),
    )
    shown = {"ask": ask, "groups": groups, "refusals": refusals}
    return render(request, ask.template, shown, status=status)


def _file(request: StaffRequest, resident_id: int) -> HttpResponse:
    given = give_out(
        actor=request.actor, person_id=resident_id, why=why_of(request.POST), at=utc_now()
    )
    shown = {"given": given, "person": _named(given.person), "tables": _tables(given)}
    readable = render_to_string("desk/homes/given.html", shown, request)
    answer = HttpResponse(packed(given, readable), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="person-{resident_id}.zip"'
    return answer


def _named(row: Row) -> list[tuple[str, object]]:
    return [(column_name(name), value) for name, value in row.items() if value not in ("", None)]


def _tables(given: Given) -> list[tuple[str, list[list[tuple[str, object]]]]]:
    return [(table.words, [_named(row) for row in table.rows]) for table in given.tables]


@page(Verb.ERASE_PERSON)
@never_cache
@both
def erasing(request: StaffRequest, resident_id: int) -> HttpResponse:
    ahead, back = outlook(request.actor, resident_id), back_to(resident_id)
    groups: tuple[Group, ...] = (Group(_erase_fields(request.POST, ahead.name)),)
    refusals, status = tuple[Refusal, ...](), 200
    if request.method == "POST":
        try:
            typed = request.POST.get("confirm", "")
            order = Order(resident_id, request.POST.get("ground", ""), typed)
            erase(actor=request.actor, order=order, at=utc_now())
            said = _("The person was erased; number %d stands in place of the name.")
            messages.success(request, said % resident_id)
            return redirect(back)
        except Problem as problem:
            groups, refusals = refused(groups, problem, request.LANGUAGE_CODE)
            status = STATUS.get(problem.code, 422)
    ask = Ask(_("Erase %s") % ahead.name, _("Erase for good"), back, _("Owner file"))
    fates = fate_names()
    lines = [
        {"words": line.words, "rows": line.rows, "shared": line.shared, "fate": fates[line.fate]}
        for line in ahead.lines
    ]
    shown = {"ask": ask, "groups": groups, "refusals": refusals, "ahead": ahead, "lines": lines}
    return render(request, "desk/homes/erase.html", shown, status=status)


def _erase_fields(given: QueryDict, name: str) -> tuple[Field, ...]:
    grounds = tuple(ground_names().items())
    return (
        Field("ground", _("Why"), given.get("ground", ""), kind="radio", choices=grounds),
        Field("confirm", _("Type the name to confirm: %s") % name, most=80),
    )
