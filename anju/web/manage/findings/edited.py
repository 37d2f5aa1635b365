"""The way back from a form of a finding."""

from __future__ import annotations

from django.urls import reverse


def back_to(finding_id: int) -> str:
    """Return the address of a finding."""
    return reverse("finding", args=[finding_id])
