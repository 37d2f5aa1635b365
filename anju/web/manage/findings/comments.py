"""What owners wrote in a survey, for those who may read it, and the finding made of one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from anju.answers.rules.remarks import says_nothing
from anju.improve import queries
from anju.improve.actions import opening
from anju.kernel.paging import page_of
from anju.kernel.pure.clock import utc_now
from anju.register.access import Verb
from anju.survey.access import wave_for
from anju.web.declare import StaffRequest, page
from anju.web.manage.findings.words import code_of
from anju.web.parts.ask import Ask, Group, asked, given_or
from anju.web.parts.form import Field

both = require_http_methods(["GET", "POST"])
SIZE = 40


@page(Verb.READ_COMMENTS)
@require_GET
def comments(request: StaffRequest, wave_id: int) -> HttpResponse:
    wave = wave_for(request.actor, wave_id, Verb.READ_COMMENTS)
    rows = queries.comments(wave_id)
    found = page_of(rows, cursor=request.GET.get("page", ""), size=SIZE, salt="comments")
    lines = [
        (line, code_of(line.number) if line.number is not None else "", says_nothing(line.text))
        for line in queries.comment_lines(found.rows)
    ]
    shown = {"wave": wave, "page": found, "lines": lines}
    return render(request, "manage/findings/comments.html", shown)


def _form(given: QueryDict) -> tuple[Group, ...]:
    return (
        Group(
            (
                Field("title", _("Title"), given.get("title", ""), most=200),
                Field(
                    "gap",
                    _("What is wrong, in words"),
                    given.get("gap", ""),
                    kind="area",
                    most=2000,
                    hint=_("Where, when, how often. No name and no room of an owner."),
                ),
            )
        ),
    )


@page(Verb.READ_COMMENTS)
@both
def mark(request: StaffRequest, wave_id: int, answer_id: int) -> HttpResponse:
    wave = wave_for(request.actor, wave_id, Verb.READ_COMMENTS)
    comment = opening.comment_of(wave, answer_id)
    (line,) = queries.comment_lines([comment])
    if line.finding_id is not None:
        return redirect("finding", line.finding_id)

    def act() -> str:
        made = opening.open_comment(
            actor=request.actor,
            wave_id=wave_id,
            answer_id=answer_id,
            title=request.POST.get("title", ""),
            gap=request.POST.get("gap", ""),
            at=utc_now(),
        )
        messages.success(request, _("Finding %s was opened.") % code_of(made.number))
        return reverse("finding", args=[made.pk])

    ask = Ask(
        _("Mark as a problem"),
        _("Open the finding"),
        reverse("findings-comments", args=[wave_id]),
        _("Comments"),
        intro=f"“{line.text}”",
        note=_("Managers see the finding but not the comment. Write it in your own words."),
    )
    return asked(request, ask, _form(given_or(request, QueryDict())), act)
