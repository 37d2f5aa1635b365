"""Group robots: which groups are told of what, added, tried, switched off, removed."""

from __future__ import annotations

from django.contrib import messages as notices
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.notify import queries
from anju.notify.actions import robots as acts
from anju.notify.actions.robots import RobotDraft
from anju.notify.rules.words import TOLD_AT_ONCE
from anju.register.access import Verb
from anju.register.queries import company_name
from anju.web.declare import StaffRequest, page
from anju.web.operate.messages.words import CHATS, KINDS, tabs
from anju.web.parts.form import Field, Refusal, with_problem


@page(Verb.RUN_OUTBOX)
@require_GET
def groups(request: StaffRequest) -> HttpResponse:
    names = {kind.value: str(words) for kind, words in KINDS.items()}
    lines = [
        (robot, CHATS[robot.kind], _(", ").join(names[kind] for kind in robot.kinds))
        for robot in queries.robots()
    ]
    shown = {"lines": lines, "tabs": tabs(request.actor, "groups")}
    return render(request, "manage/messages/groups.html", shown)


def _fields(given: QueryDict) -> tuple[Field, ...]:
    chats = tuple((kind.value, str(name)) for kind, name in CHATS.items())
    kinds = tuple((kind.value, str(KINDS[kind])) for kind in TOLD_AT_ONCE)
    return (
        Field("name", _("Name of the group"), given.get("name", ""), most=60),
        Field("kind", _("Chat"), given.get("kind", ""), kind="select", choices=chats),
        Field(
            "address",
            _("Address of the robot"),
            given.get("address", ""),
            kind="url",
            most=300,
            hint=_(
                "In the chat: group settings, add a robot, copy its address. Whoever has the address"
                " can write in the group, so it is kept sealed and not shown again."
            ),
        ),
        Field(
            "signs",
            _("Secret for signing, for DingTalk robots with the setting “sign”"),
            given.get("signs", "")[:200],
            most=103,
            optional=True,
            hint=_("It begins with SEC and is kept sealed as well."),
        ),
        Field(
            "kinds",
            _("What the group is told"),
            ",".join(given.getlist("kinds")),
            kind="checks",
            choices=kinds,
            optional=True,
            hint=_("Findings alone: their number, title and project. Nothing about an owner."),
        ),
    )


@page(Verb.RUN_OUTBOX)
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    fields, refusals = _fields(request.POST), tuple[Refusal, ...]()
    if request.method == "POST":
        given = request.POST
        draft = RobotDraft(
            given.get("name", ""),
            given.get("kind", ""),
            given.get("address", "")[:2000],
            tuple(given.getlist("kinds")),
            given.get("signs", "")[:200],
        )
        try:
            acts.add_robot(actor=request.actor, draft=draft, at=utc_now())
        except Problem as problem:
            fields, refusals = with_problem(fields, problem, request.LANGUAGE_CODE)
        else:
            notices.success(request, _("The group was added. Send it a test message."))
            return redirect("groups")
    shown = {"fields": fields, "refusals": refusals}
    status = 422 if refusals else 200
    return render(request, "manage/messages/group.html", shown, status=status)


@page(Verb.RUN_OUTBOX)
@require_POST
def trial(request: StaffRequest, robot_id: int) -> HttpResponse:
    name = company_name(request.actor.company_id)
    acts.try_robot(actor=request.actor, robot_id=robot_id, company=name, at=utc_now())
    notices.success(request, _("A test message goes out within a minute, by day alone."))
    return redirect("groups")


@page(Verb.RUN_OUTBOX)
@require_POST
def switch(request: StaffRequest, robot_id: int) -> HttpResponse:
    on = request.POST.get("on") == "yes"
    acts.switch(actor=request.actor, robot_id=robot_id, on=on, at=utc_now())
    notices.success(request, _("Switched on.") if on else _("Switched off."))
    return redirect("groups")


@page(Verb.RUN_OUTBOX)
@require_POST
def remove(request: StaffRequest, robot_id: int) -> HttpResponse:
    acts.remove_robot(actor=request.actor, robot_id=robot_id, at=utc_now())
    notices.success(request, _("The group was removed, its address with it."))
    return redirect("groups")
