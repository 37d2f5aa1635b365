"""One case: where it stands, whose turn it is, what was promised, all that happened; and its paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from anju.aftercare.visits import visit_owed
from anju.attachments.queries import AttachmentLine
from anju.attachments.signing import PREVIEW, WHOLE, signed
from anju.casework.acts import Also
from anju.casework.kinds import Photo
from anju.casework.states import CaseVerb, State
from anju.kernel.pure.clock import utc_now
from anju.register.access import Verb
from anju.register.rules.masking import mask_phone
from anju.terms.settings import texts_for_replies
from anju.voice.casefile import CaseFile, Links, PromiseLine, case_file
from anju.voice.claims import claim_of
from anju.voice.labels import label
from anju.voice.lines import CaseLine
from anju.voice.told import told_of
from anju.web.declare import StaffRequest, page
from anju.web.desk.cases.claims import money_of
from anju.web.desk.cases.rows import Row, rows_of
from anju.web.desk.cases.telling import happenings
from anju.web.desk.cases.words import (
    by_when,
    clock_of,
    code_of,
    promise_words,
    signs_of,
    stages_of,
    state_sign,
    title_of,
    turn_of,
    when,
)
from anju.web.parts.pieces import Mood, Sign
from anju.web.parts.steps import moment, step_lines

PRIMARY = (
    CaseVerb.ACCEPT, CaseVerb.START, CaseVerb.FINISH, CaseVerb.RESUME, CaseVerb.REPORT_BACK,
    CaseVerb.REOPEN,
)  # fmt: skip
SIBLINGS = 5  # of a fault's cases beside one; its own page has them all
OVER = {State.CLOSED, State.SETTLED}  # only then does a case have an outcome to show


@dataclass(frozen=True, slots=True)
class Act:
    """One button of the page: what it does, where its form is."""

    name: str
    address: str
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise in words: as first made, as it stands, how it ended, and how it was counted."""

    name: str
    first: str
    due: str
    met: str
    sign: Sign | None
    start: str
    steps: tuple[str, ...]
    moved: bool
    unannounced: int | None


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo or document of a case: whole and small."""

    line: AttachmentLine
    whole: str
    small: str
    words: str


def also_names() -> dict[Also, str]:
    """Return what an act without a step is called on its button."""
    return {
        Also.NOTE: _("Write"),
        Also.PHOTO: _("Add a photo"),
        Also.SORT: _("Correct what it is"),
        Also.PROMISE: _("Give a new time"),
        Also.OBSERVE: _("Add an observer"),
        Also.BUNDLE: _("Many report this fault"),
        Also.JOIN: _("Put with a running fault"),
        Also.DISPUTE: _("Object to the verdict"),
        Also.COST: _("Cost and who pays"),
        Also.CHASE: _("Remind the builder"),
    }


def acts_of(file: CaseFile) -> tuple[Act, ...]:
    """Return the legal next verbs that are the reader's: what usually comes next stands first."""
    key = file.line.id
    first = next((one for one in PRIMARY if one in file.verbs and one is not CaseVerb.REOPEN), None)
    if file.line.state is State.CLOSED:
        first = None  # it is the owner's word that comes next
    ordered = sorted(file.verbs, key=lambda one: one is not first)
    return tuple(
        Act(str(label(one)), reverse("case-act", args=[key, one.value]), one is first)
        for one in ordered
    )


def _visit(request: StaffRequest, file: CaseFile) -> int | None:
    """Return the return visit that the reader may make now."""
    if file.line.open:
        return None
    return visit_owed(request.actor, file.line.id, at=utc_now())


def other_acts(file: CaseFile) -> tuple[Act, ...]:
    """Return what the reader may do besides."""
    key, names = file.line.id, also_names()
    addresses = {Also.NOTE: "case-note", Also.PHOTO: "case-photo-add"}
    return tuple(
        Act(
            names[one],
            reverse(addresses[one], args=[key])
            if one in addresses
            else reverse("case-act", args=[key, one.value]),
        )
        for one in file.also
        if one is not Also.NOTE  # it has its box under the history
    )


def promises_of(file: CaseFile) -> tuple[Promise, ...]:
    """Return the promises of a case with their accounts in words."""
    return tuple(_promise(one, file) for one in file.promises)


def _promise(one: PromiseLine, file: CaseFile) -> Promise:
    sign = None
    if one.kept is False:
        sign = Sign(_("Broken"), Mood.OVER)
    elif one.kept:
        sign = Sign(_("Kept"), Mood.DONE)
    account = one.account
    zone = file.calendar.zone
    return Promise(
        str(label(one.promised)),
        by_when(one.first),
        by_when(one.due) or (_("The clock stands") if one.met is None else ""),
        when(one.met),
        sign,
        moment(file.clock_from, zone),
        step_lines(account.steps, zone) if account is not None else (),
        one.moved,
        account.unannounced if account is not None else None,
    )


def pictures_of(file: CaseFile) -> tuple[tuple[str, tuple[Picture, ...]], ...]:
    """Return the photos of a case by what they show, those alone that there are."""
    names: Mapping[Photo, str] = {
        Photo.OWNER: pgettext("photo", "From the owner"),
        Photo.BEFORE: pgettext("photo", "Before the work"),
        Photo.AFTER: pgettext("photo", "After the work"),
        Photo.PAUSE: pgettext("photo", "Nobody at home"),
    }
    return tuple(
        (name, tuple(_picture(file.line.id, one, line) for line in file.photos[one]))
        for one, name in names.items()
        if file.photos.get(one)
    )


def _picture(case_id: int, shows: Photo, line: AttachmentLine) -> Picture:
    at = utc_now()

    def address(size: str) -> str:
        sign = signed(line.id, size, at=at)
        return reverse("case-photo", args=[case_id, shows.value, sign])

    words = " · ".join(one for one in (line.added_by, when(line.taken_at or line.added_at)) if one)
    return Picture(line, address(WHOLE), address(PREVIEW) if line.photo else "", words)


def linked_rows(links: Links, at: datetime) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """Return the other cases that belong to one, by how they do."""
    groups: tuple[tuple[str, tuple[CaseLine, ...]], ...] = (
        (_("Goes on in"), (links.into,) if links.into else ()),
        (_("Merged into this one"), links.merged),
        (_("Follows"), (links.follows,) if links.follows else ()),
        (_("Came after it"), links.later),
        (_("Of the same fault: %s") % links.bundle_title, links.bundle[:SIBLINGS]),
    )
    return tuple((name, rows_of(lines, at)) for name, lines in groups if lines)


def head_of(file: CaseFile) -> dict[str, object]:
    """Return what stands at the top of every page of a case."""
    line = file.line
    return {
        "code": code_of(line.number),
        "title": title_of(line),
        "place": " ".join(one for one in (line.project, line.place) if one),
        "signs": (state_sign(line), *signs_of(line)),
        "turn": turn_of(line),
        "promise": promise_words(line),
        "due": by_when(line.due_at) if line.state is not State.SETTLED else "",
        "clock": clock_of(file),
        "received": when(line.received_at),
        "channel": str(label(file.channel)),
        "kind": str(label(line.kind)),
        "outcome": str(label(file.outcome)) if file.outcome and line.state in OVER else "",
        "waited_for": str(label(file.waited_for)) if file.waited_for else "",
        "party": str(label(file.party)),
        "appointment": when(file.appointment_at),
    }


@page(Verb.SEE_CASES)
@require_GET
def case(request: StaffRequest, case_id: int) -> HttpResponse:
    at = utc_now()
    file = case_file(request.actor, case_id, at=at)
    for_owner = request.GET.get("seen") == "owner"
    shown = {
        **head_of(file),
        "file": file,
        "line": file.line,
        "stages": stages_of(file, at),
        "acts": acts_of(file),
        "visit": _visit(request, file),
        "others": other_acts(file),
        "promises": promises_of(file),
        "broken": len(file.broken),
        "happenings": happenings(told_of(request.actor, case_id), owners_view=for_owner),
        "for_owner": for_owner,
        "pictures": pictures_of(file),
        "linked": linked_rows(file.links, at),
        "verdicts": [(one, str(label(one.solved)), when(one.at)) for one in file.verdicts],
        "money": money_of(file, claim_of(request.actor, case_id, at=at)),
        "texts": texts_for_replies(),
        "phone": mask_phone(file.teller.phone) if file.teller.phone else "",
        "may_write": Also.NOTE in file.also,
        "key": token_urlsafe(16),
        "told_by_other": file.did and file.line.state is State.DONE,
    }
    return render(request, "desk/cases/case.html", shown)


@page(Verb.SEE_CASES)
@require_GET
def printed(request: StaffRequest, case_id: int) -> HttpResponse:
    at = utc_now()
    file = case_file(request.actor, case_id, at=at)
    shown = {
        **head_of(file),
        "file": file,
        "line": file.line,
        "promises": promises_of(file),
        "happenings": happenings(told_of(request.actor, case_id), owners_view=True)[::-1],
        "phone": mask_phone(file.teller.phone) if file.teller.phone else "",
        "back": reverse("case", args=[case_id]),
        "signatures": (_("Who did the work"), _("Owner"), _("Property service")),
        "at": when(at),
    }
    return render(request, "desk/cases/print.html", shown)
