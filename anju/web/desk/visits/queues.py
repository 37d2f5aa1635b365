"""Whom to call next: one line an owner, the earliest due first; the same list on paper."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from anju.aftercare.visits import Queue, queue
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register.access import Actor, Verb, visible_projects
from anju.web.declare import StaffRequest, page
from anju.web.parts.pieces import Empty


def projects_of(actor: Actor) -> dict[str, str]:
    """Return the projects that an actor reaches, by id as an address writes it."""
    rows = visible_projects(actor).order_by("name").values_list("id", "name")
    return {str(key): name for key, name in rows}


def project_in(request: StaffRequest, known: dict[str, str]) -> int | None:
    """Return the project that an address asks for; raises E-FILTER for one it does not offer."""
    value = request.GET.get("project", "")
    if value in {"", *known}:
        return int(value) if value else None
    raise Problem(
        "E-FILTER", "project",
        "This filter does not exist here. Choose one of the list.",
        "没有这个筛选值。请从列表中选择。",
    )  # fmt: skip


def _read(request: StaffRequest) -> tuple[Queue, dict[str, object]]:
    at, second = utc_now(), request.GET.get("ask") == "second"
    projects = projects_of(request.actor)
    project = project_in(request, projects)
    found = queue(request.actor, at=at, second=second, project_id=project)
    shown: dict[str, object] = {
        "found": found,
        "second": second,
        "at": at,
        "projects": projects if len(projects) > 1 else {},
        "project": str(project or ""),
        "tab": "second" if second else "first",
        "keep": ("ask=second&" if second else "") + (f"project={project}&" if project else ""),
    }
    return found, shown


@page(Verb.VISIT_CASES)
@require_GET
def visits(request: StaffRequest) -> HttpResponse:
    _found, shown = _read(request)
    words = _(
        "A closed case comes here by itself: complaints and repairs in homes all, others by the draw."
    )
    if shown["second"]:
        words = _("Four weeks after an owner said “solved”, we ask once more whether it still is.")
    shown["empty"] = Empty(_("Nobody is to be called now"), words, icon="phone")
    shown["groups"] = groups_of(_found)
    return render(request, "desk/visits/queue.html", shown)


def groups_of(found: Queue) -> list[tuple[str, str, object]]:
    """Return what is shown under a heading each: code, words, owners; empty ones are left out."""
    named = (
        ("now", _("Call now"), found.now),
        ("later", _("Call later: not now by the owner’s wish, or tried a while ago"), found.later),
        ("blocked", _("Others call: you worked on these"), found.blocked),
    )
    return [(code, words, owners) for code, words, owners in named if owners]


@page(Verb.VISIT_CASES)
@require_GET
def printed(request: StaffRequest) -> HttpResponse:
    _found, shown = _read(request)
    shown["back"] = "../?" + str(shown["keep"])
    shown["signatures"] = (_("Asked by"), _("Date"))
    return render(request, "desk/visits/print.html", shown)
