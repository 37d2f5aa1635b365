"""Reads of wishes to be called or visited, stated in a questionnaire; never what was answered.

The owner agreed to be contacted with her home at hand; that is what is shown here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from anju.fieldwork.models import WishMet
from anju.register.queries import names_of
from anju.survey.models import Invitation
from anju.survey.rules.answering import Contact


@dataclass(frozen=True, slots=True)
class WishLine:
    """A home's wish: how and where, the words agreed to, and what was done about it."""

    invitation_id: int
    unit_id: int
    home: str
    contact: Contact
    where: str
    text_version: str
    wished_at: datetime
    words: str
    by: str
    done_at: datetime | None

    @property
    def open(self) -> bool:
        """Say whether nothing was done yet."""
        return self.done_at is None


def wish_lines(wave_id: int) -> tuple[WishLine, ...]:
    """Return the wishes of a wave, open ones first, the longest waiting first of them."""
    rows = Invitation.objects.filter(wave_id=wave_id, contact_at__isnull=False)
    rows = rows.exclude(contact__in=["", Contact.NONE.value]).select_related("unit__building")
    met = {
        (one.invitation_id, one.wished_at): one
        for one in WishMet.objects.filter(invitation__wave_id=wave_id)
    }
    names = names_of({one.actor_id for one in met.values()})
    lines = [
        _line(row, row.contact_at, met.get((row.pk, row.contact_at)), names)
        for row in rows
        if row.contact_at is not None
    ]
    return tuple(sorted(lines, key=lambda line: (not line.open, line.wished_at)))


def _line(row: Invitation, at: datetime, met: WishMet | None, names: dict[int, str]) -> WishLine:
    return WishLine(
        row.pk,
        row.unit_id,
        f"{row.unit.building.name} {row.unit.number}",
        Contact(row.contact),
        row.contact_where,
        row.contact_text,
        at,
        met.words if met else "",
        names.get(met.actor_id, "") if met else "",
        met.at if met else None,
    )


def told_of(invitation_id: int) -> tuple[datetime, str] | None:
    """Return when and what was done about the wish that a home has now, for its own page."""
    row = Invitation.objects.filter(id=invitation_id).first()
    if row is None or row.contact_at is None:
        return None
    met = WishMet.objects.filter(invitation=row, wished_at=row.contact_at).first()
    return (met.at, met.words) if met is not None else None


def open_wishes(wave_id: int) -> int:
    """Return how many wishes of a wave wait."""
    return sum(line.open for line in wish_lines(wave_id))
