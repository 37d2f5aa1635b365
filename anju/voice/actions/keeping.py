"""Lists that somebody keeps under a name of her own."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_line
from anju.kernel.scope import company_scope
from anju.register.access import Actor, NotFound, Verb, demand
from anju.voice.models import SavedView

MOST = 20
QUERY_MOST = 500


@transaction.atomic
def keep_view(*, actor: Actor, name: str, query: str, at: datetime) -> SavedView:
    """Keep a list under a name; the same name again means the list as it is now.

    `query` is what the list's own page made of its filters. Errors: Forbidden, E-TEXT-*,
    E-VIEW-MANY, E-VIEW-LONG.
    """
    with company_scope(actor.company_id):
        demand(actor, Verb.SEE_CASES)
        said = clean_line(name, "name", most=60)
        mine = SavedView.objects.filter(account_id=actor.account_id)
        if len(query) > QUERY_MOST:
            raise Problem(
                "E-VIEW-LONG", "name", "This list has too many filters to be kept.",
                "筛选条件过多，无法保存。",
            )  # fmt: skip
        if mine.exclude(name=said).count() >= MOST:
            raise Problem(
                "E-VIEW-MANY", "name",
                "You keep {most} lists already. Remove one first.",
                "您已保存 {most} 个视图。请先删除一个。",
                most=MOST,
            )  # fmt: skip
        row, _made = SavedView.objects.update_or_create(
            company_id=actor.company_id, account_id=actor.account_id, name=said,
            defaults={"query": query, "at": at},
        )  # fmt: skip
        kept: SavedView = row
        return kept


@transaction.atomic
def drop_view(*, actor: Actor, view_id: int) -> str:
    """Forget one of one's own lists and return its name. Errors: NotFound, Forbidden."""
    with company_scope(actor.company_id):
        demand(actor, Verb.SEE_CASES)
        rows = SavedView.objects.filter(account_id=actor.account_id, id=view_id)
        found: SavedView | None = rows.first()
        if found is None:
            raise NotFound(f"view {view_id}")
        name: str = found.name
        found.delete()
        return name
