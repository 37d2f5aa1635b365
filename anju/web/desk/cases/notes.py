"""Words at a case for colleagues or for the owner, its photos, and a phone shown against a reason."""

from __future__ import annotations

from dataclasses import replace
from secrets import token_urlsafe

from django.contrib import messages
from django.http import FileResponse, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from anju.attachments.queries import bytes_of
from anju.attachments.signing import read_sign
from anju.attachments.taking import take_in
from anju.casework.kinds import Photo, Shown
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.onsite.actions import picturing
from anju.register.access import NotFound, Verb
from anju.terms.settings import texts_for_replies
from anju.voice.access import case_for
from anju.voice.actions import writing
from anju.voice.actions.storing import Edition, Said
from anju.voice.casefile import case_file
from anju.web.declare import StaffRequest, page
from anju.web.desk.cases.fields import ACCEPTED
from anju.web.desk.cases.words import code_of, title_of
from anju.web.parts.ask import Ask, Group, asked, member, ours
from anju.web.parts.form import Field

both = require_http_methods(["GET", "POST"])


def _ask(request: StaffRequest, case_id: int, title: str, save: str) -> Ask:
    line = case_file(request.actor, case_id, at=utc_now()).line
    words = f"{code_of(line.number)} {title_of(line)}"
    return Ask(title, save, reverse("case", args=[case_id]), words)


def _note_form(given: QueryDict) -> tuple[Group, ...]:
    shown = (
        (Shown.INSIDE.value, _("Colleagues alone")),
        (Shown.ALL.value, _("The owner as well")),
    )
    key = given.get("key", "") or token_urlsafe(16)
    return (
        Group(
            (
                Field("words", _("Words"), given.get("words", ""), kind="area", most=2000),
                Field(
                    "shown", _("Who reads it"), given.get("shown", Shown.INSIDE.value),
                    kind="radio", choices=shown,
                ),
                Field("key", "", key, kind="hidden"),
            )
        ),
    )  # fmt: skip


def _words(given: QueryDict) -> str:
    """Return what was written; a text chosen without a script stands before it."""
    chosen, texts = given.get("text", ""), texts_for_replies()
    if not chosen:
        return given.get("words", "")
    words = texts[ours(chosen, range(len(texts)), "text")][1]
    return "\n".join(one for one in (words, given.get("words", "")) if one.strip())


@page(Verb.TAKE_CASES)
@both
def note(request: StaffRequest, case_id: int) -> HttpResponse:
    ask = _ask(request, case_id, _("Write at this case"), _("Keep it"))

    def act() -> str:
        shown = member(Shown, request.POST.get("shown", ""), "shown")
        said = Said(_words(request.POST), shown, client_id=request.POST.get("key", "")[:64])
        writing.write(actor=request.actor, edition=Edition(case_id), said=said, at=utc_now())
        if shown is Shown.ALL:
            messages.success(request, _("Kept. The owner reads it on the page of this case."))
        else:
            messages.success(request, _("Kept for colleagues."))
        return f"{ask.back}#history"

    return asked(request, ask, _note_form(request.POST), act)


def photo_names() -> tuple[tuple[str, str], ...]:
    """Return what a photo may show, in the reader's language."""
    return (
        (Photo.BEFORE.value, pgettext("photo", "Before the work")),
        (Photo.AFTER.value, pgettext("photo", "After the work")),
        (Photo.OWNER.value, pgettext("photo", "From the owner")),
        (Photo.PAUSE.value, pgettext("photo", "Nobody at home")),
    )


@page(Verb.TAKE_CASES)
@both
def add_photo(request: StaffRequest, case_id: int) -> HttpResponse:
    ask = replace(_ask(request, case_id, _("Add a photo"), _("Add it")), upload=True)
    fields = (
        Field(
            "shows", _("What it shows"), request.POST.get("shows", Photo.BEFORE.value),
            kind="radio", choices=photo_names(),
        ),
        Field("file", _("Photo or document"), kind="file", accept=ACCEPTED),
    )  # fmt: skip

    def act() -> str:
        sent = request.FILES.get("file")
        if sent is None:
            raise Problem("E-FILE-EMPTY", "file", "Choose a file.", "请选择一个文件。")
        shows = member(Photo, request.POST.get("shows", ""), "shows")
        taken = take_in(sent.chunks(), name=sent.name or "photo")
        picturing.add_picture(
            actor=request.actor, case_id=case_id, shows=shows, taken=taken, at=utc_now()
        )
        messages.success(request, _("“%s” was added.") % taken.name)
        return ask.back

    return asked(request, ask, (Group(fields),), act)


@page(Verb.SEE_CASES)
@require_GET
def photo(request: StaffRequest, case_id: int, shows: str, sign: str) -> FileResponse:
    case_for(request.actor, case_id, Verb.SEE_CASES)
    if shows not in {one.value for one in Photo}:
        raise NotFound(f"photo {shows}")
    attachment_id, size = read_sign(sign, at=utc_now())
    found = bytes_of(shows, case_id, attachment_id, size)
    response = FileResponse(
        found.path.open("rb"), as_attachment=found.download, filename=found.name,
        content_type=found.media_type,
    )  # fmt: skip
    response["Cache-Control"] = "private, max-age=600"
    return response
