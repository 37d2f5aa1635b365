"""Who keeps a wave's answers: reads for pages. Kept by nobody, they are the quality department's."""

from __future__ import annotations

from anju.register.access import Reach, Role
from anju.register.models import Account, Membership
from anju.survey.models import ImportBatch, Invitation, Wave
from anju.survey.rules.wave import BatchState


def keeper_name(wave: Wave) -> str:
    """Return the name of the consultant who keeps a wave, or nothing."""
    if wave.keeper_id is None:
        return ""
    return str(Account.objects.get(id=wave.keeper_id).name)


def consultants(project_id: int) -> tuple[tuple[int, str], ...]:
    """Return account and name of the independent consultants who reach a project, by name."""
    active = Membership.objects.filter(
        active=True, account__is_active=True, role=Role.CONSULTANT.value
    )
    reaching = active.filter(reach=Reach.COMPANY.value) | active.filter(
        reached__project_id=project_id
    )
    rows = reaching.distinct().order_by("account__name", "account_id")
    return tuple(rows.values_list("account_id", "account__name"))


def begun(wave: Wave) -> bool:
    """Say whether links were made or answers are in: then owners were told who sees them."""
    batches = ImportBatch.objects.filter(wave=wave).exclude(state=BatchState.REVERTED.value)
    return batches.exists() or Invitation.objects.filter(wave=wave).exists()
