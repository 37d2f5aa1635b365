"""The forms of a finding's boxes, of a new finding and of a part. What they may do is elsewhere."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anju.flows import messages as telling
from anju.improve import queries
from anju.improve.access import finding_for
from anju.improve.actions import boxes
from anju.improve.actions.boxes import People
from anju.improve.actions.opening import Draft, Part
from anju.improve.actions.storing import Edition
from anju.improve.clock import today_of
from anju.improve.labels import options
from anju.improve.people import can_be_named
from anju.improve.queries import FindingLine
from anju.improve.rules.boxes import Party
from anju.kernel.pure.clock import utc_now
from anju.register.access import Verb, visible_projects
from anju.web.declare import StaffRequest, page
from anju.web.manage.findings.edited import back_to
from anju.web.manage.findings.measure_form import measure_fields, measure_of
from anju.web.manage.findings.words import code_of, title_of
from anju.web.parts.ask import Ask, Group, asked, given_or, kept_values, ours
from anju.web.parts.drafts import drafting
from anju.web.parts.edited import edited, seen_version
from anju.web.parts.form import Field

both = require_http_methods(["GET", "POST"])
NAME_MOST = 300


def line_for(request: StaffRequest, finding_id: int, verb: Verb) -> FindingLine:
    """Return a finding for a form; raises NotFound or Forbidden."""
    finding_for(request.actor, finding_id, verb)
    return queries.line_of(finding_id, today_of(utc_now()))


def ask_of(line: FindingLine, title: str, save: str, *, intro: str = "") -> Ask:
    """Return what stands around a form of a finding."""
    words = f"{code_of(line.number)} {title_of(line)}"
    return Ask(title, save, back_to(line.id), words, intro=intro)


def edition_of(request: StaffRequest, finding_id: int) -> Edition:
    """Return which version of a finding the person saw."""
    return Edition(finding_id, seen_version(request.POST))


def _gap_form(given: QueryDict, *, titled: bool, optional: bool) -> tuple[Group, ...]:
    fields = [
        Field(
            "gap",
            _("What is wrong, in words"),
            given.get("gap", ""),
            kind="area",
            rows=4,
            most=2000,
            optional=optional,
            hint=_("Where, when, how often. No name and no room of an owner."),
        )
    ]
    if titled:
        title = Field("title", _("Title"), given.get("title", ""), most=200)
        fields.insert(0, title)
    return (Group(tuple(fields)),)


@page(Verb.EDIT_FINDINGS)
@both
def gap(request: StaffRequest, finding_id: int) -> HttpResponse:
    line = line_for(request, finding_id, Verb.EDIT_FINDINGS)
    titled = line.figure is None

    def act() -> str:
        boxes.write_gap(
            actor=request.actor,
            edition=edition_of(request, finding_id),
            title=request.POST.get("title", ""),
            text=request.POST.get("gap", ""),
            at=utc_now(),
        )
        messages.success(request, _("The gap was saved."))
        return back_to(finding_id)

    kept = kept_values({"title": line.title.zh, "gap": line.gap, "version": line.version}, {})
    intro = _("The figure is a fact of the survey and stays as it was.") if line.figure else ""
    ask = ask_of(line, _("Gap"), _("Save the gap"), intro=intro)
    ask = replace(ask, draft=drafting(request, "finding-gap", finding_id))
    return edited(
        request,
        ask,
        lambda given: _gap_form(given, titled=titled, optional=line.figure is not None),
        kept,
        act,
    )


def _cause_fields(given: QueryDict, *, optional: bool = False) -> tuple[Field, ...]:
    return (
        Field(
            "cause",
            _("Why it is so"),
            given.get("cause", ""),
            kind="area",
            rows=4,
            most=2000,
            optional=optional,
            hint=_("Ask “why” until the answer is something that can be changed."),
        ),
        Field(
            "party",
            _("Who causes it"),
            given.get("party", ""),
            kind="select",
            choices=options(Party),
            optional=optional,
        ),
    )


@page(Verb.EDIT_FINDINGS)
@both
def cause(request: StaffRequest, finding_id: int) -> HttpResponse:
    line = line_for(request, finding_id, Verb.EDIT_FINDINGS)

    def act() -> str:
        boxes.write_cause(
            actor=request.actor,
            edition=edition_of(request, finding_id),
            text=request.POST.get("cause", ""),
            party=request.POST.get("party", ""),
            at=utc_now(),
        )
        messages.success(request, _("The root cause was saved."))
        return back_to(finding_id)

    party = line.party.value if line.party else ""
    kept = kept_values({"cause": line.cause, "party": party, "version": line.version}, {})
    ask = ask_of(line, _("Root cause"), _("Save the root cause"))
    ask = replace(ask, draft=drafting(request, "finding-cause", finding_id))
    return edited(request, ask, lambda given: (Group(_cause_fields(given)),), kept, act)


def _people_fields(
    given: QueryDict, project_id: int, *, optional: bool = False
) -> tuple[Field, ...]:
    named = tuple((str(key), name) for key, name in can_be_named(project_id))
    return (
        Field(
            "responsible",
            _("Responsible"),
            given.get("responsible", ""),
            kind="select",
            choices=named,
            optional=optional,
        ),
        Field(
            "checker",
            _("Who checks the result"),
            given.get("checker", ""),
            kind="select",
            choices=named,
            optional=optional,
            hint=_("Somebody else than the one who does the work."),
        ),
    )


def people_of(given: QueryDict, project_id: int) -> People:
    """Return who was chosen; raises E-REF for whom the page did not offer."""
    known = {key for key, _name in can_be_named(project_id)}
    chosen = [
        ours(value, known, name) if (value := given.get(name, "")) else None
        for name in ("responsible", "checker")
    ]
    return People(chosen[0], chosen[1])


@page(Verb.EDIT_FINDINGS)
@both
def people(request: StaffRequest, finding_id: int) -> HttpResponse:
    line = line_for(request, finding_id, Verb.EDIT_FINDINGS)

    def act() -> str:
        telling.name_people(
            actor=request.actor,
            edition=edition_of(request, finding_id),
            people=people_of(request.POST, line.project_id),
            at=utc_now(),
        )
        messages.success(request, _("The people were saved."))
        return back_to(finding_id)

    kept = kept_values(
        {
            "responsible": line.responsible.account_id if line.responsible else None,
            "checker": line.checker.account_id if line.checker else None,
            "version": line.version,
        },
        {},
    )
    ask = ask_of(line, _("Responsible"), _("Save the people"))
    return edited(
        request, ask, lambda given: (Group(_people_fields(given, line.project_id)),), kept, act
    )


@page(Verb.EDIT_FINDINGS)
@both
def part(request: StaffRequest, finding_id: int) -> HttpResponse:
    line = line_for(request, finding_id, Verb.EDIT_FINDINGS)

    def act() -> str:
        made = telling.add_part(
            actor=request.actor,
            edition=edition_of(request, finding_id),
            part=Part(
                request.POST.get("title", ""),
                request.POST.get("gap", ""),
                people_of(request.POST, line.project_id),
            ),
            at=utc_now(),
        )
        messages.success(request, _("Part %s was added.") % code_of(made.number))
        return back_to(finding_id)

    def form(given: QueryDict) -> tuple[Group, ...]:
        (what,) = _gap_form(given, titled=True, optional=False)
        return (what, Group(_people_fields(given, line.project_id), _("Responsible")))

    intro = _("Each part gets its own leader, cause and measure; this finding is carried by them.")
    ask = ask_of(line, _("Split off a part"), _("Add the part"), intro=intro)
    return edited(request, ask, form, kept_values({"version": line.version}, {}), act)


def _new_groups(given: QueryDict, projects: dict[int, str], project: int) -> tuple[Group, ...]:
    others = [(str(key), title) for key, at, title in queries.others_waves() if at == project]
    where: list[Field] = [
        Field(
            "project",
            _("Project"),
            given.get("project", ""),
            kind="select",
            choices=tuple((str(key), name) for key, name in projects.items()),
        )
    ]
    if others:
        where.append(
            Field(
                "wave",
                _("Found by a survey of others"),
                given.get("wave", ""),
                kind="select",
                choices=(("", _("no")), *others),
                optional=True,
                hint=_("Such a problem is split into parts before measures are set."),
            )
        )
    (what,) = _gap_form(given, titled=True, optional=False)
    groups = [Group((*where, *what.fields), _("Gap"))]
    groups.append(Group(_cause_fields(given, optional=True), _("Root cause")))
    if project:
        fields = _people_fields(given, project, optional=True)
        groups.append(Group(fields, _("Responsible")))
        groups.append(Group(measure_fields(given, optional=True), _("Measure")))
    return tuple(groups)


def _project_of(given: QueryDict, projects: dict[int, str]) -> int:
    value = given.get("project", "")
    if value.isascii() and value.isdigit() and int(value) in projects:
        return int(value)
    return next(iter(projects)) if len(projects) == 1 else 0


def _draft(request: StaffRequest, projects: dict[int, str]) -> Draft:
    given = request.POST
    project = ours(given.get("project", ""), set(projects), "project")
    known = {key for key, at, _title in queries.others_waves() if at == project}
    chosen = people_of(given, project)
    named = chosen.responsible_id is not None or chosen.checker_id is not None
    wave = given.get("wave", "")
    return Draft(
        project_id=project,
        title=given.get("title", ""),
        gap=given.get("gap", ""),
        cause=given.get("cause", ""),
        party=given.get("party", ""),
        people=chosen if named else None,
        wave_id=ours(wave, known, "wave") if wave else None,
    )


@page(Verb.EDIT_FINDINGS)
@both
def new(request: StaffRequest) -> HttpResponse:
    rows = visible_projects(request.actor).order_by("name").values_list("id", "name")
    projects = dict(rows)
    draft = drafting(request, "finding-new")
    given = given_or(request, draft.filled(request.GET))
    project = _project_of(given, projects)

    def act() -> str:
        wanted = measure_of(request.POST) if request.POST.get("text", "").strip() else None
        at, actor = utc_now(), request.actor
        made = telling.open_at_once(
            actor=actor, draft=_draft(request, projects), measure=wanted, at=at
        )
        messages.success(request, _("Finding %s was opened.") % code_of(made.number))
        return back_to(made.pk)

    if not project and request.method == "GET":
        return render(request, "manage/findings/which.html", {"projects": projects})
    intro = _("Only the gap is needed now; what is missing stays red until it is written.")
    ask = Ask(_("New finding"), _("Open the finding"), reverse("findings"), _("Findings"), intro)
    ask = replace(ask, draft=draft)
    return asked(request, ask, _new_groups(given, projects, project), act)
