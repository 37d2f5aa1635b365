"""A file is sent to a wave that waits for answers."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anju.kernel.pure.clock import utc_now
from anju.register.access import Verb
from anju.survey import queries
from anju.survey.access import wave_for
from anju.survey.actions.imports import receive_file
from anju.survey.rules.wave import WaveState
from anju.web.declare import StaffRequest, page
from anju.web.parts.ask import Ask, Group, asked
from anju.web.parts.form import Field
from anju.web.parts.taking import (
    FORMATS,
    MOST_MB,
    SEND,
    chunks_of,
    refuse_unreadable,
    sent_file,
    steps,
)

both = require_http_methods(["GET", "POST"])


def file_field() -> Field:
    """Return the question for the file."""
    return Field(
        "file",
        _("File with the answers"),
        kind="file",
        hint=_(
            "Excel (.xlsx) or CSV text, up to %(most)s MB. One row for each answer; the heads"
            " of the columns may be anything. Nothing is imported before you have seen it."
        )
        % {"most": MOST_MB},
        accept=FORMATS,
    )


@page(Verb.IMPORT_ANSWERS)
@both
def upload(request: StaffRequest, wave_id: int) -> HttpResponse:
    wave_for(request.actor, wave_id, Verb.IMPORT_ANSWERS)
    found = queries.wave_page(wave_id)
    if request.method == "GET" and found.line.state is not WaveState.OPEN:
        shown = {"wave": found.line, "missing": found.missing, "closed": found.line.closed_at}
        return render(request, "manage/imports/not_open.html", shown)

    def act() -> str:
        sent = sent_file(request)
        refuse_unreadable(sent)
        file_id = receive_file(
            actor=request.actor,
            wave_id=wave_id,
            chunks=chunks_of(sent),
            name=sent.name or "",
            at=utc_now(),
        )
        return reverse("import-columns", args=[wave_id, file_id])

    ask = Ask(
        _("Import answers"),
        _("Send file and look at its columns"),
        reverse("wave", args=[wave_id]),
        found.line.title,
        intro=_("Nothing is imported before you have seen it, and an import can be undone."),
        template="manage/imports/upload.html",
        upload=True,
        stages=steps(SEND),
    )
    return asked(request, ask, [Group((file_field(),))], act)
