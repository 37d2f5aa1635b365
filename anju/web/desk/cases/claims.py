"""The money of a case and what its builder owes: the card of its page, and the letter to him as PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from anju.casework.acts import Also
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.register.access import Verb
from anju.register.queries import company_name
from anju.voice.casefile import CaseFile, case_file
from anju.voice.claims import Claim, claim_of
from anju.voice.labels import label
from anju.voice.printing.letter import Letter, letter_pdf
from anju.web.declare import StaffRequest, page
from anju.web.desk.cases.words import code_of, title_of, when, yuan
from anju.web.parts.pieces import Mood, Sign
from anju.web.parts.printed import pdf


@dataclass(frozen=True, slots=True)
class Money:
    """The card of a case's page: cost, payer, parts; for a builder's matter his reminders and proofs."""

    cost: str
    payer: str
    parts: str
    builder: bool
    asked: str
    chases: tuple[tuple[str, str, str, str], ...]
    proofs: tuple[tuple[str, Sign], ...]
    step_in: bool
    filed: str
    files: bool


def _number(file: CaseFile, claim: Claim) -> str:
    """Return the number of the letter that comes next: that of the case, and its turn."""
    return f"{code_of(file.line.number).lstrip('#')}-{claim.letters + 1}"


def money_of(file: CaseFile, claim: Claim) -> Money:
    """Return the money of a case in the reader's words."""
    there, lacks = Sign(_("there"), Mood.DONE), Sign(_("lacking"), Mood.SOON)
    return Money(
        yuan(claim.cost),
        str(label(claim.payer)) if claim.payer else "",
        "；".join(claim.parts)
        if (get_language() or "").startswith("zh")
        else "; ".join(claim.parts),
        claim.builder,
        when(claim.asked_at),
        tuple((when(one.at), str(label(one.how)), one.who, one.words) for one in claim.chases),
        tuple((str(label(one)), there if is_there else lacks) for one, is_there in claim.proofs),
        claim.step_in,
        _("Letter no. %(number)s went out.") % {"number": _number(file, claim)},
        Also.CHASE in file.also,
    )


def _dated(at: datetime | None) -> str:
    """Return an instant as a letter writes it, with its year."""
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at is not None else ""


@page(Verb.SEE_CASES)
@require_GET
def letter(request: StaffRequest, case_id: int) -> HttpResponse:
    at = utc_now()
    file = case_file(request.actor, case_id, at=at)
    claim = claim_of(request.actor, case_id, at=at)
    if not claim.builder:
        raise Problem(
            "E-STATE", "case",
            "Only what the builder owes has a letter to him. Name him as its cause first.",
            "只有属建设单位责任的单才能出函。请先将原因方更正为开发商。",
        )  # fmt: skip
    line = file.line
    code, matter = code_of(line.number), title_of(line)
    asks = [
        _("Please send somebody to look at it within three days, and tell us the day of the repair."),
        _("Without an answer in seven days we shall have it repaired and charge the cost to the"
          " retention money."),
    ]  # fmt: skip
    body = Letter(
        title=_("Letter about a repair under warranty"),
        company=company_name(request.actor.company_id),
        number=_number(file, claim),
        stamp=_dated(at),
        to=file.firm or str(pgettext("letter", "The builder")),
        pairs=(
            (pgettext("letter", "Case"), f"{code} {matter}"),
            (
                pgettext("letter", "Where"),
                " ".join(one for one in (line.project, line.place) if one),
            ),
            (_("First reported"), _dated(line.received_at)),
            (_("You were first told"), _dated(claim.asked_at) or "–"),
            (_("Reminders so far"), str(len(claim.chases))),
            (pgettext("letter", "Cause"), file.cause or _("to be found on site")),
        ),
        told=tuple(f"{_dated(one.at)} {label(one.how)}" for one in claim.chases),
        asks=tuple(asks),
        signatures=(_("Property service"), pgettext("letter", "Received by"), _("Date")),
        zh=(get_language() or "").startswith("zh"),
        page_of="{0} / {1}",
        link=f"{settings.BASE_ADDRESS}{reverse('case', args=[case_id])}",
    )
    return pdf(letter_pdf(body, at), body.title, code.lstrip("#"))
