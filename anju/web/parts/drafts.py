"""A long form that keeps what is typed: its draft offered back, filled in, and dropped when sent.

Without a script the form works as before; a draft that is there is still offered.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from anju.drafts.actions import saving
from anju.drafts.actions.saving import Key
from anju.drafts.queries import DraftLine, draft_of
from anju.kernel.pure.problems import Problem
from anju.web.declare import StaffRequest

SALT = "anju.web.drafts"
ASKED = "draft"  # in the address: fill the form with its draft


@dataclass(frozen=True, slots=True)
class Drafting:
    """What a page needs to keep a form's draft; `line` is what was left here before."""

    key: Key
    sign: str
    line: DraftLine | None
    taken: bool
    sent: bool

    @property
    def offered(self) -> bool:
        """Whether a draft waits that this page does not show yet."""
        return self.line is not None and not self.taken and not self.sent

    @property
    def known(self) -> int:
        """The edition that this page shows; 0 where it shows none, so that none is lost unseen."""
        return self.line.edition if self.line and (self.taken or self.sent) else 0

    @property
    def words(self) -> str:
        """When the draft was saved, in the reader's words."""
        return saved_words(self.line) if self.line else ""

    def filled(self, kept: QueryDict) -> QueryDict:
        """Return the stored values with the draft over them, where the person asked for it."""
        if not self.taken or self.line is None:
            return kept
        both = kept.copy()
        for name, values in self.line.fields.items():
            both.setlist(name, list(values))
        return both


def drafting(request: StaffRequest, form: str, object_id: int = 0) -> Drafting:
    """Return what is kept for this form, this object and this person."""
    key = Key(form, object_id)
    line = draft_of(request.actor, key)
    taken = line is not None and request.method == "GET" and ASKED in request.GET
    sign = Signer(salt=SALT).sign(f"{form}.{object_id}")
    return Drafting(key, sign, line, taken, request.method == "POST")


def key_of(sign: str) -> Key:
    """Return the form that a page was given a sign for; raises E-DRAFT-FORM for any other."""
    try:
        form, _dot, object_id = Signer(salt=SALT).unsign(sign).rpartition(".")
        return Key(form, int(object_id))
    except (BadSignature, ValueError):
        raise Problem(
            "E-DRAFT-FORM",
            "sign",
            "This form is not known. Load the page again.",
            "无法识别该表单。请刷新页面。",
        ) from None


def saved_words(line: DraftLine) -> str:
    """Return that a draft was saved and when: the hour today, the day besides otherwise."""
    at = timezone.localtime(line.at)
    today = at.date() == timezone.localdate()
    return _("Draft saved %s") % at.strftime("%H:%M" if today else "%Y-%m-%d %H:%M")


def done(request: StaffRequest, draft: Drafting | None) -> None:
    """Forget the draft of a form that was accepted."""
    if draft is not None and draft.line is not None:
        saving.drop(actor=request.actor, key=draft.key)
