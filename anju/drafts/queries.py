"""Reads of drafts: the one that a person left in a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from anju.drafts.actions.saving import Key
from anju.drafts.models import Draft
from anju.drafts.rules.holding import read
from anju.register.access import Actor


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft as its writer left it."""

    edition: int
    at: datetime
    fields: Mapping[str, Sequence[str]]


def draft_of(actor: Actor, key: Key) -> DraftLine | None:
    """Return what a person left in a form, or None."""
    rows = Draft.objects.filter(account_id=actor.account_id, form=key.form, object_id=key.object_id)
    row: Draft | None = rows.first()
    return DraftLine(row.edition, row.at, read(row.fields)) if row else None
