"""An owner's way to her earlier cases: a code to her phone, and by it the list; reporting needs none."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anju.kernel.scope import company_scope
from anju.notify.actions.post import About, Note, post
from anju.notify.recipients import owner
from anju.register.models import Company, Person
from anju.voice import letters
from anju.voice.actions.codes import make_code, use_code

LOOK = "look"


@transaction.atomic
def send_code(*, company_id: int, phone: str, at: datetime) -> None:
    """Send a code to a phone that the register knows; for any other nothing is sent, or told.

    A code is made in both cases, so that nobody finds out by it who lives here.
    """
    with company_scope(company_id):
        row, digits = make_code(phone=phone, purpose=LOOK, at=at)
        known = Person.objects.across_parts().filter(phone=phone).order_by("id").first()
        if known is None:
            return
        company = Company.objects.get(id=company_id).name
        about = About("look_code", row.pk, "sent")
        note = Note(owner(known.pk), about, {"company": company}, {"code": digits}, urgent=True)
        post(letters.LOOK, note, at=at)


def prove(*, company_id: int, phone: str, digits: str, at: datetime) -> None:
    """Use the code that was sent to a phone; by it the phone's cases may be shown. Errors: E-LOOK-CODE."""
    with company_scope(company_id):
        use_code(phone=phone, purpose=LOOK, digits=digits, at=at)
