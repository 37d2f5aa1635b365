"""A survey begins with a spreadsheet: one page for the file, the counts and an own survey's plan.

The file is kept as soon as it can be read, so that a refused form does not ask for it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anju.kernel.files import StoredFile, shown_name
from anju.kernel.pure.clock import utc_now
from anju.register.access import Verb
from anju.survey.access import file_for
from anju.survey.actions.begin import begin_from_file, keep_file
from anju.survey.rules.wave import missing_to_open
from anju.web.declare import StaffRequest, page
from anju.web.guard import STATUS
from anju.web.parts.ask import Gathering, Group, all_refused, given_or
from anju.web.parts.form import Refusal
from anju.web.parts.taking import SEND, chunks_of, refuse_unreadable, sent_file, steps
from anju.web.study.imports.sending import file_field
from anju.web.study.surveys import file_form


@dataclass(slots=True)
class Beginning:
    """What was sent: the kept file, and everything that was wrong with the form."""

    kept: StoredFile | None = None
    gathering: Gathering = field(default_factory=Gathering)

    @property
    def status(self) -> int:
        """Return how the page answers: with the first refusal's own number."""
        problems = self.gathering.problems
        return STATUS.get(problems[0].code, 422) if problems else 200


@page(Verb.EDIT_SURVEYS)
@require_http_methods(["GET", "POST"])
def new_from_file(request: StaffRequest) -> HttpResponse:
    sent = Beginning()
    if request.method == "POST":
        address = _begin(request, sent)
        if address is not None:
            return redirect("import-columns", *address)
    groups = _groups(given_or(request, QueryDict()), sent.kept)
    shown, refusals = all_refused(groups, sent.gathering.problems, request.LANGUAGE_CODE)
    context = _context(shown, refusals, sent.kept)
    return render(request, "manage/imports/new.html", context, status=sent.status)


def _begin(request: StaffRequest, sent: Beginning) -> tuple[int, int] | None:
    """Begin the wave and return its id with the file's; None where anything was refused."""
    gathering = sent.gathering
    sent.kept = gathering.read(lambda: _kept(request), None)
    plan = file_form.read_file_plan(request.POST, gathering)
    counts = file_form.read_file_counts(request.POST, gathering)
    gathering.missing(missing_to_open(plan, with_file=True))
    if gathering.problems or sent.kept is None:
        return None
    file_id = sent.kept.pk

    def begin() -> int | None:
        return begin_from_file(
            actor=request.actor, plan=plan, file_id=file_id, counts=counts, at=utc_now()
        )

    wave_id = gathering.read(begin, None)
    return (wave_id, file_id) if wave_id is not None else None


def _kept(request: StaffRequest) -> StoredFile:
    """Return the file: the one just sent, else the one that was kept over a refusal."""
    before = request.POST.get("kept", "")
    if "file" not in request.FILES and before.isascii() and before.isdigit():
        return file_for(request.actor, int(before[:18]), Verb.IMPORT_ANSWERS)
    upload = sent_file(request)
    refuse_unreadable(upload)
    file_id = keep_file(
        actor=request.actor, chunks=chunks_of(upload), name=upload.name or "", at=utc_now()
    )
    return file_for(request.actor, file_id, Verb.IMPORT_ANSWERS)


def _groups(given: QueryDict, kept: StoredFile | None) -> tuple[Group, ...]:
    first, counts, own = file_form.file_groups(given)
    asked = file_field()
    if kept is not None:
        hint = _("“%s” is kept. Choose another file only to take that one instead.")
        asked = replace(asked, hint=hint % shown_name(kept.name))
    return (replace(first, fields=(asked, *first.fields)), counts, own)


def _context(
    groups: Sequence[Group], refusals: Sequence[Refusal], kept: StoredFile | None
) -> dict[str, object]:
    first, counts, own = groups
    return {
        "first": first,
        "counts": counts,
        "own": own,
        "refusals": refusals,
        "kept": kept.pk if kept is not None else "",
        "stages": steps(SEND),
    }
