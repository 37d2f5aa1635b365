"""Rows of a spreadsheet that is still being stored, or was taken back, do not exist for anybody.

They are written and cleared away in short transactions; one change of their batch shows or hides all.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models
from typing_extensions import override

from anju.kernel.scope import CompanyManager, CompanyQuerySet, current_company

HIDDEN = ("staged", "undone")


class BatchedManager(CompanyManager[Any]):
    """Sees what no batch or a batch in use brought; `whole` is for storing and clearing away."""

    @override
    def get_queryset(self) -> CompanyQuerySet[Any]:
        return self.whole().exclude(batch_id__in=hidden_batches())

    def whole(self) -> CompanyQuerySet[Any]:
        """Return the rows of every batch."""
        return super().get_queryset()

    def with_batch(self, batch_id: int) -> CompanyQuerySet[Any]:
        """Return what is seen, and what one batch brings that nobody sees yet."""
        return self.whole().exclude(batch_id__in=hidden_batches().exclude(id=batch_id))


def hidden_batches() -> models.QuerySet[Any, int]:
    """Return the ids of the company's batches whose rows nobody sees."""
    batches: models.Manager[Any] = apps.get_model("register", "RosterBatch")._base_manager
    rows = batches.filter(company_id=current_company(), state__in=HIDDEN)
    return rows.order_by().values_list("id", flat=True)
