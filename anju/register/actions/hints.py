"""Writes of which hints an account needs no more; a habit of reading, so no history tells of it."""

from __future__ import annotations

from django.db import transaction

from anju.register.models import Account


@transaction.atomic
def keep_hint(*, account_id: int, key: str, uses: int) -> None:
    """Add to how often an account did what a hint speaks of; `uses` is how much is added."""
    account = Account.objects.select_for_update().get(id=account_id)
    account.hints = {**account.hints, key: int(account.hints.get(key, 0)) + uses}
    account.save(update_fields=["hints"])


def forget_hints(*, account_id: int) -> None:
    """Let an account see every hint again."""
    Account.objects.filter(id=account_id).update(hints={})
