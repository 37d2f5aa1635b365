"""Photos and documents of a measure: added, shown, removed, put back. Rights are asked each time."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anju.attachments.queries import AttachmentLine, bytes_of, of_subjects
from anju.attachments.signing import PREVIEW, WHOLE, read_sign, signed
from anju.attachments.taking import Taken, take_in
from anju.improve.access import measure_for, work_for
from anju.improve.actions import evidence
from anju.improve.rules.states import MEASURE_FINAL, MeasureState
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register.access import Verb
from anju.web.declare import StaffRequest, page
from anju.web.manage.findings.boxes import ask_of, line_for
from anju.web.manage.findings.edited import back_to
from anju.web.parts.ask import Group, asked
from anju.web.parts.form import Field

ACCEPTED = "image/*,.heic,.heif,.pdf,application/pdf"
both = require_http_methods(["GET", "POST"])


@dataclass(frozen=True, slots=True)
class Shown:
    """A file as the page shows it: where it is had whole and small, and what may be done."""

    line: AttachmentLine
    whole: str
    small: str
    remove: str
    words: str


def files_of(measure_ids: list[int], *, may: bool) -> dict[int, tuple[Shown, ...]]:
    """Return the files of measures that were looked up for the reader before."""
    found = of_subjects(evidence.SUBJECT, measure_ids)
    return {key: tuple(_shown(key, line, may=may) for line in found[key]) for key in found}


def _shown(measure_id: int, line: AttachmentLine, *, may: bool) -> Shown:
    at = utc_now()

    def address(size: str) -> str:
        sign = signed(line.id, size, at=at)
        return reverse("measure-photo", args=[measure_id, sign])

    gone = reverse("measure-photo-remove", args=[measure_id, line.id]) if may else ""
    size = localize(max(1, line.size // 1024))
    words = f"{line.added_by} · {size} KB"
    return Shown(line, address(WHOLE), address(PREVIEW) if line.photo else "", gone, words)


def sent_evidence(request: StaffRequest) -> Taken | None:
    """Return the file that was sent along with a form, taken in; None where there is none."""
    sent = request.FILES.get("file")
    return take_in(sent.chunks(), name=sent.name or "file") if sent is not None else None


def file_field(*, optional: bool) -> Field:
    """Return the field by which a photo or document is sent."""
    return Field(
        "file",
        _("Photo or document"),
        kind="file",
        accept=ACCEPTED,
        optional=optional,
        hint=_(
            "JPEG, PNG, WebP, GIF, HEIC or PDF, at most 25 MB. Where and with what a photo was"
            " taken is not kept."
        ),
    )


@page(Verb.SEE_FINDINGS)
@both
def add(request: StaffRequest, measure_id: int) -> HttpResponse:
    found = work_for(request.actor, measure_id)
    line = line_for(request, found.finding_id, Verb.SEE_FINDINGS)

    def act() -> str:
        taken = sent_evidence(request)
        if taken is None:
            raise Problem("E-FILE-EMPTY", "file", "Choose a file.", "请选择一个文件。")
        evidence.add_file(actor=request.actor, measure_id=measure_id, taken=taken, at=utc_now())
        messages.success(request, _("“%s” was added.") % taken.name)
        return f"{back_to(line.id)}#measure-{found.number}"

    if MeasureState(found.state) in MEASURE_FINAL:
        return redirect("finding", found.finding_id)
    ask = replace(ask_of(line, _("Add a photo"), _("Add it"), intro=found.text), upload=True)
    return asked(request, ask, (Group((file_field(optional=False),)),), act)


@page(Verb.SEE_FINDINGS)
@require_GET
def photo(request: StaffRequest, measure_id: int, sign: str) -> FileResponse:
    measure_for(request.actor, measure_id, Verb.SEE_FINDINGS)
    attachment_id, size = read_sign(sign, at=utc_now())
    found = bytes_of(evidence.SUBJECT, measure_id, attachment_id, size)
    response = FileResponse(
        found.path.open("rb"),
        as_attachment=found.download,
        filename=found.name,
        content_type=found.media_type,
    )
    # Nosniff comes with every answer; a photo is one that we wrote ourselves, a document never opens.
    response["Cache-Control"] = "private, max-age=600"
    return response


@page(Verb.SEE_FINDINGS)
@require_POST
def remove(request: StaffRequest, measure_id: int, attachment_id: int) -> HttpResponse:
    found = work_for(request.actor, measure_id)
    gone = evidence.remove_file(
        actor=request.actor, measure_id=measure_id, attachment_id=attachment_id, at=utc_now()
    )
    undo = reverse("measure-photo-back", args=[measure_id, attachment_id])
    messages.success(request, _("“%s” was removed.") % gone.name, extra_tags=undo)
    return redirect(f"{back_to(found.finding_id)}#measure-{found.number}")


@page(Verb.SEE_FINDINGS)
@require_POST
def put_back(request: StaffRequest, measure_id: int, attachment_id: int) -> HttpResponse:
    found = work_for(request.actor, measure_id)
    evidence.put_file_back(
        actor=request.actor, measure_id=measure_id, attachment_id=attachment_id, at=utc_now()
    )
    messages.success(request, _("The file is back."))
    return redirect(f"{back_to(found.finding_id)}#measure-{found.number}")
