"""The steps of a measure, each on its own small page or behind one button."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import FileResponse, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anju.flows import messages as telling
from anju.improve import queries
from anju.improve.access import check_for, evidence_for, measure_for, work_for
from anju.improve.actions import measures
from anju.improve.actions.measures import MeasureEdition
from anju.improve.clock import today_of
from anju.improve.labels import LABELS
from anju.improve.queries import FindingLine, MeasureLine
from anju.improve.rules.states import FindingVerb, MeasureVerb, measure_step, step
from anju.kernel.files import path_of
from anju.kernel.pure.clock import utc_now
from anju.register.access import Verb
from anju.web.declare import StaffRequest, page
from anju.web.manage.findings.boxes import ask_of, edition_of, line_for
from anju.web.manage.findings.decisions import reason_form
from anju.web.manage.findings.edited import back_to
from anju.web.manage.findings.measure_form import measure_fields, measure_of
from anju.web.manage.findings.photos import file_field, sent_evidence
from anju.web.parts.ask import Group, kept_values, member
from anju.web.parts.drafts import drafting
from anju.web.parts.edited import edited, seen_version
from anju.web.parts.form import Field

both = require_http_methods(["GET", "POST"])


def _edition(request: StaffRequest, measure_id: int) -> MeasureEdition:
    return MeasureEdition(measure_id, seen_version(request.POST))


def _lines(measure_id: int, finding_id: int) -> tuple[FindingLine, MeasureLine]:
    line = queries.line_of(finding_id, today_of(utc_now()))
    return line, next(one for one in line.measures if one.id == measure_id)


@page(Verb.EDIT_FINDINGS)
@both
def new(request: StaffRequest, finding_id: int) -> HttpResponse:
    line = line_for(request, finding_id, Verb.EDIT_FINDINGS)
    step(line.state, FindingVerb.SET_MEASURE)

    def act() -> str:
        measures.set_measure(
            actor=request.actor,
            edition=edition_of(request, finding_id),
            draft=measure_of(request.POST),
            at=utc_now(),
        )
        messages.success(request, _("The measure is set."))
        return back_to(finding_id)

    ask = ask_of(line, _("Set a measure"), _("Set the measure"))
    ask = replace(ask, draft=drafting(request, "measure-new", finding_id))
    kept = kept_values({"version": line.version}, {})
    return edited(request, ask, lambda given: (Group(measure_fields(given)),), kept, act)


@page(Verb.EDIT_FINDINGS)
@both
def change(request: StaffRequest, measure_id: int) -> HttpResponse:
    found = measure_for(request.actor, measure_id, Verb.EDIT_FINDINGS)
    line, measure = _lines(measure_id, found.finding_id)
    measure_step(measure.state, MeasureVerb.CHANGE)

    def act() -> str:
        measures.change_measure(
            actor=request.actor,
            edition=_edition(request, measure_id),
            draft=measure_of(request.POST),
            at=utc_now(),
        )
        messages.success(request, _("The measure was saved."))
        return back_to(line.id)

    kept = kept_values(
        {
            "text": measure.text,
            "due": measure.due.isoformat(),
            "metric": measure.metric,
            "target": measure.target,
            "version": line.version,
        },
        {},
    )
    ask = ask_of(line, _("Change the measure"), _("Save the measure"))
    return edited(request, ask, lambda given: (Group(measure_fields(given)),), kept, act)


@page(Verb.SEE_FINDINGS)
@require_POST
def start(request: StaffRequest, measure_id: int) -> HttpResponse:
    found = work_for(request.actor, measure_id)
    edition = _edition(request, measure_id)
    measures.start(actor=request.actor, edition=edition, at=utc_now())
    undo = reverse("measure-hold", args=[measure_id])
    messages.success(request, _("The measure is running."), extra_tags=undo)
    return redirect("finding", found.finding_id)


@page(Verb.SEE_FINDINGS)
@require_POST
def hold(request: StaffRequest, measure_id: int) -> HttpResponse:
    found = work_for(request.actor, measure_id)
    measures.hold(actor=request.actor, edition=_edition(request, measure_id), at=utc_now())
    messages.success(request, _("The start was undone. Both entries stay in the history."))
    return redirect("finding", found.finding_id)


def _evidence_form(given: QueryDict) -> tuple[Group, ...]:
    words = Field(
        "evidence",
        _("What shows that it was done"),
        given.get("evidence", ""),
        kind="area",
        most=2000,
        hint=_("Numbers, places, dates that somebody else can look up."),
        optional=True,
    )
    return (Group((words, file_field(optional=True))),)


@page(Verb.SEE_FINDINGS)
@both
def done(request: StaffRequest, measure_id: int) -> HttpResponse:
    found = work_for(request.actor, measure_id)
    line, measure = _lines(measure_id, found.finding_id)
    measure_step(measure.state, MeasureVerb.FINISH)

    def act() -> str:
        telling.finish(
            actor=request.actor,
            edition=_edition(request, measure_id),
            words=request.POST.get("evidence", ""),
            taken=sent_evidence(request),
            at=utc_now(),
        )
        undo = reverse("measure-take-back", args=[measure_id])
        messages.success(request, _("Reported done. The checker looks at it now."), extra_tags=undo)
        return back_to(line.id)

    ask = ask_of(line, _("Report the measure done"), _("Report it done"), intro=measure.text)
    ask = replace(ask, upload=True)
    kept = kept_values({"evidence": measure.evidence, "version": line.version}, {})
    return edited(request, ask, _evidence_form, kept, act)


@page(Verb.SEE_FINDINGS)
@require_POST
def take_back(request: StaffRequest, measure_id: int) -> HttpResponse:
    found = work_for(request.actor, measure_id)
    measures.take_back(actor=request.actor, edition=_edition(request, measure_id), at=utc_now())
    messages.success(request, _("The report was undone. The measure is running again."))
    return redirect("finding", found.finding_id)


def _check_form(given: QueryDict) -> tuple[Group, ...]:
    verbs = LABELS[MeasureVerb].items()
    outcome = Field(
        "verb",
        _("What you found"),
        given.get("verb", ""),
        kind="select",
        choices=tuple((str(verb), str(words)) for verb, words in verbs),
    )
    words = Field(
        "words",
        _("What you looked at"),
        given.get("words", ""),
        kind="area",
        most=2000,
        hint=_("Go and see for yourself; compare with the target."),
    )
    return (Group((outcome, words)),)


@page(Verb.CHECK_MEASURE)
@both
def check(request: StaffRequest, measure_id: int) -> HttpResponse:
    found = check_for(request.actor, measure_id)
    line, measure = _lines(measure_id, found.finding_id)
    measure_step(measure.state, MeasureVerb.VERIFY)

    def act() -> str:
        telling.check(
            actor=request.actor,
            edition=_edition(request, measure_id),
            verb=member(MeasureVerb, request.POST.get("verb", ""), "verb"),
            words=request.POST.get("words", ""),
            at=utc_now(),
        )
        messages.success(request, _("The check is written down."))
        return back_to(line.id)

    told = {"metric": measure.metric, "target": measure.target}
    intro = _("Seen by: %(metric)s. Target: %(target)s") % told
    ask = ask_of(line, _("Check the measure"), _("Write the check down"), intro=intro)
    kept = kept_values({"version": line.version}, {})
    return edited(request, ask, _check_form, kept, act)


@page(Verb.EDIT_FINDINGS)
@both
def withdraw(request: StaffRequest, measure_id: int) -> HttpResponse:
    found = measure_for(request.actor, measure_id, Verb.EDIT_FINDINGS)
    line, measure = _lines(measure_id, found.finding_id)
    measure_step(measure.state, MeasureVerb.WITHDRAW)

    def act() -> str:
        measures.withdraw(
            actor=request.actor,
            edition=_edition(request, measure_id),
            reason=request.POST.get("reason", ""),
            at=utc_now(),
        )
        messages.success(request, _("The measure was withdrawn. It stays in the list."))
        return back_to(line.id)

    ask = ask_of(line, _("Withdraw the measure"), _("Withdraw it"), intro=measure.text)
    kept = kept_values({"version": line.version}, {})
    return edited(request, ask, lambda given: reason_form(given, _("Reason")), kept, act)


def _owners_form(given: QueryDict) -> tuple[Group, ...]:
    wanted = Field(
        "wanted", _("Owners are to be told of this"), given.get("wanted", ""), kind="check"
    )
    words = Field(
        "owner_words",
        _("In words for owners"),
        given.get("owner_words", ""),
        kind="area",
        most=500,
        hint=_("What was found, what is done, until when. No name and no room of an owner."),
        optional=True,
    )
    return (Group((wanted, words)),)


@page(Verb.EDIT_FINDINGS)
@both
def owners(request: StaffRequest, measure_id: int) -> HttpResponse:
    found = measure_for(request.actor, measure_id, Verb.EDIT_FINDINGS)
    line, measure = _lines(measure_id, found.finding_id)

    def act() -> str:
        measures.write_for_owners(
            actor=request.actor,
            edition=_edition(request, measure_id),
            wanted=request.POST.get("wanted", "") == "yes",
            words=request.POST.get("owner_words", ""),
            at=utc_now(),
        )
        messages.success(request, _("The words for owners were saved. Nothing is sent yet."))
        return back_to(line.id)

    intro = _("The words are kept for the report to owners. Nothing is sent by this.")
    ask = ask_of(line, _("Words for owners"), _("Save the words"), intro=intro)
    kept = kept_values(
        {
            "wanted": "yes" if measure.for_owners else "",
            "owner_words": measure.owner_words,
            "version": line.version,
        },
        {},
    )
    return edited(request, ask, _owners_form, kept, act)


@page(Verb.SEE_FINDINGS)
@require_GET
def evidence(request: StaffRequest, measure_id: int) -> FileResponse:
    kept = evidence_for(request.actor, measure_id)
    opened = path_of(kept.company_id, kept.sha256).open("rb")
    # Always a download: what somebody sent must not run beside our own pages.
    return FileResponse(
        opened, as_attachment=True, filename=kept.name, content_type="application/octet-stream"
    )
