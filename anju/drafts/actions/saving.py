"""Writes of drafts: save, drop; and what the clock sweeps away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from anju.drafts.models import Draft
from anju.drafts.rules.holding import Fields, held, other_window
from anju.kernel.scope import CompanyQuerySet, company_scope
from anju.register.access import Actor
from anju.register.queries import company_ids

KEPT_FOR = timedelta(days=30)
MOST_A_PERSON = 100


@dataclass(frozen=True, slots=True)
class Key:
    """Which form, about which object; 0 where the form makes a new one."""

    form: str
    object_id: int = 0


@dataclass(frozen=True, slots=True)
class Window:
    """Who saves: a window's own random name, the edition it knows, and whether it was told to win."""

    name: str
    known: int = 0
    wins: bool = False


@transaction.atomic
def save(*, actor: Actor, key: Key, fields: Fields, window: Window, at: datetime) -> int:
    """Keep the fields and return the draft's edition; the same window again writes over its own.

    Errors: E-DRAFT-LONG; E-DRAFT-OTHER where another window saved since.
    """
    said = held(fields)
    with company_scope(actor.company_id):
        rows = _rows(actor, key).select_for_update()
        kept = rows.first()
        if kept is None:
            _make_room(actor)
            kept = Draft(
                company_id=actor.company_id,
                account_id=actor.account_id,
                form=key.form,
                object_id=key.object_id,
                fields=said,
                window=window.name,
                at=at,
            )
            kept.save()
            return 1
        ours = kept.window == window.name or kept.edition == window.known or window.wins
        if not ours and kept.fields != said:
            raise other_window()
        rows.update(fields=said, edition=F("edition") + 1, window=window.name, at=at)
        return int(kept.edition) + 1


def _rows(actor: Actor, key: Key) -> CompanyQuerySet[Draft]:
    rows: CompanyQuerySet[Draft] = Draft.objects.get_queryset().filter(
        account_id=actor.account_id, form=key.form, object_id=key.object_id
    )
    return rows


def _make_room(actor: Actor) -> None:
    """Drop the oldest drafts of a person beyond the number that anybody needs."""
    mine = Draft.objects.filter(account_id=actor.account_id).order_by("-at", "-id")
    beyond = list(mine.values_list("id", flat=True)[MOST_A_PERSON - 1 :])
    Draft.objects.filter(id__in=beyond).delete()


def drop(*, actor: Actor, key: Key) -> bool:
    """Forget a draft; say whether there was one."""
    with company_scope(actor.company_id):
        return bool(_rows(actor, key).delete()[0])


def sweep(*, at: datetime) -> int:
    """Forget drafts that nobody touched for thirty days; return how many."""
    swept = 0
    for company_id in company_ids():
        with company_scope(company_id):
            swept += Draft.objects.filter(at__lt=at - KEPT_FOR).delete()[0]
    return swept
